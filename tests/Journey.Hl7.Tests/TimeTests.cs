namespace Journey.Hl7.Tests;

public class TimeTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2024", "2024-01-01T00:00:00.0000000+01:00", Hl7Precision.Year)]
    [InlineData("202402", "2024-02-01T00:00:00.0000000+01:00", Hl7Precision.Month)]
    [InlineData("20240229", "2024-02-29T00:00:00.0000000+01:00", Hl7Precision.Day)]
    [InlineData("2024070112", "2024-07-01T12:00:00.0000000+02:00", Hl7Precision.Hour)]
    [InlineData("202407011230", "2024-07-01T12:30:00.0000000+02:00", Hl7Precision.Minute)]
    [InlineData("20240701123045", "2024-07-01T12:30:45.0000000+02:00", Hl7Precision.Second)]
    [InlineData("20240701123045.1", "2024-07-01T12:30:45.1000000+02:00", Hl7Precision.Fraction)]
    [InlineData("20240701123045.1234", "2024-07-01T12:30:45.1234000+02:00", Hl7Precision.Fraction)]
    [InlineData("20240701123045.123456789", "2024-07-01T12:30:45.1234567+02:00", Hl7Precision.Fraction)]
    [InlineData("20240701123045.", "2024-07-01T12:30:45.0000000+02:00", Hl7Precision.Second)]
    [InlineData("202407011230-0500", "2024-07-01T12:30:00.0000000-05:00", Hl7Precision.Minute)]
    [InlineData("20240701123045+0215", "2024-07-01T12:30:45.0000000+02:15", Hl7Precision.Second)]
    [InlineData("20240701123045.5+0545", "2024-07-01T12:30:45.5000000+05:45", Hl7Precision.Fraction)]
    [InlineData("20240701123045+02:00", "2024-07-01T12:30:45.0000000+02:00", Hl7Precision.Second)]
    [InlineData("20240701123045-05", "2024-07-01T12:30:45.0000000-05:00", Hl7Precision.Second)]
    [InlineData("20240701123045Z", "2024-07-01T12:30:45.0000000+00:00", Hl7Precision.Second)]
    [InlineData("20240701+0200", "2024-07-01T00:00:00.0000000+02:00", Hl7Precision.Day)]
    [InlineData("2024-0500", "2024-01-01T00:00:00.0000000-05:00", Hl7Precision.Year)]
    [InlineData("20240701000000", "2024-07-01T00:00:00.0000000+02:00", Hl7Precision.Second)]
    [InlineData("202407010000", "2024-07-01T00:00:00.0000000+02:00", Hl7Precision.Minute)]
    [InlineData("202407012400", "2024-07-02T00:00:00.0000000+02:00", Hl7Precision.Minute)]
    [InlineData("20240701235960", "2024-07-02T00:00:00.0000000+02:00", Hl7Precision.Second)]
    [InlineData("  20240701123045  ", "2024-07-01T12:30:45.0000000+02:00", Hl7Precision.Second)]
    [InlineData("99991231235959", "9999-12-31T23:59:59.0000000+01:00", Hl7Precision.Second)]
    [InlineData("2024-07-01", "2024-07-01T00:00:00.0000000+02:00", Hl7Precision.Day)]
    [InlineData("2024-07", "2024-07-01T00:00:00.0000000+02:00", Hl7Precision.Month)]
    [InlineData("2024-07-01T12:30:45.25-05:00", "2024-07-01T12:30:45.2500000-05:00", Hl7Precision.Fraction)]
    [InlineData("2024-07-01 12:30", "2024-07-01T12:30:00.0000000+02:00", Hl7Precision.Minute)]
    [InlineData("2024-07-01T12:30:45Z", "2024-07-01T12:30:45.0000000+00:00", Hl7Precision.Second)]
    public void Times_of_every_precision_are_read(string text, string expected, Hl7Precision precision)
    {
        Assert.True(Hl7Time.TryParse(text, Berlin, out var time));
        Assert.Equal((expected, precision), (time.Value.ToString("O"), time.Precision));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\"\"")]
    [InlineData("0000")]
    [InlineData("00000000")]
    [InlineData("20241301")]
    [InlineData("20240230")]
    [InlineData("20230229")]
    [InlineData("2024070125")]
    [InlineData("202407011260")]
    [InlineData("202407012401")]
    [InlineData("20240701123061")]
    [InlineData("2024070")]
    [InlineData("202407011")]
    [InlineData("20240701123045+9900")]
    [InlineData("20240701123045+0260")]
    [InlineData("20240701123045+02000")]
    [InlineData("20240701123045+")]
    [InlineData("20240701.5")]
    [InlineData("20240701123045.x")]
    [InlineData("yesterday")]
    [InlineData("+0100")]
    [InlineData("Z")]
    [InlineData("99999999")]
    [InlineData("999912312400")]
    [InlineData("99991231235959-0500")]
    [InlineData("0001")]
    [InlineData("２０２４")]
    [InlineData("2024-07-01Tnoon")]
    [InlineData("2024-07-")]
    [InlineData("202407011230452024070112304520240701123045")]
    public void What_is_no_time_is_refused(string text) => Assert.False(Hl7Time.TryParse(text, Berlin, out _));

    [Fact]
    public void An_hour_that_happens_twice_is_taken_as_the_first_unless_time_has_gone_on()
    {
        var first = new DateTimeOffset(2024, 10, 27, 2, 30, 0, TimeSpan.FromHours(2));
        var second = new DateTimeOffset(2024, 10, 27, 2, 30, 0, TimeSpan.FromHours(1));
        Assert.True(Hl7Time.TryParse("20241027023000", Berlin, out var time));
        Assert.Equal((first, true), (time.Value, time.IsAmbiguous));
        Assert.Equal(TimeSpan.FromHours(2), time.Value.Offset);

        Assert.True(Hl7Time.TryParse("20241027023000", Berlin, first.AddMinutes(-10), out time));
        Assert.Equal(TimeSpan.FromHours(2), time.Value.Offset);
        Assert.True(Hl7Time.TryParse("20241027023000", Berlin, first.AddMinutes(20), out time));
        Assert.Equal((second, TimeSpan.FromHours(1)), (time.Value, time.Value.Offset));
    }

    [Fact]
    public void An_offset_in_the_doubled_hour_leaves_nothing_to_guess()
    {
        Assert.True(Hl7Time.TryParse("20241027023000+0100", Berlin, out var time));
        Assert.Equal((TimeSpan.FromHours(1), false, true), (time.Value.Offset, time.IsAmbiguous, time.HasOffset));
    }

    [Fact]
    public void An_hour_that_never_happens_is_moved_forward()
    {
        Assert.True(Hl7Time.TryParse("20240331023000", Berlin, out var time));
        Assert.Equal(new DateTimeOffset(2024, 3, 31, 3, 30, 0, TimeSpan.FromHours(2)), time.Value);
        Assert.Equal((TimeSpan.FromHours(2), true), (time.Value.Offset, time.WasSkipped));
    }

    [Fact]
    public void A_gap_of_half_an_hour_is_moved_by_half_an_hour()
    {
        var lordHowe = TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe");
        Assert.True(Hl7Time.TryParse("20241006021500", lordHowe, out var time));
        Assert.Equal(("02:45", TimeSpan.FromHours(11)), (time.Value.ToString("HH:mm"), time.Value.Offset));
    }

    [Fact]
    public void A_birth_date_keeps_its_day_whatever_the_zone()
    {
        Assert.True(Hl7Time.TryParse("19700101000000-1100", Berlin, out var time));
        Assert.Equal(new DateOnly(1970, 1, 1), time.Date);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var time = new DateTimeOffset(2024, 2, 29, 23, 59, 58, 123, new TimeSpan(-3, -30, 0));
        Assert.Equal("20240229235958.123-0330", Hl7Time.Format(time, Hl7Precision.Fraction));
        Assert.Equal("20240229235958-0330", Hl7Time.Format(time));
        Assert.Equal("20240229", Hl7Time.Format(time, Hl7Precision.Day));
        Assert.True(Hl7Time.TryParse(Hl7Time.Format(time, Hl7Precision.Fraction), Berlin, out var back));
        Assert.Equal(time, back.Value);
    }
}

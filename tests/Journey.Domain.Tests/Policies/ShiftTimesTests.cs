using Journey.Domain.Policies;

namespace Journey.Domain.Tests.Policies;

public sealed class ShiftTimesTests
{
    private static readonly TimeZoneInfo Vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");
    private static readonly ShiftTimes Two = new([new(7, 0), new(19, 0)]);

    [Theory]
    [InlineData("2031-03-14T07:00:00+01:00", "2031-03-14T07:00:00+01:00", "2031-03-14T19:00:00+01:00")]
    [InlineData("2031-03-14T06:59:59+01:00", "2031-03-13T19:00:00+01:00", "2031-03-14T07:00:00+01:00")]
    [InlineData("2031-03-14T23:30:00+01:00", "2031-03-14T19:00:00+01:00", "2031-03-15T07:00:00+01:00")]
    [InlineData("2031-03-14T23:30:00Z", "2031-03-14T19:00:00+01:00", "2031-03-15T07:00:00+01:00")]
    // The night on which clocks are put forward is an hour shorter, the other an hour longer.
    [InlineData("2031-03-30T03:30:00+02:00", "2031-03-29T19:00:00+01:00", "2031-03-30T07:00:00+02:00")]
    [InlineData("2031-10-26T02:30:00+02:00", "2031-10-25T19:00:00+02:00", "2031-10-26T07:00:00+01:00")]
    public void Each_lasts_until_the_next_begins(string now, string began, string ends) =>
        Assert.Equal((Time(began), Time(ends)), Two.At(Time(now), Vienna));

    [Fact]
    public void One_that_begins_in_the_hour_that_clocks_skip_begins_when_it_is_over() =>
        Assert.Equal(Time("2031-03-30T03:00:00+02:00"), new ShiftTimes([new(2, 30), new(14, 0)]).At(Time("2031-03-30T04:00:00+02:00"), Vienna).Began);

    [Fact]
    public void A_single_one_lasts_a_day() =>
        Assert.Equal((Time("2031-03-13T06:00:00Z"), Time("2031-03-14T06:00:00Z")),
            new ShiftTimes([new(6, 0)]).At(Time("2031-03-14T05:00:00Z"), TimeZoneInfo.Utc));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

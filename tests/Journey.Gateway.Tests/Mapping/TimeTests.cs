using Journey.Contracts.Visits;
using Journey.Gateway.Feeds.Mapping;
using Journey.Gateway.Feeds.Profiles;
using static Journey.Gateway.Tests.Mapping.Hospital;

namespace Journey.Gateway.Tests.Mapping;

/// <summary>When something happened, was recorded and was sent, and what is not believed of it.</summary>
public class TimeTests
{
    private const string Evn = "EVN||20260302095800";

    [Fact]
    public void A_command_says_when_it_was_recorded_and_sent()
    {
        var command = Map("ADT^A02", "EVN||20260302095800||||20260302091000", Pid, Pv1).About().Command!;
        Assert.Equal((At(9, 10), At(9, 58), At(9, 59)), (command.OccurredAt, command.SaidAt, command.SentAt));
        Assert.Equal(At(9, 59), Map("ADT^A02", Pid, Pv1).About().Command!.SaidAt);
    }

    [Theory]
    [InlineData("A01"), InlineData("A04"), InlineData("A08"), InlineData("A06")]
    public void When_a_visit_began_is_not_when_this_happened(string trigger)
    {
        var command = Map("ADT^" + trigger, Evn, Pid, Began("20260302061500")).About().Command!;
        Assert.Equal((At(9, 58), At(6, 15)), (command.OccurredAt, command.Details.AdmittedAt));
    }

    [Theory]
    [InlineData("EVN||20260302095800", 9, 44)]
    [InlineData("EVN||20260302095800||||20260302094000", 9, 40)]
    public void A_departure_happened_when_the_patient_left(string evn, int hour, int minute) =>
        Assert.Equal(At(hour, minute), Map("ADT^A03", evn, Pid, Left("20260302094400")).About().Command!.OccurredAt);

    [Fact]
    public void A_time_without_an_offset_has_the_messages()
    {
        var command = Sent(Feed, "20260302045900-0500", "EVN||20260302045800", Began("20260302040000"));
        Assert.Equal((At(9, 58), At(9, 0)), (command.OccurredAt, command.Details.AdmittedAt));
    }

    [Fact]
    public void Daylight_saving_is_right_for_times_far_from_a_message_with_an_offset()
    {
        var vienna = FeedProfile.From(new FeedDefaults { TimeZone = "Europe/Vienna" });
        var command = Sent(vienna, "20260302105900+0100", "EVN||20260302105800", Began("20250801120000"));
        Assert.Equal(At(9, 58), command.OccurredAt);
        Assert.Equal(new DateTimeOffset(2025, 8, 1, 10, 0, 0, TimeSpan.Zero), command.Details.AdmittedAt);
    }

    [Theory]
    [InlineData("20251026023000+0200", "20251026022000", 0, 20)]
    [InlineData("20251026023000+0100", "20251026022000", 1, 20)]
    [InlineData("20251026021000+0100", "20251026025000", 0, 50)]
    public void Of_an_hour_that_happens_twice_the_messages_offset_tells_which(string sent, string recorded, int hour, int minute)
    {
        var vienna = FeedProfile.From(new FeedDefaults { TimeZone = "Europe/Vienna" });
        Assert.Equal(new DateTimeOffset(2025, 10, 26, hour, minute, 0, TimeSpan.Zero), Sent(vienna, sent, "EVN||" + recorded, Pv1).OccurredAt);
    }

    [Theory]
    [InlineData("020504011645"), InlineData("19700101000000"), InlineData("20260302113000"), InlineData("20251220000000")]
    public void An_event_that_cannot_have_happened_then_happened_when_it_was_recorded(string happened)
    {
        var mapped = Map("ADT^A02", "EVN||20260302095800||||" + happened, Pid, Pv1);
        var command = mapped.About().Command!;
        Assert.Equal(At(9, 58), command.OccurredAt);
        Assert.Equal(["EVN-6"], command.Details.NotBelieved);
        Assert.Equal([new Finding("EVN-6", null)], mapped.Findings);
    }

    [Theory]
    [InlineData("A05"), InlineData("A14"), InlineData("A15"), InlineData("A16"), InlineData("A25"), InlineData("A26"), InlineData("A27"),
        InlineData("A38")]
    public void Of_a_plan_and_its_cancel_a_time_ahead_is_the_planned_one(string trigger)
    {
        var command = Map("ADT^" + trigger, "EVN||20260302095800||||20260303120000", Pid, Pv1).About().Command!;
        Assert.Equal(At(9, 58), command.OccurredAt);
        Assert.Empty(command.Details.NotBelieved);
    }

    [Fact]
    public void A_time_of_recording_that_cannot_be_is_replaced_by_the_messages()
    {
        var command = Map("ADT^A02", "EVN||19700101000000", Pid, Pv1).About().Command!;
        Assert.Equal((At(9, 59), At(9, 59)), (command.OccurredAt, command.SaidAt));
        Assert.Equal(["EVN-2"], command.Details.NotBelieved);
    }

    [Fact]
    public void A_begin_of_another_century_is_not_believed_and_one_of_last_year_is()
    {
        var details = Map("ADT^A08", Evn, Pid, Began("10250801120000")).About().Command!.Details;
        Assert.Null(details.AdmittedAt);
        Assert.Equal(["PV1-44"], details.NotBelieved);
        Assert.Equal(2025, Map("ADT^A08", Evn, Pid, Began("20250801120000")).About().Command!.Details.AdmittedAt!.Value.Year);
    }

    [Theory]
    [InlineData("20260302000000"), InlineData("20260302")]
    public void Midnight_on_the_day_of_an_exact_recording_is_a_date_and_not_a_time(string date)
    {
        Assert.Null(Map("ADT^A04", Evn, Pid, Began(date)).About().Command!.Details.AdmittedAt);
        Assert.Equal(At(9, 58), Map("ADT^A03", Evn, Pid, Left(date)).About().Command!.OccurredAt);
        Assert.Empty(Map("ADT^A03", Evn, Pid, Left(date)).Findings);
    }

    [Fact]
    public void A_planned_departure_that_stands_in_PV1_45_is_none() =>
        Assert.Null(Map("ADT^A08", Evn, Pid, Left("20260304110000")).About().Command!.Details.DischargedAt);

    [Fact]
    public void A_message_that_is_played_again_years_later_is_believed_as_it_was()
    {
        var command = Sent(Feed, "20190302095900", "EVN||20190302095800", Began("20190301120000"));
        Assert.Equal((2019, 2019), (command.OccurredAt.Year, command.Details.AdmittedAt!.Value.Year));
        Assert.Empty(command.Details.NotBelieved);
    }

    [Fact]
    public void A_sender_whose_clock_stands_still_or_runs_ahead_is_not_believed()
    {
        Assert.Equal((At(9, 58), null), (Sent(Feed, "20010101000000", Evn, Pv1).OccurredAt, Sent(Feed, "20010101000000", Evn, Pv1).SentAt));
        Assert.Equal((Now, null), (Sent(Feed, "20300101000000", "EVN|", Pv1).OccurredAt, Sent(Feed, "20300101000000", "EVN|", Pv1).SentAt));
    }

    [Fact]
    public void The_window_is_the_sites()
    {
        var patient = FeedProfile.From(new FeedDefaults { PlausibleDays = 100 });
        Assert.Equal(2025, Map(patient, "ADT^A02", "EVN||20260302095800||||20251220000000", Pid, Pv1).About().Command!.OccurredAt.Year);
    }

    [Fact]
    public void A_message_whose_header_alone_says_when_is_another_at_another_time()
    {
        Assert.NotEqual(Id("20260302095800", "EVN|"), Id("20260302095900", "EVN|"));
        Assert.Equal(Id("20260302095800", "EVN|"), Id("20260302095800", "EVN|"));
        Assert.Equal(Id("20260302095800", Evn), Id("20260302095900", Evn));

        static Contracts.CommandId Id(string sent, string evn) =>
            Read(Feed, $"MSH|^~\\&|SYS|NORTH|||{sent}||ADT^A02|1|P|2.5", evn, Pid, Pv1).Message!.Id;
    }

    private static FeedCommand Sent(FeedProfile feed, string at, string evn, string pv1) =>
        Read(feed, $"MSH|^~\\&|SYS|NORTH|||{at}||ADT^A04|M1|P|2.5", evn, Pid, pv1).About().Command!;

    private static string Began(string time) => "PV1|1|I|WARD4" + new string('|', 41) + time;

    private static string Left(string time) => "PV1|1|I|WARD4" + new string('|', 42) + time;
}

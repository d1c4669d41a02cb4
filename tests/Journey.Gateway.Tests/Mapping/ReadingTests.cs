using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Gateway.Feeds.Profiles;
using Journey.Hl7;
using static Journey.Gateway.Tests.Mapping.Hospital;

namespace Journey.Gateway.Tests.Mapping;

public class ReadingTests
{
    private const string Evn = "EVN||20260302095800";

    [Fact]
    public void The_person_is_read_from_PID()
    {
        var facts = Map("ADT^A31", Evn,
            "PID|1||99^^^NHS^NH~4711^^^NORTH^MR||Alias^Eve^^^^^A~Musterfrau^Erika^^^^^L||19700504010000|F|||||||de|||||||||||||||Y").About().Patient;
        Assert.Equal(("4711", "Musterfrau", "Erika"), (facts.Number, facts.FamilyName, facts.GivenName));
        Assert.Equal((new DateOnly(1970, 5, 4), "F", "de", true), (facts.BirthDate, facts.Sex, facts.Language, facts.Deceased));
        Assert.Null(facts.Confidential);
    }

    [Theory]
    [InlineData("PID|1||A^^^X^XX~B^^^N^PT~C^^^N^MRN~D^^^N^MR", "D")]
    [InlineData("PID|1||A^^^X^XX~B^^^N^PT", "B")]
    [InlineData("PID|1||~A^^^X", "A")]
    [InlineData("PID|1|F^^^N", "F")]
    [InlineData("PID|1|||G", "G")]
    public void The_record_number_is_preferred_wherever_it_stands(string pid, string number) =>
        Assert.Equal(number, Map("ADT^A31", Evn, pid).About().Patient.Number);

    [Fact]
    public void Two_quotes_clear_and_nothing_leaves_alone()
    {
        var facts = Map("ADT^A31", Evn, "PID|1||4711^^^NORTH^MR||\"\"||||").About().Patient;
        Assert.Equal(("", ""), (facts.FamilyName, facts.GivenName));
        Assert.Null(facts.Sex);
        var details = Map("ADT^A08", Evn, Pid, "PV1|1|I||||||||\"\"").Command<Update>().Details;
        Assert.Equal("", details.Service);
        Assert.Null(details.Location);
    }

    [Theory]
    [InlineData("PV1|1|I||||||||||||||VIP", true), InlineData("PV1|1|I||||||||||||||X~VIP", true), InlineData("PV1|1|I||||||||||||||X~Y^Yes", true)]
    [InlineData("PV1|1|I||||||||||||||\"\"", false)]
    [InlineData("PV1|1|I||||||||||||||E", null)]
    public void A_flag_locks_the_name(string pv1, bool? locked) => Assert.Equal(locked, Map("ADT^A08", Evn, Pid, pv1).About().Patient.Confidential);

    [Fact]
    public void Protection_in_PD1_locks_the_name_too() => Assert.True(Map("ADT^A08", Evn, Pid, "PD1||||||||||||Y", Pv1).About().Patient.Confidential);

    [Theory]
    [InlineData("PV1|1|E", PatientClass.Emergency), InlineData("PV1|1|EMERGENCY", PatientClass.Emergency),
        InlineData("PV1|1|INPATIENT", PatientClass.Inpatient)]
    [InlineData("PV1|O", PatientClass.Outpatient), InlineData("PV1|1|P", PatientClass.Preadmit), InlineData("PV1|1|R", PatientClass.Recurring)]
    [InlineData("PV1|1|B", PatientClass.Obstetrics), InlineData("PV1|1|C", PatientClass.Other), InlineData("PV1|1|U", PatientClass.Unknown),
        InlineData("PV1|1|ff", null)]
    public void The_class_is_read_from_PV1_2_or_where_it_slipped_to(string pv1, PatientClass? expected) =>
        Assert.Equal(expected, Map("ADT^A01", Evn, Pid, pv1).Command<Admit>().Details.Class);

    [Theory]
    [InlineData("E", "ED"), InlineData("O", "OPD"), InlineData("I", "UNPLACED"), InlineData("", "UNPLACED")]
    public void A_visit_without_a_location_stands_on_the_default_unit_of_its_class(string code, string unit)
    {
        var details = Map("ADT^A04", Evn, Pid, "PV1|1|" + code).Command<Arrive>().Details;
        Assert.Null(details.Location);
        Assert.Equal(unit, details.DefaultUnit);
    }

    [Fact]
    public void A_location_is_unit_room_bed_facility_with_parts_inside_parts()
    {
        Assert.Equal(new Location("ED", "Bay A", "3", "North General"), Location("ED&9.8&ISO^Bay A^3^North General&x^^BED^Main^2"));
        Assert.Equal(new Location("XRay"), Location("XRay^^^^^^^"));
        Assert.Equal(new Location("", null, "7"), Location("^^7"));
        Assert.Null(Location("^^^"));
        static Location? Location(string pl) => Map("ADT^A01", Evn, Pid, "PV1|1|I|" + pl).Command<Admit>().Details.Location;
    }

    [Fact]
    public void Staff_family_and_numbers_are_read()
    {
        var details = Map("ADT^A01", Evn, "PID|1||4711^^^N^MR||A^B|||||||||||||ACC9", "NK1|1|Musterfrau^Karl|SPO^Spouse", "NK1|2||MTH",
            "NK1|3|Muster^Ida",
            "PV1|1|I|WARD4||||77^Stone^Ada^^^Dr", "OBX|1|NM|75636-1^Emergency severity index^LN||2").Command<Admit>().Details;
        Assert.Equal(new Person("77", "Dr Ada Stone"), details.Attending);
        Assert.Equal([new("Karl Musterfrau", "Spouse"), new("Ida Muster", null)], details.Contacts);
        Assert.Equal(("ACC9", 2), (details.Number, details.Acuity));
        Assert.True(Map("ADT^A01", Evn, Pid, Pv1).Command<Admit>().Details.Contacts.IsDefault);
    }

    [Fact]
    public void Numbers_above_any_integer_stay_what_they_are() =>
        Assert.Equal("15879991964852500590",
            Map("ADT^A01", Evn, Pid, "PV1|1|I||||||||||||||||" + "|15879991964852500590^^^^visitid").Command<Admit>().Details.Number);

    [Fact]
    public void Names_beyond_reason_are_cut_and_ids_beyond_reason_refused()
    {
        var longest = new string('x', 10_000);
        Assert.Equal(80, Map("ADT^A31", Evn, "PID|1||1^^^N^MR||" + longest).About().Patient.FamilyName!.Length);
        Assert.Equal(Hl7ErrorCode.ValueTooLong, Map("ADT^A31", Evn, $"PID|1||{longest}^^^N^MR").Error().Code);
        Assert.Equal(Hl7ErrorCode.ValueTooLong, Map("ADT^A01", Evn, Pid, "PV1|1|I||||||||||||||||" + "|" + longest).Error().Code);
    }

    [Fact]
    public void The_same_message_has_the_same_ids_and_another_content_under_the_same_number_has_not()
    {
        var first = Map("ADT^A01", Evn, Pid, Pv1);
        var later = Read(Feed, "MSH|^~\\&|SYS|NORTH|JOURNEY|NORTH|20260302095959||ADT^A01|M1|P|2.5", Evn, Pid, Pv1);
        var other = Map("ADT^A01", Evn, Pid, Pv1 + "|x");
        Assert.Equal(first.Message!.Id, later.Message!.Id);
        Assert.Equal(first.Command<Admit>().Message, later.Command<Admit>().Message);
        Assert.NotEqual(first.Message.Id, other.Message!.Id);
        Assert.Equal(("SYS|NORTH", "M1", "ADT^A01"), (first.Log.Source, first.Log.ControlId, first.Log.Type));
    }

    [Fact]
    public void A_time_of_admission_later_than_its_message_is_a_plan_and_not_when_it_happened()
    {
        var early = Read(Feed, "MSH|^~\\&|SYS|NORTH|||20260302081500||ADT^A01|M1|P|2.5", "EVN||20260302081500", Pid,
            "PV1|1|I|WARD4" + new string('|', 41) + "20260302094500");
        Assert.Equal(At(8, 15), early.About().Command!.OccurredAt);
    }

    [Theory]
    [InlineData("A04", "EVN||20260302095800||||20260302083000", "20260302081500", 8, 30)]
    [InlineData("A04", "EVN||20260302095800", "20260302081500", 9, 58)]
    [InlineData("A02", "EVN||20260302095800", "20260302081500", 9, 58)]
    [InlineData("A02", "EVN|", "20260302081500", 9, 59)]
    [InlineData("A04", "EVN||20260302095800||||20260302", "", 9, 58)]
    [InlineData("A04", "EVN||20290302095800", "", 9, 59)]
    [InlineData("A04", "EVN||never", "", 9, 59)]
    public void An_event_happened_when_the_best_of_the_message_says(string trigger, string evn, string admitted, int hour, int minute) =>
        Assert.Equal(At(hour, minute), Map("ADT^" + trigger, evn, Pid, "PV1|1|I|WARD4" + new string('|', 41) + admitted).About().Command!.OccurredAt);

    [Fact]
    public void Times_without_an_offset_are_the_feeds_and_the_second_of_two_equal_hours_is_told_by_what_came_before()
    {
        var vienna = FeedProfile.From(new FeedDefaults { TimeZone = "Europe/Vienna" });
        Assert.Equal(At(8, 30), Map(vienna, "ADT^A04", "EVN||20260302093000", Pid, Pv1).About().Command!.OccurredAt);
        Assert.Equal(At(9, 30), Map(vienna, "ADT^A04", "EVN||20260302093000+0000", Pid, Pv1).About().Command!.OccurredAt);

        var before = new DateTimeOffset(2025, 10, 26, 2, 50, 0, TimeSpan.FromHours(2));
        var mapped = Read(vienna, before, "MSH|^~\\&|SYS|NORTH|||20251026021000||ADT^A04|M1|P|2.5", "EVN||20251026020900", Pid, Pv1);
        Assert.Equal(new DateTimeOffset(2025, 10, 26, 2, 9, 0, TimeSpan.FromHours(1)), mapped.About().Command!.OccurredAt);
    }
}

using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Gateway.Feeds.Mapping;
using Journey.Gateway.Feeds.Profiles;
using static Journey.Gateway.Tests.Mapping.Hospital;

namespace Journey.Gateway.Tests.Mapping;

/// <summary>What codes and fields mean.</summary>
public class MeaningTests
{
    [Theory]
    [InlineData("PD1||||||||||||Y", true)]
    [InlineData("PD1|||||||||||N", true)]
    [InlineData("PD1|||||||||||N^No Publicity", true)]
    [InlineData("PD1|||||||||||F", null)]
    [InlineData("PD1||||||||||||N", false)]
    [InlineData("PV2||||||||||||||||||||||Y", true)]
    [InlineData("PV2|||||||||||||||||||||N", true)]
    [InlineData("PV2||||||||||||||||||||||N", null)]
    [InlineData("ARV|1|A|PID", true)]
    [InlineData("ARV|1|A|NO", null)]
    [InlineData("ARV|1|D|PID", null)]
    public void Every_field_that_withholds_does(string segment, bool? withheld) =>
        Assert.Equal(withheld, Map("ADT^A08", Pid, segment, Pv1).About().Patient.Confidential);

    [Fact]
    public void What_withholds_outweighs_what_does_not() =>
        Assert.True(Map("ADT^A08", Pid, "PD1||||||||||||N", "PV1|1|I", "PV2||||||||||||||||||||||Y").About().Patient.Confidential);

    [Theory]
    [InlineData("75636-1^Index^LN", "3", 3)]
    [InlineData("11283-9^Acuity^LN", "ESI-3", 3)]
    [InlineData("54094-8^Triage note^LN", "ESI 4", 4)]
    [InlineData("56839-4^Category^LN", "ATS 2", 2)]
    [InlineData("X1^CTAS", "CTAS3", 3)]
    [InlineData("TRIAGE", "Category 2", 2)]
    [InlineData("triage level", "3 - Urgent", 3)]
    [InlineData("MTS", "RED", 1)]
    [InlineData("MTS", "O^Orange^L", 2)]
    [InlineData("MTS", "yellow", 3)]
    [InlineData("MTS", "GREEN", 4)]
    [InlineData("MTS", "BLUE", 5)]
    [InlineData("ESI", "1064901000000108^Urgent level emergency care^SCT", 3)]
    [InlineData("ESI", "6", null)]
    [InlineData("54094-8^Triage note^LN", "3 days of cough", null)]
    [InlineData("8867-4^Heart rate^LN", "3", null)]
    public void A_triage_level_is_read_however_it_is_written(string name, string value, int? level) =>
        Assert.Equal(level, Map("ADT^A08", Pid, Pv1, $"OBX|1|ST|{name}||{value}").About().Command!.Details.Acuity);

    [Fact]
    public void A_site_has_codes_and_a_field_of_its_own()
    {
        var feed = FeedProfile.From(new FeedDefaults
        {
            Acuities = { ["P1"] = "1" }, Classes = { ["KL"] = "Inpatient" },
            Acuity = { Field = "ZTR-2" }
        });
        var details = Map(feed, "ADT^A04", Pid, "PV1|1|kl|ED", "ZTR|1|p1").Command<Arrive>().Details;
        Assert.Equal((PatientClass.Inpatient, 1), (details.Class, details.Acuity));
    }

    [Fact]
    public void A_code_that_no_table_knows_changes_nothing_and_is_told()
    {
        var mapped = Map("ADT^A04", Pid, "PV1|1|QQ|ED", "OBX|1|ST|ESI||purple", "OBX|2|ST|TRIAGE||" + new string('x', 60));
        Assert.Equal((null, null), (mapped.Command<Arrive>().Details.Class, mapped.Command<Arrive>().Details.Acuity));
        Assert.Equal([new Finding("PV1-2", "QQ"), new Finding("OBX-5", "purple")], mapped.Findings);
        Assert.Empty(Map("ADT^A04", Pid, "PV1|1|N|ED").Findings);
    }

    [Theory]
    [InlineData("OBS", PatientClass.Observation), InlineData("OIB", PatientClass.Observation), InlineData("SS", PatientClass.Observation)]
    [InlineData("DAY CASE", PatientClass.Outpatient), InlineData("K", PatientClass.Outpatient), InlineData("NB", PatientClass.Inpatient)]
    [InlineData("UC", PatientClass.Emergency), InlineData("obv", PatientClass.Observation), InlineData("N", null)]
    public void Other_words_for_a_class_are_known(string code, PatientClass? expected) =>
        Assert.Equal(expected, Map("ADT^A02", Pid, "PV1|1|" + code).Command<Transfer>().Details.Class);

    [Fact]
    public void A_contact_is_a_person_of_now_with_a_telephone()
    {
        var contacts = Map("ADT^A08", Pid, "NK1|1|Muster^Ida|SPO^Spouse||^PRN^PH^^49^30^5550101|5550102", "NK1|2|Muster^Leo|F^Father||||5550199^X|N",
            "NK1|3|Werk^Ag|O||||E^Employer",
            "NK1|4|Werk^Zwei|EMR^Employer", "NK1|5|Frueher^Eva|SPO||||||20200101", "NK1|6|Spaeter^Kim|CHD||||||20270101", "NK1|7|Kasse^Die|O||||I",
            Pv1).About().Command!.Details.Contacts;
        Assert.Equal(["Ida Muster", "Leo Muster", "Kim Spaeter"], contacts.Select(contact => contact.Name));
        Assert.Equal(["+49 30 5550101", null, null], contacts.Select(contact => contact.Telephone));
        Assert.Equal(["Spouse", "Father", "child"], contacts.Select(contact => contact.Relation));
        Assert.Equal("5550103", Map("ADT^A08", Pid, "NK1|1|Muster^Ida|SPO|||5550103", Pv1).About().Command!.Details.Contacts[0].Telephone);
    }

    [Fact]
    public void Why_the_patient_came_is_read()
    {
        Assert.Equal("Chest pain", Complaint("PV2|||R07^Chest pain"));
        Assert.Equal("Fell", Complaint("PV2|||Fell"));
        Assert.Equal("Cough", Complaint("OBX|1|ST|8661-1^Chief complaint^LN||Cough"));
        Assert.Equal(200, Complaint("PV2|||^" + new string('x', 999))!.Length);
        Assert.Null(Complaint("ZZZ|1"));
        static string? Complaint(string segment) => Map("ADT^A04", Pid, Pv1, segment).Command<Arrive>().Details.Complaint;
    }

    [Theory]
    [InlineData("ORU^R01", "OBR|1||||||20260302080000|||||||||||||||20260302091500", 9, 15)]
    [InlineData("ORU^R01", "OBR|1||||||20260302080000", 8, 0)]
    [InlineData("ORM^O01", "ORC|NW||||||||20260302083000", 8, 30)]
    [InlineData("MDM^T02", "TXA|1|HP||20260302074500", 7, 45)]
    [InlineData("OML^O21", "OBR|1||||||19700101000000", 9, 59)]
    public void A_result_an_order_or_a_document_mentions_a_visit(string type, string segment, int hour, int minute)
    {
        var about = Map(type, Pid, Pv1, segment).About();
        Assert.Equal((VisitIntent.Mentions, At(hour, minute)), (about.Intent, Assert.IsType<Mention>(about.Command).OccurredAt));
        Assert.Equal((Map("ADT^A08", Pid, Pv1).Command<Update>().Details.NumberKey, null, null),
            (about.Command.Details.NumberKey, about.Command.Details.Class, about.Command.Details.Location));
    }

    [Theory]
    [InlineData("PID|1||"), InlineData("ZZZ|1")]
    public void A_result_of_nobody_is_kept(string pid) => Assert.Empty(Map("ORU^R01", pid, "OBR|1").Steps());
}

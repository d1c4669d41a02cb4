using Journey.Contracts;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Gateway.Feeds.Profiles;
using static Journey.Gateway.Tests.Mapping.Hospital;

namespace Journey.Gateway.Tests.Mapping;

/// <summary>By which numbers persons and visits are known.</summary>
public class NumberTests
{
    private const string Evn = "EVN||20260302095800";

    [Fact]
    public void An_authority_is_its_namespace_its_universal_id_and_its_type()
    {
        var all = new[] { "5000^^^&1.2.3.4&ISO^MR", "5000^^^&9.9.9.9&ISO^MR", "5000^^^MAIN&1.2.3.4&ISO^MR", "5000^^^MAIN^MR",
            "5000^^^&1.2.3.4&DNS^MR" };
        Assert.Equal(all.Length, all.Select(id => Who(id)).Distinct().Count());
        Assert.Equal(Who("5000^^^Main&1.2.3.4&iso^MR"), Who("5000^^^ MAIN &1.2.3.4&ISO^MR"));
    }

    [Fact]
    public void Where_the_authority_is_said_the_sender_plays_no_part() =>
        Assert.Single(new[] { Who("1^^^N^MR"), Who("1^^^N^MR", "SYS|SOUTH"), Who("1^^^N^MR", "OTHER|"), Who("1^^^N^MR", "SYS|Main") }.Distinct());

    [Fact]
    public void Without_an_authority_the_sending_facility_stands_in_and_then_the_application()
    {
        Assert.Equal(Who("100^^^MAIN^MR"), Who("100", "HIS|MAIN"));
        Assert.Equal(Who("100^^^MAIN^MR"), Who("100", "OTHER|main^1.2.3^ISO"));
        Assert.Equal(Who("100^^^&1.2.3&ISO^MR"), Who("100", "HIS|^1.2.3^ISO"));
        Assert.Equal(Who("100^^^HIS^MR"), Who("100", "HIS|"));
        Assert.NotEqual(Who("100", "HIS|MAIN"), Who("100", "HIS|NORTH"));
    }

    [Fact]
    public void Two_spellings_of_an_authority_are_one_where_the_site_says_so()
    {
        var feed = FeedProfile.From(new FeedDefaults { Authorities = { ["main"] = "MAIN", ["1.2.3.4"] = "MAIN" } });
        var all = new[] { "7^^^MAIN^MR", "7^^^Main&5.6&ISO^MR", "7^^^&1.2.3.4&ISO^MR" }
            .Select(id => Map(feed, "ADT^A31", "PID|1||" + id).About().Patient.Id);
        Assert.Equal([Who("7^^^MAIN^MR")], all.Distinct());
    }

    [Fact]
    public void Every_other_number_that_is_the_persons_own_is_an_alias()
    {
        var facts = Map("ADT^A31",
            "PID|1|E1^^^EXT|E900^^^EPIC^MRN~70900^^^MPI^PI~70900^^^MPI^PI~1^^^N^VN~2^^^N^SS~3^^^N^AN~0000000000^^^NHS^NH~4^^^OLD^MR^^^20200101|OLD7")
                .About().Patient;
        Assert.Equal(Who("E900^^^EPIC^MR"), facts.Id);
        Assert.Equal([Who("70900^^^MPI^MR"), Who("E1^^^EXT^MR"), Who("OLD7")], facts.Aliases);
    }

    [Fact]
    public void No_more_than_sixteen_aliases_are_kept() =>
        Assert.Equal(16, Map("ADT^A31", "PID|1||" + string.Join('~', Enumerable.Range(1, 40).Select(i => $"{i}^^^N^PI")))
            .About().Patient.Aliases.Length);

    [Fact]
    public void What_identifies_nobody_stands_in_only_where_there_is_nothing_better()
    {
        Assert.Equal("7", Map("ADT^A31", "PID|1|7^^^OLD|123^^^USA^SS").About().Patient.Number);
        Assert.Equal("123", Map("ADT^A31", "PID|1||123^^^USA^SS").About().Patient.Number);
    }

    [Theory]
    [InlineData("123^^^USA^SS"), InlineData("77^^^N^AN"), InlineData("4^^^OLD^MR^^^20200101"), InlineData("9999^^^N^MR"), InlineData("0000"),
        InlineData("000-00-0000^^^USA^SS"), InlineData("^^^SSA^SS"), InlineData("UNKNOWN^^^N^MR")]
    public void Who_has_no_number_of_their_own_is_known_by_the_visit(string dummy)
    {
        PatientFacts FactsOf(string visit) =>
            Map("ADT^A04", Evn, "PID|1||" + dummy + "||Moss^Ada", "PV1|1|E" + new string('|', 17) + visit).About().Patient;
        Assert.Equal(FactsOf("V1").Id, FactsOf("V1").Id);
        Assert.NotEqual(FactsOf("V1").Id, FactsOf("V2").Id);
        Assert.Equal((null, "Moss", 0, null), (FactsOf("V1").Number, FactsOf("V1").FamilyName, FactsOf("V1").Aliases.Length, FactsOf("V1").Earlier));
    }

    [Fact]
    public void Nobodys_number_without_a_visit_can_never_be_accepted()
    {
        Assert.Equal(("PID", 3),
            (Map("ADT^A31", "PID|1||9999^^^N^MR").Error().Location.Segment, Map("ADT^A31", "PID|1||9999^^^N^MR").Error().Location.Field));
        Assert.Equal("PID", Map("ADT^A40", Evn, "PID|1||9999^^^N^MR", "MRG|2^^^N^MR").Error().Location.Segment);
    }

    [Fact]
    public void What_moves_or_renumbers_a_visit_opens_the_book_that_its_messages_open()
    {
        Guid? Book(string person, string visit) =>
            Map("ADT^A08", Evn, "PID|1||" + person, "PV1|1|E" + new string('|', 17) + visit).About().Command!.Details.NumberKey;
        var move = Map("ADT^A45", Evn, Pid, "MRG|2^^^N^MR||||V1", "PV1|1|I" + new string('|', 17) + "V1").Steps().OfType<Merge>().Single();
        Assert.Equal(Book("2^^^N^MR", "V1"), move.NumberKey);
        var renumber = Map("ADT^A50", Evn, Pid, "MRG|1^^^N^MR||||V1", "PV1|1|I" + new string('|', 17) + "V2").Steps().OfType<Renumber>().Single();
        Assert.Equal((Book("4711^^^NORTH^MR", "V1"), Book("4711^^^NORTH^MR", "V2")), (renumber.FromKey, renumber.ToKey));
    }

    [Fact]
    public void The_id_of_the_versions_before_is_told_too()
    {
        var facts = Map("ADT^A31", Pid).About().Patient;
        Assert.Equal(NameBasedGuid.Create(NameBasedGuid.Namespace, "patient", "NORTH", "NORTH", "4711"), facts.Earlier!.Value.Value);
        Assert.Equal(NameBasedGuid.Create(NameBasedGuid.Namespace, "person", "NORTH", "", "", "4711"), facts.Id.Value);
    }

    [Fact]
    public void A_visit_has_its_number_and_the_accounts_and_a_book_of_its_own()
    {
        var both = Visit("PID|1||1^^^N^MR|||||||||||||||ACC", Number("V1"));
        Assert.Equal(("V1", "ACC", true), (both.Number, both.Account, both.HasOwnNumber));
        var account = Visit("PID|1||1^^^N^MR|||||||||||||||ACC", "PV1|1|E");
        Assert.Equal(("ACC", "ACC", false), (account.Number, account.Account, account.HasOwnNumber));
        Assert.NotNull(account.NumberKey);
        var neither = Visit("PID|1||1^^^N^MR", "PV1|1|E");
        Assert.Equal((null, null, null), (neither.Number, neither.Account, neither.NumberKey));
    }

    [Fact]
    public void One_number_of_one_authority_is_one_visit_whoever_it_is_for()
    {
        Assert.Equal(Visit("PID|1||1^^^N^MR", Number("V1")).NumberKey, Visit("PID|1||2^^^N^MR", Number("V1")).NumberKey);
        Assert.NotEqual(Visit("PID|1||1^^^N^MR", Number("V1")).NumberKey, Visit("PID|1||1^^^M^MR", Number("V1")).NumberKey);
        Assert.Equal(Visit("PID|1||1^^^N^MR", Number("V1^^^&1.2&ISO")).NumberKey, Visit("PID|1||1^^^M^MR", Number("V1^^^&1.2&iso")).NumberKey);
        Assert.NotEqual(Visit("PID|1||1^^^N^MR", Number("V1^^^&1.2&ISO")).NumberKey, Visit("PID|1||1^^^N^MR", Number("V1^^^&1.3&ISO")).NumberKey);
    }

    private static string Number(string number) => "PV1|1|E" + new string('|', 17) + number;

    private static VisitDetails Visit(string pid, string pv1) => Map("ADT^A04", "EVN||20260302095800", pid, pv1).Command<Arrive>().Details;

    private static PatientId Who(string identifier, string sender = "SYS|NORTH") =>
        Read(Feed, $"MSH|^~\\&|{sender}|||20260302095900||ADT^A31|M1|P|2.5", "PID|1||" + identifier).About().Patient.Id;
}

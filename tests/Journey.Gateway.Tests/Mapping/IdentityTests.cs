using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Hl7;
using static Journey.Gateway.Tests.Mapping.Hospital;

namespace Journey.Gateway.Tests.Mapping;

public class IdentityTests
{
    private const string Evn = "EVN||20260302095800";
    private const string Survivor = "PID|1||1^^^N^MR||Musterfrau^Erika|||||||||||||ACC-NEW";
    private const string Visit = "PV1|1|I|WARD4||||||||||||||||VIS-NEW";

    [Theory]
    [InlineData("A18"), InlineData("A30"), InlineData("A34"), InlineData("A39"), InlineData("A40"), InlineData("A43"), InlineData("A46"),
        InlineData("A47")]
    public void A_person_gives_up_an_id(string trigger)
    {
        var merge = Assert.IsType<Merge>(Assert.Single(Map("ADT^" + trigger, Evn, Survivor, "MRG|2^^^N^MR").Steps()));
        Assert.Equal(Id("1"), merge.Survivor.Id);
        Assert.Equal(Id("2"), merge.Prior);
        Assert.Null(merge.VisitNumber);
    }

    [Fact]
    public void All_prior_ids_but_the_survivors_own_and_those_that_identify_nobody_are_given_up()
    {
        var steps = Map("ADT^A40", Evn, Survivor, "MRG|7^^^N^MR~2^^^N^MR~1^^^N^MR~123^^^USA^SS~0000000000^^^NHS^NH").Steps();
        Assert.Equal([Id("7"), Id("2")], steps.Cast<Merge>().Select(merge => merge.Prior));
    }

    [Fact]
    public void A_prior_id_without_an_authority_has_the_survivors() =>
        Assert.Equal(Id("2"), Assert.IsType<Merge>(Assert.Single(Map("ADT^A40", Evn, Survivor, "MRG|2").Steps())).Prior);

    [Fact]
    public void Several_merges_in_one_message_are_all_carried_out()
    {
        var steps = Map("ADT^A40", Evn, Survivor, "MRG|2^^^N^MR", "PID|2||3^^^N^MR", "MRG|4^^^N^MR").Steps();
        Assert.Equal([Id("2"), Id("4")], steps.Cast<Merge>().Select(merge => merge.Prior));
    }

    [Theory]
    [InlineData("A35"), InlineData("A41"), InlineData("A49")]
    public void An_account_gets_another_number(string trigger) =>
        Assert.Equal(("ACC-OLD", "ACC-NEW"), Renumbered(Map("ADT^" + trigger, Evn, Survivor, "MRG|1^^^N^MR||ACC-OLD", Visit)));

    [Theory]
    [InlineData("A42"), InlineData("A50"), InlineData("A51")]
    public void A_visit_gets_another_number(string trigger) =>
        Assert.Equal(("VIS-OLD", "VIS-NEW"), Renumbered(Map("ADT^" + trigger, Evn, Survivor, "MRG|1^^^N^MR||||VIS-OLD", Visit)));

    [Fact]
    public void A36_merges_the_person_and_the_account()
    {
        var steps = Map("ADT^A36", Evn, Survivor, "MRG|2^^^N^MR||ACC-OLD").Steps();
        Assert.IsType<Merge>(steps[0]);
        Assert.IsType<Renumber>(steps[1]);
    }

    [Fact]
    public void A44_moves_an_account_to_another_person_and_the_prior_person_stays() =>
        Assert.Equal("ACC-NEW", Assert.IsType<Merge>(Assert.Single(Map("ADT^A44", Evn, Survivor, "MRG|2^^^N^MR||ACC-NEW").Steps())).VisitNumber);

    [Fact]
    public void A45_moves_each_visit_it_lists()
    {
        var steps = Map("ADT^A45", Evn, Survivor, "MRG|2^^^N^MR||||V1", "PV1|1|I||||||||||||||||" + "|V1", "MRG|3^^^N^MR||||V2",
            "PV1|1|I||||||||||||||||" + "|V2").Steps();
        Assert.Equal([(Id("2"), "V1"), (Id("3"), "V2")], steps.Cast<Merge>().Select(merge => (merge.Prior, merge.VisitNumber!)));
    }

    [Fact]
    public void A_move_that_does_not_say_from_whom_changes_nothing_but_the_person() =>
        Assert.Equal(VisitIntent.None, Map("ADT^A45", Evn, Survivor, "MRG|||||VIS-NEW", Visit).About().Intent);

    [Fact]
    public void Without_MRG_or_the_prior_id_a_merge_can_never_be_accepted()
    {
        Assert.Equal("MRG", Map("ADT^A40", Evn, Survivor).Error().Location.Segment);
        Assert.Equal((Hl7ErrorCode.RequiredFieldMissing, 1),
            (Map("ADT^A40", Evn, Survivor, "MRG||2").Error().Code, Map("ADT^A40", Evn, Survivor, "MRG||2").Error().Location.Field));
    }

    [Fact]
    public void A_change_of_class_may_bring_another_visit_number()
    {
        var steps = Map("ADT^A06", Evn, Survivor, "MRG|1^^^N^MR||||VIS-OLD", Visit).Steps();
        Assert.Equal(("VIS-OLD", "VIS-NEW"), (Assert.IsType<Renumber>(steps[0]).From, ((Renumber)steps[0]).To));
        Assert.IsType<ChangeClass>(Assert.IsType<About>(steps[1]).Command);
    }

    private static (string From, string To) Renumbered(Gateway.Feeds.Mapping.Mapped mapped)
    {
        var renumber = Assert.IsType<Renumber>(Assert.Single(mapped.Steps()));
        return (renumber.From, renumber.To);
    }

    private static Contracts.PatientId Id(string number) => Map("ADT^A31", Evn, $"PID|1||{number}^^^N^MR").About().Patient.Id;
}

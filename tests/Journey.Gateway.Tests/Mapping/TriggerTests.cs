using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Hl7;
using static Journey.Gateway.Tests.Mapping.Hospital;

namespace Journey.Gateway.Tests.Mapping;

public class TriggerTests
{
    private const string Evn = "EVN||20260302095800|||";

    [Theory]
    [InlineData("A01", typeof(Admit), VisitIntent.Opens)]
    [InlineData("A02", typeof(Transfer), VisitIntent.Continues)]
    [InlineData("A03", typeof(Discharge), VisitIntent.Closes)]
    [InlineData("A04", typeof(Arrive), VisitIntent.Opens)]
    [InlineData("A05", typeof(Expect), VisitIntent.Expects)]
    [InlineData("A06", typeof(ChangeClass), VisitIntent.Continues)]
    [InlineData("A07", typeof(ChangeClass), VisitIntent.Continues)]
    [InlineData("A08", typeof(Update), VisitIntent.Describes)]
    [InlineData("A09", typeof(GoOut), VisitIntent.Continues)]
    [InlineData("A10", typeof(Reach), VisitIntent.Continues)]
    [InlineData("A11", typeof(Cancel), VisitIntent.Revokes)]
    [InlineData("A12", typeof(Cancel), VisitIntent.Describes)]
    [InlineData("A13", typeof(Cancel), VisitIntent.Reopens)]
    [InlineData("A14", typeof(Plan), VisitIntent.Continues)]
    [InlineData("A15", typeof(Plan), VisitIntent.Continues)]
    [InlineData("A16", typeof(Plan), VisitIntent.Continues)]
    [InlineData("A21", typeof(GoOnLeave), VisitIntent.Continues)]
    [InlineData("A22", typeof(ReturnFromLeave), VisitIntent.Continues)]
    [InlineData("A23", typeof(Delete), VisitIntent.Revokes)]
    [InlineData("A25", typeof(Cancel), VisitIntent.Describes)]
    [InlineData("A26", typeof(Cancel), VisitIntent.Describes)]
    [InlineData("A27", typeof(Cancel), VisitIntent.Describes)]
    [InlineData("A32", typeof(Cancel), VisitIntent.Describes)]
    [InlineData("A33", typeof(Cancel), VisitIntent.Describes)]
    [InlineData("A38", typeof(Cancel), VisitIntent.Revokes)]
    [InlineData("A52", typeof(Cancel), VisitIntent.Describes)]
    [InlineData("A53", typeof(Cancel), VisitIntent.Describes)]
    [InlineData("A54", typeof(Update), VisitIntent.Describes)]
    [InlineData("A55", typeof(Update), VisitIntent.Describes)]
    [InlineData("A61", typeof(Update), VisitIntent.Describes)]
    [InlineData("A62", typeof(Update), VisitIntent.Describes)]
    public void A_trigger_becomes_its_command(string trigger, Type command, VisitIntent intent)
    {
        var about = Map("ADT^" + trigger, Evn, Pid, Pv1).About();
        Assert.IsType(command, about.Command);
        Assert.Equal(intent, about.Intent);
        Assert.Equal("V100", about.Command!.Details.Number);
        Assert.Equal(At(9, 58), about.Command.OccurredAt);
        Assert.Equal("feed/ADT", about.Command.By.Id);
    }

    [Theory]
    [InlineData("A11", CancelledFact.Arrival, true)]
    [InlineData("A12", CancelledFact.Transfer, true)]
    [InlineData("A13", CancelledFact.Discharge, true)]
    [InlineData("A25", CancelledFact.PlannedDischarge, false)]
    [InlineData("A26", CancelledFact.PlannedTransfer, false)]
    [InlineData("A27", CancelledFact.PlannedAdmit, false)]
    [InlineData("A32", CancelledFact.Reaching, true)]
    [InlineData("A33", CancelledFact.GoingOut, true)]
    [InlineData("A38", CancelledFact.Expected, false)]
    [InlineData("A52", CancelledFact.Leave, true)]
    [InlineData("A53", CancelledFact.Return, true)]
    public void A_cancel_happens_when_it_is_sent_and_names_what_it_cancels_by_its_time(string trigger, CancelledFact what, bool named)
    {
        var cancel = Map("ADT^" + trigger, "EVN||20260302095800||||20260302080000", Pid, Pv1).Command<Cancel>();
        Assert.Equal(what, cancel.What);
        Assert.Equal(At(9, 58), cancel.OccurredAt);
        Assert.Equal(named ? At(8, 0) : null, cancel.CancelledAt);
    }

    [Theory]
    [InlineData("A14", PlanKind.Admit)]
    [InlineData("A15", PlanKind.Transfer)]
    [InlineData("A16", PlanKind.Discharge)]
    public void A_plan_says_where_to_and_when(string trigger, PlanKind kind)
    {
        var plan = Map("ADT^" + trigger, "EVN||20260302095800|20260302150000", Pid, Pv1 + new string('|', 23) + "ICU^3^A").Command<Plan>();
        Assert.Equal(kind, plan.Kind);
        Assert.Equal(new Location("ICU", "3", "A"), plan.Details.PendingLocation);
        Assert.Equal(At(15, 0), plan.Details.ExpectedAt);
    }

    [Fact]
    public void A_pending_admission_without_a_visit_is_an_expected_one() =>
        Assert.Equal(VisitIntent.Expects, Map("ADT^A14", Evn, Pid, "PV1|1|P").About().Intent);

    [Theory]
    [InlineData("A24"), InlineData("A37"), InlineData("A60"), InlineData("A19"), InlineData("A99"), InlineData("Z01")]
    public void Other_triggers_are_kept(string trigger) => Assert.Empty(Map("ADT^" + trigger, Evn, Pid, Pv1).Steps());

    [Theory]
    [InlineData("SIU^S12"), InlineData("ORM^O01"), InlineData("ORU^R01"), InlineData("MDM^T02"), InlineData("ZZZ^Z01"), InlineData("CUSTOM^PAT")]
    public void Other_messages_are_kept_even_without_a_patient(string type) => Assert.Empty(Map(type).Steps());

    [Fact]
    public void A_person_is_deleted() =>
        Assert.Equal(At(9, 58), Assert.IsType<DeletePerson>(Assert.Single(Map("ADT^A29", Evn, Pid, Pv1).Steps())).OccurredAt);

    [Theory]
    [InlineData("A28"), InlineData("A31")]
    public void A_person_added_or_updated_is_about_no_visit(string trigger)
    {
        var about = Map("ADT^" + trigger, Evn, Pid, Pv1).About();
        Assert.Equal(VisitIntent.None, about.Intent);
        Assert.Null(about.Command);
    }

    [Theory]
    [InlineData("PV1|1|N"), InlineData("ZPV|1")]
    public void An_update_without_a_visit_is_about_the_person_alone(string pv1) =>
        Assert.Equal(VisitIntent.None, Map("ADT^A08", Evn, Pid, pv1).About().Intent);

    [Fact]
    public void An_arrival_is_about_a_visit_whatever_its_class_says() =>
        Assert.Equal(VisitIntent.Opens, Map("ADT^A04", Evn, Pid, "PV1|1|N|ED").About().Intent);

    [Fact]
    public void A_bed_swap_has_two_halves_that_belong_together()
    {
        var steps = Map("ADT^A17", Evn, Pid, Pv1, "PID|2||4712^^^NORTH^MR||Beispiel^Max", "PV1|2|I|WARD4^13^A|||||||||||||||||||V200").Steps();
        var halves = steps.Cast<About>().Select(step => (SwapBed)step.Command!).ToList();
        Assert.Equal(2, halves.Count);
        Assert.Equal(halves[0].Swap, halves[1].Swap);
        Assert.NotEqual(halves[0].Id, halves[1].Id);
        Assert.NotEqual(halves[0].Message, halves[1].Message);
        Assert.Equal(["12", "13"], halves.Select(half => half.Details.Location!.Room));
        Assert.Equal(Hl7ErrorCode.SegmentSequence, Map("ADT^A17", Evn, Pid, Pv1).Error().Code);
    }

    [Theory]
    [InlineData("C", BedStatus.Closed), InlineData("H", BedStatus.Cleaning), InlineData("K", BedStatus.Dirty), InlineData("U", BedStatus.Clean)]
    public void A_bed_status_is_about_a_bed(string code, BedStatus status)
    {
        var step = Assert.IsType<BedStatusChanged>(Assert.Single(Map("ADT^A20", Evn, "NPU|WARD4^12^B^NORTH|" + code).Steps()));
        Assert.Equal((new Location("WARD4", "12", "B", "NORTH"), status), (step.Bed, step.Status));
    }

    [Fact]
    public void A_bed_status_that_says_nothing_of_cleaning_is_kept() => Assert.Empty(Map("ADT^A20", Evn, "NPU|WARD4^12^B|O").Steps());

    [Fact]
    public void Without_the_patient_an_admission_can_never_be_accepted()
    {
        Assert.Equal("PID", Map("ADT^A01", Evn, Pv1).Error().Location.Segment);
        Assert.Equal(Hl7ErrorCode.RequiredFieldMissing, Map("ADT^A01", Evn, "PID|1||||Musterfrau^Erika", Pv1).Error().Code);
    }

    [Fact]
    public void Without_a_visit_number_or_PV1_an_admission_is_fine()
    {
        Assert.Null(Map("ADT^A01", Evn, Pid, "PV1|1|I|WARD4").Command<Admit>().Details.Number);
        Assert.Null(Map("ADT^A01", Evn, Pid).Command<Admit>().Details.Location);
    }
}

using Journey.Contracts;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;

namespace Journey.Grains.Tests;

/// <summary>
/// From the emergency department to the ward: planned, carried out, dropped, and what staff saw of it. One person is one row throughout.
/// </summary>
[Collection(nameof(ClusterTests))]
public sealed class AdmissionTests(Cluster cluster) : OrderScenario(cluster)
{
    private PatientFacts Moss => Who("P1", "Moss");

    private Task<IntakeOutcome> PlanAdmission(double ago, string number = "VIP1") => Send(Moss, VisitIntent.Continues, (id, key) =>
        new Plan(id, Feed, Now.AddMinutes(-ago),
            At(number, null, null, PatientClass.Inpatient) with { PendingLocation = new Location(Ward, "Bay A", "3") }, null, key, PlanKind.Admit));

    /// <summary>A14 without a number: intent and command as the mapping has them.</summary>
    private Task<IntakeOutcome> PlanWithoutNumber(double ago) => Send(Moss, VisitIntent.Expects, (id, key) => new Plan(id, Feed, Now.AddMinutes(-ago),
        new VisitDetails { Class = PatientClass.Inpatient, DefaultUnit = Ed, PendingLocation = new Location(Ward, "Bay A", "3") }, null, key,
        PlanKind.Admit));

    private Task<IntakeOutcome> Move(double ago, VisitDetails to) =>
        Send(Moss, VisitIntent.Continues, (id, key) => new Transfer(id, Feed, Now.AddMinutes(-ago), to, null, key));

    /// <summary>Nobody is on any board but those who count.</summary>
    private Task NobodyIsExpected() => Eventually.See(
        "who is expected", async () =>
            (VisitRow[])[.. (await Cluster.Board(Ed).Read()).Rows.Concat((await Cluster.Board(Ward).Read()).Rows)
                .Where(row => row.Status == VisitStatus.Expected)], rows => rows.Length == 0);

    /// <summary>As a gateway has it: what staff saw, and the list that follows.</summary>
    private async Task Sees(string number, Func<IVisitGrain, Task<Outcome>> what)
    {
        var visit = (await Visits("P1")).Single(v => v.Number == number + Run).Visit;
        var outcome = await what(Cluster.Visit(visit));
        await Cluster.Intake.Follow(NewId(), Nurse, visit, outcome.Standing!);
    }

    [Fact]
    public async Task Who_is_seen_here_is_not_under_the_other_visit()
    {
        await Arrive(Moss, 55, At("V1", Ed, "1"));
        await Arrive(Moss, 30, At("V3", Ward, "2"));
        await OneRow(row => row.Unit == Ward);
        await Sees("V1", visit => visit.Verify(new Verify(NewId(), Nurse, Now.AddMinutes(-5), Verified.Here)));
        await OneRow(row => row is { Location.Bed: "1", Doubts.IsEmpty: true } && row.Unit == Ed);
        await Update(Moss, 1, At("V3", Ward, "4"));
        await OneRow(row => row.Unit == Ward);
    }

    [Fact]
    public async Task A_departed_patient_who_is_seen_here_counts_again_and_goes_on_under_an_admission()
    {
        await Arrive(Moss, 55, At("V1", Ed, "1"));
        await Discharge(Moss, 30, At("V1", null, null));
        await Rows(rows => rows.Length == 0);
        await Sees("V1", visit => visit.Verify(new Verify(NewId(), Nurse, Now.AddMinutes(-25), Verified.Here)));
        await OneRow(row => row.Unit == Ed);
        await Admit(Moss, 5, At("V2", Ward, "3", PatientClass.Inpatient));
        await OneRow(row => row.Unit == Ward && row.DoorAt == Now.AddMinutes(-55));
    }

    [Theory, InlineData(DepartureKind.Home, false), InlineData(DepartureKind.AgainstAdvice, false), InlineData(DepartureKind.Admitted, true),
        InlineData(null, true)]
    public async Task Who_was_seen_to_go_home_was_not_admitted(DepartureKind? how, bool isOneJourney)
    {
        await Arrive(Moss, 55, At("V1", Ed, "1"));
        await Sees("V1", visit => visit.ReachStep(new ReachStep(NewId(), Nurse, Now.AddMinutes(-25), Steps.Departed) { How = how }));
        await Admit(Moss, 14, At("V2", Ward, "3", PatientClass.Inpatient));
        await OneRow(row => row.Unit == Ward && row.Links.IsEmpty != isOneJourney);
    }

    [Theory, InlineData(true), InlineData(false)]
    public Task Of_two_visits_without_a_class_the_one_placed_last_counts(bool isAdmitted) => InEveryOrder(
        () => [
            () => Arrive(Moss, 55, At("V1", Ed, "1")),
            () => isAdmitted
                ? Admit(Moss, 10, At("V2", Ward, "3") with { Class = null })
                : Arrive(Moss, 10, At("V2", Ward, "3") with { Class = null }),
        ],
        () => OneRow(row => row.Unit == Ward));

    [Theory, InlineData(PatientClass.Outpatient), InlineData(PatientClass.Recurring)]
    public async Task A_planned_admission_is_no_outpatients_visit(PatientClass kind)
    {
        await Arrive(Moss, 55, At("V1", Ed, "1"));
        await PlanWithoutNumber(40);
        await Boards(40);
        await Arrive(Moss, 10, At("V3", "OPD" + Run, null, kind));
        await Boards(40);
        StartAnew();
        await Arrive(Moss, 55, At("V1", Ed, "1"));
        await PlanAdmission(40);
        await Admit(Moss, 10, At("VIP1", "OPD" + Run, null, kind));
        await OneRow(row => row.Unit == Ed && row.Links.IsEmpty);
    }

    [Fact]
    public Task A_plan_without_a_number_is_the_admission_whenever_it_is_heard() => InEveryOrder(
        () => [() => Arrive(Moss, 55, At("V1", Ed, "1")), () => PlanWithoutNumber(40),
            () => Admit(Moss, 10, At("V2", Ward, "3", PatientClass.Inpatient))],
        () => OneRow(row => row.Unit == Ward && row.DoorAt == Now.AddMinutes(-55)));

    [Fact]
    public Task An_emergency_visit_that_is_called_an_inpatients_goes_on_under_the_admission() => InEveryOrder(
        () => [() => Arrive(Moss, 55, At("V1", Ed, "1")), () => PlanAdmission(45, "V1"),
            () => Admit(Moss, 10, At("V2", Ward, "3", PatientClass.Inpatient))],
        () => OneRow(row => row.Unit == Ward && row.DoorAt == Now.AddMinutes(-55)));

    [Theory, InlineData("move"), InlineData("admit"), InlineData("move, V2"), InlineData("admit, V2")]
    public async Task A_plan_that_is_carried_out_under_the_emergency_visits_number_expects_nobody_any_more(string how)
    {
        await Arrive(Moss, 55, At("V1", Ed, "1"));
        await (how.EndsWith("V2", StringComparison.Ordinal) ? PlanAdmission(40) : PlanWithoutNumber(40));
        await Boards(40);
        await (how[0] == 'm' ? Move(20, At("V1", Ward, "3")) : Admit(Moss, 20, At("V1", Ward, "3", PatientClass.Inpatient)));
        await OneRow(row => row.Unit == Ward && row.Location?.Bed == "3");
        await NobodyIsExpected();
        await Discharge(Moss, 10, At("V1", null, null));
        await Rows(rows => rows.Length == 0);
        await NobodyIsExpected();
    }

    [Fact]
    public async Task A_visit_of_which_only_the_end_was_heard_puts_nobody_elsewhere()
    {
        await Arrive(Moss, 55, At("V1", Ed, "1"));
        await Discharge(Moss, 20, At("V9", Ed, "2"));
        await OneRow(row => row is { Location.Bed: "1", Doubts.IsEmpty: true });
    }

    [Fact]
    public Task When_only_the_plan_and_the_end_were_heard_first_the_admission_still_is_when_it_was() => InEveryOrder(
        () => [
            () => Arrive(Moss, 55, At("V1", Ed, "1")), () => PlanAdmission(40),
            () => Discharge(Moss, 3, At("VIP1", Ward, "3", PatientClass.Inpatient)),
            () => Admit(Moss, 10, At("VIP1", Ward, "3", PatientClass.Inpatient)),
        ],
        async () =>
        {
            await Rows(rows => rows.Length == 0);
            var emergency = (await Cluster.Visit((await Visits("P1")).Single(v => v.Number == "V1" + Run).Visit).Read())!.Row;
            Assert.Equal((DepartureKind.Admitted, Now.AddMinutes(-10)), (emergency.DepartedAs, emergency.DepartedAt));
        });

    [Theory, InlineData(CancelledFact.Discharge, VisitIntent.Reopens), InlineData(CancelledFact.Transfer, VisitIntent.Describes)]
    public async Task A_cancel_without_a_number_brings_nobody_here(CancelledFact what, VisitIntent intent)
    {
        var outcome = await Send(Moss, intent,
            (id, key) => new Cancel(id, Feed, Now, new VisitDetails { Class = PatientClass.Emergency, DefaultUnit = Ed }, null, key, what, null));
        Assert.Contains("no visit", outcome.Reason!, StringComparison.Ordinal);
        Assert.Empty(await Visits("P1"));
    }

    private Task<IntakeOutcome> DropPlan(double ago, VisitDetails of) =>
        Send(Who("P1", "Moss"), VisitIntent.Describes,
            (id, key) => new Cancel(id, Feed, Now.AddMinutes(-ago), of, null, key, CancelledFact.PlannedAdmit, null));

    private Task Boards(double since) => OneRow(row => row.Unit == Ed && row.Step == Steps.Boarding && row.StepSince == Now.AddMinutes(-since));

    [Fact]
    public Task Who_is_to_be_admitted_under_a_number_of_its_own_boards_in_the_emergency_department() => InEveryOrder(
        () => [() => Arrive(Who("P1", "Moss"), 55, At("VED1", Ed, "1")), () => PlanAdmission(45),
            () => Update(Who("P1", "Moss"), 40, At("VED1", Ed, "2"))],
        () => Boards(45));

    [Fact]
    public Task A_plan_under_a_number_of_its_own_that_is_dropped_ends_the_boarding() => InEveryOrder(
        () => [() => Arrive(Who("P1", "Moss"), 55, At("VED1", Ed, "1")), () => PlanAdmission(45),
            () => DropPlan(40, At("VIP1", null, null, PatientClass.Inpatient))],
        () => OneRow(row => row.Unit == Ed && row.Step != Steps.Boarding));

    [Fact]
    public async Task A_plan_is_dropped_without_its_number_too()
    {
        await Arrive(Who("P1", "Moss"), 55, At("VED1", Ed, "1"));
        await PlanAdmission(45);
        await Boards(45);
        await DropPlan(40, VisitDetails.None);
        await OneRow(row => row.Unit == Ed && row.Step != Steps.Boarding);
    }

    [Fact]
    public Task Boarding_under_a_plan_ends_in_the_ward_and_its_cancel_brings_both_back() => InEveryOrder(
        () => [
            () => Arrive(Who("P1", "Moss"), 55, At("VED1", Ed, "1")), () => PlanAdmission(45),
            () => Admit(Who("P1", "Moss"), 30, At("VIP1", Ward, "3", PatientClass.Inpatient)),
        ],
        async () =>
        {
            await OneRow(row => row.Unit == Ward && row.DoorAt == Now.AddMinutes(-55));
            Assert.Equal(Now.AddMinutes(-30),
                (await Cluster.Visit((await Visits("P1")).Single(v => v.Class == PatientClass.Emergency).Visit).Read())!.Row.StepSince);
            await CancelArrival(Who("P1", "Moss"), 5, At("VIP1", null, null));
            await Boards(45);
        });

    [Fact]
    public async Task Of_two_open_visits_the_one_counts_under_which_an_update_placed_the_patient_last()
    {
        await Arrive(Who("P1", "Moss"), 55, At("V1", Ed, "1"));
        await Arrive(Who("P1", "Moss"), 50, At("V2", Ed, "2"));
        await Discharge(Who("P1", "Moss"), 40, At("V2", null, null));
        await Update(Who("P1", "Moss"), 30, At("V1", Ed, "3"));
        await OneRow(row => row is { Location.Bed: "3", Doubts.IsEmpty: true } && row.Number == "V1" + Run);
    }
}

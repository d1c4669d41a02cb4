using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using static Journey.Domain.Tests.Spec;

namespace Journey.Domain.Tests.Visits;

/// <summary>What each ADT event means for the course of a visit.</summary>
public sealed class MeaningTests
{
    [Fact]
    public void Arrival_starts_the_door_clock_and_the_first_step()
    {
        var row = new Spec().Given(Say.Arrive(0)).Row;
        Assert.Equal((VisitStatus.Present, "ED", Steps.Arrived, At(0), At(0)), (row.Status, row.Unit, row.Step, row.StepSince, row.ArrivedAt));
        Assert.Equal([Steps.Triaged, Steps.Roomed, Steps.Seen, Steps.Decided, Steps.Departed], row.StepsAhead);
    }

    [Fact]
    public void A_bed_in_the_emergency_department_is_a_treatment_room() =>
        Assert.Equal((Steps.Roomed, At(12)),
            (new Spec().Given(Say.Arrive(0, "ED"), Say.Transfer(12, "ED/3/A")).Row is var row ? (row.Step, row.StepSince) : default));

    [Fact]
    public void A_visit_without_a_location_stands_on_the_default_unit() => Assert.Equal("ED", new Spec().Given(Say.Arrive(0)).Row.Unit);

    [Fact]
    public void Admission_in_the_house_keeps_the_door_clock()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED"), Say.Admit(90, "4W/12/A"));
        Assert.Equal((At(0), Steps.Admitted, At(90), "4W"), (spec.Row.ArrivedAt, spec.Row.Step, spec.Row.StepSince, spec.Row.Unit));
        Assert.Null(spec.Course.BoardingSince);
    }

    [Fact]
    public void Direct_admission_opens_the_visit_as_admitted()
    {
        var row = new Spec().Given(Say.Admit(0, "4W/12/A")).Row;
        Assert.Equal((VisitStatus.Present, Steps.Admitted, At(0), "4W"), (row.Status, row.Step, row.StepSince, row.Unit));
    }

    [Fact]
    public void Transfer_closes_one_stay_and_begins_the_next()
    {
        var course = new Spec().Given(Say.Admit(0, "4W/12/A"), Say.Transfer(60, "5N/2/B")).Course;
        Assert.Equal([new Stay(new Location("4W", "12", "A"), At(0), At(60)), new Stay(new Location("5N", "2", "B"), At(60), null)], course.Stays);
        Assert.Equal(At(60), course.MovedAt);
    }

    [Fact]
    public void Transfer_to_where_the_patient_is_changes_nothing()
    {
        var course = new Spec().Given(Say.Admit(0, "4W/12/A"), Say.Transfer(60, "4W/12/A")).Course;
        Assert.Single(course.Stays);
        Assert.Null(course.MovedAt);
    }

    [Fact]
    public void Transfer_leaves_a_temporary_place_and_a_planned_transfer_behind_but_not_a_planned_discharge()
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/12/A"), Say.GoOut(5, "CT"), Say.Plan(6, PlanKind.Transfer, "5N"), Say.Transfer(10, "5N/2/B"));
        Assert.Equal((null, false, null), (spec.Course.TemporaryLocation, spec.Course.InTransit, spec.Course.Plan));
        spec.Given(Say.Plan(20, PlanKind.Discharge), Say.Transfer(30, "5N/3/A"));
        Assert.Equal(PlanKind.Discharge, spec.Course.Plan?.Kind);
    }

    [Fact]
    public void Discharge_ends_the_visit_where_it_was()
    {
        var row = new Spec().Given(Say.Admit(0, "4W/12/A"), Say.Discharge(300, "01")).Row;
        Assert.Equal((VisitStatus.Departed, Steps.Departed, At(300), "4W"), (row.Status, row.Step, row.DepartedAt, row.Unit));
        Assert.Empty(row.StepsAhead);
        Assert.Null(row.Clock);
    }

    [Fact]
    public void Leave_and_return_leave_the_stay_alone()
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/12/A"), Say.Leave(60));
        Assert.Equal((VisitStatus.OnLeave, At(60)), (spec.Course.Status, spec.Course.LeaveSince));
        spec.Given(Say.Return(120));
        Assert.Equal((VisitStatus.Present, (DateTimeOffset?)null, 1), (spec.Course.Status, spec.Course.LeaveSince, spec.Course.Stays.Length));
    }

    [Fact]
    public void Tracking_shows_transit_then_the_temporary_place_then_the_bed_again()
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/12/A"), Say.GoOut(10, "CT"));
        Assert.Equal((true, "CT"), (spec.Row.InTransit, spec.Row.TemporaryLocation?.Unit));
        spec.Given(Say.Reach(15, "CT"));
        Assert.Equal((false, "CT"), (spec.Row.InTransit, spec.Row.TemporaryLocation?.Unit));
        spec.Given(Say.Reach(40));
        Assert.Equal((false, null, "4W"), (spec.Row.InTransit, spec.Row.TemporaryLocation?.Unit, spec.Row.Location?.Unit));
    }

    [Fact]
    public void Class_change_on_a_ward_is_no_boarding()
    {
        var course = new Spec().Given(Say.Admit(0, "4W/12/A", PatientClass.Inpatient), Say.ChangeClass(60, PatientClass.Outpatient),
            Say.ChangeClass(90, PatientClass.Inpatient)).Course;
        Assert.Equal((PatientClass.Inpatient, (DateTimeOffset?)null), (course.Class, course.BoardingSince));
    }

    [Theory, InlineData(PlanKind.Transfer, Steps.TransferPending), InlineData(PlanKind.Discharge, Steps.DischargePending)]
    public void A_plan_is_the_step_until_it_is_cancelled(PlanKind kind, string step)
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/12/A"), Say.Plan(30, kind, "5N", on: 90));
        Assert.Equal((step, At(30)), (spec.Row.Step, spec.Row.StepSince));
        spec.Given(Say.Cancel(40, kind == PlanKind.Transfer ? CancelledFact.PlannedTransfer : CancelledFact.PlannedDischarge));
        Assert.Equal((Steps.Admitted, At(0)), (spec.Row.Step, spec.Row.StepSince));
    }

    [Fact]
    public void Deletion_is_a_tombstone_that_a_late_end_does_not_lift()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Delete(10));
        Assert.Equal(VisitStatus.Deleted, spec.Course.Status);
        spec.Given(Say.Discharge(20));
        Assert.Equal(VisitStatus.Deleted, spec.Course.Status);
    }

    public static TheoryData<string> AfterTheEnd() => ["leave", "return", "out", "reach", "plan", "transfer", "update", "class", "cancel-leave"];

    [Theory, MemberData(nameof(AfterTheEnd))]
    public void Nothing_that_happens_in_the_house_brings_a_departed_visit_back(string what)
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/12/A"), Say.Discharge(60)).Given(Later(what));
        Assert.Equal((VisitStatus.Departed, At(60), false, (DateTimeOffset?)null),
            (spec.Course.Status, spec.Course.EndedAt, spec.Course.InTransit, spec.Course.LeaveSince));
    }

    [Theory, MemberData(nameof(AfterTheEnd))]
    public void Nothing_that_happens_in_the_house_brings_a_deleted_visit_back(string what) =>
        Assert.Equal(VisitStatus.Deleted, new Spec().Given(Say.Admit(0, "4W/12/A"), Say.Delete(60)).Given(Later(what)).Course.Status);

    private static VisitCommand Later(string what) => what switch
    {
        "leave" => Say.Leave(70),
        "return" => Say.Return(70),
        "out" => Say.GoOut(70, "CT"),
        "reach" => Say.Reach(70, "CT"),
        "plan" => Say.Plan(70, PlanKind.Discharge),
        "transfer" => Say.Transfer(70, "5N"),
        "update" => Say.Update(70, "5N"),
        "class" => Say.ChangeClass(70, PatientClass.Outpatient),
        _ => Say.Cancel(70, CancelledFact.Leave),
    };

    [Fact]
    public void What_a_family_waited_for_ends_with_the_visit_even_when_they_asked_later()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Waits(30), Say.Tell(31, next: 90), Say.Waits(40), Say.Discharge(20));
        Assert.Equal(((DateTimeOffset?)null, (DateTimeOffset?)null), (spec.Course.FamilyWaitingSince, spec.Course.PromisedAt));
    }

    [Fact]
    public void An_arrival_after_a_cancelled_one_starts_afresh()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Step(5, Steps.Triaged), Say.Cancel(10, CancelledFact.Arrival), Say.Arrive(100));
        Assert.Equal((Steps.Arrived, At(100)), (spec.Row.Step, spec.Row.StepSince));
        Assert.Equal((At(100), (DateTimeOffset?)null), (spec.Row.ArrivedAt, spec.Row.LastContactAt));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Who_is_registered_again_long_after_a_mistake_came_anew(bool deleted)
    {
        var spec = new Spec().Given(Say.Arrive(0), deleted ? Say.Delete(10) : Say.Cancel(10, CancelledFact.Arrival), Say.Arrive(41));
        Assert.Equal((VisitStatus.Present, At(41)), (spec.Row.Status, spec.Row.ArrivedAt));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Who_is_registered_again_with_another_begin_came_then(bool deleted)
    {
        var details = new VisitDetails { DefaultUnit = "ED", Class = PatientClass.Emergency, AdmittedAt = At(-30) };
        var spec = new Spec().Given(Say.Arrive(0), Say.Step(5, Steps.Triaged), deleted ? Say.Delete(10) : Say.Cancel(10, CancelledFact.Arrival),
            Say.Arrive(100) with { Details = details });
        Assert.Equal((VisitStatus.Present, At(-30), (DateTimeOffset?)At(5)), (spec.Row.Status, spec.Row.ArrivedAt, spec.Row.LastContactAt));
    }

    [Fact]
    public void Whoever_is_registered_again_at_once_was_here_all_the_time()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Step(5, Steps.Triaged), Say.Delete(10), Say.Arrive(12));
        Assert.Equal((Steps.Triaged, At(0)), (spec.Row.Step, spec.Row.ArrivedAt));
    }
}

using Journey.Contracts;
using Journey.Contracts.Visits;
using static Journey.Domain.Tests.Spec;

namespace Journey.Domain.Tests.Visits;

/// <summary>Boarding: from the decision to admit until the patient has left the emergency department.</summary>
public sealed class BoardingTests
{
    private static Spec InEd() => new Spec().Given(Say.Arrive(0, "ED/3/A"));

    [Fact]
    public void A_pending_admission_starts_boarding() =>
        Assert.Equal((Steps.Boarding, At(60)), InEd().Given(Say.Plan(60, PlanKind.Admit, "4W")).Row is var row ? (row.Step, row.StepSince) : default);

    [Fact]
    public void A_class_change_to_inpatient_starts_boarding() =>
        Assert.Equal(At(60), InEd().Given(Say.ChangeClass(60, PatientClass.Inpatient)).Course.BoardingSince);

    [Theory, InlineData(null), InlineData("ED/3/A"), InlineData("ED/4/A")]
    public void An_admission_in_the_emergency_department_starts_boarding(string? place) =>
        Assert.Equal(At(60), InEd().Given(Say.Admit(60, place)).Course.BoardingSince);

    [Fact]
    public void Boarding_counts_from_the_first_decision() =>
        Assert.Equal(At(60),
            InEd().Given(Say.Plan(60, PlanKind.Admit, "4W"), Say.ChangeClass(80, PatientClass.Inpatient), Say.Admit(90)).Course.BoardingSince);

    [Fact]
    public void Another_bed_in_the_emergency_department_does_not_end_boarding() =>
        Assert.Equal(At(60), InEd().Given(Say.Plan(60, PlanKind.Admit, "4W"), Say.Transfer(90, "ED/9/A")).Course.BoardingSince);

    [Fact]
    public void A_ward_bed_ends_boarding_and_admits()
    {
        var spec = InEd().Given(Say.Plan(60, PlanKind.Admit, "4W"), Say.ChangeClass(61, PatientClass.Inpatient), Say.Transfer(200, "4W/12/A"));
        Assert.Equal((Steps.Admitted, At(200), null, null), (spec.Row.Step, spec.Row.StepSince, spec.Course.BoardingSince, spec.Course.Plan));
    }

    [Fact]
    public void An_admission_straight_to_the_ward_is_no_boarding()
    {
        var spec = InEd().Given(Say.Admit(60, "4W/12/A"));
        Assert.Equal((Steps.Admitted, null), (spec.Row.Step, spec.Course.BoardingSince));
    }

    [Fact]
    public void An_admission_to_the_ward_that_names_no_class_still_admits() =>
        Assert.Equal(Steps.Admitted, InEd().Given(Say.Admit(60, "4W/12/A", null)).Row.Step);

    [Fact]
    public void Cancelling_the_pending_admission_restores_what_was_before()
    {
        var spec = InEd();
        var before = Text(spec.Course);
        Assert.Equal(before, Text(spec.Given(Say.Plan(60, PlanKind.Admit, "4W"), Say.Cancel(70, CancelledFact.PlannedAdmit, named: 60)).Course));
    }

    [Fact]
    public void A_cancelled_transfer_resumes_boarding_where_it_was()
    {
        var spec = InEd().Given(Say.Plan(60, PlanKind.Admit, "4W"));
        var before = Text(spec.Course);
        Assert.Equal(before, Text(spec.Given(Say.Transfer(200, "4W/12/A"), Say.Cancel(210, CancelledFact.Transfer)).Course));
    }

    [Fact]
    public void Back_to_outpatient_ends_boarding() =>
        Assert.Null(InEd().Given(Say.ChangeClass(60, PatientClass.Inpatient), Say.ChangeClass(90, PatientClass.Emergency)).Course.BoardingSince);
}

/// <summary>A11, A12, A13 and the cancels of plans, tracking and leave: clocks are restored exactly.</summary>
public sealed class CancelTests
{
    public static TheoryData<string> Pairs() =>
        ["transfer", "discharge", "admission", "plan-transfer", "plan-discharge", "out", "reach", "leave", "return"];

    [Theory, MemberData(nameof(Pairs))]
    public void A_cancel_restores_the_course_exactly(string what)
    {
        foreach (var named in new[] { true, false })
        {
            var (first, cancelled) = Pair(what);
            var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Step(5, Steps.Triaged), Say.GoOut(8, "CT"), Say.Leave(9));
            if (what != "return") spec.Given(Say.Return(10));
            var before = Text(spec.Course);
            spec.Given(first, Say.Cancel(30, cancelled, named ? 20 : null));
            Assert.Equal(before, Text(spec.Course));
        }
    }

    private static (VisitCommand, CancelledFact) Pair(string what) => what switch
    {
        "transfer" => (Say.Transfer(20, "4W/12/A"), CancelledFact.Transfer),
        "discharge" => (Say.Discharge(20, "01"), CancelledFact.Discharge),
        "admission" => (Say.Admit(20, "4W/12/A"), CancelledFact.Arrival),
        "plan-transfer" => (Say.Plan(20, PlanKind.Transfer, "5N"), CancelledFact.PlannedTransfer),
        "plan-discharge" => (Say.Plan(20, PlanKind.Discharge), CancelledFact.PlannedDischarge),
        "out" => (Say.GoOut(20, "MRI"), CancelledFact.GoingOut),
        "reach" => (Say.Reach(20, "MRI"), CancelledFact.Reaching),
        "leave" => (Say.Leave(20), CancelledFact.Leave),
        _ => (Say.Return(20), CancelledFact.Return),
    };

    [Fact]
    public void A_discharge_that_is_said_again_after_its_cancel_at_the_same_time_counts()
    {
        var again = Say.Discharge(60) with { SaidAt = At(90) };
        var spec = new Spec().Given(Say.Arrive(0, "ED/1/1"), Say.Discharge(60) with { SaidAt = At(60) },
            Say.Cancel(70, CancelledFact.Discharge) with { SaidAt = At(70) });
        Assert.Equal(VisitStatus.Present, spec.Row.Status);
        Assert.Equal((VisitStatus.Departed, At(60)), (spec.When(again, recordedAt: 90).Row.Status, spec.Course.EndedAt!.Value));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_move_that_is_entered_again_after_its_cancel_at_the_same_time_counts(bool isLate)
    {
        Transfer Move(double said) => Say.Transfer(20, "ED/5/1") with { SaidAt = At(said) };
        var cancel = Say.Cancel(30, CancelledFact.Transfer, 20, "ED/1/1") with { SaidAt = At(30) };
        var spec = new Spec().Given(Say.Arrive(0, "ED/1/1"), Move(25));
        spec.When(isLate ? Move(40) : cancel, recordedAt: 40).When(isLate ? cancel : Move(40), recordedAt: 41);
        Assert.Equal("5", spec.Course.Location?.Room);
    }

    [Fact]
    public void A_cancel_of_a_move_that_was_lost_takes_back_no_later_one()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/1/1"), Say.Transfer(120, "ED/5/1"));
        spec.When(Say.Cancel(30, CancelledFact.Transfer, 20), recordedAt: 130);
        Assert.Equal("5", spec.Course.Location?.Room);
    }

    [Fact]
    public void A_cancelled_arrival_never_was() =>
        Assert.Equal(VisitStatus.Cancelled, new Spec().Given(Say.Arrive(0, "ED"), Say.Cancel(5, CancelledFact.Arrival)).Row.Status);

    [Fact]
    public void A_cancel_that_names_a_time_takes_that_fact_and_no_other()
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/1/A"), Say.Transfer(10, "5N/1/A"), Say.Transfer(20, "6S/1/A"),
            Say.Cancel(30, CancelledFact.Transfer, named: 10));
        Assert.Equal(["4W", "6S"], spec.Course.Stays.Select(s => s.Location.Unit));
    }

    [Fact]
    public void A_cancel_heard_before_what_it_cancels_takes_effect_all_the_same()
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/1/A"), Say.Cancel(30, CancelledFact.Discharge, named: 20), Say.Discharge(20));
        Assert.Equal(VisitStatus.Present, spec.Row.Status);
    }

    [Theory, InlineData(20, 15), InlineData(15, 20)]
    public void A_discharge_that_was_said_twice_is_taken_back_as_one(double first, double second)
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Discharge(first), Say.Discharge(second), Say.Cancel(30, CancelledFact.Discharge));
        Assert.Equal(VisitStatus.Present, spec.Row.Status);
        Assert.Equal(VisitStatus.Departed, spec.Given(Say.Discharge(40)).Row.Status);
    }

    [Fact]
    public void An_admission_that_was_said_twice_is_taken_back_as_one()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Admit(30, "AMU/2/B"), Say.Admit(35, "AMU/2/B"),
            Say.Cancel(40, CancelledFact.Arrival));
        Assert.Equal(("ED", PatientClass.Emergency, Steps.Roomed), (spec.Row.Unit, spec.Row.Class, spec.Row.Step));
        var again = new Spec().Given(Say.Admit(0, "AMU/2/B"), Say.Discharge(10), Say.Admit(30, "AMU/2/B"), Say.Cancel(40, CancelledFact.Arrival));
        Assert.Equal(VisitStatus.Departed, again.Row.Status);
    }

    [Fact]
    public void A_plan_that_was_said_twice_is_dropped_as_one() =>
        Assert.Equal(Steps.Roomed, new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Plan(20, PlanKind.Admit, "4W"), Say.Plan(25, PlanKind.Admit, "4W"),
            Say.Cancel(30, CancelledFact.PlannedAdmit)).Row.Step);

    [Theory, InlineData(CancelledFact.PlannedAdmit), InlineData(CancelledFact.PlannedDischarge), InlineData(CancelledFact.Transfer),
        InlineData(CancelledFact.Discharge)]
    public void A_cancel_says_nothing_of_the_class(CancelledFact what)
    {
        var cancel = Say.Cancel(30, what);
        Assert.Equal(PatientClass.Emergency,
            new Spec().Given(Say.Arrive(0, "ED/3/A"), cancel with { Details = cancel.Details with { Class = PatientClass.Inpatient } }).Row.Class);
    }

    [Fact]
    public void Who_was_only_expected_and_whose_arrival_is_called_off_is_expected_no_more() =>
        Assert.Equal(VisitStatus.Cancelled, new Spec().Given(Say.Expect(0, "AMU"), Say.Cancel(10, CancelledFact.Arrival)).Row.Status);

    [Fact]
    public void The_cancel_of_a_discharge_takes_no_bed_away_and_that_of_a_move_does()
    {
        Assert.Equal("A",
            new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Discharge(20), Say.Cancel(30, CancelledFact.Discharge, place: "ED")).Row.Location?.Bed);
        Assert.Null(new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Transfer(20, "AMU/2/B"),
            Say.Cancel(30, CancelledFact.Transfer, place: "ED")).Row.Location?.Bed);
    }

    [Fact]
    public void A_cancelled_discharge_reopens_the_alerts_it_closed()
    {
        var spec = new Spec().Given(Say.Arrive(0));
        spec.Review(10);
        var open = spec.Open("ed.triage")!.Id;
        spec.Given(Say.Discharge(12));
        Assert.Null(spec.Open("ed.triage"));
        spec.Given(Say.Cancel(14, CancelledFact.Discharge));
        Assert.Equal(open, spec.Open("ed.triage")?.Id);
    }
}

using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Visits;
using static Journey.Domain.Tests.Spec;

namespace Journey.Domain.Tests.Visits;

/// <summary>A08 and its kin: a difference only, resets no clock.</summary>
public sealed class UpdateTests
{
    [Fact]
    public void An_update_that_says_nothing_new_changes_no_clock_and_no_row()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"));
        var before = Text(spec.Course);
        spec.Given(Say.Update(20, "ED/3/A", PatientClass.Emergency));
        Assert.Equal(before, Text(spec.Course));
    }

    [Fact]
    public void An_update_with_another_bed_corrects_without_restarting()
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/12/A"), Say.Update(60, "4W/12/B"));
        Assert.Equal([new Stay(new Location("4W", "12", "B"), At(0), null)], spec.Course.Stays);
        Assert.Equal((Steps.Admitted, At(0), null), (spec.Row.Step, spec.Row.StepSince, spec.Course.MovedAt));
    }

    [Fact]
    public void An_update_does_not_undo_what_staff_assigned_since_the_feed_last_said_so()
    {
        VisitDetails said = new() { Attending = new Person("D1", "Dr Ames"), Acuity = 4 };
        var spec = new Spec().Given(Say.Arrive(0), Say.Update(1, said), Say.Assign(5, CareRole.Provider, "D2"), Say.Acuity(6, 2),
            Say.Update(10, said with { Service = "MED" }));
        Assert.Equal(("D2", 2, "MED"), (spec.Row.Provider?.Id, spec.Row.Acuity, spec.Row.Service));
        spec.Given(Say.Update(20, said with { Attending = new Person("D3", "Dr Cole"), Acuity = 1 }));
        Assert.Equal(("D3", 1), (spec.Row.Provider?.Id, spec.Row.Acuity));
    }

    [Fact]
    public void An_update_that_said_nothing_new_still_holds_against_an_earlier_move_heard_late()
    {
        VisitCommand[] history = [Say.Admit(0, "4W/12/A"), Say.Transfer(40, "5N/2/B"), Say.Update(60, "4W/12/A")];
        var late = new Spec().Given(history[0], history[2], history[1]);
        Assert.Equal(Text(new Spec().Given(history).Course), Text(late.Course));
    }

    [Fact]
    public void Ten_thousand_updates_that_say_nothing_new_leave_a_bounded_visit()
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/12/A"));
        for (var i = 1; i <= 10_000; i++) spec.Given(Say.Update(i, "4W/12/A", PatientClass.Inpatient));
        Assert.InRange(spec.Visit.Entries.Length, 1, Visit.RememberedUpdates + 2);
    }

    [Fact]
    public void An_update_of_an_expected_visit_moves_what_is_expected()
    {
        var spec = new Spec().Given(Say.Expect(0, "4W/1/A", on: 600),
            Say.Update(10, new VisitDetails { PendingLocation = Say.Place("5N"), ExpectedAt = At(900) }));
        Assert.Equal((VisitStatus.Expected, "5N", At(900)), (spec.Row.Status, spec.Row.Unit, spec.Row.ExpectedAt));
    }

    [Fact]
    public void An_update_that_is_a_move_a_change_of_class_or_an_end_reads_as_one()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Update(10, "ED/3/A", PatientClass.Emergency), Say.Update(15, "ED/3/B"),
            Say.Update(20, "4W/1/A"),
            Say.Update(30, "4W/1/A", PatientClass.Inpatient), Say.Update(40, new VisitDetails { DischargedAt = At(38) }));
        Assert.Equal(["Arrived: ED 3 A", "Particulars updated: ED 3 B", "Moved: 4W 1 A", "Class changed to inpatient", "Left"],
            Narrator.Tell(spec.Commits, spec.Visit, spec.Policy, spec.Now).Where(line => line.Kind is "Arrived" or "Updated")
                .Select(line => line.Text));
    }

    [Fact]
    public void An_update_says_who_the_family_is()
    {
        var spec = new Spec().Given(Say.Arrive(0));
        Assert.False(spec.Visit.HasFamily);
        spec.Given(Say.Family(5));
        // Who is next of kin in a record does not wait by that.
        Assert.False(spec.Visit.HasFamily);
        Assert.Equal("Lee Moss", Assert.Single(spec.Row.Family.Contacts).Name);
    }
}

/// <summary>A visit first heard of in the middle of it.</summary>
public sealed class MidStreamTests
{
    [Fact]
    public void An_update_of_a_visit_never_heard_of_that_names_its_end_puts_nobody_in_the_house()
    {
        var spec = new Spec()
            .Given(Say.Update(60,
                new VisitDetails { DefaultUnit = "ED", Class = PatientClass.Emergency, AdmittedAt = Spec.At(0), DischargedAt = Spec.At(50) }));
        Assert.Equal((VisitStatus.Departed, Spec.At(50)), (spec.Row.Status, spec.Row.DepartedAt));
    }

    public static TheoryData<string> First() => ["A02", "A06", "A08", "A09", "A12", "A13", "A15", "A16", "A21-return", "A25"];

    [Theory, MemberData(nameof(First))]
    public void A_first_message_from_within_the_visit_takes_the_patient_in(string message)
    {
        VisitDetails said = new() { Class = PatientClass.Inpatient, Location = Say.Place("4W/12/A"), AdmittedAt = At(-600), DefaultUnit = "ED" };
        FeedCommand command = message switch
        {
            "A02" => Say.Transfer(0, null),
            "A06" => Say.ChangeClass(0, PatientClass.Inpatient),
            "A08" => Say.Update(0, said),
            "A09" =>
                Say.GoOut(0),
            "A12" => Say.Cancel(0, CancelledFact.Transfer),
            "A13" => Say.Cancel(0, CancelledFact.Discharge),
            "A15" => Say.Plan(0, PlanKind.Transfer),
            "A16" =>
                Say.Plan(0, PlanKind.Discharge),
            "A21-return" => Say.Return(0),
            _ => Say.Cancel(0, CancelledFact.PlannedDischarge),
        };
        var row = new Spec().Given(command with { Details = said }).Row;
        Assert.Equal((VisitStatus.Present, "4W", "A", At(-600)), (row.Status, row.Unit, row.Location?.Bed, row.ArrivedAt));
    }

    [Fact]
    public void A_discharge_heard_first_leaves_an_ended_visit_at_its_bed()
    {
        var row = new Spec().Given(Say.Discharge(0) with { Details = new VisitDetails { Location = Say.Place("4W/12/A") } }).Row;
        Assert.Equal((VisitStatus.Departed, "4W", At(0)), (row.Status, row.Unit, row.DepartedAt));
    }

    [Fact]
    public void The_arrival_heard_late_takes_the_place_of_what_was_presumed()
    {
        var early = new Spec().Given(Say.Arrive(0, "ED"), Say.Update(30, "ED/3/A"));
        var late = new Spec().Given(Say.Update(30, "ED/3/A", PatientClass.Emergency), Say.Arrive(0, "ED"));
        Assert.Equal(At(0), late.Row.ArrivedAt);
        Assert.Equal(early.Course.Milestones, late.Course.Milestones);
        Assert.False(late.Course.Presumed);
    }

    [Fact]
    public void An_update_recorded_before_the_arrival_makes_no_visit_begin_earlier()
    {
        // A04 of an hour ago; then an A08 of four hours ago is heard, which does not say when the visit began.
        var spec = new Spec().When(Say.Arrive(180, "ED/3/A"), 200)
            .When(Say.Update(0, "ED/3/A", PatientClass.Emergency) with { By = new("feed/lab") }, 240);
        Assert.Equal((At(180), At(180), At(180)), (spec.Row.ArrivedAt, spec.Row.DoorAt, spec.Row.StepSince));
        Assert.Equal([new Milestone(Steps.Arrived, At(180)), new Milestone(Steps.Roomed, At(180)) { IsAssumed = true }], spec.View.Milestones);
        Assert.Equal(At(180), Assert.Single(spec.View.Stays).Since);
        Assert.Equal((false, At(180)), (spec.Course.Presumed, spec.Course.UnownedSince));
        var placeless = new Spec().Given(Say.Update(0, "ED/3/A", PatientClass.Emergency), Say.Arrive(180));
        Assert.Equal(("3", At(180)), (placeless.Row.Location?.Room, Assert.Single(placeless.View.Stays).Since));
        Assert.Equal(At(180), new Spec().Given(Say.Update(0, "4W/3/A", PatientClass.Inpatient), Say.Admit(180, "4W/3/A")).Row.ArrivedAt);
    }

    [Fact]
    public void Who_was_said_or_seen_to_be_here_before_the_arrival_was_entered_was_here()
    {
        Assert.Equal(At(0), new Spec()
            .Given(Say.Update(60, "ED/3/A", PatientClass.Emergency) with { Details = new() { Class = PatientClass.Emergency, AdmittedAt = At(0) } },
                Say.Arrive(180)).Row.ArrivedAt);
        Assert.Equal(At(0), new Spec().Given(Say.Update(0, "ED/3/A", PatientClass.Emergency), Say.Contact(30), Say.Arrive(180)).Row.ArrivedAt);
        Assert.Equal(At(0), new Spec().Given(Say.Transfer(0, "ED/3/A", PatientClass.Emergency), Say.Arrive(180)).Row.ArrivedAt);
        // Somebody in the department is admitted: the door is where they came in.
        var admitted = new Spec().Given(Say.Update(0, "ED/3/A", PatientClass.Emergency), Say.Admit(180, "ED/3/A"));
        Assert.Equal((At(0), At(180)), (admitted.Row.ArrivedAt, admitted.Course.BoardingSince));
    }

    [Fact]
    public void A_presumed_visit_whose_arrival_is_cancelled_never_was() =>
        Assert.Equal(VisitStatus.Cancelled,
            new Spec().Given(Say.Arrive(0), Say.Update(5, "ED/3/A"), Say.Cancel(10, CancelledFact.Arrival)).Row.Status);
}

public sealed class ExpectedTests
{
    [Fact]
    public void An_expected_visit_stands_on_the_unit_of_its_pending_location_and_runs_no_clock()
    {
        var spec = new Spec().Given(Say.Expect(0, "4W/1/A", on: 600));
        Assert.Equal((VisitStatus.Expected, "4W", Steps.Expected, At(600)), (spec.Row.Status, spec.Row.Unit, spec.Row.Step, spec.Row.ExpectedAt));
        Assert.Null(spec.NextDeadline);
        Assert.Null(spec.Row.Clock);
    }

    [Fact]
    public void Arrival_of_an_expected_visit_starts_the_door_clock_then()
    {
        var spec = new Spec().Given(Say.Expect(0, "4W/1/A", on: 600), Say.Admit(620, "4W/1/A"));
        Assert.Equal((VisitStatus.Present, At(620), (PlanView?)null), (spec.Row.Status, spec.Row.ArrivedAt, spec.Row.Plan));
    }

    [Fact]
    public void No_longer_expected_is_cancelled_however_often_it_was_announced() =>
        Assert.Equal(VisitStatus.Cancelled,
            new Spec().Given(Say.Expect(0, "4W", on: 600), Say.Expect(10, "4W", on: 700), Say.Cancel(20, CancelledFact.Expected)).Row.Status);

    [Fact]
    public void Expected_again_says_the_new_time_and_place()
    {
        var row = new Spec().Given(Say.Expect(0, "4W", on: 600), Say.Expect(10, "5N", on: 700)).Row;
        Assert.Equal(("5N", At(700)), (row.Unit, row.ExpectedAt));
    }

    [Fact]
    public void A_pending_admission_of_an_unknown_visit_is_an_expected_one_and_its_cancel_takes_it_away()
    {
        var spec = new Spec().Given(Say.Plan(0, PlanKind.Admit, "4W", on: 600));
        Assert.Equal((VisitStatus.Expected, "4W"), (spec.Row.Status, spec.Row.Unit));
        spec.Given(Say.Cancel(10, CancelledFact.PlannedAdmit));
        Assert.Equal(VisitStatus.Cancelled, spec.Row.Status);
    }

    [Fact]
    public void Cancelling_a_pending_admission_does_not_bring_an_expected_patient_into_the_house() =>
        Assert.Equal(VisitStatus.Expected,
            new Spec().Given(Say.Expect(0, "4W", on: 600), Say.Plan(5, PlanKind.Admit, "4W"), Say.Cancel(10, CancelledFact.PlannedAdmit)).Row.Status);

    [Fact]
    public void An_arrival_that_is_cancelled_leaves_the_visit_expected() =>
        Assert.Equal(VisitStatus.Expected,
            new Spec().Given(Say.Expect(0, "4W", on: 600), Say.Arrive(10), Say.Cancel(12, CancelledFact.Arrival)).Row.Status);

    [Theory, InlineData(true), InlineData(false)]
    public void A_number_that_was_given_up_does_not_come_back_by_a_message_that_was_under_way(bool isKnown)
    {
        var spec = new Spec();
        if (isKnown) spec.Given(Say.Update(5, new VisitDetails { Number = "V1" }));
        spec.Given(Say.Update(30, new VisitDetails { Number = "V2", Replaces = "V1" }), Say.Update(10, new VisitDetails { Number = "V1" }),
            Say.Arrive(40) with { Details = new VisitDetails { Number = "V1" } });
        Assert.Equal("V2", spec.Visit.Number);
        Assert.Equal("V2", VisitSnapshotJson.Read(VisitSnapshotJson.Write(spec.Visit))!.Number);
        // It comes back by being given back, and then the other one is given up.
        spec.Given(Say.Update(50, new VisitDetails { Number = "V1", Replaces = "V2" }), Say.Update(45, new VisitDetails { Number = "V2" }));
        Assert.Equal("V1", spec.Visit.Number);
        // Another one is news.
        spec.Given(Say.Update(60, new VisitDetails { Number = "V3" }));
        Assert.Equal("V3", spec.Visit.Number);
    }
}

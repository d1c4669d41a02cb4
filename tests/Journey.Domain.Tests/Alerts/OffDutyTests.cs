using Journey.Contracts;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Domain.Facts;
using Journey.Domain.Staff;
using Journey.Domain.Visits;
using static Journey.Domain.Tests.Spec;

namespace Journey.Domain.Tests.Alerts;

/// <summary>Whose shift is over has no patients and is not called.</summary>
public sealed class OffDutyTests
{
    private static readonly Person Charge = new("nurse/9", "Ida Roy");

    [Fact]
    public void A_shift_that_runs_out_leaves_its_patients_without_a_nurse_from_then()
    {
        var spec = Kims(new Worked(StaffRoles.Nurse, 0, 60));
        Assert.True(spec.NextDeadline <= At(60));
        Assert.DoesNotContain(spec.Review(59), e => e is NurseWentOff);
        Assert.Contains(new NurseWentOff(At(60), Say.Kim), spec.Review(75));
        Assert.Equal((null, At(60)), (spec.Course.Nurse, spec.Course.UnownedSince));
        Assert.Equal(At(60), spec.Open("visit.unowned")!.Since);
        Assert.Empty(spec.Review(75));
    }

    [Fact]
    public void A_shift_that_was_ended_leaves_them_at_that_time_as_a_deed_of_who_ended_it()
    {
        var spec = Kims(new Worked(StaffRoles.Nurse, 0, 600));
        spec.Review(60);
        spec.Duty = Ended(new Worked(StaffRoles.Nurse, 0, 600), at: 61);
        Assert.Equal(At(62).ToUniversalTime(), VisitDecider.NextDeadline(spec.Visit, spec.Policy, At(62), spec.Duty)!.Value.ToUniversalTime());
        Assert.Contains(new NurseWentOff(At(61), Say.Kim), spec.Review(62));
        Assert.Equal(Say.Nurse, spec.Duty.EndedBy(Say.Kim.Id, At(61)));
    }

    [Fact]
    public void Of_whom_no_shift_is_known_nothing_is_concluded()
    {
        var spec = Kims();
        spec.Review(2_000);
        Assert.Equal(Say.Kim, spec.Course.Nurse);
    }

    [Fact]
    public void Who_is_named_after_their_shift_had_ended_stays()
    {
        var spec = Kims(new Worked(StaffRoles.Nurse, 0, 60));
        spec.Review(70);
        spec.Given(Kims(80));
        Assert.DoesNotContain(spec.Review(90), e => e is NurseWentOff);
        Assert.Equal(Say.Kim.Id, spec.Course.Nurse?.Id);
    }

    [Fact]
    public void Who_read_back_after_their_shift_had_ended_stays()
    {
        var spec = new Spec { Duty = DutyOf(Say.Kim, new Worked(StaffRoles.Nurse, -600, -60)) }
            .Given(Say.Arrive(0), Say.Assign(1, CareRole.Nurse, "nurse/8"), Say.Offer(2, Say.Kim.Id));
        spec.Given(Say.Accept(5, spec.Last.Value, Say.Kim.Id));
        Assert.DoesNotContain(spec.Review(9), e => e is NurseWentOff);
    }

    [Theory]
    [InlineData("nurse/7", "nurse/8")]
    [InlineData("liaison", "liaison")]
    public void Whoever_takes_over_from_a_nurse_whose_shift_has_ended_is_the_familys_point_of_contact(string before, string after)
    {
        var spec = Kims(new Worked(StaffRoles.Nurse, 0, 60)).Given(Say.Assign(2, CareRole.PointOfContact, before));
        spec.Review(70);
        spec.Given(Say.Offer(80, "nurse/8"));
        spec.Given(Say.Accept(81, spec.Care.OpenHandoff!.Id, "nurse/8"));
        Assert.Equal(("nurse/8", after), (spec.Row.Nurse?.Id, spec.Row.PointOfContact?.Id));
    }

    [Fact]
    public void Shifts_without_a_gap_between_them_are_one()
    {
        var spec = Kims(new Worked(StaffRoles.Nurse, 0, 60), new Worked(StaffRoles.ChargeNurse, 60, 120));
        Assert.DoesNotContain(spec.Review(90), e => e is NurseWentOff);
        Assert.Contains(new NurseWentOff(At(120), Say.Kim), spec.Review(130));
    }

    [Fact]
    public void Going_off_duty_is_not_taken_back_and_no_sign_of_life()
    {
        var spec = Kims(new Worked(StaffRoles.Nurse, 0, 60));
        var heard = spec.Course.LastSignAt;
        spec.Review(60);
        Assert.Equal(heard, spec.Course.LastSignAt);
        spec.When(Say.Undo(61, new(spec.Commits[^1].Command)));
        Assert.Equal(RefusalCodes.CannotBeTakenBack, spec.Refused);
        Assert.Contains(Narrator.Tell(spec.Commits, spec.Visit, spec.Policy, spec.Now), line => line.Text == "Kim Reyes went off duty: no nurse");
    }

    [Fact]
    public void The_first_rung_of_somebody_off_duty_is_skipped_at_once()
    {
        var spec = new Spec { Duty = DutyOf(Say.Kim, new Worked(StaffRoles.Nurse, -600, -60)) }.Given(Say.Arrive(0), Kims(0));
        Assert.Contains(spec.Review(10), e => e is AlertEscalated { Rung: 1, To: "charge-nurse" });
    }

    [Fact]
    public void The_owner_of_a_question_who_is_off_duty_is_skipped_too()
    {
        var spec = new Spec { Duty = DutyOf(Charge, new Worked(StaffRoles.Nurse, -600, -60)) }
            .Given(Say.Arrive(0), Kims(0), Say.Step(0, Steps.Triaged), Say.Ask(1, owner: Charge));
        var due = spec.Care.Questions[0].DueAt!.Value;
        spec.ReviewAt(due);
        Assert.Equal((1, "charge-nurse", due),
            (spec.Open("question.answer")!.Rung, spec.Open("question.answer")!.EscalatedTo, spec.Open("question.answer")!.EscalatedAt));
    }

    [Fact]
    public void A_role_with_nobody_on_duty_is_skipped_and_the_failsafe_never()
    {
        var off = DutyOf(Charge, new Worked(StaffRoles.ChargeNurse, -600, -60), new Worked(StaffRoles.HouseSupervisor, -600, -60));
        var spec = new Spec { Duty = off }.Given(Say.Arrive(0));
        var call = Assert.Single(spec.Review(10).OfType<AlertEscalated>(), e => e.Alert == spec.Open("ed.triage")!.Id);
        Assert.Equal((2, "house-supervisor", "assigned charge-nurse"), (call.Rung, call.To, string.Join(' ', call.Passed!.Value)));
        Assert.Equal("house-supervisor", spec.Open("ed.triage")!.EscalatedTo);
    }

    [Fact]
    public void The_timeline_tells_who_was_called_and_who_was_not_there_to_be_called()
    {
        var spec = new Spec { Duty = DutyOf(Charge, new Worked(StaffRoles.ChargeNurse, -600, -60)) }.Given(Say.Arrive(0));
        spec.Review(10);
        var calls = Narrator.Tell(spec.Commits, spec.Visit, spec.Policy, spec.Now)
            .Where(line => line.Text.StartsWith("Alert called out", StringComparison.Ordinal)
                && line.Text.EndsWith("Triage", StringComparison.Ordinal));
        Assert.Equal(["Alert called out to the house supervisor, as nobody responsible and no charge nurse was on duty: Triage"],
            calls.Select(line => line.Text));
    }

    [Fact]
    public void Whose_turn_it_is_and_goes_off_duty_leaves_the_next_rung_to_be_called_then()
    {
        var spec = new Spec { Duty = DutyOf(Charge, new Worked(StaffRoles.ChargeNurse, 0, 13)) }.Given(Say.Arrive(0));
        spec.Review(10);
        Assert.Equal("charge-nurse", spec.Open("ed.triage")!.EscalatedTo);
        Assert.Equal(At(13), spec.NextDeadline);
        Assert.Contains(spec.Review(13), e => e is AlertEscalated { Rung: 2, To: "house-supervisor" });
    }

    [Fact]
    public void On_duty_the_rungs_wait_their_time()
    {
        var spec = new Spec { Duty = DutyOf(Charge, new Worked(StaffRoles.ChargeNurse, 0, 600)) }.Given(Say.Arrive(0));
        spec.Review(10);
        Assert.Empty(spec.Review(24).OfType<AlertEscalated>());
        Assert.Contains(spec.Review(25), e => e is AlertEscalated { Rung: 2 });
    }

    [Fact]
    public void A_row_tells_a_board_whether_a_review_would_do_something()
    {
        var spec = Kims(new Worked(StaffRoles.Nurse, 0, 60));
        Assert.False(Concerns(59));
        Assert.True(Concerns(60));
        spec.Review(60);
        Assert.False(Concerns(61));
        spec.Duty = DutyOf(Charge, new Worked(StaffRoles.ChargeNurse, 0, 61));
        Assert.Equal("charge-nurse", spec.Open("ed.triage")!.EscalatedTo);
        Assert.True(Concerns(61));
        spec.Review(61);
        Assert.False(Concerns(61));

        bool Concerns(double minute) => OffDuty.DueAt(spec.Row, spec.Duty, spec.Policy, At(minute)) <= At(minute);
    }

    [Fact]
    public void A_review_is_due_exactly_when_it_would_do_something()
    {
        foreach (var end in new[] { 5d, 10, 12, 30, 45 })
        {
            var spec = Kims(new Worked(StaffRoles.Nurse, 0, end));
            for (var minute = 2; minute < 80; minute++)
            {
                var due = spec.NextDeadline;
                if (due > At(minute)) Assert.Empty(VisitDecider.Review(Id, spec.Visit, spec.Policy, At(minute), spec.Duty));
                else Assert.NotEmpty(spec.Review(minute));
            }
        }
    }

    private static Spec Kims(params Worked[] shifts) => new Spec { Duty = DutyOf(Say.Kim, shifts) }.Given(Say.Arrive(0), Kims(1));

    private static Assign Kims(double at) => new(default, Say.Nurse, At(at), CareRole.Nurse, Say.Kim);

    private static Duty DutyOf(Person who, params Worked[] shifts) => new(1, [.. shifts.Select(s => s.By(who))]);

    private static Duty Ended(Worked shift, double at) =>
        new(2, StaffDirectory.Empty.Fold(new ShiftBegun(shift.By(Say.Kim)))
            .Fold(new ShiftEnded(Say.Kim.Id, "ED", shift.Role, At(at), Say.Nurse)).Shifts);

    private sealed record Worked(string Role, double From, double Until)
    {
        public Shift By(Person who) => new(who, Role, "ED", At(From), At(Until));
    }
}

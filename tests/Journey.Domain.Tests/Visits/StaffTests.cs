using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Visits;
using static Journey.Domain.Tests.Spec;

namespace Journey.Domain.Tests.Visits;

public sealed class StaffTests
{
    [Fact]
    public void A_step_is_reached_once_and_counts_as_contact()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Step(6, Steps.Triaged));
        Assert.Equal((Steps.Triaged, At(6), At(6)), (spec.Row.Step, spec.Row.StepSince, spec.Row.LastContactAt));
        Assert.Equal(RefusalCodes.StepNotAhead, spec.When(Say.Step(7, Steps.Triaged)).Refused);
    }

    [Fact]
    public void Triage_in_the_treatment_room_leaves_the_patient_roomed()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Step(6, Steps.Triaged));
        Assert.Equal((Steps.Roomed, At(0), Steps.Seen), (spec.Row.Step, spec.Row.StepSince, spec.Row.StepsAhead[0]));
    }

    [Fact]
    public void A_step_that_is_on_no_pathway_of_the_class_is_refused() =>
        Assert.Equal(RefusalCodes.StepUnknown, new Spec().Given(Say.Admit(0, "4W")).When(Say.Step(5, Steps.Triaged)).Refused);

    [Fact]
    public void A_step_before_arrival_is_refused() =>
        Assert.Equal(RefusalCodes.StepNotAhead, new Spec().Given(Say.Expect(0, "4W")).When(Say.Step(5, Steps.Admitted)).Refused);

    [Fact]
    public void Departed_as_seen_by_staff_ends_the_visit_and_can_be_taken_back()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Step(30, Steps.Departed));
        Assert.Equal((VisitStatus.Departed, At(30)), (spec.Row.Status, spec.Row.DepartedAt));
        spec.Given(Say.Undo(32, spec.Last));
        Assert.Equal(VisitStatus.Present, spec.Row.Status);
    }

    [Fact]
    public void Acuity_is_one_to_five()
    {
        var spec = new Spec().Given(Say.Arrive(0));
        Assert.Equal(RefusalCodes.AcuityOutOfRange, spec.When(Say.Acuity(1, 0)).Refused);
        Assert.Equal(RefusalCodes.AcuityOutOfRange, spec.When(Say.Acuity(1, 6)).Refused);
        Assert.Equal(2, spec.Given(Say.Acuity(1, 2)).Row.Acuity);
        Assert.Empty(spec.When(Say.Acuity(2, 2)).Decision.Events);
    }

    [Fact]
    public void Nurse_and_provider_are_assigned_apart_and_may_be_taken_off()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Assign(1, CareRole.Nurse, "N1"), Say.Assign(2, CareRole.Provider, "D1"));
        Assert.Equal(("N1", "D1"), (spec.Row.Nurse?.Id, spec.Row.Provider?.Id));
        spec.Given(Say.Assign(3, CareRole.Nurse, null));
        Assert.Equal((null, "D1"), (spec.Row.Nurse?.Id, spec.Row.Provider?.Id));
    }

    [Fact]
    public void Contacts_count_by_when_they_were_not_by_when_they_were_written_down()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Contact(40), Say.Contact(20));
        Assert.Equal(At(40), spec.Row.LastContactAt);
    }

    public static TheoryData<string> Commands() => ["step", "contact", "acuity", "assign", "waits", "tell", "acknowledge", "snooze", "resolve"];

    [Theory, MemberData(nameof(Commands))]
    public void Staff_commands_on_an_unknown_visit_are_refused(string what) => Refuses(new Spec(), what, RefusalCodes.VisitUnknown);

    [Theory, MemberData(nameof(Commands))]
    public void Staff_commands_on_an_ended_visit_are_refused(string what) =>
        Refuses(new Spec().Given(Say.Arrive(0), Say.Discharge(5)), what, RefusalCodes.VisitClosed);

    [Theory, MemberData(nameof(Commands))]
    public void What_has_not_happened_yet_is_refused(string what) =>
        Refuses(new Spec().Given(Say.Arrive(0)), what, RefusalCodes.TimeInTheFuture, recordedAt: 4);

    private static void Refuses(Spec spec, string what, string code, double? recordedAt = null)
    {
        var before = (spec.Visit, spec.Commits.Count);
        var alert = new Guid(1, 2, 3, new byte[8]);
        spec.When(what switch
        {
            "step" => Say.Step(10, Steps.Triaged),
            "contact" => Say.Contact(10),
            "acuity" => Say.Acuity(10, 2),
            "assign" =>
                Say.Assign(10, CareRole.Nurse, "N1"),
            "waits" => Say.Waits(10),
            "tell" => Say.Tell(10),
            "acknowledge" => Say.Acknowledge(10, alert),
            "snooze" => Say.Snooze(10, alert, 20),
            _ => Say.Resolve(10, alert),
        }, recordedAt);
        Assert.Equal(code, spec.Refused);
        Assert.Empty(spec.Decision.Events);
        Assert.Equal(before, (spec.Visit, spec.Commits.Count));
    }

    [Fact]
    public void A_promise_for_a_time_that_has_passed_is_refused() =>
        Assert.Equal(RefusalCodes.PromiseInThePast, new Spec().Given(Say.Arrive(0)).When(Say.Tell(10, next: 10)).Refused);
}

public sealed class UndoTests
{
    public static TheoryData<string> Kinds() =>
        ["told", "told-with-promise", "step", "acuity", "acknowledge", "acknowledge-over", "snooze", "snooze-acknowledged", "resolve",
            "resolve-acknowledged", "resolve-family", "assign", "contact"];

    [Theory, MemberData(nameof(Kinds))]
    public void Undo_puts_everything_back_exactly_as_it_was(string kind)
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Family(1), Say.Waits(2), Say.Tell(3, next: 40), Say.Contact(5));
        spec.Review(15);
        spec.Given(Say.Waits(16));
        var triage = spec.Open("ed.triage")!.Id;
        if (kind.Contains("acknowledged", StringComparison.Ordinal) || kind == "acknowledge-over")
            spec.Given(Say.Acknowledge(17, triage, by: 30) with { By = Say.Other });
        var before = Text(spec.Visit);
        spec.Given(kind switch
        {
            "told" => Say.Tell(18),
            "told-with-promise" => Say.Tell(18, next: 90),
            "step" => Say.Step(18, Steps.Triaged),
            "acuity" =>
                Say.Acuity(18, 5),
            "acknowledge" => Say.Acknowledge(18, triage),
            "acknowledge-over" =>
                Say.Acknowledge(18, triage) with { TakeOver = true },
            "snooze" or "snooze-acknowledged" => Say.Snooze(18, triage, 50),
            "resolve-family" => Say.Resolve(18, spec.Open("family.asked")!.Id),
            "assign" => Say.Assign(18, CareRole.Nurse, "N9"),
            "contact" =>
                Say.Contact(18),
            _ => Say.Resolve(18, triage),
        });
        Assert.NotEqual(before, Text(spec.Visit));
        spec.Given(Say.Undo(19, spec.Last));
        Assert.Equal(before, Text(spec.Visit));
    }

    [Fact]
    public void Undo_after_an_alert_woke_puts_the_owner_back()
    {
        var spec = new Spec().Given(Say.Arrive(0));
        spec.Review(10);
        var alert = spec.Open("ed.triage")!.Id;
        spec.Given(Say.Acknowledge(11, alert), Say.Snooze(12, alert, 14));
        var snooze = spec.Last;
        spec.Review(14);
        Assert.Equal(AlertState.Raised, spec.Open("ed.triage")!.State);
        spec.Given(Say.Undo(15, snooze));
        Assert.Equal((AlertState.Acknowledged, Say.Nurse), (spec.Open("ed.triage")!.State, spec.Open("ed.triage")!.Owner));
    }

    [Theory, InlineData("told"), InlineData("acknowledge"), InlineData("snooze"), InlineData("resolve")]
    public void Undo_is_for_the_window_of_the_policy_only(string kind)
    {
        var spec = new Spec().Given(Say.Arrive(0));
        spec.Review(10);
        var alert = spec.Open("ed.triage")!.Id;
        spec.Given(kind switch
        {
            "told" => Say.Tell(11),
            "acknowledge" => Say.Acknowledge(11, alert),
            "snooze" => Say.Snooze(11, alert, 60),
            _ => Say.Resolve(11, alert)
        });
        var command = spec.Last;
        var before = spec.Visit;
        Assert.Equal(RefusalCodes.UndoTooLate, spec.When(Say.Undo(26.5, command)).Refused);
        Assert.Same(before, spec.Visit);
        Assert.Null(spec.When(Say.Undo(26, command), recordedAt: 26).Refused);
    }

    [Fact]
    public void What_a_feed_said_is_not_taken_back_by_staff()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Transfer(5, "ED/3/A"));
        Assert.Equal(RefusalCodes.NothingToUndo, spec.When(Say.Undo(6, spec.Last)).Refused);
    }

    [Fact]
    public void An_alert_that_a_feed_message_ended_is_not_reopened_by_staff()
    {
        var spec = new Spec().Given(Say.Arrive(0));
        spec.Review(10);
        spec.Given(Say.Identify(11, Say.Ada with { Deceased = true }));
        Assert.Null(spec.Open("ed.triage"));
        Assert.Equal(RefusalCodes.NothingToUndo, spec.When(Say.Undo(12, spec.Last)).Refused);
    }

    [Fact]
    public void A_command_is_taken_back_once()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Contact(5));
        var contact = spec.Last;
        spec.Given(Say.Undo(6, contact));
        Assert.Equal(RefusalCodes.NothingToUndo, spec.When(Say.Undo(7, contact)).Refused);
        Assert.Equal(RefusalCodes.NothingToUndo, spec.When(Say.Undo(7, Command(99))).Refused);
    }

    [Fact]
    public void Undoing_a_word_to_the_family_that_ended_an_alert_leaves_one_alert_open()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Waits(1), Say.Tell(2));
        var told = spec.Last;
        spec.Given(Say.Waits(3), Say.Undo(4, told));
        Assert.Equal(At(1), spec.Course.FamilyWaitingSince);
        Assert.Single(spec.Visit.Alerts, a => a.IsOpen && a.Rule == "family.asked");
        Assert.Empty(spec.Review(4));
    }

    [Fact]
    public void What_was_taken_back_is_marked_in_the_timeline()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Contact(5));
        spec.Given(Say.Undo(6, spec.Last));
        var lines = Narrator.Tell(spec.Commits, spec.Visit, spec.Policy, spec.Now);
        Assert.True(Assert.Single(lines, l => l.Kind == nameof(Contacted)).Undone);
        Assert.False(Assert.Single(lines, l => l.Kind == nameof(Arrived)).Undone);
    }
}

/// <summary>Undo is offered where it works.</summary>
public sealed class UndoableTests
{
    [Fact]
    public void An_entry_says_until_when_it_may_be_taken_back()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Contact(5));
        Assert.Equal(At(20), Line(spec, nameof(Contacted)).UndoUntil);
        Assert.Null(Line(spec, nameof(Arrived)).UndoUntil);
        spec.Review(20);
        Assert.Equal(At(20), Line(spec, nameof(Contacted)).UndoUntil);
        spec.Review(21);
        Assert.Null(Line(spec, nameof(Contacted)).UndoUntil);
    }

    [Fact]
    public void What_was_taken_back_and_what_took_it_back_cannot_be_undone()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Contact(5));
        spec.Given(Say.Undo(6, spec.Last));
        Assert.All(Narrator.Tell(spec.Commits, spec.Visit, spec.Policy, spec.Now), line => Assert.Null(line.UndoUntil));
    }

    [Fact]
    public void Every_line_that_offers_undo_is_one_that_the_visit_would_take_back()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Family(0), Say.Assign(1, CareRole.Nurse, "N1"), Say.Contact(2, Say.Lee),
            Say.Step(3, Steps.Triaged), Say.Waits(4), Say.Ask(5));
        spec.Review(30);
        spec.Given(Say.Acknowledge(31, spec.Visit.Alerts.First(a => a.IsOpen).Id), Say.Step(32, Steps.Departed) with { How = DepartureKind.Home });
        foreach (var line in Narrator.Tell(spec.Commits, spec.Visit, spec.Policy, spec.Now))
            Assert.Equal(line.UndoUntil is not null, line.By.Id != "journey"
                && VisitDecider.Decide(Id, spec.Visit, Say.Undo(32, line.Command) with { Id = Command(999) }, spec.Policy, spec.Now).Refusal is null);
        Assert.Contains(Narrator.Tell(spec.Commits, spec.Visit, spec.Policy, spec.Now), line => line.UndoUntil is not null);
    }

    [Fact]
    public void A_departure_that_never_was_is_taken_back_already()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Waits(1));
        spec.Given(Say.Step(5, Steps.Departed) with { How = DepartureKind.Home });
        var left = spec.Last;
        spec.Given(new Verify(default, Say.Nurse, At(6), Verified.Here));
        var back = spec.Last;
        var lines = Narrator.Tell(spec.Commits, spec.Visit, spec.Policy, spec.Now);
        Assert.All(lines.Where(l => l.Command == left), l => Assert.Null(l.UndoUntil));
        Assert.Contains(lines, l => l.Command == left && l.Kind == nameof(AlertResolved));
        Assert.Equal(RefusalCodes.NothingToUndo, spec.When(Say.Undo(7, left)).Refused);
        // Taking back that they were brought back is something else: then they have left.
        spec.Given(Say.Undo(8, back));
        Assert.Equal((VisitStatus.Departed, DepartureKind.Home), (spec.Row.Status, spec.Row.DepartedAs));
        Assert.NotNull(Narrator.Tell(spec.Commits, spec.Visit, spec.Policy, spec.Now).First(l => l.Command == left).UndoUntil);
    }

    [Fact]
    public void Whatever_is_taken_back_does_not_stand_any_more()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Family(0), Say.Assign(1, CareRole.Nurse, "N1"), Say.Contact(2), Say.Waits(2),
            Say.Tell(3), Say.Step(4, Steps.Departed) with { How = DepartureKind.Home });
        spec.Given(new Verify(default, Say.Nurse, At(5), Verified.Here), Say.Contact(6), Say.Assign(7, CareRole.Nurse, "N2"),
            Say.Step(8, Steps.Departed) with { How = DepartureKind.Transferred });
        spec.Given(new Verify(default, Say.Other, At(9), Verified.Here), new Verify(default, Say.Other, At(10), Verified.Nurse));
        while (Narrator.Tell(spec.Commits, spec.Visit, spec.Policy, spec.Now).FirstOrDefault(l => l.UndoUntil is not null) is { } line)
        {
            var before = Standing();
            spec.Given(Say.Undo(11, line.Command));
            Assert.NotEqual(before, Standing());
        }

        string Standing() =>
            string.Join('\n', Narrator.Tell(spec.Commits, spec.Visit, spec.Policy, spec.Now)
                .Where(l => l.Kind is not nameof(Undone) && !l.Kind.StartsWith("Alert", StringComparison.Ordinal) && !l.Undone).Select(l => l.Text));
    }

    [Fact]
    public void The_line_of_what_was_taken_back_says_what_and_whose_it_was()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Step(5, Steps.Departed) with { How = DepartureKind.Home });
        spec.Given(Say.Undo(6, spec.Last) with { By = Say.Other });
        var line = Line(spec, nameof(Undone));
        Assert.Equal(($"Taken back: Step: departed, by {Say.Nurse.Name}", Say.Other), (line.Text, line.By));
    }

    private static TimelineEntry Line(Spec spec, string kind) =>
        Narrator.Tell(spec.Commits, spec.Visit, spec.Policy, spec.Now).Single(line => line.Kind == kind);
}

public sealed class LongStayTests
{
    public static TheoryData<string> Kinds() => ["contact", "told", "waits", "acuity", "assign", "contact-undone", "acknowledge"];

    [Theory, MemberData(nameof(Kinds))]
    public void A_long_stay_stays_bounded(string kind)
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/12/A"), Say.Family(0), Say.Waits(0));
        var alert = spec.Open("family.asked")!.Id;
        for (var i = 1; i <= 10_000; i++)
        {
            spec.Given(kind switch
            {
                "told" => Say.Tell(i),
                "waits" => Say.Waits(i),
                "acuity" => Say.Acuity(i, 1 + i % 5),
                "assign" =>
                    Say.Assign(i, CareRole.Nurse, "N" + i),
                "acknowledge" => Say.Acknowledge(i, alert, i + 1),
                _ => Say.Contact(i),
            });
            if (kind == "contact-undone") spec.Given(Say.Undo(i, spec.Last));
        }

        Assert.InRange(VisitSnapshotJson.Write(spec.Visit).Length, 1, 40_000);
        Assert.Equal(Text(spec.Visit), Text(VisitSnapshotJson.Read(VisitSnapshotJson.Write(spec.Visit))!));
        if (kind == "waits") Assert.Equal(At(0), spec.Course.FamilyWaitingSince);
    }

    [Fact]
    public void An_alert_somebody_acted_on_does_not_come_back_because_many_others_came_after_it()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Acuity(1, 5), Say.Step(2, Steps.Seen));
        spec.Review(360);
        spec.Given(Say.Resolve(361, spec.Open("ed.los")!.Id));
        for (var i = 0; i < 30; i++) spec.Given(Say.Waits(362 + i), Say.Tell(362.5 + i));
        Assert.Null(spec.Open("ed.los"));
        Assert.Empty(spec.Review(395));
    }
}

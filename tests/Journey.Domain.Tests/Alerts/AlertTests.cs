using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Visits;
using static Journey.Domain.Tests.Spec;

namespace Journey.Domain.Tests.Alerts;

public sealed class AlertTests
{
    /// <summary>Rule, minutes after its clock's start: warning, target, critical; negative when there is none. And who it concerns.</summary>
    public static TheoryData<string, double, double, double, string> Rules() => new()
    {
        { "ed.triage", 8, 10, 20, "waiting" },
        { "ed.room.max", 45, 60, 120, "waiting" },
        { "ed.boarding", 180, 240, 480, "boarding" },
        { "ed.los", 360, 480, 720, "waiting" },
        { "ed.waiting-room.check", 25, 30, 60, "waiting" },
        { "rounding", 50, 60, -1, "ward" },
        { "visit.unowned", -1, 10, 30, "waiting" },
        { "handoff.accept", 10, 15, 30, "offered" },
        { "question.answer", 20, 30, 60, "question" },
        { "question.answer.office", 180, 240, -1, "billing" },
        { "question.confirm", -1, 120, -1, "answered" },
        { "promise", 0, 10, 25, "promised" },
        { "request.interpreter", 20, 30, 60, "interpreter" },
        { "referral.unattended", 45, 60, 120, "referral" },
        { "request.comfort", -1, 30, 90, "comfort" },
        { "request.support", -1, 240, -1, "spiritual" },
        { "family.update.or", 30, 60, 90, "procedure" },
        { "family.guessed", -1, 0, -1, "guessed" },
        { "family.asked", -1, 0, 15, "asked" },
        { "family.promise", -1, 0, 15, "promise" },
        { "family.moved", -1, 15, 60, "moved" },
        { "family.update.ed", 50, 60, 120, "waiting-family" },
        { "family.update.boarded", 50, 60, 120, "boarding-family" },
        { "family.update.ward", 22 * 60, 24 * 60, -1, "ward-family" },
    };

    [Theory]
    [InlineData("ed.triage", 10, "waiting", "Not triaged within 10 min"), InlineData("ed.boarding", 240, "boarding", "Boarding for more than 4 h"),
     InlineData("ed.room.max", 60, "waiting", "Not in a treatment room within 1 h"),
     InlineData("visit.unowned", 10, "waiting", "No nurse assigned within 10 min"),
     InlineData("question.answer", 30, "question", "Question not answered in time"), InlineData("family.guessed", 0, "guessed", null)]
    public void What_has_not_happened_in_its_time_is_a_sentence_once_the_time_is_over(string rule, double max, string who, string? says)
    {
        var (spec, start) = Patient(who);
        if (max > 0)
        {
            spec.ReviewAt(At(start + max).AddTicks(-1));
            Assert.All(spec.Row.Alerts.Where(alert => alert.Rule == rule), notice => Assert.Null(notice.Late));
        }

        spec.Review(start + max);
        Assert.Equal(says, spec.Row.Alerts.Single(alert => alert.Rule == rule).Late);
    }

    [Theory, MemberData(nameof(Rules))]
    public void An_alert_comes_exactly_when_it_is_due_and_worsens_exactly_then(string rule, double warn, double max, double critical, string who)
    {
        var (spec, start) = Patient(who);
        var stages = new[] { (At: warn, Severity.Notice), (At: max, Severity.Warning), (At: critical, Severity.Critical) }
            .Where(s => s.At >= 0).ToArray();
        Guid? alert = null;
        foreach (var (at, severity) in stages)
        {
            if (start + at > 0)
            {
                spec.ReviewAt(At(start + at).AddTicks(-1));
                if (alert is null) Assert.Null(spec.Open(rule));
                else Assert.True(spec.Open(rule)!.Severity < severity);
                spec.Review(start + at);
            }

            Assert.Equal((severity, At(start + max)), (spec.Open(rule)!.Severity, spec.Open(rule)!.DueAt));
            Assert.Equal(alert ??= spec.Open(rule)!.Id, spec.Open(rule)!.Id);
        }
    }

    private static (Spec, double Start) Patient(string who) => who switch
    {
        "waiting" => (new Spec().Given(Say.Arrive(0)), 0),
        "boarding" => (new Spec().Given(Say.Arrive(-60, "ED/3/A"), Say.Plan(0, PlanKind.Admit)), 0),
        "ward" => (new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.Contact(0)), 0),
        "asked" => (new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.Waits(0)), 0),
        "guessed" => (Guessed(1), 1),
        "promise" => (new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.Tell(0, next: 45)), 45),
        "offered" => (new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.Offer(0, "nurse/9")), 0),
        "question" => (new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.Ask(0)), 0),
        "billing" => (new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.Ask(0, QuestionKind.Billing)), 0),
        "answered" => (Answered(), 0),
        "promised" => (new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.Promise(0, 40)), 30),
        "interpreter" => (new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.Request(0, RequestKind.Interpreter)), 0),
        "referral" => (new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.Request(0, RequestKind.MentalHealth)), 0),
        "comfort" => (new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.Request(0, RequestKind.Comfort)), 0),
        "spiritual" => (new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.Request(0, RequestKind.Spiritual)), 0),
        "procedure" => (new Spec().Given(Say.Admit(-60, "OR/1/A"), Say.Tell(0)), 0),
        "moved" => (new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.Contact(-60, Say.Lee), Say.Transfer(0, "5N/2/B")), 0),
        "waiting-family" => (new Spec().Given(Say.Arrive(-10), Say.Tell(0)), 0),
        "boarding-family" => (new Spec().Given(Say.Arrive(-60, "ED/3/A"), Say.Plan(-1, PlanKind.Admit), Say.Tell(0)), 0),
        // Told at ten in the morning: quiet hours do not put the warning off.
        _ => (new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.Tell(180)), 180),
    };

    private static Spec Guessed(double at = 0)
    {
        var spec = new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.CodeWord(-30, "Bluebird"));
        for (var miss = 1; miss <= spec.Policy.Family.CodeWordMisses; miss++)
            spec.Tries(false, at - 0.1 * (spec.Policy.Family.CodeWordMisses - miss));
        return spec;
    }

    [Fact]
    public void Who_guesses_the_code_word_is_somebodys_concern_until_they_have_seen_to_it()
    {
        var spec = Guessed();
        spec.Review(0);
        var alert = spec.Open("family.guessed")!;
        spec.Tries(true, 20).Review(60); // The lock is over, and the right word given: by whom, nobody knows.
        Assert.Equal(alert.Id, spec.Open("family.guessed")?.Id);
        var told = spec.Course.LastToldAt;
        spec.Given(new ResolveAlert(default, Say.Nurse, At(61), alert.Id, "It was the son"));
        spec.Review(600);
        Assert.Null(spec.Open("family.guessed"));
        Assert.Equal((Resolutions.Acted, told), (spec.Visit.Alert(alert.Id)!.Resolution, spec.Course.LastToldAt)); // Nobody was told anything.
        for (var i = 0; i < spec.Policy.Family.CodeWordMisses; i++) spec.Tries(false, 601 + i);
        spec.Review(610);
        Assert.NotNull(spec.Open("family.guessed"));
    }

    [Fact]
    public void Another_code_word_makes_guessing_good()
    {
        var spec = Guessed();
        spec.Review(0);
        var alert = spec.Open("family.guessed")!.Id;
        spec.Given(Say.CodeWord(10, "Kingfisher"));
        Assert.Equal(Resolutions.Done, spec.Visit.Alert(alert)!.Resolution);
    }

    private static Spec Answered()
    {
        var spec = new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.Ask(-5));
        return spec.Given(Say.Answer(0, spec.Last.Value));
    }

    [Theory, InlineData(1, 2, 5), InlineData(2, 10, 20), InlineData(3, 30, 60), InlineData(4, 60, 120), InlineData(5, 120, 240)]
    public void The_provider_is_due_by_acuity(int acuity, double max, double critical)
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Acuity(0, acuity));
        spec.ReviewAt(At(max).AddTicks(-1));
        Assert.Null(spec.Open("ed.provider"));
        spec.Review(max);
        Assert.Equal(Severity.Warning, spec.Open("ed.provider")?.Severity);
        spec.Review(critical);
        Assert.Equal(Severity.Critical, spec.Open("ed.provider")?.Severity);
    }

    [Fact]
    public void Without_acuity_a_provider_is_due_all_the_same()
    {
        // A patient whom nobody triaged is not one whom nobody needs to see.
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"));
        spec.Review(30);
        Assert.Equal(At(30), spec.Open("ed.provider")!.DueAt);
    }

    [Fact]
    public void What_was_awaited_ends_the_alert_as_done()
    {
        var spec = new Spec().Given(Say.Arrive(0));
        spec.Review(10);
        spec.Given(Say.Step(12, Steps.Triaged));
        Assert.Equal((Resolutions.Done, At(12)), (Past(spec, "ed.triage").Resolution, Past(spec, "ed.triage").ResolvedAt));
    }

    [Fact]
    public void A_later_step_ends_the_wait_for_an_earlier_one()
    {
        var spec = new Spec().Given(Say.Arrive(0));
        spec.Review(10);
        spec.Given(Say.Step(12, Steps.Roomed));
        Assert.Null(spec.Open("ed.triage"));
    }

    [Fact]
    public void A_roomed_patient_triaged_at_the_bedside_is_not_checked_in_the_waiting_room()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Step(6, Steps.Triaged));
        spec.Review(90);
        Assert.Null(spec.Open("ed.waiting-room.check"));
    }

    [Fact]
    public void An_acknowledged_alert_has_an_owner_and_worsens_all_the_same()
    {
        var spec = Overdue(out var alert).Given();
        spec.Given(Say.Acknowledge(11, alert, by: 25));
        Assert.Equal((AlertState.Acknowledged, Say.Nurse, At(25)), (Open(spec).State, Open(spec).Owner, Open(spec).ExpectedBy));
        Assert.Empty(spec.When(Say.Acknowledge(12, alert, by: 25)).Decision.Events);
        spec.Review(20);
        Assert.Equal((AlertState.Acknowledged, Severity.Critical), (Open(spec).State, Open(spec).Severity));
    }

    [Fact]
    public void A_snoozed_alert_wakes_when_its_time_is_up()
    {
        var spec = Overdue(out var alert).Given(Say.Snooze(11, alert, 16));
        Assert.Equal((AlertState.Snoozed, "in the scanner", At(16)), (Open(spec).State, Open(spec).Reason, spec.NextDeadline));
        Assert.Empty(spec.ReviewAt(At(16).AddTicks(-1)));
        Assert.IsType<AlertWoke>(Assert.Single(spec.Review(16)));
        Assert.Equal((AlertState.Raised, (DateTimeOffset?)null), (Open(spec).State, Open(spec).SnoozedUntil));
    }

    [Fact]
    public void A_snoozed_alert_wakes_when_it_becomes_critical()
    {
        var spec = Overdue(out var alert).Given(Say.Snooze(11, alert, 60));
        spec.Review(20);
        Assert.Equal((AlertState.Raised, Severity.Critical), (Open(spec).State, Open(spec).Severity));
    }

    [Theory, InlineData(11), InlineData(72)]
    public void A_snooze_is_bounded(double until) =>
        Assert.Equal(RefusalCodes.SnoozeOutOfRange, Overdue(out var alert).When(Say.Snooze(11, alert, until)).Refused);

    [Fact]
    public void Acting_is_not_the_step_so_its_clock_goes_on_and_it_calls_again_when_it_is_graver()
    {
        var spec = Overdue(out var alert).Given(Say.Resolve(15, alert));
        Assert.Null(spec.Open("ed.triage"));
        Assert.Equal((Resolutions.Acted, At(15), At(10)), (Past(spec, "ed.triage").Resolution, spec.Row.LastContactAt, spec.Row.Clock?.DueAt));
        spec.ReviewAt(At(20).AddTicks(-1));
        Assert.Null(spec.Open("ed.triage"));
        spec.Review(20);
        Assert.Equal((alert, Severity.Critical, null, At(10)), (Open(spec).Id, Open(spec).Severity, Open(spec).Owner, Open(spec).DueAt));
        spec.Given(Say.Resolve(21, alert));
        spec.ReviewAt(At(31).AddTicks(-1));
        Assert.Null(spec.Open("ed.triage"));
        spec.Review(31);
        Assert.Equal((alert, At(10)), (Open(spec).Id, Open(spec).DueAt));
    }

    [Fact]
    public void A_round_that_was_made_starts_its_clock_anew()
    {
        var spec = new Spec().Given(Say.Admit(-60, "4W/12/A"), Say.Contact(0));
        spec.Review(60);
        spec.Given(Say.Resolve(62, spec.Open("rounding")!.Id));
        Assert.Equal((null, At(122)), (spec.Open("rounding"), spec.Row.Clock?.DueAt));
    }

    [Fact]
    public void Who_puts_off_what_a_colleague_has_does_not_take_it()
    {
        var spec = Overdue(out var alert).Given(Say.Acknowledge(11, alert), Say.Snooze(12, alert, 19) with { By = Say.Other });
        Assert.Equal((AlertState.Snoozed, Say.Nurse), (Open(spec).State, Open(spec).Owner));
    }

    [Fact]
    public void An_alert_that_is_closed_or_unknown_takes_no_command()
    {
        var spec = Overdue(out var alert).Given(Say.Resolve(15, alert));
        Assert.Equal(RefusalCodes.AlertClosed, spec.When(Say.Acknowledge(16, alert)).Refused);
        Assert.Equal(RefusalCodes.AlertUnknown, spec.When(Say.Acknowledge(16, Command(9).Value)).Refused);
    }

    [Fact]
    public void Discharge_closes_open_alerts()
    {
        var spec = Overdue(out _).Given(Say.Discharge(30));
        Assert.DoesNotContain(spec.Visit.Alerts, a => a.IsOpen);
        Assert.Equal(Resolutions.Closed, Past(spec, "ed.triage").Resolution);
        Assert.Null(spec.NextDeadline);
    }

    [Fact]
    public void Leave_suppresses_alerts_and_return_opens_them_again()
    {
        var spec = Overdue(out var alert).Given(Say.Leave(12));
        Assert.Equal((false, Resolutions.Suppressed, "on leave"),
            (spec.Visit.Alerts.Any(a => a.IsOpen), Past(spec, "ed.triage").Resolution, Past(spec, "ed.triage").Reason));
        Assert.Empty(spec.Review(600));
        spec.Given(Say.Return(601));
        Assert.Equal(alert, spec.Open("ed.triage")?.Id);
    }

    [Fact]
    public void Boarding_ends_as_done_on_the_ward_and_as_cleared_when_it_was_cancelled()
    {
        foreach (var (command, how) in new (VisitCommand, string)[] { (Say.Transfer(300, "4W/1/A"), Resolutions.Done),
            (Say.Cancel(300, CancelledFact.PlannedAdmit), Resolutions.Cleared) })
        {
            var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Plan(10, PlanKind.Admit));
            spec.Review(250);
            spec.Given(command);
            spec.Review(301);
            Assert.Equal(how, Past(spec, "ed.boarding").Resolution);
        }
    }

    [Fact]
    public void A_lower_acuity_clears_an_alert_and_says_that_nobody_acted()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Acuity(0, 2));
        spec.Review(11);
        spec.Given(Say.Acuity(12, 4));
        spec.Review(13);
        Assert.Equal(Resolutions.Cleared, Past(spec, "ed.provider").Resolution);
    }

    [Fact]
    public void An_alert_that_comes_back_is_only_as_grave_as_its_clock()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Acuity(0, 2));
        spec.Review(31);
        Assert.Equal(Severity.Critical, spec.Open("ed.provider")!.Severity);
        spec.Given(Say.Acuity(32, 4));
        spec.Review(60);
        Assert.Equal(Severity.Warning, spec.Open("ed.provider")!.Severity);
        Assert.Equal(At(60), spec.Open("ed.provider")!.DueAt);
    }

    [Fact]
    public void Family_rules_run_only_with_a_family()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED"), Say.Transfer(5, "ED/3/A"));
        spec.Review(24 * 60);
        Assert.DoesNotContain(spec.Visit.Alerts, a => a.Rule.StartsWith("family", StringComparison.Ordinal));
        spec.Given(Say.Family(24 * 60));
        Assert.DoesNotContain(spec.Visit.Alerts, a => a.Rule.StartsWith("family", StringComparison.Ordinal));
        spec.Given(Say.Contact(24 * 60, Say.Lee));
        // The move is the first that they are to hear of.
        Assert.Equal(At(24 * 60 + 15), spec.Row.Family.NextDueAt);
        spec.Review(25 * 60);
        Assert.NotNull(spec.Open("family.update.ed"));
    }

    [Fact]
    public void A_move_gives_nobody_a_nurse_and_a_handoff_that_is_offered_is_a_deed()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED"));
        spec.Review(40);
        Assert.NotNull(spec.Open("visit.unowned"));
        spec.Given(Say.Transfer(41, "ICU/1/A"));
        spec.Review(43);
        Assert.Equal(Resolutions.Cleared, Past(spec, "visit.unowned").Resolution);

        spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Assign(1, CareRole.Nurse, "nurse/7"), Say.Transfer(10, "4W/1/A"));
        spec.Review(30);
        Assert.NotNull(spec.Open("handoff.accept"));
        spec.Given(Say.Offer(31, "nurse/8"));
        Assert.Equal(Resolutions.Done, Past(spec, "handoff.accept").Resolution);
    }

    [Fact]
    public void An_alert_keeps_its_name_on_the_timeline_when_its_clock_turns_out_to_have_begun_otherwise()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED"));
        spec.Review(40);
        spec.Given(Say.Update(41, new VisitDetails { AdmittedAt = At(0) }), Say.Update(42, new VisitDetails { AdmittedAt = At(-30) }),
            Say.Assign(43, CareRole.Nurse, "nurse/7"), Say.Discharge(50));
        Assert.Contains(spec.Commits.SelectMany(c => c.Events), e => e is AlertRetimed { As: not null });
        Assert.DoesNotContain(Narrator.Tell(spec.Commits, spec.Visit, spec.Policy, spec.Now),
            line => line.Text.EndsWith(": alert", StringComparison.Ordinal));
    }

    [Fact]
    public void Nobody_is_told_through_a_contact_of_another_visit()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Contact(1, Say.Lee), Say.Waits(30));
        Assert.Equal(RefusalCodes.ContactUnknown,
            spec.When(Say.Tell(31) with { Telling = new Telling([], Contact: new Guid(9, 9, 9, new byte[8])) }).Refused);
        Assert.NotNull(spec.Open("family.asked"));
        Assert.Null(spec.When(Say.Tell(32) with { Telling = new Telling([], Contact: Say.Lee.Id) }).Refused);
    }

    [Fact]
    public void Who_is_heard_of_late_was_not_left_without_word_before()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED"), Say.Transfer(30, "ED/3/A"), Say.Contact(200, Say.Lee));
        Assert.DoesNotContain(spec.Visit.Alerts, a => a.Rule.StartsWith("family", StringComparison.Ordinal));
        spec.Review(216);
        Assert.Equal((At(215), Severity.Warning), (spec.Open("family.moved")!.DueAt, spec.Open("family.moved")!.Severity));
        // A second move is no word about the first, and a contact removed and written down anew is none either.
        spec.Given(Say.Transfer(220, "ED/4/A"));
        Assert.Equal(At(215), spec.Open("family.moved")!.DueAt);
        spec.Given(new RemoveContact(default, Say.Nurse, At(221), Say.Lee.Id), Say.Contact(222, Say.Lee));
        spec.Review(230);
        Assert.Null(spec.Open("family.moved"));
        Assert.Equal(Resolutions.Cleared, Past(spec, "family.moved").Resolution);
        // Whoever asks waits from then, for the first word too; and another contact changes nothing for the family.
        var asked = new Spec().Given(Say.Arrive(0), Say.Waits(180), Say.Contact(230, Say.Lee));
        Assert.Equal((At(180), At(240)), (asked.Open("family.asked")!.DueAt, asked.View.Clocks.Single(c => c.Rule == "family.update.ed").DueAt));
        // Somebody else who was told counts as told, whenever a contact is written down.
        var told = new Spec().Given(Say.Arrive(0), Say.Tell(20), Say.Contact(70, Say.Lee));
        Assert.Equal(At(80), told.Row.Family.NextDueAt);
        // Nobody is left to wait, and who comes then is new.
        var gone = new Spec().Given(Say.Arrive(0), Say.Contact(1, Say.Lee), new RemoveContact(default, Say.Nurse, At(10), Say.Lee.Id));
        Assert.Null(gone.Row.Family.NextDueAt);
        Assert.Equal(At(150), gone.Given(Say.Contact(90, Say.Lee)).Row.Family.NextDueAt);
    }

    [Fact]
    public void A_waiting_family_is_an_alarm_at_once_and_cleared_by_word()
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/1/A"), Say.Waits(30));
        Assert.Equal(Severity.Warning, spec.Open("family.asked")!.Severity);
        Assert.Equal(("brother", At(30)), (spec.Row.Family.WaitingWho, spec.Row.Family.WaitingSince));
        spec.Given(Say.Tell(35));
        Assert.Equal((Resolutions.Done, (DateTimeOffset?)null, At(35)),
            (Past(spec, "family.asked").Resolution, spec.Row.Family.WaitingSince, spec.Row.Family.LastToldAt));
    }

    [Fact]
    public void A_promise_kept_raises_nothing_and_one_broken_is_due_at_once()
    {
        var kept = new Spec().Given(Say.Arrive(0), Say.Tell(5, next: 30), Say.Tell(29));
        Assert.DoesNotContain(kept.Review(30), e => e is AlertRaised { Rule: "family.promise" });
        var broken = new Spec().Given(Say.Arrive(0), Say.Tell(5, next: 30));
        Assert.Equal((At(30), true), (broken.Row.Family.NextDueAt, broken.Row.Family.Promised));
        Assert.DoesNotContain(broken.ReviewAt(At(30).AddTicks(-1)), e => e is AlertRaised { Rule: "family.promise" });
        Assert.Contains(broken.Review(30), e => e is AlertRaised { Rule: "family.promise" });
    }

    [Fact]
    public void A_promise_far_away_takes_the_place_of_the_policys_interval()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Tell(5, next: 200));
        spec.Review(199);
        Assert.Null(spec.Open("family.update.ed"));
    }

    [Fact]
    public void A_patient_who_died_has_no_clocks()
    {
        var spec = Overdue(out _).Given(Say.Identify(12, Say.Ada with { Deceased = true }));
        Assert.DoesNotContain(spec.Visit.Alerts, a => a.IsOpen);
        Assert.Null(spec.NextDeadline);
    }

    [Fact]
    public void A_time_at_the_end_of_the_calendar_harms_nothing()
    {
        var far = new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);
        var spec = new Spec().Given(Say.Arrive(0), Say.Family(1), Say.Tell(2) with { NextBy = far });
        Assert.NotNull(spec.NextDeadline);
        Assert.Equal(far, spec.Row.Family.NextDueAt);
        Assert.NotNull(new Spec().When(Say.Arrive(0) with { OccurredAt = far }, recordedAt: 0).Row);
    }

    [Fact]
    public void A_stricter_policy_makes_a_review_due_at_once()
    {
        var spec = new Spec().Given(Say.Arrive(0));
        spec.Review(7);
        var strict =
            spec.Policy with
            {
                Rules = [.. spec.Policy.Rules.Select(r => r.Key == "ed.triage"
                    ? r with { Targets = new([.. r.Targets.ByAcuity.Select(_ => new Domain.Policies.Target(null, TimeSpan.FromMinutes(5), null))]) }
                    : r)]
            };
        Assert.Equal(At(7), Domain.Alerts.AlertRules.NextDeadline(spec.Visit, strict, At(7)));
    }

    private static Spec Overdue(out Guid alert)
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Assign(0, CareRole.Nurse, "nurse/7"));
        spec.Review(10);
        alert = spec.Open("ed.triage")!.Id;
        return spec;
    }

    private static Alert Open(Spec spec) => spec.Open("ed.triage")!;

    private static Alert Past(Spec spec, string rule) => spec.Visit.Alerts.Last(a => a.Rule == rule && !a.IsOpen);
}

/// <summary>An alert says how bad it is now, not how bad it was.</summary>
public sealed class SeverityTests
{
    [Fact]
    public void An_alert_eases_when_the_patient_turns_out_to_be_less_urgent()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Acuity(1, 2));
        spec.Review(25);
        Assert.Equal(Severity.Critical, spec.Open("ed.provider")!.Severity);
        spec.When(Say.Acuity(25, 3), 31);
        Assert.Equal(Severity.Warning, spec.Open("ed.provider")!.Severity);
    }
}

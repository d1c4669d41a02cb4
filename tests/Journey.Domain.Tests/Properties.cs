using System.Text.Json;
using CsCheck;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Domain.Facts;
using Journey.Domain.Families;
using Journey.Domain.Visits;

namespace Journey.Domain.Tests;

/// <summary>What holds for every history. More of them: set <c>CsCheck_Iter</c>.</summary>
public sealed class Properties
{
    private static readonly string?[] Places = [null, "ED", "ED/3/A", "ED/4/A", "4W/1/A", "4W/1/B", "5N/2/A"];
    private static readonly PatientClass?[] Classes = [null, PatientClass.Emergency, PatientClass.Inpatient, PatientClass.Outpatient];

    /// <summary>A step of a history: what, how much later, and two choices.</summary>
    internal static readonly Gen<(int What, int Minutes, int A, int B)[]> Stories =
        Gen.Select(Gen.Int[0, 53], Gen.Int[0, 90], Gen.Int[0, 6], Gen.Int[0, 3]).Array[1, 40];
    private static readonly Gen<(int What, int A, int B)[]> Feeds = Gen.Select(Gen.Int[0, 14], Gen.Int[0, 6], Gen.Int[0, 3]).Array[1, 9];

    private static VisitCommand FromFeed(int what, double at, int a, int b) => what switch
    {
        0 => Say.Arrive(at, Places[a], Classes[b]),
        1 => Say.Admit(at, Places[a], Classes[b]),
        2 => Say.Transfer(at, Places[a], Classes[b]),
        3 => Say.Discharge(at, "01"),
        4 => Say.ChangeClass(at, Classes[b] ?? PatientClass.Inpatient, Places[a]),
        5 => Say.Update(at, Places[a], Classes[b]),
        6 => Say.GoOut(at, Places[a]),
        7 => Say.Reach(at, Places[a]),
        8 => Say.Plan(at, (PlanKind)(b % 3), Places[a]),
        9 => Say.Leave(at),
        10 => Say.Return(at),
        11 => Say.Expect(at, Places[a], at + 60),
        12 => Say.Update(at, new VisitDetails { Acuity = 1 + a % 5, Attending = new Person("D" + b, "Dr " + b) }),
        13 => a > 4 ? Say.Delete(at) : b == 3 ? Say.Update(at, new VisitDetails { DischargedAt = Spec.At(at - 5 * a) }) : Say.Update(at, Places[a]),
        14 => Say.Cancel(at, (CancelledFact)(a + b)),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    /// <summary>Staff and families too; what needs an alert or an earlier command takes one that is there.</summary>
    private static VisitCommand Any(Spec spec, int what, double at, int a, int b)
    {
        var alert = spec.Visit.Alerts is { IsEmpty: false } alerts ? alerts[a % alerts.Length].Id : Guid.Empty;
        return what switch
        {
            15 => Say.Step(at,
                ((string[])[Steps.Triaged, Steps.Roomed, Steps.Seen, Steps.Decided, Steps.Departed, Steps.Admitted, Steps.Arrived])[a]),
            16 => Say.Contact(at - a),
            17 => Say.Acuity(at, 1 + a % 5),
            18 => Say.Assign(at, (CareRole)(b % 2), a == 0 ? null : "S" + a),
            19 => Say.Waits(at - a),
            20 => Say.Tell(at - a, b == 0 ? null : at + 20 * b),
            21 => Say.Acknowledge(at, alert, b == 0 ? null : at + 10),
            22 => Say.Snooze(at, alert, at + 10 * (b + 1)),
            23 => Say.Resolve(at - a, alert),
            24 => Say.Undo(at, spec.Commits.Count == 0 ? default : new CommandId(spec.Commits[^Math.Min(a + 1, spec.Commits.Count)].Command)),
            25 => Say.Family(at),
            26 => Say.Identify(at, Say.Ada with { Deceased = a == 6, GivenName = "Ada " + b }),
            27 => a < 4 ? Say.Contact(at) : Say.Discharge(at - 10 * a),
            > 27 => Care(spec, what, at, a, b),
            _ => FromFeed(what, b == 0 ? at - 15 * a : at, a, b),
        };
    }

    private static VisitCommand Care(Spec spec, int what, double at, int a, int b)
    {
        var care = spec.Care;
        var question = Pick(care.Questions.Select(q => q.Id), a);
        var promise = Pick(care.Promises.Select(p => p.Id), a);
        var request = Pick(care.Requests.Select(r => r.Id), a);
        var update = Pick(care.Updates.Select(u => u.Id), -1);
        var handoff = care.OpenHandoff;
        var contact = Say.Lee with
        {
            Id = new Guid(a % 3, 0, 0, new byte[8]),
            Name = "C" + a % 3,
            Order = b,
            Consent = (Consent)((a + b) % 4),
            Phone = a % 2 == 0
                ? "555-0100"
                : null,
            Email = a == 3 ? null : "c@example.org",
            Spokesperson = b == 1,
        };
        return what switch
        {
            28 => Say.Ask(at - a, (QuestionKind)(a % 5), b == 0 ? null : new Person("S" + b, "Staff " + b), b == 3 ? at + 5 : null),
            29 => Say.Answer(at, question, b == 0 ? Say.Other : Say.Nurse),
            30 => Say.Confirm(at, question, b != 0, b == 1 ? new Actor(Actor.FamilyId) : Say.Nurse),
            31 => b == 0 ? new WithdrawQuestion(default, Say.Nurse, Spec.At(at), question, "asked twice") : new TakeQuestion(default, Say.Nurse,
                Spec.At(at), question, b == 1 ? null : new Person("S" + a, "Staff")),
            32 => Say.Promise(at - a, at + 15 * b),
            33 => Say.Keep(at, promise),
            34 => new WithdrawPromise(default, Say.Nurse, Spec.At(at), promise, "none left"),
            35 or 36 => Say.Offer(at - a, "S" + (a % 3 + 1), (CareRole)(b % 3)),
            37 or 38 => Say.Accept(at, handoff?.Id ?? default, b == 3 ? "S9" : handoff?.To?.Id ?? "S1"),
            39 => b == 0 ? new WithdrawHandoff(default, Say.Nurse, Spec.At(at), handoff?.Id ?? default) : Say.HandBack(at, handoff?.Id
                ?? default, handoff?.To?.Id ?? "S1"),
            40 => Say.Request(at - a, (RequestKind)(a + b > 7 ? 7 : a + b), b == 3 ? at + 20 : null),
            41 => Say.TakeOn(at, request, b == 0 ? Say.Nurse : Say.Other),
            42 => Say.Finish(at, request),
            43 => new WithdrawRequest(default, Say.Nurse, Spec.At(at), request, "not needed"),
            44 => b == 0 ? Say.Note(at - a, a > 4 ? null : "Note " + a) : Say.Round(at - a, a),
            45 or 46 => Say.Contact(at, contact),
            47 => b == 0 ? Say.Lock(at, a > 3, (PrivacyLock)(a % 3)) : Say.Hold(at, b == 1),
            48 or 49 => Say.Send(at - a, b == 0 ? null : "delay", b == 0 ? "All is well" : null),
            50 => b == 0 ? new RecallUpdate(default, Say.Nurse, Spec.At(at), update) : new RemoveContact(default, Say.Nurse, Spec.At(at), contact.Id),
            51 => Say.Ended(at, update, (DeliveryAnswer)b, a % 2 == 0 ? Channels.Sms : Channels.Email, new Guid(a % 3, 0, 0, new byte[8])),
            52 => new GivePulse(default, new Actor(Actor.FamilyId), Spec.At(at), a, null, null),
            _ => b == 0 ? new NoteLifeEvent(default, Say.Nurse, Spec.At(at), "Anniversary", new DateOnly(2031, 3, 14 + a)) : new SeeAlert(default,
                Say.Nurse, Spec.At(at), Pick(spec.Visit.Alerts.Select(x => x.Id), a)),
        };
    }

    private static Guid Pick(IEnumerable<Guid> ids, int at) =>
        ids.ToArray() is { Length: > 0 } all ? all[at < 0 ? all.Length - 1 : at % all.Length] : default;

    /// <summary>Tells a story, and hands over the visit after every command.</summary>
    internal static Spec Tell((int What, int Minutes, int A, int B)[] story, Action<Spec>? after = null, bool review = true)
    {
        var spec = new Spec();
        var minute = 0;
        foreach (var (what, minutes, a, b) in story)
        {
            minute += minutes;
            while (review && spec.NextDeadline is { } due && due <= Spec.At(minute)) spec.ReviewAt(due);
            spec.When(Any(spec, what, minute, a, b), minute);
            after?.Invoke(spec);
        }

        return spec;
    }

    [Fact]
    public void Every_order_of_hearing_the_feed_gives_the_same_course() => Gen.Select(Feeds, Gen.Int[0, int.MaxValue]).Sample((feed, seed) =>
    {
        var history = new List<VisitCommand>();
        for (var i = 0; i < feed.Length; i++)
        {
            var (what, a, b) = feed[i];
            var command = FromFeed(what, 10 * (i + 1), a, b);
            // Cancels name what they cancel: without a name the latest that was heard is meant.
            if (command is Cancel cancel)
            {
                var named = history.LastOrDefault(c => Cancels(cancel.What, c));
                if (named is null) continue;
                command = cancel with { CancelledAt = named.OccurredAt };
            }

            history.Add(command with { Id = Spec.Command(i + 1) });
        }

        var shuffled = history.ToArray();
        new Random(seed).Shuffle(shuffled);
        var inOrder = new Spec();
        foreach (var command in history) inOrder.When(command, 1000);
        var anyOrder = new Spec();
        foreach (var command in shuffled) anyOrder.When(command, 1000);
        Assert.Equal(Spec.Text(inOrder.Course), Spec.Text(anyOrder.Course));
    }, iter: 4_000);

    private static bool Cancels(CancelledFact what, VisitCommand command) => what switch
    {
        CancelledFact.Expected => command is Expect,
        CancelledFact.Arrival => command is Arrive or Admit,
        CancelledFact.Transfer => command is Transfer,
        CancelledFact.Discharge => command is Discharge,
        CancelledFact.PlannedAdmit => command is Plan { Kind: PlanKind.Admit },
        CancelledFact.PlannedTransfer => command is Plan { Kind: PlanKind.Transfer },
        CancelledFact.PlannedDischarge => command is Plan { Kind: PlanKind.Discharge },
        CancelledFact.GoingOut => command is GoOut,
        CancelledFact.Reaching => command is Reach,
        CancelledFact.Leave => command is GoOnLeave,
        _ => command is ReturnFromLeave,
    };

    /// <summary>
    /// A feed that says everything again, as new messages, says nothing new: neither of itself nor over what people recorded since.
    /// </summary>
    [Fact]
    public void What_people_recorded_survives_every_repetition_of_the_feed() => Stories.Sample(story =>
    {
        var said = new List<FeedCommand>();
        var minute = 0;
        var spec = new Spec();
        foreach (var (what, minutes, a, b) in story)
        {
            minute += minutes;
            var command = Any(spec, what, minute, a, b);
            // Cancels name what they cancel: without a name the latest that was heard is meant.
            if (command is Cancel cancel)
            {
                if (said.LastOrDefault(c => Cancels(cancel.What, c)) is not { } named) continue;
                command = cancel with { CancelledAt = named.OccurredAt };
            }

            if (command is FeedCommand feed)
            {
                // Of what contradicts itself about one moment the later heard counts, a repetition too.
                if (said.Any(c => c.OccurredAt == feed.OccurredAt && c.GetType() == feed.GetType())) continue;
                said.Add(feed);
            }

            spec.When(command, minute);
        }

        spec.ReviewAt(Spec.At(minute));
        var before = Spec.Text(spec.Course);
        foreach (var again in said) spec.When(again, minute);
        Assert.Equal(before, Spec.Text(spec.Course));
    }, iter: 2_000);

    [Fact]
    public void A_cancel_takes_its_fact_back_and_every_clock_with_it() => Gen.Select(Stories, Gen.Int[0, 7], Gen.Int[1, 6]).Sample((story, what, a) =>
    {
        var spec = Tell(story, review: false);
        // Who is not here is brought here by whatever happens to them, and stays when that turns out never to have been.
        if (spec.Course.Status is not VisitStatus.Present) return;
        var minute = (spec.Now - Spec.Door).TotalMinutes + 1;
        spec.ReviewAt(Spec.At(minute));
        var (before, running) = (Spec.Text(spec.Course), Running(spec));
        var (fact, cancelled) = what switch
        {
            0 => (Say.Transfer(minute, Places[a]), CancelledFact.Transfer),
            1 => (Say.Discharge(minute, "01"), CancelledFact.Discharge),
            2 => (Say.GoOut(minute, Places[a]), CancelledFact.GoingOut),
            3 => (Say.Reach(minute, Places[a]), CancelledFact.Reaching),
            4 => (Say.Leave(minute), CancelledFact.Leave),
            5 => (Say.Return(minute), CancelledFact.Return),
            6 => (Say.Plan(minute, PlanKind.Admit, Places[a]), CancelledFact.PlannedAdmit),
            _ => ((FeedCommand)Say.Plan(minute, PlanKind.Discharge), CancelledFact.PlannedDischarge),
        };
        spec.When(fact, minute);
        if (spec.Decision.Events.IsEmpty) return;
        spec.When(Say.Cancel(minute, cancelled, minute) with { Details = VisitDetails.None }, minute);
        Assert.Equal(before, Spec.Text(spec.Course));
        Assert.Equal(running, Running(spec));
    }, iter: 2_000);

    /// <summary>What calls for somebody; who had taken it is asked anew after an end that never was.</summary>
    private static IEnumerable<(string, Severity)> Running(Spec spec) => Lasting(spec).Select(a => (a.Rule, a.Severity)).Order();

    [Fact]
    public void Folding_one_by_one_equals_replaying_all() => Stories.Sample(story =>
        Tell(story, spec => Assert.Equal(Spec.Text(CourseFold.Replay(spec.Visit.Entries)), Spec.Text(spec.Course))), iter: 800);

    [Fact]
    public void A_snapshot_is_the_visit() => Stories.Sample(story =>
    {
        var visit = Tell(story).Visit;
        var read = VisitSnapshotJson.Read(VisitSnapshotJson.Write(visit))!;
        Assert.Equal(Spec.Text(visit), Spec.Text(read));
        Assert.Equal(VisitSnapshotJson.Write(visit), VisitSnapshotJson.Write(read));
    }, iter: 500);

    [Fact]
    public void The_journal_replayed_is_the_visit() => Stories.Sample(story =>
    {
        var spec = Tell(story);
        var visit = Visit.Unknown;
        foreach (var c in spec.Commits)
            visit = VisitFold.Fold(visit, VisitJson.Read(c.Version, c.Command, c.RecordedAt, VisitJson.Write(c.By, c.Events)));
        Assert.Equal(VisitSnapshotJson.Write(spec.Visit), VisitSnapshotJson.Write(visit));
    }, iter: 500);

    [Fact]
    public void Deciding_twice_decides_the_same() => Stories.Sample(story =>
    {
        var spec = Tell(story[..^1]);
        var command = Any(spec, story[^1].What, 5_000, story[^1].A, story[^1].B) with { Id = Spec.Command(777) };
        byte[] Decide() => VisitJson.Write(command.By, VisitDecider.Decide(Spec.Id, spec.Visit, command, spec.Policy, Spec.At(5_000)).Events);
        Assert.Equal(Decide(), Decide());
    }, iter: 1_000);

    [Fact]
    public void After_every_command_nothing_is_left_to_review() => Stories.Sample(story =>
        Tell(story, spec => Assert.Empty(VisitDecider.Review(Spec.Id, spec.Visit, spec.Policy, spec.Now)
            .Where(_ => spec.Commits.Count > 0 && spec.Commits[^1].RecordedAt == spec.Now))), iter: 1_000);

    [Fact]
    public void The_next_deadline_is_the_next_instant_at_which_a_review_does_something() =>
        Gen.Select(Stories, Gen.Double[0, 1]).Sample((story, part) => Tell(story, spec =>
        {
            var due = spec.NextDeadline;
            var until = due ?? spec.Now.AddDays(3);
            foreach (var now in new[] { spec.Now, spec.Now + (until - spec.Now) * part, until.AddTicks(-1) })
                if (now >= spec.Now && now < until) Assert.Empty(VisitDecider.Review(Spec.Id, spec.Visit, spec.Policy, now));
            // At that of a lock the person is told again, which is no event.
            if (due is { } at && StaffLocks.Untold(spec.Visit) is null) Assert.NotEmpty(VisitDecider.Review(Spec.Id, spec.Visit, spec.Policy, at));
        }), iter: 1_000);

    [Fact]
    public void Reviewing_at_many_instants_raises_an_alert_once_per_clock() => Gen.Select(Stories, Gen.Int[1, 37]).Sample((story, every) =>
    {
        var spec = Tell(story);
        for (var i = 0; i < 200; i++) spec.ReviewAt(spec.Now.AddMinutes(every));
        var raised = spec.Commits.SelectMany(c => c.Events).OfType<AlertRaised>().ToArray();
        Assert.Equal(raised.Select(r => r.Alert).Distinct(), raised.Select(r => r.Alert));
        Assert.Equal(raised.Select(r => (r.Rule, r.Since)).Distinct(), raised.Select(r => (r.Rule, r.Since)));
    }, iter: 1_000);

    [Fact]
    public void One_alert_of_a_rule_is_open_at_a_time_and_none_once_the_visit_ended() => Stories.Sample(story => Tell(story, spec =>
    {
        var open = spec.Visit.Alerts.Where(a => a.IsOpen).Select(a => a.Rule).ToArray();
        Assert.Equal(open.Distinct(), open);
        if (spec.Course.Status != VisitStatus.Present) Assert.Empty(open);
    }), iter: 800);

    [Fact]
    public void Rows_views_timelines_and_search_text_can_always_be_made() => Stories.Sample(story => Tell(story, spec =>
    {
        Assert.NotEmpty(spec.View.Row.Unit + "x");
        Assert.Equal(VisitJson.WriteRow(spec.Row), VisitJson.WriteRow(VisitJson.ReadRow(VisitJson.WriteRow(spec.Row))));
        Assert.NotNull(Narrator.Tell(spec.Commits, spec.Visit, spec.Policy, spec.Now).ToString());
        Assert.NotNull(VisitProjection.SearchText(spec.Visit));
    }), iter: 1_000);

    [Fact]
    public void Remembered_commands_are_recognised() => Stories.Sample(story =>
    {
        var spec = Tell(story);
        foreach (var commit in spec.Commits.TakeLast(Visit.RememberedCommands)) Assert.True(spec.Visit.Remembers(new CommandId(commit.Command)));
        Assert.InRange(spec.Visit.Commands.Length, 0, Visit.RememberedCommands);
    }, iter: 300);

    [Fact]
    public void Undo_of_the_last_staff_command_restores_the_course() => Stories.Sample(story =>
    {
        var spec = Tell(story[..^1]);
        var before = Standing(spec);
        var open = Open(spec);
        var minute = (spec.Now - Spec.Door).TotalMinutes;
        var command = Any(spec, 15 + story[^1].What % 39, minute, story[^1].A, story[^1].B);
        if (command is FeedCommand or Undo or SeeAlert or EndDelivery) return;
        spec.When(command, minute);
        if (spec.Decision.Events.IsEmpty) return;
        spec.When(Say.Undo(minute, spec.Last), minute);
        // What a family said is theirs to take back.
        if (command.By.Id == Actor.FamilyId && spec.Refused == RefusalCodes.CannotBeTakenBack) return;
        Assert.Null(spec.Refused);
        Assert.Equal(before, Standing(spec));
        Assert.Equal(open, Open(spec));

        // Of a lock that was taken back is said anew what stood before.
        static string Standing(Spec spec) =>
            Spec.Text(spec.Course with { Care = spec.Care with { Locks = PersonLocks.None, LocksOfPerson = PersonLocks.None } })
            + string.Join(' ', spec.Row.Locks);
    }, iter: 1_000);

    [Fact]
    public void Who_has_an_alert_has_it_until_they_act_their_time_passes_or_another_wait_begins() => Stories.Sample(story =>
    {
        foreach (var alert in Tell(story).Commits.SelectMany(c => c.Events.Select(e => (c.RecordedAt, Event: e, Alert: AlertOf(e))))
            .Where(e => e.Alert is not null).GroupBy(e => e.Alert))
        {
            bool isOwned = false;
            DateTimeOffset? stoppedAt = null;
            foreach (var (at, e, _) in alert)
            {
                // Called out again only after it was let go: by its owner's time, by an end of the snooze, by a deed or by an undo.
                if (e is AlertEscalated) Assert.False(isOwned, $"{at:o} called out though owned");
                isOwned = e switch
                {
                    AlertAcknowledged or AlertSnoozed => true,
                    AlertLapsed or AlertWoke or AlertRestored or AlertResolved { How: Resolutions.Acted } => false,
                    _ => isOwned,
                };
                if (e is AlertStopped) stoppedAt = at;
                if (e is AlertResumed) stoppedAt = null;
                if (e is AlertResolved { How: Resolutions.Cleared } && stoppedAt is { } stopped)
                    Assert.True(at - stopped >= TimeSpan.FromSeconds(30) || at == stopped, "went before its dwell");
            }
        }
    }, iter: 1_000);

    private static Guid? AlertOf(VisitEvent e) => e switch
    {
        AlertRaised a => a.Alert,
        AlertReopened a => a.Alert,
        AlertAcknowledged a => a.Alert,
        AlertSnoozed a => a.Alert,
        AlertWoke a => a.Alert,
        AlertLapsed a => a.Alert,
        AlertResolved a => a.Alert,
        AlertRestored a => a.Alert,
        AlertEscalated a => a.Alert,
        AlertStopped a => a.Alert,
        AlertResumed a => a.Alert,
        AlertShadowed a => a.Alert,
        _ => null,
    };

    /// <summary>
    /// How far back an alert can be restored is bounded, so that is left out. So is what merely stays for its dwell, which an undo need not wait for,
    /// and whom an alert called out to: nobody is called back.
    /// </summary>
    private static string Open(Spec spec) =>
        JsonSerializer.Serialize(Lasting(spec).OrderBy(a => a.Id)
            .Select(a => a with { Before = null, Rung = 0, EscalatedTo = null, EscalatedAt = null }));

    /// <summary>The open alerts without those that stay for their dwell alone.</summary>
    private static IEnumerable<Alert> Lasting(Spec spec)
    {
        var going = AlertRules.Review(Spec.Id, spec.Visit, spec.Policy, spec.Now, atOnce: true).OfType<AlertResolved>()
            .Select(resolved => resolved.Alert).ToHashSet();
        return spec.Visit.Alerts.Where(a => a.IsOpen && !going.Contains(a.Id));
    }
}

using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Alerts;
using Journey.Contracts.Visits;

namespace Journey.Domain.Facts;

/// <summary>Applies commits to a <see cref="Visit"/>. Total: whatever was decided can be folded.</summary>
public static class VisitFold
{
    /// <param name="foreseen">How far the decider has come with the same commit on the same visit; null: not at all.</param>
    public static Visit Fold(Visit visit, VisitCommit commit, Foreseen? foreseen = null)
    {
        var before = visit.Course;
        if (foreseen is not null) visit = foreseen.Visit with { Commands = visit.Commands, Unverified = visit.Unverified };
        foreach (var e in commit.Events.AsSpan()[(foreseen?.Events ?? 0)..])
            visit = Apply(visit.IsErased ? visit with { IsErased = false } : visit, e, commit);
        return visit with
        {
            Version = commit.Version,
            HeardAt = commit.RecordedAt,
            Commands = Remember(visit.Commands, commit.Command),
            Unverified = Unverified(visit, before, commit.RecordedAt)
        };
    }

    private static Unverified? Unverified(Visit visit, Course before, DateTimeOffset at) =>
        (before.IsProbablyGone, visit.Course.IsProbablyGone) switch
        {
            // What another unit was asked is no answer to what this one is.
            _ when before.Unit != visit.Course.Unit => visit.Course.IsProbablyGone ? new(at, null) : null,
            (false, true) => new(at, null),
            (true, false) => new(visit.Unverified?.Since ?? at, at),
            _ => visit.Unverified,
        };

    /// <summary>The visit as it would be after <paramref name="events"/>, which are not committed yet.</summary>
    internal static Visit Preview(Visit visit, ImmutableArray<VisitEvent> events, Actor by, CommandId command, DateTimeOffset now) =>
        Fold(visit, new VisitCommit(visit.Version, command.Value, now, by, events));

    private static Visit Apply(Visit visit, VisitEvent e, VisitCommit commit) => e switch
    {
        FeedFact f =>
            Insert(visit with { FedLateAt = f.Said.IsLate == true ? commit.RecordedAt : null },
                new CourseEntry(f, commit.Command, commit.RecordedAt, commit.By)),
        Linked { Ends: true, Link.As: LinkKind.AdmittedFrom } f =>
            Insert(GiveBack(visit, f.Link.Other), new CourseEntry(f, commit.Command, commit.RecordedAt, commit.By)),
        HandsChanged f => Insert(visit with { Contacts = [] }, new CourseEntry(f, commit.Command, commit.RecordedAt, commit.By)),
        Fact f => Insert(visit, new CourseEntry(f, commit.Command, commit.RecordedAt, commit.By)),
        Noted => visit,
        CareCarried c => Carry(visit, c),
        Identified i => visit with { Patient = i.Patient },
        Numbered n =>
            visit with
            {
                Renumbered = n.Number,
                GivenUp = n.From is { } from
                ? visit.GivenUp.Remove(n.Number).Remove(from).Add(from)
                : visit.GivenUp
            },
        FamilyKnown k => visit with { Contacts = k.Contacts },
        Undone u => TakeBack(visit, u.Command),
        AlertRaised a => visit with
        {
            Alerts = Trim(
                visit.Alerts
                    .Add(OnLadder(new Alert(a.Alert, a.Rule, a.Severity, AlertState.Raised, a.Since, a.DueAt,
                        commit.RecordedAt)
                    { IsShadow = a.Shadow == true }, commit.RecordedAt))),
        },
        AlertEased a => Change(visit, a.Alert, x => OnLadder(x with { Severity = a.Severity }, commit.RecordedAt)),
        AlertWorsened a => Change(visit, a.Alert, x => OnLadder(x with { Severity = a.Severity }, commit.RecordedAt)),
        AlertAcknowledged a => Change(visit, a.Alert, x => x.ChangeBy(commit.Command, commit.RecordedAt) with
        {
            State = AlertState.Acknowledged,
            Owner = commit.By,
            ExpectedBy = a.ExpectedBy,
            SnoozedUntil = null,
            Reason = null,
            LadderSince = null,
            SeenAt = x.SeenAt ?? commit.RecordedAt,
            SeenBy = x.SeenBy ?? commit.By,
            TakenAt = x.TakenAt ?? commit.RecordedAt,
        }),
        AlertSnoozed a => Change(visit, a.Alert, x => x.ChangeBy(commit.Command, commit.RecordedAt) with
        {
            // Whoever has it has it still: taking it over has to be said.
            State = AlertState.Snoozed,
            Owner = x is { State: AlertState.Acknowledged, Owner: { } owner }
                ? owner
                : commit.By,
            SnoozedUntil = a.Until,
            Reason = a.Reason,
            LadderSince = null,
        }),
        AlertWoke a =>
            Change(visit, a.Alert,
                x => OnLadder(OffLadder(x) with { State = AlertState.Raised, Owner = null, SnoozedUntil = null, Reason = null }, commit.RecordedAt)),
        AlertSeen a => Change(visit, a.Alert, x => x.SeenAt is null ? x with { SeenAt = commit.RecordedAt, SeenBy = commit.By } : x),
        AlertEscalated a => Change(visit, a.Alert, x => x with { Rung = a.Rung, EscalatedTo = a.To, EscalatedAt = commit.RecordedAt }),
        AlertLapsed a => Change(visit, a.Alert, x => Lapse(x, commit.RecordedAt)),
        AlertResolved a => Change(visit, a.Alert, x => x.ChangeBy(commit.Command, commit.RecordedAt) with
        {
            State = AlertState.Resolved,
            ResolvedAt = commit.RecordedAt,
            Resolution = a.How,
            Reason = a.Action ?? x.Reason,
            SnoozedUntil = null,
            LadderSince = null,
        }),
        AlertStopped a => Change(visit, a.Alert, x => x with { StoppedAt = commit.RecordedAt }),
        AlertResumed a => Change(visit, a.Alert, x => x with { StoppedAt = null }),
        // What it was before somebody changed it is due then too.
        AlertRetimed a => Change(visit, a.Alert, x => Retimed(x, a)),
        // Whoever has it has it again when it comes back: nobody is called twice.
        AlertShadowed a =>
            Change(visit, a.Alert, x => a.Shadow ? x with { IsShadow = true } : OnLadder(x with { IsShadow = false }, commit.RecordedAt)),
        AlertReopened a => Change(visit, a.Alert, x => Reopen(x, a.Severity, a.DueAt, commit.RecordedAt)),
        AlertRestored a => Change(visit, a.Alert, x =>
            x.Before is { } before ? OnLadder(before with { Severity = x.Severity }, commit.RecordedAt) : Reopen(x, null, null, commit.RecordedAt)),
        GlassBroken g => visit with
        {
            Glass = (visit.Glass.Length < Visit.RememberedGrants ? visit.Glass : visit.Glass.RemoveAt(0))
                .Add(new GlassGrant(g.Grant, g.Holder, commit.By, g.Reason, commit.RecordedAt, g.Until)),
        },
        // Of the journal and of the list: the visit admits nobody more or less by it.
        GlassReviewed => visit,
        Erased => Visit.Unknown with { IsErased = true },
        _ => throw new InvalidOperationException($"No rule for the event {e.GetType().Name}."),
    };

    private static Visit Insert(Visit visit, CourseEntry entry)
    {
        var entries = visit.Entries;
        var at = entries.Length;
        while (at > 0 && entries[at - 1].Fact.At > entry.Fact.At) at--;
        entries = entries.Insert(at, entry);
        // In order, and nothing that weighs on what came before: one step. Otherwise the whole course is worked out anew.
        var next = Chronology.Next(entries, at);
        entries = Memory.Forget(entries, at, out var shapesOn);
        var course = next is not null && !shapesOn ? CourseFold.Apply(visit.Course, next) : CourseFold.Replay(entries);
        if (Memory.Settled(course.Care) is not { } settled) return visit with { Entries = entries, Course = course };
        entries = Memory.Forget(entries, settled);
        return visit with { Entries = entries, Course = CourseFold.Replay(entries) };
    }

    /// <summary>What came along stands among the facts as if it had been recorded here; what is here already is not taken twice.</summary>
    private static Visit Carry(Visit visit, CareCarried carried)
    {
        var entries = visit.Entries.ToBuilder();
        foreach (var document in carried.Entries)
        {
            var entry = document.Read() with { From = carried.From };
            if (entries.Any(e => e.Command == entry.Command && e.Fact.GetType() == entry.Fact.GetType() && e.Fact.At == entry.Fact.At)) continue;
            var at = entries.Count;
            while (at > 0 && entries[at - 1].Fact.At > entry.Fact.At) at--;
            entries.Insert(at, entry);
        }

        var all = entries.ToImmutable();
        return visit with { Entries = all, Course = CourseFold.Replay(all) };
    }

    /// <summary>What came along from a visit that this one turns out not to continue is that one's again, with what was said of it here.</summary>
    private static Visit GiveBack(Visit visit, VisitId to)
    {
        var items = visit.Entries.Where(e => e.From == to).Select(e => e.Fact).OfType<ItemFact>().Select(f => f.Item).ToHashSet();
        return visit with { Entries = visit.Entries.RemoveAll(e => e.From == to || e.Fact is ItemFact f && items.Contains(f.Item)) };
    }

    private static Visit TakeBack(Visit visit, Guid command)
    {
        var entries = visit.Entries.Select(e => e.Command == command ? e with { Undone = true } : e).ToImmutableArray();
        // A family that was set aside is theirs again, unless somebody has named one since.
        var family = visit.Contacts.IsEmpty
            ? visit.Entries.LastOrDefault(e => e.Command == command && e.Fact is HandsChanged)?.Fact is HandsChanged { Contacts: { } contacts }
            ? contacts
            : []
            : visit.Contacts;
        return visit with { Entries = entries, Course = CourseFold.Replay(entries), Contacts = family };
    }

    /// <summary>
    /// The same cause is the same alert: whoever has it has it still, and nobody is called twice. Where somebody said that they had acted, it is
    /// called out anew.
    /// </summary>
    private static Alert Reopen(Alert alert, Severity? severity, DateTimeOffset? dueAt, DateTimeOffset at) =>
        alert is { Before: { } before, Resolution: not Resolutions.Acted }
        ? OnLadder(before with { Severity = severity ?? alert.Severity, DueAt = dueAt ?? alert.DueAt, StoppedAt = null }, at)
        : Anew(alert, severity, dueAt, at);

    private static Alert Retimed(Alert alert, AlertRetimed to) =>
        alert with { Id = to.As ?? alert.Id, Since = to.Since, DueAt = to.DueAt, Before = alert.Before is { } before ? Retimed(before, to) : null };

    private static Alert Anew(Alert alert, Severity? severity, DateTimeOffset? dueAt, DateTimeOffset at) => OnLadder(OffLadder(alert) with
    {
        StoppedAt = null,
        State = AlertState.Raised,
        Severity = severity ?? alert.Severity,
        DueAt = dueAt ?? alert.DueAt,
        Owner = null,
        ExpectedBy = null,
        SnoozedUntil = null,
        Reason = null,
        ResolvedAt = null,
        Resolution = null,
        ChangedBy = null,
        ChangedAt = null,
        Before = null,
    }, at);

    /// <summary>Its owner's time passed: it stays theirs in name, and is called out anew.</summary>
    internal static Alert Lapse(Alert alert, DateTimeOffset at) =>
        OnLadder(OffLadder(alert) with { State = AlertState.Raised, ExpectedBy = null }, at);

    /// <summary>A warning that nobody has taken is called out; a notice is not.</summary>
    private static Alert OnLadder(Alert alert, DateTimeOffset at) =>
        alert.State != AlertState.Raised || alert.IsShadow ? alert : alert.Severity < Severity.Warning ? OffLadder(alert) : alert.LadderSince is null
        ? alert with { LadderSince = at }
        : alert;

    private static Alert OffLadder(Alert alert) => alert with { LadderSince = null, Rung = 0, EscalatedTo = null, EscalatedAt = null };

    private static Visit Change(Visit visit, Guid id, Func<Alert, Alert> change)
    {
        var alerts = visit.Alerts;
        for (var i = 0; i < alerts.Length; i++)
            if (alerts[i].Id == id) return visit with { Alerts = alerts.SetItem(i, change(alerts[i])) };
        return visit;
    }

    /// <summary>
    /// Drops the oldest resolved alert once there are many, but never the last of its rule that was resolved, nor the last that somebody
    /// acted on: clocks run from there.
    /// </summary>
    private static ImmutableArray<Alert> Trim(ImmutableArray<Alert> alerts)
    {
        if (alerts.Length <= Visit.RememberedAlerts) return alerts;
        for (var i = 0; i < alerts.Length; i++)
            if (!alerts[i].IsOpen && IsOutlived(alerts, i)) return alerts.RemoveAt(i);
        return alerts;
    }

    private static bool IsOutlived(ImmutableArray<Alert> alerts, int at)
    {
        var (later, laterActed) = (false, alerts[at].Resolution != Resolutions.Acted);
        for (var i = 0; i < alerts.Length; i++)
        {
            if (i == at || alerts[i].IsOpen || alerts[i].Rule != alerts[at].Rule) continue;
            later |= i > at;
            laterActed |= alerts[i].Resolution == Resolutions.Acted && alerts[i].ResolvedAt >= alerts[at].ResolvedAt;
        }

        return later && laterActed;
    }

    private static ImmutableArray<Guid> Remember(ImmutableArray<Guid> commands, Guid command) =>
        (commands.Length < Visit.RememberedCommands ? commands : commands.RemoveAt(0)).Add(command);
}

using System.Collections.Immutable;
using System.Globalization;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Policies;
using Journey.Domain.Staff;

namespace Journey.Domain.Alerts;

/// <summary>
/// The rule engine: from a visit, a policy and the time, which alerts begin, worsen, are called out or end. The same live and in replay.
/// </summary>
public static class AlertRules
{
    /// <summary>The events that make the visit's alerts agree with the policy at <paramref name="now"/>. Empty when they do.</summary>
    /// <param name="atOnce">True when something was taken back: what no longer applies then goes without a minimum stay.</param>
    public static ImmutableArray<VisitEvent> Review(VisitId id, Visit visit, Policy policy, DateTimeOffset now, bool atOnce = false,
        Duty? duty = null)
    {
        var events = ImmutableArray.CreateBuilder<VisitEvent>();
        foreach (var rule in policy.Rules) Review(events, id, visit, policy, rule, now, atOnce);
        // A rule that the policy no longer has keeps nobody waiting.
        foreach (var alert in visit.Alerts)
            if (alert.IsOpen && policy.Rule(alert.Rule) is null) events.Add(new AlertResolved(alert.Id, Resolutions.Cleared, null));
        var after = events.Count == 0 ? visit : VisitFold.Preview(visit, events.ToImmutable(), Actor.System, default, now);
        foreach (var alert in after.Alerts)
            if (alert is { IsOpen: true, IsShadow: false }) Escalation.Review(events, after, alert, policy, now, duty ?? Duty.Unknown);
        return events.ToImmutable();
    }

    /// <summary>
    /// The next instant at which a review would do something: <paramref name="now"/> when it would already, as after a change of policy;
    /// null when it never would.
    /// </summary>
    public static DateTimeOffset? NextDeadline(Visit visit, Policy policy, DateTimeOffset now, Duty? duty = null)
    {
        DateTimeOffset? next = null;
        foreach (var rule in policy.Rules) next = Earlier(next, NextOf(visit, policy, rule, now));
        foreach (var alert in visit.Alerts)
        {
            if (!alert.IsOpen) continue;
            if (policy.Rule(alert.Rule) is null) return now;
            if (alert.IsShadow) continue;
            next = Earlier(next, Escalation.Next(visit, alert, policy, now, duty ?? Duty.Unknown));
        }

        return next;
    }

    private static void Review(
        ImmutableArray<VisitEvent>.Builder events, VisitId id, Visit visit, Policy policy, Rule rule, DateTimeOffset now, bool atOnce)
    {
        var clock = Clocks.Clock(visit, policy, rule);
        var open = OpenAlert(visit, rule, clock);
        if (clock?.Level(now) is { } severity)
        {
            if (open is not null) Follow(events, id, visit, policy, rule, open, clock.Value, severity, now);
            else if (HeldUntil(visit, policy, rule, clock.Value, severity) > now) return;
            else Raise(events, id, visit, policy, rule, clock.Value, severity, now);
        }
        else if (open is not null)
        {
            if (atOnce || StaysUntil(visit, policy, rule, open, clock, now) is not { } until || until <= now)
                events.Add(Resolve(visit, policy, rule, open, clock));
            else if (open.StoppedAt is null) events.Add(new AlertStopped(open.Id));
        }

        // What was taken back may have ended one alert and let another begin; and each item has an alert of its own.
        foreach (var alert in visit.Alerts)
            if (alert.IsOpen && alert.Rule == rule.Key && alert != open)
                events.Add(rule.IsOfItems ? Resolve(visit, policy, rule, alert, clock) : new AlertResolved(alert.Id, Resolutions.Cleared, null));
    }

    /// <summary>
    /// An open alert and its clock: as grave, and due at the same time. The same clock has the same alert, whichever was known first.
    /// </summary>
    private static void Follow(ImmutableArray<VisitEvent>.Builder events, VisitId id, Visit visit, Policy policy, Rule rule, Alert open,
        RunningClock clock, Severity severity, DateTimeOffset now)
    {
        var alert = open.Since == clock.Since ? open.Id : AlertId(id, rule, clock.Since);
        var isAnother = IsAnother(rule, open, clock);
        if (isAnother || alert != open.Id && visit.Alert(alert) is not null)
        {
            events.Add(new AlertResolved(open.Id, isAnother ? HowAnother(visit.Course, rule, open) : Resolutions.Cleared, null));
            Raise(events, id, visit, policy, rule, clock, severity, now);
            return;
        }

        if (open.StoppedAt is not null) events.Add(new AlertResumed(open.Id));
        if (IsRetimed(open, clock)) events.Add(new AlertRetimed(open.Id, clock.Since, clock.DueAt, alert == open.Id ? null : alert));
        if (open.IsShadow != IsShadow(visit, policy, rule)) events.Add(new AlertShadowed(alert, !open.IsShadow));
        if (severity > open.Severity) events.Add(new AlertWorsened(alert, severity));
        // Time alone never eases an alert; another acuity, or an undo, gives it another target.
        else if (severity < open.Severity) events.Add(new AlertEased(alert, severity));
        if (open is { State: AlertState.Snoozed, IsShadow: false }
            && (open.SnoozedUntil <= now || severity > open.Severity && severity == Severity.Critical))
            events.Add(new AlertWoke(alert));
    }

    private static DateTimeOffset? NextOf(Visit visit, Policy policy, Rule rule, DateTimeOffset now)
    {
        var clock = Clocks.Clock(visit, policy, rule);
        var open = OpenAlert(visit, rule, clock);
        foreach (var alert in visit.Alerts)
            if (alert.IsOpen && alert.Rule == rule.Key && alert != open) return now;
        var level = clock?.Level(now);
        DateTimeOffset? stays = null;
        if (level is null && open is not null)
        {
            if (open.StoppedAt is null || StaysUntil(visit, policy, rule, open, clock, now) is not { } until || until <= now) return now;
            stays = until;
        }
        else if (open is not null && level is not null
            && (open.StoppedAt is not null || IsRetimed(open, clock!.Value) || open.IsShadow != IsShadow(visit, policy, rule)))
            return now;
        else if (level != open?.Severity)
        {
            if (open is not null || level is not { } waiting || HeldUntil(visit, policy, rule, clock!.Value, waiting) is not { } held || held <= now)
                return now;
            stays = held;
        }

        var next = Earlier(stays, clock?.NextAbove(level, now));
        return open is { State: AlertState.Snoozed, IsShadow: false, SnoozedUntil: { } woken } ? Earlier(next, woken > now ? woken : now) : next;
    }

    /// <summary>The same clock raises the same alert: one that was closed too early, by something since undone, is opened again.</summary>
    private static void Raise(ImmutableArray<VisitEvent>.Builder events, VisitId id, Visit visit, Policy policy, Rule rule, RunningClock clock,
        Severity severity, DateTimeOffset now)
    {
        var alert = AlertId(id, rule, clock.Since);
        var shadow = IsShadow(visit, policy, rule);
        if ((visit.Alert(alert) ?? BeforeASlip(visit, rule, now)) is not { } earlier)
        {
            events.Add(new AlertRaised(alert, rule.Key, severity, clock.Since, clock.DueAt, shadow ? true : null));
            return;
        }

        if (earlier.Id != alert) events.Add(new AlertRetimed(earlier.Id, clock.Since, clock.DueAt, alert));

        events.Add(new AlertReopened(alert, severity, clock.DueAt));
        if (earlier.IsShadow != shadow) events.Add(new AlertShadowed(alert, shadow));
        if (earlier is { Before: { State: AlertState.Snoozed, SnoozedUntil: { } until }, Resolution: not Resolutions.Acted } && until <= now)
            events.Add(new AlertWoke(alert));
    }

    /// <summary>
    /// The alert that ended just now because the visit did, which goes on by another door: who was called off by mistake and is registered again, to
    /// the minute or the second, waits as before.
    /// </summary>
    private static Alert? BeforeASlip(Visit visit, Rule rule, DateTimeOffset now)
    {
        if (rule.IsOfItems || rule.Starts is not (ClockStart.Arrived or ClockStart.Door or ClockStart.Boarding or ClockStart.Unowned)) return null;
        Alert? last = null;
        foreach (var alert in visit.Alerts)
            if (alert.Rule == rule.Key && alert is { Resolution: Resolutions.Closed, ResolvedAt: { } at } && now - at <= Chronology.Slip
                && !(last?.ResolvedAt > at)) last = alert;
        return last;
    }

    /// <summary>
    /// What the alert waited for was done since, and is due again already: that is another wait. A door that turns out to be another one is the same.
    /// </summary>
    private static bool IsAnother(Rule rule, Alert open, RunningClock clock) => clock.Since > open.Since && rule.Starts is
        ClockStart.Contact or ClockStart.Told or ClockStart.Moved or ClockStart.FamilyAsked or ClockStart.Promise or ClockStart.Guessed
        or ClockStart.Unreached;

    private static bool IsShadow(Visit visit, Policy policy, Rule rule) => policy.Standing(rule, visit.Course.Unit) == RuleStanding.Shadow;

    private static bool IsRetimed(Alert open, RunningClock clock) => open.Since != clock.Since || open.DueAt != clock.DueAt;

    /// <summary>
    /// Nobody is called about what a feed that is behind has told of: what ended the wait may be next in its line. What people here said is not held.
    /// Nor is anybody called again about what somebody acted on: not before as long has passed again as it may take, or it has become graver.
    /// </summary>
    private static DateTimeOffset? HeldUntil(Visit visit, Policy policy, Rule rule, RunningClock clock, Severity severity)
    {
        DateTimeOffset? held = visit.FedLateAt is { } at && IsFedTo(visit, rule) ? at + policy.FeedSettle : null;
        if (rule.RestartsWhenActed) return held;
        foreach (var alert in visit.Alerts)
            if (alert is { Resolution: Resolutions.Acted, ResolvedAt: { } acted } && alert.Rule == rule.Key && alert.Since == clock.Since
                && severity <= alert.Severity && !(held > acted + (clock.DueAt - clock.Since)))
                held = acted + (clock.DueAt - clock.Since);
        return held;
    }

    /// <summary>
    /// Whether the feed alone can have begun what the rule times: a handoff that a move requires is no handoff that somebody offered.
    /// </summary>
    private static bool IsFedTo(Visit visit, Rule rule) => rule.Starts == ClockStart.Handoff
        ? visit.Course.Care.OpenHandoff is { State: HandoffState.Required } : rule is
        {
            IsOfItems: false,
            Kind: RuleKind.Touchpoint or RuleKind.Owner
        };

    private static AlertResolved Resolve(Visit visit, Policy policy, Rule rule, Alert open, RunningClock? clock)
    {
        var how = How(visit, policy, rule, open, clock);
        return new AlertResolved(open.Id, how, how == Resolutions.Suppressed ? Clocks.Suppression(visit, policy, rule) : null);
    }

    /// <summary>
    /// What merely stopped to apply stays for the policy's dwell, so that a feed that wavers makes no alert flicker; null: it goes at once.
    /// </summary>
    private static DateTimeOffset? StaysUntil(Visit visit, Policy policy, Rule rule, Alert open, RunningClock? clock, DateTimeOffset now) =>
        !rule.IsOfItems && visit.Course.Status == VisitStatus.Present && How(visit, policy, rule, open, clock) == Resolutions.Cleared
        ? (open.StoppedAt ?? now) + policy.Dwell
        : null;

    /// <summary>Done is only what was done: who measures how often an alert led to something reads this.</summary>
    private static string How(Visit visit, Policy policy, Rule rule, Alert open, RunningClock? clock)
    {
        var course = visit.Course;
        if (course.IsEnded) return HasLeft(rule, course) ? Resolutions.Done : Resolutions.Closed;
        if (Clocks.Suppression(visit, policy, rule) is not null) return Resolutions.Suppressed;
        // A handoff that a move required begins anew when it is offered: that was the deed.
        if (rule.Starts == ClockStart.Handoff
            && course.Care.Handoffs.Any(h => h.OfferedAt > open.Since
                && h.State is HandoffState.Offered or HandoffState.Returned or HandoffState.Accepted)) return Resolutions.Done;
        if (rule.IsOfItems) return rule.Targets.For(course.Acuity) is { } target && Clocks.Items(course, rule, target)
            .Any(i => i.Since == open.Since && i.WasDone) ? Resolutions.Done : Resolutions.Cleared;
        if (clock is { } running) return running.Since > open.Since ? HowAnother(course, rule, open) : Resolutions.Cleared;
        if (!course.IsOpen) return Resolutions.Cleared;
        var done = rule switch
        {
            // Skipping a step is not doing it.
            { Until: { } until } when course.Reached(until) is null => false,
            { Until: not null } => true,
            { Starts: ClockStart.Boarding } => course.Reached(Steps.Admitted) is not null,
            { Starts: ClockStart.Door } => course.LeftDepartmentAt is not null,
            { Starts: ClockStart.Unowned } => course.Nurse is not null,
            { Starts: ClockStart.Guessed } => course.Care.CodeWordGuessedAt is null,
            { Starts: ClockStart.Unreached } => course.LastToldAt is not null && course.UnreachedSince is null,
            _ => rule.Kind == RuleKind.Family && course.LastToldAt >= open.Since,
        };
        if (done) return Resolutions.Done;
        return rule.Until is { } skipped && Clocks.HasPassed(course, policy, skipped) ? Resolutions.PassedOver : Resolutions.Cleared;
    }

    /// <summary>
    /// Another wait began. For a family that was not told meanwhile this ended none: it is merely known since later. Nor does a move give anybody a
    /// nurse: they wait for one on another unit.
    /// </summary>
    private static string HowAnother(Course course, Rule rule, Alert open) => rule.Starts switch
    {
        ClockStart.Told or ClockStart.Moved when !(course.LastToldAt >= open.Since) => Resolutions.Cleared,
        ClockStart.Unowned => Resolutions.Cleared,
        _ => Resolutions.Done,
    };

    /// <summary>
    /// The end of a visit is what some rules wait for: that the patient left, or reached the ward under another number. A rule that ends it tells of
    /// nobody who left.
    /// </summary>
    private static bool HasLeft(Rule rule, Course course) => rule.Awaits switch
    {
        AwaitedFacts.Left => course.Status == VisitStatus.Departed && (!course.IsEndInferred || course.DepartedAs == DepartureKind.Admitted),
        AwaitedFacts.Moved => course.Status == VisitStatus.Departed
            && (course.ContinuedAs is not null || course.DepartedAs == DepartureKind.Admitted),
        _ => false,
    };

    /// <summary>The open alert of a rule; should there be several, the one of the running clock. Of items, only that one: each has its own.</summary>
    private static Alert? OpenAlert(Visit visit, Rule rule, RunningClock? clock)
    {
        Alert? first = null;
        foreach (var alert in visit.Alerts)
        {
            if (!alert.IsOpen || alert.Rule != rule.Key) continue;
            if (alert.Since == clock?.Since) return alert;
            if (!rule.IsOfItems || clock is null) first ??= alert;
        }

        return first;
    }

    /// <summary>The same alert has the same id wherever and however often it is decided: raised once.</summary>
    private static Guid AlertId(VisitId visit, Rule rule, DateTimeOffset since) =>
        NameBasedGuid.Create(visit.Value, "alert", rule.Key, since.UtcTicks.ToString(CultureInfo.InvariantCulture));

    internal static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => b is null || a <= b ? a : b;
}

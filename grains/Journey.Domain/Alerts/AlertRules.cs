using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Domain.Policies;
using Journey.Domain.Visits;

namespace Journey.Domain.Alerts;

/// <summary>The rule engine: from a visit, a policy and the time, which alerts begin, worsen or end. The same live and in replay.</summary>
public static class AlertRules
{
    /// <summary>The events that make the visit's alerts agree with the policy at <paramref name="now"/>. Empty when they do.</summary>
    public static ImmutableArray<VisitEvent> Review(VisitId id, Visit visit, Policy policy, DateTimeOffset now)
    {
        var events = ImmutableArray.CreateBuilder<VisitEvent>();
        foreach (var rule in policy.Rules)
        {
            var clock = Clock(visit, policy, rule);
            var open = OpenAlert(visit, rule.Key, clock);
            var level = clock is { } c ? c.Target.At(now - c.Since) : null;
            if (level is not { } severity)
            {
                if (open is not null) events.Add(new AlertResolved(open.Id, How(visit, policy, rule, open, clock), null));
            }
            else if (open is null)
                Raise(events, id, visit, rule, clock!.Value, severity);
            else
            {
                if (severity > open.Severity) events.Add(new AlertWorsened(open.Id, severity));
                // Time alone never eases an alert; another acuity, or an undo, gives it another target.
                else if (severity < open.Severity) events.Add(new AlertEased(open.Id, severity));
                if (open.State == AlertState.Snoozed && (open.SnoozedUntil <= now || severity > open.Severity && severity == Severity.Critical))
                    events.Add(new AlertWoke(open.Id));
            }

            // What was taken back may have ended one alert and let another begin.
            foreach (var alert in visit.Alerts)
                if (alert.IsOpen && alert.Rule == rule.Key && alert != open) events.Add(new AlertResolved(alert.Id, Resolutions.Cleared, null));
        }

        // A rule that the policy no longer has keeps nobody waiting.
        foreach (var alert in visit.Alerts)
            if (alert.IsOpen && policy.Rule(alert.Rule) is null) events.Add(new AlertResolved(alert.Id, Resolutions.Cleared, null));
        return events.ToImmutable();
    }

    /// <summary>
    /// The next instant at which a review would do something: <paramref name="now"/> when it would already, as after a change of policy;
    /// null when it never would.
    /// </summary>
    public static DateTimeOffset? NextDeadline(Visit visit, Policy policy, DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var rule in policy.Rules)
            if (NextOf(visit, policy, rule, now) is { } at) next = Earlier(next, at);
        foreach (var alert in visit.Alerts)
            if (alert.IsOpen && policy.Rule(alert.Rule) is null) return now;
        return next;
    }

    private static DateTimeOffset? NextOf(Visit visit, Policy policy, Rule rule, DateTimeOffset now)
    {
        var clock = Clock(visit, policy, rule);
        var open = OpenAlert(visit, rule.Key, clock);
        foreach (var alert in visit.Alerts)
            if (alert.IsOpen && alert.Rule == rule.Key && alert != open) return now;
        if (clock is not { } running) return open is null ? null : now;
        var level = running.Target.At(now - running.Since);
        if (level != open?.Severity) return now;
        var next = running.Target.NextAbove(open?.Severity, now - running.Since) is { } stage ? running.After(stage) : (DateTimeOffset?)null;
        return open is { State: AlertState.Snoozed, SnoozedUntil: { } until } ? Earlier(next, until > now ? until : now) : next;
    }

    /// <summary>Every running clock, the one due first in front.</summary>
    public static ImmutableArray<ClockView> Clocks(Visit visit, Policy policy)
    {
        var clocks = ImmutableArray.CreateBuilder<ClockView>();
        foreach (var rule in policy.Rules)
            if (Clock(visit, policy, rule) is { } c) clocks.Add(new ClockView(rule.Key, rule.Says, c.Since, c.WarnAt, c.DueAt));
        clocks.Sort((a, b) => a.DueAt.CompareTo(b.DueAt));
        return clocks.ToImmutable();
    }

    /// <summary>The clinical clock that is due first; null when none runs. The family's clock stands beside it, never in its place.</summary>
    public static ClockView? ClinicalClock(Visit visit, Policy policy)
    {
        foreach (var clock in Clocks(visit, policy))
            if (policy.Rule(clock.Rule)?.Kind == RuleKind.Touchpoint) return clock;
        return null;
    }

    /// <summary>When the family's next word is due, and whether a person promised it.</summary>
    public static (DateTimeOffset? DueAt, bool Promised) FamilyDue(Visit visit, Policy policy)
    {
        DateTimeOffset? due = null;
        var promised = false;
        foreach (var rule in policy.Rules)
        {
            if (rule.Kind != RuleKind.Family || Clock(visit, policy, rule) is not { } clock || due <= clock.DueAt) continue;
            due = clock.DueAt;
            promised = rule.Starts == ClockStart.Promise;
        }

        return (due, promised);
    }

    /// <summary>The rule's clock for this visit; null when it does not run.</summary>
    internal static RunningClock? Clock(Visit visit, Policy policy, Rule rule)
    {
        var course = visit.Course;
        if (course.Status != VisitStatus.Present || visit.Patient.Deceased) return null;
        if (rule.Targets.For(course.Acuity) is not { } target) return null;
        if (!rule.Classes.IsEmpty && !rule.Classes.Contains(course.Class)) return null;
        if (!rule.Units.IsEmpty && !rule.Units.Contains(course.Unit)) return null;
        if (!rule.Steps.IsEmpty && !rule.Steps.Contains(course.StepOn(policy.Pathway(course.Class)).Step)) return null;
        if (rule.NotBoarding && course.BoardingSince is not null) return null;
        if (rule.Kind == RuleKind.Family && !visit.HasFamily) return null;
        if (rule.Until is { } until && HasPassed(course, policy, until)) return null;
        if (Start(course, policy, rule) is not { } since) return null;
        return new RunningClock(Rearmed(visit, rule, since), target);
    }

    private static DateTimeOffset? Start(Course course, Policy policy, Rule rule) => rule.Starts switch
    {
        ClockStart.Arrived => course.ArrivedAt,
        ClockStart.Contact => Later(course.LastContactAt, course.ArrivedAt),
        ClockStart.Boarding => course.BoardingSince,
        ClockStart.Told => course.PromisedAt is null ? Later(course.LastToldAt, course.ArrivedAt) : null,
        ClockStart.Moved => course.PromisedAt is null ? course.MovedAt : null,
        ClockStart.FamilyAsked => course.FamilyWaitingSince,
        ClockStart.Promise => course.PromisedAt,
        ClockStart.Step => course.StepOn(policy.Pathway(course.Class)).At,
        _ => throw new InvalidOperationException($"No rule for a clock that starts at {rule.Starts}."),
    };

    /// <summary>Somebody who resolved the last alert of the rule acted: the clock runs from then.</summary>
    private static DateTimeOffset Rearmed(Visit visit, Rule rule, DateTimeOffset since)
    {
        foreach (var alert in visit.Alerts)
            if (alert.Rule == rule.Key && alert is { ResolvedAt: { } at, Resolution: Resolutions.Acted } && at > since) since = at;
        return since;
    }

    private static bool HasPassed(Course course, Policy policy, string step)
    {
        if (course.Reached(step) is not null || course.Reached(Steps.Admitted) is not null) return true;
        if (course.BoardingSince is not null && step != Steps.Departed) return true;
        var pathway = policy.Pathway(course.Class);
        var at = pathway.IndexOf(step);
        if (at < 0) return false;
        foreach (var milestone in course.Milestones)
            if (pathway.IndexOf(milestone.Step) > at) return true;
        return false;
    }

    /// <summary>The same clock raises the same alert: one that was closed too early, by something since undone, is opened again.</summary>
    private static void Raise(ImmutableArray<VisitEvent>.Builder events, VisitId id, Visit visit, Rule rule, RunningClock clock, Severity severity)
    {
        var alert = AlertId(id, rule, clock.Since);
        events.Add(visit.Alert(alert) is null ? new AlertRaised(alert, rule.Key, severity, clock.Since, clock.DueAt) : new AlertReopened(alert, severity, clock.DueAt));
    }

    /// <summary>Done is only what was done: who measures how often an alert led to something reads this.</summary>
    private static string How(Visit visit, Policy policy, Rule rule, Alert open, RunningClock? clock)
    {
        var course = visit.Course;
        if (course.IsEnded) return Resolutions.Closed;
        if (clock is { } running) return running.Since > open.Since ? Resolutions.Done : Resolutions.Cleared;
        if (!course.IsOpen || course.Status == VisitStatus.OnLeave || visit.Patient.Deceased) return Resolutions.Cleared;
        var done = rule switch
        {
            { Until: { } until } => HasPassed(course, policy, until),
            { Starts: ClockStart.Boarding } => course.Reached(Steps.Admitted) is not null,
            _ => rule.Kind == RuleKind.Family && course.LastToldAt >= open.Since,
        };
        return done ? Resolutions.Done : Resolutions.Cleared;
    }

    /// <summary>The open alert of a rule; should there be several, the one of the running clock.</summary>
    private static Alert? OpenAlert(Visit visit, string rule, RunningClock? clock)
    {
        Alert? first = null;
        foreach (var alert in visit.Alerts)
        {
            if (!alert.IsOpen || alert.Rule != rule) continue;
            if (alert.Since == clock?.Since) return alert;
            first ??= alert;
        }

        return first;
    }

    /// <summary>The same alert has the same id wherever and however often it is decided: raised once.</summary>
    private static Guid AlertId(VisitId visit, Rule rule, DateTimeOffset since) =>
        NameBasedGuid.Create(visit.Value, "alert", rule.Key, since.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset b) => a is { } x && x <= b ? x : b;

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a > b || b is null ? a : b;
}

/// <summary>A clock that runs, with its target.</summary>
internal readonly record struct RunningClock(DateTimeOffset Since, Target Target)
{
    public DateTimeOffset? WarnAt => Target.Warn is { } warn ? After(warn) : null;
    public DateTimeOffset DueAt => After(Target.Max);

    /// <summary>Feeds send times at the end of the calendar; there is nothing after it.</summary>
    public DateTimeOffset After(TimeSpan time) =>
        time.Ticks > DateTime.MaxValue.Ticks - Math.Max(Since.Ticks, Since.UtcTicks) ? DateTimeOffset.MaxValue : Since + time;
}

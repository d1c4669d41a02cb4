using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Policies;

namespace Journey.Domain.Alerts;

/// <summary>Which clocks of a policy run for a visit, since when, and until when they may.</summary>
public static class Clocks
{
    /// <summary>Every running clock of the rules that call there, the one due first in front.</summary>
    public static ImmutableArray<ClockView> Running(Visit visit, Policy policy)
    {
        var clocks = ImmutableArray.CreateBuilder<ClockView>();
        foreach (var rule in policy.Rules)
            if (Shown(visit, policy, rule) is { } c) clocks.Add(c.View);
        clocks.Sort((a, b) => a.DueAt.CompareTo(b.DueAt));
        return clocks.ToImmutable();
    }

    /// <summary>The clinical clock that is due first; null when none runs. The family's clock stands beside it, never in its place.</summary>
    public static ClockView? Clinical(Visit visit, Policy policy)
    {
        ClockView? first = null;
        foreach (var rule in policy.Rules)
            if (rule.Kind == RuleKind.Touchpoint && Shown(visit, policy, rule) is { } clock && !(first?.DueAt <= clock.DueAt)) first = clock.View;
        return first;
    }

    /// <summary>When the family's next word is due, and whether a person promised it.</summary>
    /// <param name="toFamily">True for the family itself: what somebody promised them holds, whoever is called about it, and that they asked makes
    /// nobody late: nobody could have spoken with them by then.</param>
    public static (DateTimeOffset? DueAt, bool Promised) FamilyDue(Visit visit, Policy policy, bool toFamily = false)
    {
        DateTimeOffset? due = null;
        var promised = false;
        foreach (var rule in policy.Rules)
        {
            if (rule.Kind != RuleKind.Family || toFamily && rule.Starts == ClockStart.FamilyAsked) continue;
            if ((toFamily && rule.Starts == ClockStart.Promise ? Clock(visit, policy, rule) : Shown(visit, policy, rule)) is not { } clock
                || due <= clock.DueAt) continue;
            due = clock.DueAt;
            promised = rule.Starts == ClockStart.Promise;
        }

        return (due, promised);
    }

    /// <summary>
    /// The rule's clock as boards and pages have it: in shadow it is counted and calls nobody, and what nobody is called about is nothing to be late
    /// with.
    /// </summary>
    private static RunningClock? Shown(Visit visit, Policy policy, Rule rule) =>
        Clock(visit, policy, rule) is { } clock && policy.Standing(rule, visit.Course.Unit) != RuleStanding.Shadow ? clock : null;

    /// <summary>The rule's clock for this visit, in shadow or not; null when it does not run.</summary>
    internal static RunningClock? Clock(Visit visit, Policy policy, Rule rule)
    {
        var course = visit.Course;
        if (course.Status != VisitStatus.Present || Suppression(visit, rule) is not null) return null;
        if (rule.Targets.For(course.Acuity) is not { } target) return null;
        if (!rule.Classes.IsEmpty && !rule.Classes.Contains(course.Class)) return null;
        if (!rule.Units.IsEmpty && !rule.Units.Contains(course.Unit)) return null;
        if (!rule.Departments.IsEmpty && !rule.Departments.Contains(DepartmentOf(course))) return null;
        if (!rule.Steps.IsEmpty && !rule.Steps.Contains(course.StepOn(policy.Pathway(course.Class)).Step)) return null;
        if (rule.NotBoarding && course.BoardingSince is not null) return null;
        if (rule.Kind == RuleKind.Family && (!visit.HasFamily || course.OnItsWaySince is not null)) return null;
        if (rule.Until is { } until && HasPassed(course, policy, until)) return null;
        if (rule.IsOfItems) return First(course, rule, target) is { } first && !IsNotReported(visit, policy, rule)
            ? new RunningClock(first.Since, target, rule, policy)
            : null;
        if (Start(course, policy, rule) is not { } started) return null;
        // Of the clocks that would run, not of every rule: it is looked up with every message.
        if (IsNotReported(visit, policy, rule)) return null;
        var since = Rearmed(visit, rule, started);
        if (rule.Starts == ClockStart.Guessed && since != started) return null; // Seen to; the next guess is another matter.
        foreach (var hourly in rule.At)
            if (hourly.Hours.Contains(since, policy.TimeZone))
                return hourly.Targets.For(course.Acuity) is { } other ? new RunningClock(since, other, rule, policy) : null;
        return new RunningClock(since, target, rule, policy);
    }

    /// <summary>Why nobody is to be called about it, whatever its clock says; null when there is no such reason.</summary>
    internal static string? Suppression(Visit visit, Policy policy, Rule rule) =>
        Suppression(visit, rule) ?? (IsNotReported(visit, policy, rule) ? "not reported here" : null);

    private static string? Suppression(Visit visit, Rule rule) => visit.Course switch
    {
        { Status: VisitStatus.OnLeave } => "on leave",
        { IsProbablyGone: true } => "probably gone",
        // Who asks after somebody who has died waits for an answer more than anybody; and whoever guesses is no less a stranger.
        _ when visit.Patient.Deceased && !rule.IsOfItems
            && rule.Starts is not (ClockStart.FamilyAsked or ClockStart.Promise or ClockStart.Guessed) => "deceased",
        { InTransit: true } or { TemporaryLocation: not null } when rule.NotAway => "away from the bed",
        _ => null,
    };

    private static bool IsNotReported(Visit visit, Policy policy, Rule rule) =>
        policy.Standing(rule, visit.Course.Unit) == RuleStanding.NotReported && !IsBegunHere(visit.Course, rule);

    /// <summary>
    /// What people here began they can end, whatever is reported of others: a handoff that was offered, and not one that a move requires; the nurse
    /// who went, and not one who was never named.
    /// </summary>
    private static bool IsBegunHere(Course course, Rule rule) => rule.Starts switch
    {
        ClockStart.Handoff => course.Care.OpenHandoff is { State: not HandoffState.Required },
        ClockStart.Unowned => course.NurseSaid is not null,
        _ => false,
    };

    /// <summary>Every item that the rule times, settled ones too.</summary>
    internal static IEnumerable<TimedItem> Items(Course course, Rule rule, Target target) =>
        HasItems(course.Care, rule.Starts) ? Listed(course.Care, rule, target) : [];

    private static bool HasItems(CareState care, ClockStart start) => start switch
    {
        ClockStart.Question or ClockStart.Answer => !care.Questions.IsEmpty,
        ClockStart.Request => !care.Requests.IsEmpty,
        ClockStart.Promised => !care.Promises.IsEmpty,
        ClockStart.Handoff => !care.Handoffs.IsEmpty,
        _ => false,
    };

    private static IEnumerable<TimedItem> Listed(CareState care, Rule rule, Target target)
    {
        return rule.Starts switch
        {
            ClockStart.Question => care.Questions.Where(q => rule.IsAbout(q.Kind.ToString()) && q.DueAt is not null).Select(q =>
                new TimedItem(q.DueAt!.Value - target.Max, q.State == QuestionState.Open, q.State != QuestionState.Withdrawn, q.Owner)),
            ClockStart.Answer => care.Questions.Where(q => rule.IsAbout(q.Kind.ToString()) && q.AnsweredAt is not null).Select(q =>
                new TimedItem(q.AnsweredAt!.Value, q.State == QuestionState.Answered, q.State != QuestionState.Withdrawn, q.Owner)),
            ClockStart.Request => care.Requests.Where(r => rule.IsAbout(r.Kind.ToString()) && r.DueAt is not null).Select(r =>
                new TimedItem(r.DueAt!.Value - target.Max, CareState.IsOpen(r), r.State == RequestState.Done, r.Owner)),
            ClockStart.Promised => care.Promises.Where(p => !p.NextWord).Select(p =>
                new TimedItem(p.DueAt - target.Max, CareState.IsOpen(p), p.State is PromiseState.Kept or PromiseState.Broken, p.Owner)),
            ClockStart.Handoff => care.Handoffs.Select(h => new TimedItem(
                h.OfferedAt, CareState.IsOpen(h), h.State == HandoffState.Accepted, h.State == HandoffState.Offered ? h.To : h.From)),
            _ => [],
        };
    }

    /// <summary>The open item that is due first.</summary>
    internal static TimedItem? First(Course course, Rule rule, Target target)
    {
        // Nearly every message of a feed is about a visit that owes nothing.
        if (ReferenceEquals(course.Care, CareState.None)) return null;
        TimedItem? first = null;
        foreach (var item in Items(course, rule, target))
            if (item.IsOpen && !(first?.Since <= item.Since)) first = item;
        return first;
    }

    internal static bool HasPassed(Course course, Policy policy, string step)
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

    private static DateTimeOffset? Start(Course course, Policy policy, Rule rule) => rule.Starts switch
    {
        ClockStart.Arrived => course.ArrivedAt,
        ClockStart.Door => course.DoorAt,
        // The clocks of a place start on reaching it.
        ClockStart.Contact => Later(Later(course.LastContactAt, course.ArrivedAt), ReachedUnitAt(course)),
        ClockStart.Boarding => course.BoardingSince,
        ClockStart.Told => course.PromisedAt is null ? Later(course.LastToldAt ?? course.FamilySince, course.ArrivedAt) : null,
        ClockStart.Moved => course is { PromisedAt: null, MovedAt: { } moved } ? course.LastToldAt is null
            ? Later(moved, course.FamilySince)
            : moved : null,
        ClockStart.FamilyAsked => course.FamilyWaitingSince,
        ClockStart.Promise => course.PromisedAt,
        ClockStart.Step => course.StepOn(policy.Pathway(course.Class)).At,
        ClockStart.Unowned => course.UnownedSince,
        ClockStart.Guessed => course.Care.CodeWordGuessedAt,
        ClockStart.Unreached => course.UnreachedSince,
        _ => throw new InvalidOperationException($"No rule for a clock that starts at {rule.Starts}."),
    };

    private static DateTimeOffset? ReachedUnitAt(Course course)
    {
        DateTimeOffset? since = null;
        for (var i = course.Stays.Length - 1; i >= 0 && course.Stays[i].Location.Unit == course.Stays[^1].Location.Unit; i--)
            since = course.Stays[i].Since;
        return since;
    }

    private static Department DepartmentOf(Course course) =>
        course.Stay?.Department ?? (course.Class == PatientClass.Emergency ? Department.Emergency : Department.Unknown);

    /// <summary>
    /// Somebody who resolved the last alert of the rule acted: where that is what was waited for, the clock runs from then. A step, a move or a
    /// departure did not happen by it: that clock goes on.
    /// </summary>
    private static DateTimeOffset Rearmed(Visit visit, Rule rule, DateTimeOffset since)
    {
        if (!rule.RestartsWhenActed) return since;
        foreach (var alert in visit.Alerts)
            if (alert.Rule == rule.Key && alert is { ResolvedAt: { } at, Resolution: Resolutions.Acted } && at > since) since = at;
        return since;
    }

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a > b || b is null ? a : b;
}

/// <summary>A question, promise, request or handoff under a rule's clock.</summary>
/// <param name="WasDone">Once settled: done, not dropped.</param>
/// <param name="Owner">Who owes it.</param>
internal readonly record struct TimedItem(DateTimeOffset Since, bool IsOpen, bool WasDone, Person? Owner);

/// <summary>A clock that runs, with its target.</summary>
internal readonly record struct RunningClock(DateTimeOffset Since, Target Target, Rule Rule, Policy Policy)
{
    public DateTimeOffset? WarnAt => Target.Warn is { } warn ? At(warn) : null;
    public DateTimeOffset DueAt => At(Target.Max);
    public ClockView View => new(Rule.Key, Rule.Says, Since, WarnAt, DueAt) { Kind = Spelling.Kebab(Rule.Kind) };

    /// <summary>How grave it is at <paramref name="now"/>; null while nothing is due.</summary>
    public Severity? Level(DateTimeOffset now) =>
        Target.Critical is { } critical && At(critical) <= now ? Severity.Critical
        : DueAt <= now ? Severity.Warning
        : WarnAt <= now ? Severity.Notice : null;

    /// <summary>
    /// The next instant after <paramref name="now"/> at which it becomes graver than <paramref name="severity"/>; null when it never does.
    /// </summary>
    public DateTimeOffset? NextAbove(Severity? severity, DateTimeOffset now)
    {
        if (WarnAt is { } warn && warn > now && severity is null) return warn;
        if (DueAt > now && severity is null or < Severity.Warning) return DueAt;
        return Target.Critical is { } critical && At(critical) is var at && at > now && severity is not Severity.Critical ? at : null;
    }

    private DateTimeOffset At(TimeSpan stage) =>
        Rule.Quiet && Policy.QuietHours is { } quiet ? quiet.After(After(stage), Policy.TimeZone) : After(stage);

    /// <summary>Feeds send times at the end of the calendar; there is nothing after it.</summary>
    private DateTimeOffset After(TimeSpan time) =>
        time.Ticks > DateTime.MaxValue.Ticks - Math.Max(Since.Ticks, Since.UtcTicks) ? DateTimeOffset.MaxValue : Since + time;
}

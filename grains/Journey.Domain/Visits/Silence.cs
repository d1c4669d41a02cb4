using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Domain.Facts;
using Journey.Domain.Policies;

namespace Journey.Domain.Visits;

/// <summary>
/// What follows when nothing is heard of a visit: first the row is in doubt, then the visit has ended. Many systems never send an end; a board must
/// not fill with people who left weeks ago, and must not drop anybody who is still there without saying so first.
/// </summary>
internal static class Silence
{
    public static ImmutableArray<VisitEvent> Review(Visit visit, Policy policy, DateTimeOffset now)
    {
        if (EndsAt(visit, policy) is { } ends && ends <= now) return [new EndedByRule(ends)];
        if (visit.Course.SilentSince is not null) return [];
        if (DoubtedAt(visit, policy) is { } at && at <= now) return [new Doubted(now, DoubtKind.Silent, visit.Course.LastSignAt!.Value)];
        if (LongInStepAt(visit, policy) is { } late && late <= now)
            return [new Doubted(now, DoubtKind.Silent, visit.Course.LastSignAt!.Value, UsualTime(visit.Course, policy))];
        return [];
    }

    public static DateTimeOffset? NextDeadline(Visit visit, Policy policy, DateTimeOffset now)
    {
        var ends = EndsAt(visit, policy);
        var next = visit.Course.SilentSince is null
            ? AlertRules.Earlier(AlertRules.Earlier(DoubtedAt(visit, policy), LongInStepAt(visit, policy)), ends)
            : ends;
        return next < now ? now : next;
    }

    private static DateTimeOffset? EndsAt(Visit visit, Policy policy)
    {
        var course = visit.Course;
        if (!course.IsOpen && course.Status != VisitStatus.Expected
            || !policy.CloseAfter.TryGetValue(course.Status == VisitStatus.Expected ? PatientClass.Preadmit : KindOf(course), out var after))
            return null;
        var last = course.Status == VisitStatus.Expected && course.ExpectedAt > course.LastSignAt ? course.ExpectedAt : course.LastSignAt;
        // Who is away on leave is not silent.
        return course.Status == VisitStatus.OnLeave || last is null || last > DateTimeOffset.MaxValue - after ? null : last + after;
    }

    private static DateTimeOffset? DoubtedAt(Visit visit, Policy policy)
    {
        var course = visit.Course;
        return course is { Status: VisitStatus.Present, LastSignAt: { } last } && policy.DoubtAfter.TryGetValue(KindOf(course), out var after)
            && last <= DateTimeOffset.MaxValue - after ? last + after : null;
    }

    /// <summary>
    /// When it is longer in its step than nearly all others were there. Counted from the last sign and not from when the step began: whoever somebody
    /// has just written about is there, however long they wait.
    /// </summary>
    private static DateTimeOffset? LongInStepAt(Visit visit, Policy policy) =>
        visit.Course is { Status: VisitStatus.Present, LastSignAt: { } last } && UsualTime(visit.Course, policy) is { } usual
        && last <= DateTimeOffset.MaxValue - usual ? last + usual : null;

    private static TimeSpan? UsualTime(Course course, Policy policy) =>
        course.Stage(policy.Pathway(course.Class)) is { } step ? policy.Norms.For(course.Unit, step) : null;

    /// <summary>
    /// The class by which silence is judged: an outpatient in a ward's bed stays as inpatients do, whatever the class that was sent.
    /// </summary>
    private static PatientClass KindOf(Course course) =>
        course is
        {
            Class: PatientClass.Outpatient or PatientClass.Recurring,
            Stay: { Location.Bed.Length: > 0, Department: not (Department.Outpatient or Department.Emergency) }
        }
                ? PatientClass.Inpatient
                : course.Class;
}

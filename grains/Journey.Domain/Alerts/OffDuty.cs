using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Policies;
using Journey.Domain.Staff;

namespace Journey.Domain.Alerts;

/// <summary>Whose shift is over is nobody's nurse any more: from then on nobody is, until somebody takes the patient.</summary>
public static class OffDuty
{
    public static ImmutableArray<VisitEvent> Review(Visit visit, Duty duty, DateTimeOffset now) =>
        Leaves(visit.Course, duty, now) is { } at && at <= now ? [new NurseWentOff(at, visit.Course.Nurse!)] : [];

    public static DateTimeOffset? NextDeadline(Visit visit, Duty duty, DateTimeOffset now) =>
        Leaves(visit.Course, duty, now) is { } at ? at < now ? now : at : null;

    /// <summary>
    /// From when on a review of the visit would do something because of who is off duty, as far as its row tells; null when it would not.
    /// </summary>
    public static DateTimeOffset? DueAt(VisitRow row, Duty duty, Policy policy, DateTimeOffset now)
    {
        var due = row is { Status: VisitStatus.Present or VisitStatus.OnLeave, IsProbablyGone: false }
            ? Leaves(row.Nurse, row.NurseSaid, duty, now)
            : null;
        foreach (var alert in row.Alerts)
        {
            if (alert.EscalatedTo is not { } to || policy.Ladder[^1].To == to) continue;
            var end = to != Rung.Assigned ? duty.EndOf(to, row.Unit, now) : alert.Responsible is { } person ? duty.EndOf(person.Id, now) : null;
            if (end is not null) due = AlertRules.Earlier(end, due);
        }

        return due;
    }

    private static DateTimeOffset? Leaves(Course course, Duty duty, DateTimeOffset now) =>
        course is { IsOpen: true, IsProbablyGone: false } ? Leaves(course.Nurse, course.NurseSaid, duty, now) : null;

    /// <summary>Who was named after their shift had ended stayed on: whoever named them knows better than the plan of shifts.</summary>
    private static DateTimeOffset? Leaves(Person? nurse, Freshness? said, Duty duty, DateTimeOffset now) =>
        nurse is not null && duty.EndOf(nurse.Id, now) is { } end && !(said?.At >= end) ? end : null;
}

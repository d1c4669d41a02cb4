using System.Collections.Immutable;
using System.Globalization;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;

namespace Journey.Domain.Visits;

/// <summary>What a visit's own facts say against the row. What two rows say against each other their board knows.</summary>
public static class Doubts
{
    public static ImmutableArray<Doubt> Find(Visit visit)
    {
        var course = visit.Course;
        var doubts = ImmutableArray.CreateBuilder<Doubt>();
        if (course.IsOpen && course.SilentSince is { } silent) doubts.Add(new(DoubtKind.Silent, Evidence(course, silent), silent));
        if (course is { IsOpen: true, Elsewhere: { } elsewhere })
            doubts.Add(new(DoubtKind.Elsewhere,
                "The same person was placed " + (elsewhere.Link.Unit is { Length: > 0 } unit ? "on " + unit : "elsewhere") + " under another visit.",
                elsewhere.At, elsewhere.Link.Other));
        if (course.AfterEndAt is { } after)
            doubts.Add(new(DoubtKind.AfterDeparture, "Something was reported to have happened after the departure.", after));
        if (course.HandsChangedAt is { } changed)
            doubts.Add(new(DoubtKind.ChangedHands,
                "The visit number was given to another person; what the family of the one before had arranged was set aside.", changed));
        if (course.NotBelieved is { } time)
            doubts.Add(new(DoubtKind.TimeNotBelieved,
                $"A message gave a time that cannot be ({time.Fields.Replace(" ", ", ", StringComparison.Ordinal)}); another stands in for it.",
                time.At));
        return doubts.ToImmutable();
    }

    private static string Evidence(Course course, DateTimeOffset silent) => course.LongInStepAt is { } found
        ? string.Create(CultureInfo.InvariantCulture,
            $"In this step longer than 99 % of last month's visits here, and nothing heard for {Math.Floor((found - silent).TotalHours)} h.")
        : "Nothing was heard or done for too long.";
}

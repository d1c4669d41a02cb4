using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Policies;

namespace Journey.Domain.Visits;

/// <summary>
/// What was ever reported of a visit that has ended, on which unit and by whom, of all that its clocks waited for. By this it is known what can be
/// known of the next one there: a clock that nobody ever stops is no alarm.
/// </summary>
internal static class Reports
{
    /// <summary>Passing through a unit asks nothing of it.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(15);

    /// <summary>Null while it has not ended, and of what turned out to be another visit.</summary>
    public static ImmutableArray<FactReport>? Count(Visit visit, Policy policy)
    {
        var course = visit.Course;
        if (course is not { Status: VisitStatus.Departed, EndedAt: { } ended, ArrivedAt: { } began, SameAs: null }) return null;
        var spans = Spans(course, began, ended);
        var entered = spans[0].Unit;
        var reports = ImmutableArray.CreateBuilder<FactReport>();
        foreach (var step in Pathway(course, policy))
            if (step is not (Steps.Arrived or Steps.Admitted or Steps.Departed) && By(visit, course, step) is var by
                && (by != Reporter.Nobody || !LeftBefore(course))) reports.Add(new(step, entered, by));
        if (course.BoardingSince is not null || course.ContinuedAs is not null
            || course.Reached(Steps.Admitted) is not null && course.Reached(Steps.Arrived) is not null)
            reports.Add(new(AwaitedFacts.Moved, entered, course.ContinuedAs is not null || course.Reached(Steps.Admitted) is not null
                ? Reporter.Feed
                : Reporter.Nobody));
        reports.Add(new(AwaitedFacts.Left, entered, course.IsEndSeen
            ? Reporter.Staff
            : course is { IsEndInferred: true, DepartedAs: not DepartureKind.Admitted } ? Reporter.Nobody : Reporter.Feed));
        foreach (var unit in spans.GroupBy(span => span.Unit))
        {
            if (unit.Aggregate(TimeSpan.Zero, (sum, span) => sum + (span.Until - span.Since)) < Shortest) continue;
            reports.Add(new(AwaitedFacts.Nurse, unit.Key,
                Staff(visit, unit, fact => fact is Assigned { Role: CareRole.Nurse, Person: not null } or HandoffAccepted)));
            reports.Add(new(AwaitedFacts.Contact, unit.Key, Staff(visit, unit, fact => fact is Contacted or Rounded or StepReached)));
            if (visit.HasFamily)
                reports.Add(new(AwaitedFacts.Told, unit.Key,
                    Staff(visit, unit, fact => fact is FamilyTold or UpdateReleased or DeliveryEnded { State: DeliveryState.Delivered })));
        }

        return reports.ToImmutable();
    }

    private static (string Unit, DateTimeOffset Since, DateTimeOffset Until)[] Spans(Course course, DateTimeOffset began, DateTimeOffset ended) =>
        course.Stays.IsEmpty
        ? [(course.Unit, began, ended)]
        : [.. course.Stays.Select(stay => (stay.Location.Unit, stay.Since, stay.Until ?? ended))];

    /// <summary>Of whom the emergency department admitted, its steps are asked, and not the ward's.</summary>
    private static ImmutableArray<string> Pathway(Course course, Policy policy) =>
        policy.Pathway(course.Stays is [{ Department: Department.Emergency }, ..] && course.Reached(Steps.Arrived) is not null
            ? PatientClass.Emergency
            : course.Class);

    private static Reporter By(Visit visit, Course course, string step) =>
        visit.Entries.Any(entry => !entry.Undone && entry.Fact is StepReached reached && reached.Step == step) ? Reporter.Staff
        : course.Reached(step) is not null ? Reporter.Feed : Reporter.Nobody;

    /// <summary>Who walked out did not get what they waited for; that says nothing of whether it is reported.</summary>
    private static bool LeftBefore(Course course) => course.DepartedAs is DepartureKind.LeftBeforeTriage or DepartureKind.LeftBeforeEvaluation;

    /// <summary>What was entered late, as of when it was entered, is of the last unit.</summary>
    private static Reporter Staff(Visit visit, IEnumerable<(string Unit, DateTimeOffset Since, DateTimeOffset Until)> spans, Func<Fact, bool> says) =>
        visit.Entries.Any(entry => !entry.Undone && says(entry.Fact)
            && spans.Any(span => entry.Fact.At >= span.Since && (entry.Fact.At <= span.Until || span.Until == visit.Course.EndedAt)))
            ? Reporter.Staff
            : Reporter.Nobody;
}

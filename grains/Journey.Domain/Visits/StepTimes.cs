using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;

namespace Journey.Domain.Visits;

/// <summary>How long a visit that has ended was in each of its steps, on each unit: by this others are judged.</summary>
internal static class StepTimes
{
    /// <summary>Null while it has not ended, and where nobody knows when it did: an end by rule comes days after the patient has left.</summary>
    public static ImmutableArray<StepTime>? Measure(Course course, ImmutableArray<string> pathway)
    {
        if (course is not { Status: VisitStatus.Departed, EndedAt: { } ended }
            || course is { IsEndInferred: true, DepartedAs: not DepartureKind.Admitted }) return null;
        var times = new List<StepTime>();
        for (var i = 0; i < course.Milestones.Length;)
        {
            var (step, since) = (Stage(i), course.Milestones[i].At);
            while (++i < course.Milestones.Length && Stage(i) == step) { }
            Add(step, since, i < course.Milestones.Length ? course.Milestones[i].At : ended);
        }

        return [.. times];

        string Stage(int upTo) => Course.Stage(course.Milestones.AsSpan()[..(upTo + 1)], pathway)!;

        void Add(string step, DateTimeOffset since, DateTimeOffset until)
        {
            if (step == Steps.Departed) return;
            // A visit that never had a place stood on one board throughout.
            foreach (var on in course.Stays.IsEmpty
                ? [(Unit: course.Unit, Since: since, Until: until)]
                : course.Stays.Select(s => (s.Location.Unit, s.Since, Until: s.Until ?? ended)).ToArray())
            {
                var time = (on.Until < until ? on.Until : until) - (on.Since > since ? on.Since : since);
                if (time <= TimeSpan.Zero) continue;
                var minutes = (int)Math.Min(time.TotalMinutes, int.MaxValue);
                // From bed to bed of a unit, and back to it from another, one is in the same step.
                var same = times.FindIndex(t => t.Step == step && t.Unit == on.Unit);
                if (same >= 0) times[same] = times[same] with { Minutes = times[same].Minutes + minutes };
                else times.Add(new StepTime(step, on.Unit, minutes));
            }
        }
    }
}

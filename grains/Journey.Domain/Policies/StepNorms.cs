using System.Collections.Immutable;

namespace Journey.Domain.Policies;

/// <summary>
/// How long visits stay in a step: measured, not decided by a house. For each unit and step the time that 99 of a hundred visits which ended of late
/// did not exceed there.
/// </summary>
public sealed record StepNorms(ImmutableDictionary<(string Unit, string Step), TimeSpan> Times)
{
    public static readonly StepNorms None = new(ImmutableDictionary<(string, string), TimeSpan>.Empty);

    /// <summary>Of how many days the visits are that ended.</summary>
    public const int Days = 30;

    /// <summary>Where steps take minutes, an hour of silence is still none.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    /// <summary>Null where too few visits ended.</summary>
    public TimeSpan? For(string unit, string step) => Times.TryGetValue((unit, step), out var time) ? time > Shortest ? time : Shortest : null;
}

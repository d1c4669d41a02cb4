using System.Collections.Frozen;
using Journey.Contracts.Visits;

namespace Journey.Gateway.Feeds;

/// <summary>A feed with everything settled: what the mapping must know of who sent a message.</summary>
internal sealed record FeedProfile(
    string Name, string? SendingApplication, string? SendingFacility, TimeZoneInfo Zone, TimeSpan? ExpectedEvery,
    FrozenDictionary<PatientClass, string> DefaultUnits, FrozenSet<string> ConfidentialCodes)
{
    private static readonly Dictionary<PatientClass, string> BuiltIn = new()
    {
        [PatientClass.Emergency] = "ED", [PatientClass.Outpatient] = "OPD", [PatientClass.Other] = "UNPLACED",
    };

    public bool Matches(string application, string facility) =>
        (SendingApplication is null || string.Equals(SendingApplication, application, StringComparison.OrdinalIgnoreCase))
        && (SendingFacility is null || string.Equals(SendingFacility, facility, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where a visit of a class stands while nobody said where it is.</summary>
    public string DefaultUnit(PatientClass? visitClass) =>
        DefaultUnits.TryGetValue(visitClass ?? PatientClass.Unknown, out var unit) ? unit : DefaultUnits[PatientClass.Other];

    /// <summary>The one feed when none is listed.</summary>
    public static FeedProfile From(FeedDefaults defaults) => From(new FeedOptions { Name = defaults.Name }, defaults);

    public static FeedProfile From(FeedOptions feed, FeedDefaults defaults)
    {
        var units = new Dictionary<PatientClass, string>(BuiltIn);
        foreach (var (word, unit) in defaults.DefaultUnits.Concat(feed.DefaultUnits)) units[Enum.Parse<PatientClass>(word, ignoreCase: true)] = unit.Trim();
        var minutes = feed.ExpectedEveryMinutes ?? defaults.ExpectedEveryMinutes;
        return new(feed.Name, feed.SendingApplication, feed.SendingFacility, TimeZoneInfo.FindSystemTimeZoneById(feed.TimeZone ?? defaults.TimeZone),
            minutes == 0 ? null : TimeSpan.FromMinutes(minutes), units.ToFrozenDictionary(),
            defaults.ConfidentialCodes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase));
    }
}

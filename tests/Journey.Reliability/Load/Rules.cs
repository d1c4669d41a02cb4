namespace Journey.Reliability.Load;

/// <summary>The policy of the runs: one clock that is due within seconds, so that alerts are raised while things break.</summary>
internal static class Rules
{
    public const string Alert = "ed.los";

    /// <summary>After this long in the house a visit has exactly one alert.</summary>
    public static readonly TimeSpan AlertAfter = TimeSpan.FromSeconds(6);

    public static IReadOnlyList<string> Units { get; } = [.. Enumerable.Range(1, 8).Select(i => "U" + i)];

    /// <summary>A policy pack.</summary>
    public static string Pack => $"""
        extends: default
        name: Alerts within seconds
        version: 1
        alert.dwell: 0 s
        units:
        {string.Join('\n', Units.Select(unit => $"  - {{ code: {unit}, name: Unit {unit} }}"))}
        rules:
          - key: {Alert}
            kind: touchpoint
            says: Departure
            classes: [emergency]
            starts: arrived
            max: {AlertAfter.TotalSeconds:0} s
            source: for tests
            approvedBy: nobody
        """;
}

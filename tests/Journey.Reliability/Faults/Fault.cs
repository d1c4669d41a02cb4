using System.Diagnostics;
using Journey.Reliability.Machines;

namespace Journey.Reliability.Faults;

/// <summary>How a round goes.</summary>
/// <param name="Random">Chooses who is hit; seeded, so that a run can be had again.</param>
/// <param name="Long">How long what lasts does, against its usual length: 1, or less for a short run.</param>
internal sealed record Strike(House House, Orleans.IClusterClient Cluster, Random Random, double Long)
{
    public Service AnySilo => House.Silos[Random.Next(House.Silos.Count)];

    public Service AnyGateway => House.Gateways[Random.Next(House.Gateways.Count)];

    public Task For(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds * Long));
}

/// <summary>Something that goes wrong.</summary>
/// <param name="Name">As the command line knows it.</param>
/// <param name="Says">As the table tells it.</param>
/// <param name="Do">Breaks it and mends it. Answers with how long nobody could have stored anything, which is not counted against Journey.</param>
internal sealed record Fault(string Name, string Says, Func<Strike, Task<TimeSpan>> Do)
{
    /// <summary>The house it happens in.</summary>
    public Plan Plan { get; init; } = new();

    public static Fault Named(string name, string says, Func<Strike, Task> @do) => new(name, says, async strike =>
    {
        await @do(strike);
        return TimeSpan.Zero;
    });

    /// <summary>One during which there is no database.</summary>
    public static Fault WithoutDatabase(string name, string says, Func<Strike, Task> @do) => new(name, says, async strike =>
    {
        var struck = Stopwatch.GetTimestamp();
        await @do(strike);
        return Stopwatch.GetElapsedTime(struck);
    });
}

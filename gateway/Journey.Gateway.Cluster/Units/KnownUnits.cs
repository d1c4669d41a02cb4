using System.Collections.Immutable;
using Journey.Contracts.Boards;
using Journey.Gateway.Cluster.Calls;

namespace Journey.Gateway.Cluster.Units;

/// <summary>
/// Which units there are. Asked before a board is: a board that is asked for begins to be, and a mistyped address must not open a unit.
/// </summary>
internal static class KnownUnits
{
    /// <summary>A unit is known a moment after its first patient was acknowledged; who asks in that moment is made to wait.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300)];

    public static Task<ImmutableArray<UnitSummary>> All(JourneyCluster cluster, CancellationToken cancellation) =>
        cluster.Call(() => cluster.Hospital.Units(), cancellation);

    public static async Task<bool> Has(string code, JourneyCluster cluster, CancellationToken cancellation) =>
        (await Look(units => units.FirstOrDefault(known => known == code), cluster, cancellation)).Found is not null;

    /// <summary>The unit that <paramref name="find"/> finds among those there are, and all of them.</summary>
    public static async Task<(string? Found, List<string> All)> Look(Func<List<string>, string?> find, JourneyCluster cluster,
        CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            List<string> all = [.. (await All(cluster, cancellation)).Select(unit => unit.Unit)];
            if (find(all) is { } found) return (found, all);
            if (attempt == Pauses.Length) return (null, all);
            await Task.Delay(Pauses[attempt], cancellation);
        }
    }
}

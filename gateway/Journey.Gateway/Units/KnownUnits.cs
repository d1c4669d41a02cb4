using System.Collections.Immutable;
using Journey.Contracts.Boards;
using Journey.Gateway.Problems;

namespace Journey.Gateway.Units;

/// <summary>
/// Which units there are. Asked before a board is: a board that is asked for begins to be, and a mistyped address must not open a unit.
/// </summary>
internal static class KnownUnits
{
    /// <summary>A unit is known a moment after its first patient was acknowledged; who asks in that moment is made to wait.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300)];

    public static Task<ImmutableArray<UnitSummary>> All(IGrainFactory grains, GrainCalls calls, CancellationToken cancellation) =>
        calls.Run(() => grains.GetGrain<IHospitalGrain>(BoardKeys.Hospital).Units(), cancellation);

    public static async Task<bool> Has(string code, IGrainFactory grains, GrainCalls calls, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            if ((await All(grains, calls, cancellation)).Any(unit => unit.Unit == code)) return true;
            if (attempt == Pauses.Length) return false;
            await Task.Delay(Pauses[attempt], cancellation);
        }
    }
}

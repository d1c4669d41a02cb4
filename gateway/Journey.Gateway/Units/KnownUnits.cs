using System.Collections.Immutable;
using Journey.Contracts.Boards;
using Journey.Gateway.Problems;
using Journey.Gateway.Visits;

namespace Journey.Gateway.Units;

/// <summary>
/// Which units there are. Asked before a board is: a board that is asked for begins to be, and a mistyped address must not open a unit.
/// </summary>
internal static class KnownUnits
{
    private const int Few = 12;

    /// <summary>A unit is known a moment after its first patient was acknowledged; who asks in that moment is made to wait.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300)];

    public static Task<ImmutableArray<UnitSummary>> All(IGrainFactory grains, GrainCalls calls, CancellationToken cancellation) =>
        calls.Run(() => grains.GetGrain<IHospitalGrain>(BoardKeys.Hospital).Units(), cancellation);

    public static async Task<bool> Has(string code, IGrainFactory grains, GrainCalls calls, CancellationToken cancellation) =>
        (await Look(units => units.FirstOrDefault(known => known == code), grains, calls, cancellation)).Found is not null;

    /// <summary>A unit that a request names, as it is spelled: <c>ed</c> is <c>ED</c>. Notes an error that says which there are where none is meant; then what is returned is never used.</summary>
    public static async Task<string> Named(Fields fields, string field, string? unit, HttpContext http)
    {
        var code = fields.Required(field, unit, UnitCode.MaxLength);
        if (fields.Errors.ContainsKey(field)) return code;
        var services = http.RequestServices;
        var (found, all) = await Look(
            units => units.FirstOrDefault(known => known == code) ?? units.FirstOrDefault(known => string.Equals(known, code, StringComparison.OrdinalIgnoreCase)),
            services.GetRequiredService<IGrainFactory>(), services.GetRequiredService<GrainCalls>(), http.RequestAborted);
        if (found is null) fields.Wrong(field, $"No such unit is known; known are {string.Join(", ", all.Take(Few))}{(all.Count > Few ? $" and {all.Count - Few} more" : "")}.");
        return found ?? code;
    }

    private static async Task<(string? Found, List<string> All)> Look(Func<List<string>, string?> find, IGrainFactory grains, GrainCalls calls, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            List<string> all = [.. (await All(grains, calls, cancellation)).Select(unit => unit.Unit)];
            if (find(all) is { } found) return (found, all);
            if (attempt == Pauses.Length) return (null, all);
            await Task.Delay(Pauses[attempt], cancellation);
        }
    }
}

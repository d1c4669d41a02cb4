using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Units;
using Journey.Gateway.Http.Commands;

namespace Journey.Gateway.Http.Units;

/// <summary>A unit that a request names.</summary>
internal static class NamedUnit
{
    private const int Few = 12;

    /// <summary>
    /// The unit as it is spelled: <c>ed</c> is <c>ED</c>. Notes an error that says which there are where none is meant; then what is returned is
    /// never used.
    /// </summary>
    public static async Task<string> Read(Fields fields, string field, string? unit, HttpContext http)
    {
        var code = fields.Required(field, unit, UnitCode.MaxLength);
        if (fields.Errors.ContainsKey(field)) return code;
        var (found, all) = await KnownUnits.Look(
            units => units.FirstOrDefault(known => known == code)
                ?? units.FirstOrDefault(known => string.Equals(known, code, StringComparison.OrdinalIgnoreCase)),
            http.RequestServices.GetRequiredService<JourneyCluster>(), http.RequestAborted);
        if (found is null)
            fields.Wrong(field,
                $"No such unit is known; known are {string.Join(", ", all.Take(Few))}{(all.Count > Few ? $" and {all.Count - Few} more" : "")}.");
        return found ?? code;
    }
}

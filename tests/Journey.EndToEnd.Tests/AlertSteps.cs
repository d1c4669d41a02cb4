using System.Text.Json;

namespace Journey.EndToEnd.Tests;

/// <summary>What the journal tells of alerts.</summary>
internal static class AlertSteps
{
    /// <summary>
    /// Each alert that was raised, and each rung that was called for it. Read as JSON: the databases keep properties in different orders.
    /// </summary>
    public static async Task<(string Alert, int? Rung)[]> Read(Store store) =>
        [.. (await store.Query("select payload from journal where stream like 'visit/%'", row => row.GetString(0))).SelectMany(Find)];

    private static (string, int?)[] Find(string payload)
    {
        using var json = JsonDocument.Parse(payload);
        return [.. json.RootElement.GetProperty("events").EnumerateArray().Select(Step).OfType<(string, int?)>()];
    }

    private static (string, int?)? Step(JsonElement e) => e.GetProperty("event").GetString() switch
    {
        "visit.alert-raised.v1" => (e.GetProperty("alert").GetString()!, null),
        "visit.alert-escalated.v1" => (e.GetProperty("alert").GetString()!, e.GetProperty("rung").GetInt32()),
        _ => null,
    };
}

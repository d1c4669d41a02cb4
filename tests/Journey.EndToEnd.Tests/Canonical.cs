using System.Text.Json;
using System.Text.Json.Nodes;
using Journey.Api;

namespace Journey.EndToEnd.Tests;

/// <summary>
/// Boards without what differs between two runs that say the same: when a message was heard, an alert raised and called out, and who left. Those who
/// left stay for a while, which in a feed that is years old ended long ago: a board that was started since has them no more. Alerts stand in no
/// order: theirs follows from when they were raised.
/// </summary>
internal static class Canonical
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private static readonly HashSet<string> Volatile =
        ["epoch", "version", "asOf", "heardAt", "raisedAt", "escalatedAt", "escalatedTo", "alertsCheckedAt", "feeds"];

    public static string TextOf(IReadOnlyList<Board> boards) =>
        string.Join('\n', boards.OrderBy(board => board.Unit, StringComparer.Ordinal).Select(board =>
    {
        var node = JsonSerializer.SerializeToNode(board with
        {
            Rows = [.. board.Rows.Where(row => row.Status is not ("departed" or "cancelled")).OrderBy(row => row.VisitId)
                .Select(row => row with { Alerts = [.. row.Alerts.OrderBy(alert => alert.Rule, StringComparer.Ordinal).ThenBy(alert => alert.Id)] })],
            Beds = [.. board.Beds.OrderBy(bed => (bed.Room, bed.Name))],
        }, Indented)!;
        Strip(node);
        return node.ToJsonString(Indented);
    }));

    private static void Strip(JsonNode node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array.OfType<JsonNode>()) Strip(item);
        }
        else if (node is JsonObject map)
        {
            foreach (var name in map.Select(pair => pair.Key).Where(Volatile.Contains).ToArray()) map.Remove(name);
            foreach (var item in map.Select(pair => pair.Value).OfType<JsonNode>()) Strip(item);
        }
    }
}

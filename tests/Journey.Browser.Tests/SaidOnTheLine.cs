using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Journey.Browser.Tests;

/// <summary>
/// The line between the hub and a page, with words put into the hub's mouth: what takes hours to come about in a hospital (a visit nobody hears of, a
/// feed that is behind) stands on the page at once, and everything else is as it really is.
/// </summary>
internal static class SaidOnTheLine
{
    private const char End = '\u001e';

    /// <param name="row">Changes a row of a board; it has a <c>visitId</c>.</param>
    /// <param name="feed">Changes a feed.</param>
    /// <param name="unit">Changes a unit's totals; they have a <c>code</c>.</param>
    public static Task Change(IPage page, Action<JsonObject>? row = null, Action<JsonObject>? feed = null, Action<JsonObject>? unit = null)
    {
        return page.RouteWebSocketAsync(url => url.Contains("/hubs/board", StringComparison.Ordinal), line =>
        {
            var hub = line.ConnectToServer();
            line.OnMessage(frame => Pass(frame, hub));
            hub.OnMessage(frame =>
            {
                var text = frame.Text ?? Encoding.UTF8.GetString(frame.Binary ?? []);
                var said = string.Concat(text.Split(End, StringSplitOptions.RemoveEmptyEntries).Select(part => Changed(part) + End));
                if (frame.Text is null) line.Send(Encoding.UTF8.GetBytes(said));
                else line.Send(said);
            });

            string Changed(string message)
            {
                var node = JsonNode.Parse(message);
                Walk(node);
                return node!.ToJsonString();
            }
        });

        void Walk(JsonNode? node)
        {
            switch (node)
            {
                case JsonArray all:
                    foreach (var each in all) Walk(each);
                    break;
                case JsonObject one:
                    foreach (var (_, inner) in one.ToArray()) Walk(inner);
                    if (one.ContainsKey("visitId") && one.ContainsKey("heardAt")) row?.Invoke(one);
                    if (one.ContainsKey("lastMessageAt") && one.ContainsKey("connections")) feed?.Invoke(one);
                    if (one.ContainsKey("code") && one.ContainsKey("present")) unit?.Invoke(one);
                    break;
            }
        }

        static void Pass(IWebSocketFrame frame, IWebSocketRoute to)
        {
            if (frame.Text is { } text) to.Send(text);
            else to.Send(frame.Binary ?? []);
        }
    }

    public static bool Is(JsonObject row, Guid visit) => row["visitId"]!.GetValue<Guid>() == visit;

    /// <summary>Nothing was heard of the visit for hours.</summary>
    public static void Silent(JsonObject row, string says = "Nothing heard or done for 13 h, longer than 12 h")
    {
        row["probablyGone"] = true;
        Doubt(row, "silent", says);
    }

    /// <summary>The one doubt there is about the row, whatever the grains have found.</summary>
    public static void Doubt(JsonObject row, string kind, string says, Guid? other = null) =>
        row["doubts"] =
        new JsonArray(new JsonObject { ["kind"] = kind, ["says"] = says, ["since"] = row["heardAt"]!.DeepClone(), ["other"] = other });
}

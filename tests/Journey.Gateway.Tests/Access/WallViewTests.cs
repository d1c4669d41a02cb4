using System.Text.Json;
using Journey.Gateway.Tests.Hosts;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Gateway.Tests.Access;

/// <summary>A wall is sent what it shows. Whoever copies that can ask for no visit with it, and learns of nobody who has left.</summary>
public sealed class WallViewTests(SignedInHost journey)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>All that a wall's row may hold, and of an alert and the family.</summary>
    private static readonly string[] Row =
        ["visitId", "room", "bed", "patient", "class", "status", "step", "stepSince", "clock", "acuity", "nurse", "away", "plan", "alerts", "family",
            "handoff", "probablyGone", "placeKind", "withheld"];

    [Fact]
    public async Task A_row_holds_what_a_wall_shows_and_no_id()
    {
        var (guest, nurse) = await Comes();
        var wall = Somebody.As("wall-display", guest.Unit);
        await using var hub = journey.Hub(token: SignedIn.Token(wall));
        await hub.StartAsync(Stop);
        var watched = await hub.InvokeAsync<JsonElement>("WatchWall", guest.Unit, Stop);
        foreach (var board in new[] { watched, await journey.Read<JsonElement>(wall, $"{Api.Paths.Units}/{guest.Unit}/wall") })
        {
            var row = Assert.Single(board.GetProperty("rows").EnumerateArray());
            Assert.Equal(("Erika M.", "1", nurse.Name),
                (row.GetProperty("patient").GetProperty("name").GetString(), row.GetProperty("bed").GetString(), row.GetProperty("nurse")
                    .GetString()));
            Assert.Empty(Said(row).Except(Row));
            Assert.Empty(Said(row.GetProperty("family")).Except(["waitingSince", "promised", "contacts"]));
            foreach (var secret in new[] { guest.VisitId.ToString(), guest.Visit, guest.Patient, "Musterfrau", "Stone", "1970-05-04", "Lee" })
                Assert.DoesNotContain(secret, board.GetRawText(), StringComparison.OrdinalIgnoreCase);
        }

        // The key of a row opens nothing.
        using var answer = await journey.Ask(nurse, $"{Api.Paths.Visits}/{watched.GetProperty("rows")[0].GetProperty("visitId").GetString()}");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Whoever_leaves_is_taken_off_by_the_key_the_row_had_and_not_sent_again()
    {
        var (guest, nurse) = await Comes();
        var wall = Somebody.As("wall-display", guest.Unit);
        await using var hub = journey.Hub(token: SignedIn.Token(wall));
        var (removed, changed) = (new TaskCompletionSource<string>(), new System.Collections.Concurrent.ConcurrentQueue<string>());
        hub.On<JsonElement>("BoardChanged", change =>
        {
            foreach (var row in change.GetProperty("changed").EnumerateArray()) changed.Enqueue(row.GetRawText());
            foreach (var key in change.GetProperty("removed").EnumerateArray()) removed.TrySetResult(key.GetString()!);
        });
        hub.On<JsonElement>("AlertChanged", alert => changed.Enqueue(alert.GetRawText()));
        await hub.StartAsync(Stop);
        var key = (await hub.InvokeAsync<JsonElement>("WatchWall", guest.Unit, Stop)).GetProperty("rows")[0].GetProperty("visitId").GetString();
        using (var left = await journey.Say(nurse, $"{Api.Paths.Visits}/{guest.VisitId}/touchpoints",
            new { kind = "step", step = "departed", how = "home" })) Assert.True(left.IsSuccessStatusCode);
        Assert.Equal(key, await removed.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop));
        Assert.All(changed, sent => Assert.DoesNotContain("departed", sent, StringComparison.Ordinal));
        Assert.All(changed, sent => Assert.DoesNotContain(guest.VisitId.ToString(), sent, StringComparison.Ordinal));
        Assert.Empty((await journey.Read<JsonElement>(wall, $"{Api.Paths.Units}/{guest.Unit}/wall")).GetProperty("rows").EnumerateArray());
        // The desk looks back.
        Assert.Contains("departed", (await journey.Read<JsonElement>(nurse, $"{Api.Paths.Units}/{guest.Unit}/board")).GetRawText(),
            StringComparison.Ordinal);
    }

    private async Task<(Guest Guest, Somebody Nurse)> Comes()
    {
        var guest = await journey.Comes(bed: "1");
        var nurse = Somebody.As("nurse", guest.Unit);
        await journey.SignsIn(nurse);
        foreach (var (path, body) in new (string, object)[] { ("assignments", new { role = "nurse", name = nurse.Name }),
            ("family/waiting", new { who = "Lee" }) })
        {
            using var said = await journey.Say(nurse, $"{Api.Paths.Visits}/{guest.VisitId}/{path}", body);
            Assert.True(said.IsSuccessStatusCode);
        }

        await StandaloneHostFixture.Eventually(
            () => journey.Read<JsonElement>(nurse, $"{Api.Paths.Units}/{guest.Unit}/board"),
            b => b.GetRawText().Contains("\"waitingWho\":\"Lee\"", StringComparison.Ordinal), "the board knows who waits");
        return (guest, nurse);
    }

    /// <summary>The names that stand there with something to say.</summary>
    private static IEnumerable<string> Said(JsonElement row) => row.EnumerateObject().Where(p => p.Value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.Array => p.Value.GetArrayLength() > 0,
        _ => p.Value.GetRawText() is not "\"0001-01-01T00:00:00+00:00\"",
    }).Select(p => p.Name);
}

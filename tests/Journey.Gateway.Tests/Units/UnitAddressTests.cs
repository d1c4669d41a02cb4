using System.Net;
using System.Text.Json;
using Journey.Gateway.Tests.Hosts;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Gateway.Tests.Units;

/// <summary>A unit is reached whatever the hospital calls it.</summary>
public class UnitAddressTests(StandaloneHostFixture journey)
{
    [Theory]
    [InlineData("..", "~2E~2E"), InlineData(".", "~2E"), InlineData("A/B", "A~2FB"), InlineData("%2F", "~252F"), InlineData("#1", "~231"),
        InlineData("WO?", "WO~3F")]
    [InlineData("4 OST", "4~20OST"), InlineData("4.OST", "4~2EOST"), InlineData("Ü1", "~C3~9C1"), InlineData("+ %20", "~2B~20~2520"),
        InlineData("B@D", "B~40D"), InlineData("ICU-4_2", "ICU-4_2")]
    public async Task A_unit_is_read_at_its_own_address_and_watched_by_its_code(string code, string segment)
    {
        var guest = await journey.Arrived("Sonderbar", "Selma", code);
        foreach (var part in (string[])["board", "wall"])
        {
            var answer = await StandaloneHostFixture.Eventually(() => journey.Http.GetAsync($"/api/v1/units/{segment}/{part}"),
                a => a.StatusCode == HttpStatusCode.OK, $"the {part} of {code} is there");
            Assert.Equal(code, JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("unit")
                .GetString());
        }

        // Known, and nobody has said that it shows one.
        using var room = await journey.Http.GetAsync($"/api/v1/units/{segment}/waiting-room", TestContext.Current.CancellationToken);
        Assert.Contains("no-waiting-room", await room.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await using var hub = journey.Hub();
        await hub.StartAsync(TestContext.Current.CancellationToken);
        var board = await hub.InvokeAsync<Api.Board>(nameof(Api.IBoardHub.WatchUnit), code, TestContext.Current.CancellationToken);
        Assert.Equal((code, true), (board.Unit, board.Rows.Any(row => row.VisitId == guest.VisitId)));
        var trail = await journey.Get("/api/v1/audit?action=read-board&count=500");
        Assert.Contains(trail.GetProperty("entries").EnumerateArray(), entry => entry.GetProperty("unit").GetString() == code);
    }

    [Fact]
    public async Task A_slash_that_a_client_wrote_as_a_percent_escape_is_a_slash()
    {
        await journey.Arrived(unit: "C/D");
        Assert.Equal("C/D", (await StandaloneHostFixture.Eventually(() => journey.Get("/api/v1/units/C%2FD/board"), _ => true, "the board"))
            .GetProperty("unit").GetString());
    }
}

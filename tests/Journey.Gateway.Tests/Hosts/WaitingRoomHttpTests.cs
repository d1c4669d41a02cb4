using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>The public board of a waiting room, on the units that have one.</summary>
public class WaitingRoomHttpTests(StandaloneHostFixture journey)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_waiting_room_shows_codes_and_nothing_that_says_who()
    {
        await using var open = new OpenRoomHost();
        await open.InitializeAsync();
        var guest = await open.Arrived("Geheimrat", "Theodora");
        var room = await StandaloneHostFixture.Eventually(() => open.Get($"/api/v1/units/{guest.Unit}/waiting-room"),
            r => r.GetProperty("lines").GetArrayLength() == 1, "one code");
        var code = Text((await open.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("care"), "waitingRoomCode");
        Assert.Equal(code, Text(room.GetProperty("lines")[0], "code"));
        // What anybody can work out of the visit's id and the time is not the code.
        var period = DateTimeOffset.UtcNow.UtcTicks / TimeSpan.FromHours(4).Ticks;
        foreach (var at in new[] { period - 1, period, period + 1 }) Assert.NotEqual(Computed(guest.VisitId, at), code);
        foreach (var secret in new[] { "Geheimrat", "Theodora", guest.Visit, guest.Patient, guest.VisitId.ToString() })
            Assert.DoesNotContain(secret, room.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_unit_that_nobody_named_shows_no_waiting_room_and_nobody_has_a_code()
    {
        var guest = await journey.Arrived();
        foreach (var path in new[] { "waiting-room", "waiting-room/live" })
        {
            using var answer = await journey.Http.GetAsync($"/api/v1/units/{guest.Unit}/{path}", Stop);
            Assert.Equal((HttpStatusCode.NotFound, "no-waiting-room"), (answer.StatusCode, Text(await Json(answer), "code")));
        }

        Assert.Equal(JsonValueKind.Null, (await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("care")
            .TryGetProperty("waitingRoomCode", out var code) ? code.ValueKind : JsonValueKind.Null);
    }

    /// <summary>As codes once were made.</summary>
    private static string Computed(Guid visit, long period)
    {
        var input = new byte[24];
        visit.TryWriteBytes(input);
        BitConverter.TryWriteBytes(input.AsSpan(16), period);
        return string.Concat(SHA256.HashData(input).Take(5).Select(b => "BCDFGHJKLMNPQRSTVWXZ2345679"[b % 27]));
    }

    /// <summary>Every unit has a waiting room that is shown.</summary>
    private sealed class OpenRoomHost : StandaloneHostFixture
    {
        private readonly string _policy = Path.GetTempFileName();

        protected override string[] Settings => [$"--Journey:Policy:Path={_policy}"];

        public OpenRoomHost() =>
            File.WriteAllText(_policy, "name: Open rooms\nversion: 1\nextends: default\nfamily:\n  waitingRoom.units: [\"*\"]\n");
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();

    private static async Task<JsonElement> Json(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
}

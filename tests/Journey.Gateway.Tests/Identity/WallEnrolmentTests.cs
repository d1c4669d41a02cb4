using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Journey.Gateway.Tests.Identity;

/// <summary>A screen becomes a wall because somebody in charge typed the code it shows, and is nothing else from then on.</summary>
public sealed class WallEnrolmentTests(DevelopmentHost journey)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_screen_shows_a_code_is_admitted_and_sees_the_wall_of_that_unit_and_nothing_else()
    {
        await journey.Comes();
        using var screen = journey.Browser();
        var code = await Code(screen);
        using (var early = await screen.Post(Api.Paths.Walls + "/codes/open")) Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        using var charge = journey.Browser();
        using (await charge.SignIn("Morgan Castlebay")) { }
        var states = States(screen);
        using (var admitted = await charge
            .Post(Api.Paths.Walls, new { code = code.ToLowerInvariant().Replace('-', ' '), name = "Corridor", unit = "ED" }))
            Assert.Equal(HttpStatusCode.OK, admitted.StatusCode);
        Assert.Equal(("admitted", "ED"), await states.WaitAsync(TimeSpan.FromSeconds(20), Stop));
        using (var opened = await screen.Post(Api.Paths.Walls + "/codes/open")) Assert.Equal(HttpStatusCode.OK, opened.StatusCode);

        var me = await screen.Get("/api/v1/me");
        var wall = (await me.Content.ReadFromJsonAsync<Api.Me>(Stop))!;
        Assert.Equal(("Corridor", "wall-display", "ED"), (wall.Name, Assert.Single(wall.Roles), Assert.Single(wall.Units)));
        Assert.Equal(HttpStatusCode.OK, await Status(screen, "/api/v1/units/ED/wall"));
        foreach (var closed in new[] { "/api/v1/units/ED/board", "/api/v1/units/4W/wall", "/api/v1/units", "/api/v1/alerts", "/api/v1/walls",
            "/api/v1/sessions", $"/api/v1/visits/{Guid.NewGuid()}" })
            Assert.Equal(HttpStatusCode.Forbidden, await Status(screen, closed));
        Assert.InRange(screen.Cookies.GetAllCookies().Single(c => c.Name == "journey-session").Expires, DateTime.Now.AddDays(89),
            DateTime.Now.AddDays(91));

        var listed = Assert.Single(await Walls(charge), w => w.Name == "Corridor");
        using (var removed = await charge.Post($"{Api.Paths.Walls}/{listed.Id}/end")) Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(screen, "/api/v1/units/ED/wall"));
        Assert.DoesNotContain(await Walls(charge), w => w.Id == listed.Id);
        using var dark = await screen.Get("/signin?returnUrl=/wall/ED");
        Assert.Equal("/enrol/index.html", dark.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task A_charge_nurse_keeps_the_walls_of_their_own_unit_only()
    {
        using var screen = journey.Browser();
        var code = await Code(screen);
        using var charge = journey.Browser();
        using (await charge.SignIn("Charge OPD")) { }
        await Refused(await charge.Post(Api.Paths.Walls, new { code, name = "Corridor", unit = "ED" }), HttpStatusCode.Forbidden, "access-denied");
        await Refused(await charge.Post(Api.Paths.Walls, new { code, name = "Corridor", unit = "NOWHERE" }), HttpStatusCode.BadRequest,
            "invalid-request");
        await Refused(await charge.Post(Api.Paths.Walls, new { code, unit = "OPD" }), HttpStatusCode.BadRequest, "invalid-request");
        using var administrator = journey.Browser();
        using (await administrator.SignIn("Ada Admin")) { }
        using (var admitted = await administrator.Post(Api.Paths.Walls, new { code, name = "Waiting area", unit = "ED" }))
            Assert.Equal(HttpStatusCode.OK, admitted.StatusCode);
        var wall = Assert.Single(await Walls(administrator), w => w.Name == "Waiting area");
        Assert.DoesNotContain(await Walls(charge), w => w.Id == wall.Id);
        await Refused(await charge.Post($"{Api.Paths.Walls}/{wall.Id}/end"), HttpStatusCode.Forbidden, "access-denied");
        using (var nurse = journey.Browser())
        {
            using (await nurse.SignIn("Jamie Applecross")) { }
            await Refused(await nurse.Post(Api.Paths.Walls, new { code, name = "x", unit = "ED" }), HttpStatusCode.Forbidden, "access-denied");
        }
    }

    [Fact]
    public async Task Who_tries_many_codes_is_made_to_wait_and_a_screen_that_nobody_knows_asks_for_another()
    {
        using var stranger = journey.Browser();
        Assert.Equal(("unknown", null), await States(stranger));
        using var screen = journey.Browser();
        var code = await Code(screen);
        using var charge = journey.Browser();
        using (await charge.SignIn("Charge OPD")) { }
        for (var i = 0; i < 10; i++)
            await Refused(await charge.Post(Api.Paths.Walls, new { code = "AAAA-AAAA", name = "x", unit = "OPD" }), HttpStatusCode.Conflict,
                "wall-code-unknown");
        await Refused(await charge.Post(Api.Paths.Walls, new { code, name = "x", unit = "OPD" }), HttpStatusCode.Conflict, "wall-code-locked");
    }

    [Theory, InlineData("10.20.0.0/16, 2001:db8:20::/48", false), InlineData("10.20.0.0/16, 127.0.0.0/8", true)]
    public async Task A_wall_hangs_in_its_networks_and_its_cookie_is_good_nowhere_else(string networks, bool here)
    {
        await using var host = new HungHost(networks);
        await host.InitializeAsync();
        using var screen = host.Browser();
        using (var code = await screen.Post(Api.Paths.Walls + "/codes"))
            Assert.Equal(here ? HttpStatusCode.OK : HttpStatusCode.Forbidden, code.StatusCode);
        // As a cookie that was taken along: whatever made it a wall's, it opens nothing here.
        using var wall = host.Browser();
        using (await wall.SignIn("Wall ED")) { }
        Assert.Equal(here ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await Status(wall, "/api/v1/units/ED/wall"));
        using var nurse = host.Browser();
        using (await nurse.SignIn("Jamie Applecross")) { }
        Assert.Equal(HttpStatusCode.OK, await Status(nurse, "/api/v1/units/ED/wall"));
    }

    private sealed class HungHost(string networks) : DevelopmentHost
    {
        protected override string[] Settings => [$"--Journey:Identity:WallNetworks={networks}"];
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        using var screen = journey.Browser();
        var code = await Code(screen);
        using var administrator = journey.Browser();
        using (await administrator.SignIn("Ada Admin")) { }
        using (var admitted = await administrator.Post(Api.Paths.Walls, new { code, name = "Once", unit = "ED" }))
            Assert.Equal(HttpStatusCode.OK, admitted.StatusCode);
        await Refused(await administrator.Post(Api.Paths.Walls, new { code, name = "Twice", unit = "OPD" }), HttpStatusCode.Conflict,
            "wall-code-unknown");
        Assert.DoesNotContain(await Walls(administrator), w => w.Name == "Twice");
    }

    private static async Task<string> Code(Browser screen)
    {
        using var answer = await screen.Post(Api.Paths.Walls + "/codes");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var code = (await answer.Content.ReadFromJsonAsync<Api.WallCode>(Stop))!;
        Assert.Matches("^[2-9A-Z]{4}-[2-9A-Z]{4}$", code.Code);
        return code.Code;
    }

    /// <summary>The first state that is not waiting.</summary>
    private static async Task<(string State, string? Unit)> States(Browser screen)
    {
        using var answer = await screen.Get(Api.Paths.Walls + "/codes/live");
        foreach (var line in (await answer.Content.ReadAsStringAsync(Stop)).Split('\n').Where(l => l.StartsWith("data:", StringComparison.Ordinal)))
        {
            var state = JsonSerializer.Deserialize<Api.WallState>(line["data:".Length..], JsonSerializerOptions.Web)!;
            if (state.State != "waiting") return (state.State, state.Unit);
        }

        throw new InvalidOperationException("The screen was told nothing.");
    }

    private static async Task<IReadOnlyList<Api.OpenSession>> Walls(Browser who)
    {
        using var answer = await who.Get(Api.Paths.Walls);
        return (await answer.Content.ReadFromJsonAsync<IReadOnlyList<Api.OpenSession>>(Stop))!;
    }

    private static async Task<HttpStatusCode> Status(Browser who, string path)
    {
        using var answer = await who.Get(path);
        return answer.StatusCode;
    }

    private static async Task Refused(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal((status, code), (answer.StatusCode, body.GetProperty("code").GetString()));
        answer.Dispose();
    }
}

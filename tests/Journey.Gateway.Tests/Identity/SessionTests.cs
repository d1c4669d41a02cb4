using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Journey.Gateway.Cluster.Calls;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Gateway.Tests.Identity;

/// <summary>A session that was ended opens nothing any more: not with a copy of its cookie, not on a board that is open.</summary>
public sealed class SessionTests(DevelopmentHost journey)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_of_the_cookie_is_worth_nothing_after_the_sign_out()
    {
        using var browser = journey.Browser();
        using (await browser.SignIn("Jamie Applecross")) { }
        using var thief = journey.Browser();
        thief.Cookies.Add(browser.Cookies.GetAllCookies());
        using (var me = await thief.Get("/api/v1/me")) Assert.Equal(HttpStatusCode.OK, me.StatusCode);
        using (await browser.Post("/signout")) { }
        using var after = await thief.Get("/api/v1/me");
        Assert.Equal((HttpStatusCode.Unauthorized, "sign-in-needed"), (after.StatusCode, await Code(after)));
    }

    [Fact]
    public async Task Who_signs_out_everywhere_is_signed_out_elsewhere_and_nobody_else_is()
    {
        using var here = journey.Browser();
        using var there = journey.Browser();
        using var colleague = journey.Browser();
        using (await here.SignIn("Provider OPD")) { }
        using (await there.SignIn("Provider OPD")) { }
        using (await colleague.SignIn("Nurse OPD")) { }
        using (await here.Post("/signout?everywhere=true")) { }
        using (var after = await there.Get("/api/v1/me")) Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        using (var other = await colleague.Get("/api/v1/me")) Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task An_administrator_sees_who_is_signed_in_and_sends_somebody_away_whose_boards_close_at_once()
    {
        using var nurse = journey.Browser();
        // Nobody else's test signs in as them.
        using (await nurse.SignIn("Charge UNPLACED")) { }
        await using var hub = new HubConnectionBuilder().WithUrl(journey.Address + Api.Paths.BoardHub, o =>
        {
            o.Cookies = nurse.Cookies;
            o.Headers["Origin"] = journey.Address;
        }).Build();
        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync(Stop);
        using var administrator = journey.Browser();
        using (await administrator.SignIn("Ada Admin")) { }
        var open = Assert.Single(await Open(administrator), s => s.Name == "Charge UNPLACED");
        Assert.Equal(("127.0.0.1", "charge-nurse", "UNPLACED"), (open.Address, Assert.Single(open.Roles), Assert.Single(open.Units)));
        Assert.Equal(TimeSpan.FromHours(12), open.Until - open.Since);

        using (var unsaid = await administrator.Post($"{Api.Paths.Sessions}/{open.Id}/end", new { }))
            Assert.Equal(HttpStatusCode.BadRequest, unsaid.StatusCode);
        using (var unknown = await administrator.Post($"{Api.Paths.Sessions}/20260101-{Guid.NewGuid():N}/end", new { reason = "x" }))
            Assert.Equal((HttpStatusCode.Conflict, "session-unknown"), (unknown.StatusCode, await Code(unknown)));
        using (var ended = await administrator.Post($"{Api.Paths.Sessions}/{open.Id}/end", new { reason = "left the house" }))
            Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        using (var after = await nurse.Get("/api/v1/me")) Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        Assert.DoesNotContain(await Open(administrator), s => s.Id == open.Id);
        using (var again = await administrator.Post($"{Api.Paths.Sessions}/{open.Id}/end", new { reason = "left the house" }))
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task The_trail_names_the_session()
    {
        using var nurse = journey.Browser();
        using (await nurse.SignIn("Nurse OPD")) { }
        using (await nurse.Get($"/api/v1/visits/{Guid.NewGuid()}")) { }
        using var officer = journey.Browser();
        using (await officer.SignIn("Petra Privacy")) { }
        var open = (await Open(officer)).First(s => s.Name == "Nurse OPD");
        using var answer = await officer.Get("/api/v1/audit?person=dev-nurse-opd");
        var entries = (await answer.Content.ReadFromJsonAsync<Api.AuditPage>(Stop))!.Entries;
        Assert.Contains(entries, e => e.Action == "read-visit" && e.Device == open.Id);
        Assert.Contains(entries, e => e.Action == "sign-in" && e.Device == open.Id);
    }

    /// <summary>Kept, because the books go on telling it.</summary>
    private static Journey.Gateway.Trust.Sessions.SessionBook? _another;

    [Fact]
    public async Task A_session_ends_on_every_gateway_also_on_one_that_has_just_begun()
    {
        // A book that was told nothing, as after a restart or in another process.
        using var browser = journey.Browser();
        using (await browser.SignIn("Provider OPD")) { }
        using var administrator = journey.Browser();
        using (await administrator.SignIn("Ada Admin")) { }
        var open = (await Open(administrator)).First(s => s.Name == "Provider OPD");
        using (await administrator.Post($"{Api.Paths.Sessions}/{open.Id}/end", new { reason = "x" })) { }
        var gateway = _another = new(journey.Services.GetRequiredService<JourneyCluster>(), TimeProvider.System);
        Assert.True(await gateway.IsEnded(open.Id));
        foreach (var nonsense in new[] { "", "x", "wall-1", "20261399-" + new string('0', 32), "sessions/wall" })
            Assert.True(await gateway.IsEnded(nonsense));
        var mine = (await Open(administrator)).First(s => s.Name == "Ada Admin");
        Assert.False(await gateway.IsEnded(mine.Id));
    }

    private static async Task<IReadOnlyList<Api.OpenSession>> Open(Browser who)
    {
        using var answer = await who.Get(Api.Paths.Sessions);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<IReadOnlyList<Api.OpenSession>>(Stop))!;
    }

    private static async Task<string?> Code(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString();
}

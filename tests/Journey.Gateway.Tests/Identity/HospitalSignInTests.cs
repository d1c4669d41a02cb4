using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Journey.Gateway.Tests.Hosts;

[assembly: AssemblyFixture(typeof(Journey.Gateway.Tests.Identity.HospitalHost))]

namespace Journey.Gateway.Tests.Identity;

/// <summary>The standalone as a hospital runs it: with a provider of the hospital's.</summary>
public sealed class HospitalHost : StandaloneHostFixture, IAsyncLifetime
{
    public HospitalProvider Provider { get; } = new();

    protected override string[] Settings => [
        $"--Journey:Identity:Authority={Provider.Issuer}", "--Journey:Identity:EmployeeClaim=employee_number",
        "--Journey:Identity:Systems:0=interface-engine", "--Journey:Identity:TokenMinutes=10", "--Journey:Identity:RecheckSeconds=1",
    ];

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await Provider.DisposeAsync();
    }

    /// <summary>Signs in as a browser does.</summary>
    /// <returns>The session's cookie.</returns>
    public async Task<string> SignIn(Dictionary<string, object> claims)
    {
        Provider.Next = claims;
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        using var away = await browser.GetAsync(Address + "/signin");
        using var back = await browser.GetAsync(away.Headers.Location);
        using var request =
            new HttpRequestMessage(HttpMethod.Get, back.Headers.Location) { Headers = { { "Cookie", string.Join("; ", Cookies(away)) } } };
        using var landed = await browser.SendAsync(request);
        return Assert.Single(Cookies(landed), c => c.StartsWith("__Host-journey-session=", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Cookies(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).Where(c => !c.EndsWith('='));
}

public sealed class HospitalSignInTests(HospitalHost journey)
{
    private const string Ended = "http://schemas.openid.net/event/backchannel-logout";

    [Fact]
    public async Task Whoever_signs_in_is_in_the_directory_by_what_tells_employees_apart()
    {
        var cookie = await journey.SignIn(Nurse("account-1", "Dana Invented", "7001"));
        using var members = await Get(Api.Paths.Staff, cookie);
        var known = Assert.Single((await members.Content.ReadFromJsonAsync<Api.StaffMember[]>(TestContext.Current.CancellationToken))!,
            m => m.Name == "Dana Invented");
        Assert.Equal(("7001", "nurse", "ED"), (known.Employee, Assert.Single(known.Roles), Assert.Single(known.Units)));
    }

    [Theory]
    [InlineData("account-2", null), InlineData("account-3", "their-session-3"), InlineData(null, "their-session-4")]
    public async Task What_the_provider_ends_is_over_here_at_once(string? subject, string? session)
    {
        var (mine, other) = (subject ?? "account-4", (subject ?? "account-4") + "-other");
        var cookie = await journey.SignIn(new(Nurse(mine, "Erin Invented", mine)) { ["sid"] = session ?? "unsaid" });
        var colleague = await journey.SignIn(Nurse(other, "Fritz Invented", other));
        using (var before = await Get(Api.Paths.Me, cookie)) Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        using (var said = await End(LogoutToken(subject, session))) Assert.Equal(HttpStatusCode.OK, said.StatusCode);
        using (var after = await Get(Api.Paths.Me, cookie)) Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        using (var still = await Get(Api.Paths.Me, colleague)) Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task What_ended_one_session_ends_no_later_one_when_it_is_sent_again()
    {
        var cookie = await journey.SignIn(Nurse("account-7", "Ida Invented", "7007"));
        var events = new Dictionary<string, object> { [Ended] = new Dictionary<string, object>() };
        using (var said =
            await End(journey.Provider.Sign("journey-dashboard", new() { ["sub"] = "account-7", ["events"] = events }, ago: TimeSpan.FromMinutes(3))))
            Assert.Equal(HttpStatusCode.OK, said.StatusCode);
        using var still = await Get(Api.Paths.Me, cookie);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task Nothing_else_ends_a_session()
    {
        var cookie = await journey.SignIn(Nurse("account-5", "Greta Invented", "7005"));
        await using var stranger = new HospitalProvider();
        var events = new Dictionary<string, object> { [Ended] = new Dictionary<string, object>() };
        foreach (var token in (string[])
        [
            "", "nonsense", stranger.Sign("journey-dashboard", new() { ["sub"] = "account-5", ["events"] = events }),
            journey.Provider.Sign("somebody-else", new() { ["sub"] = "account-5", ["events"] = events }),
            journey.Provider.Sign("journey-dashboard", new() { ["sub"] = "account-5" }),
            journey.Provider.Sign("journey-dashboard", new() { ["sub"] = "account-5", ["events"] = events, ["nonce"] = "n" }),
            journey.Provider.Sign("journey-dashboard", new() { ["events"] = events }),
            journey.Provider.Sign("journey-dashboard", new() { ["sub"] = "account-5", ["events"] = events }, lasts: TimeSpan.FromHours(-1)),
        ])
        {
            using var said = await End(token);
            Assert.Equal(HttpStatusCode.BadRequest, said.StatusCode);
        }

        using var still = await Get(Api.Paths.Me, cookie);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task A_bearer_token_is_a_known_systems_and_short_lived_and_says_what_it_is()
    {
        var system = new Dictionary<string, object>
        {
            ["sub"] = "interface-engine", ["client_id"] = "interface-engine",
            ["role"] = "integration-engineer"
        };
        Assert.Equal(HttpStatusCode.OK, await Bearer(Token(system)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Bearer(Token(system, type: "JWT")));
        Assert.Equal(HttpStatusCode.Unauthorized, await Bearer(Token(system, lasts: TimeSpan.FromHours(2))));
        Assert.Equal(HttpStatusCode.Unauthorized, await Bearer(Token(new(system) { ["client_id"] = "somebody-elses" })));
        Assert.Equal(HttpStatusCode.Unauthorized, await Bearer(journey.Provider.Sign("journey", system, "at+jwt", ago: TimeSpan.FromDays(-365))));
        // What a person's sign-in brought with it is no way around their session.
        Assert.Equal(HttpStatusCode.Unauthorized,
            await Bearer(Token(new(Nurse("account-6", "Hugo Invented", "7006")) { ["azp"] = "journey-dashboard" })));
        Assert.Equal(HttpStatusCode.Unauthorized, await Bearer(Token(Nurse("account-6", "Hugo Invented", "7006"))));

        string Token(Dictionary<string, object> claims, string type = "at+jwt", TimeSpan? lasts = null) =>
            journey.Provider.Sign("journey", claims, type, lasts);
    }

    private static Dictionary<string, object> Nurse(string sub, string name, string employee) =>
        new() { ["sub"] = sub, ["name"] = name, ["employee_number"] = employee, ["role"] = "nurse", ["unit"] = "ED" };

    private string LogoutToken(string? subject, string? session)
    {
        var claims = new Dictionary<string, object>
        {
            ["events"] = new Dictionary<string, object> { [Ended] = new Dictionary<string, object>() },
            ["jti"] = Guid.NewGuid().ToString()
        };
        if (subject is not null) claims["sub"] = subject;
        if (session is not null) claims["sid"] = session;
        return journey.Provider.Sign("journey-dashboard", claims, "logout+jwt");
    }

    private Task<HttpResponseMessage> End(string token) =>
        journey.Http.PostAsync("/signout/backchannel", new FormUrlEncodedContent([new("logout_token", token)]),
            TestContext.Current.CancellationToken);

    private async Task<HttpResponseMessage> Get(string path, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Cookie", cookie } } };
        return await journey.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<HttpStatusCode> Bearer(string token)
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Get, Api.Paths.Feeds) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await journey.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}

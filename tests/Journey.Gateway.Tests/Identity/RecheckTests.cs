using System.Net;

namespace Journey.Gateway.Tests.Identity;

/// <summary>What is taken away at the provider counts here within the time that is configured, a second in these tests.</summary>
public sealed class RecheckTests(HospitalHost journey)
{
    private static readonly TimeSpan Due = TimeSpan.FromSeconds(1.2);

    [Fact]
    public async Task A_role_that_was_changed_counts_with_the_next_thing_that_somebody_does()
    {
        var cookie = await SignIn("recheck-1");
        Assert.Equal("nurse", Assert.Single((await Me(cookie)).Who!.Roles));
        journey.Provider.Known["recheck-1"] = Nurse("recheck-1", role: "family-liaison");
        await Task.Delay(Due, TestContext.Current.CancellationToken);
        var (_, who, renewed) = await Me(cookie);
        Assert.Equal("family-liaison", Assert.Single(who!.Roles));
        Assert.NotNull(renewed);
        Assert.Equal("family-liaison", Assert.Single((await Me(renewed)).Who!.Roles));
        // A copy of the cookie from before is no way back to what they were.
        Assert.Equal("family-liaison", Assert.Single((await Me(cookie)).Who!.Roles));
    }

    [Fact]
    public async Task Whoever_is_no_longer_known_there_is_signed_out()
    {
        var cookie = await SignIn("recheck-2");
        journey.Provider.Known.TryRemove("recheck-2", out _);
        await Task.Delay(Due, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Me(cookie)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Get(Api.Paths.Units, cookie)).Status);
    }

    [Fact]
    public async Task A_token_of_somebody_else_signs_out()
    {
        var cookie = await SignIn("recheck-3");
        journey.Provider.Known["recheck-3"] = Nurse("recheck-other");
        await Task.Delay(Due, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Me(cookie)).Status);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_signs_nobody_out()
    {
        var cookie = await SignIn("recheck-4");
        journey.Provider.IsDown = true;
        try
        {
            await Task.Delay(Due, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, (await Me(cookie)).Status);
        }
        finally
        {
            journey.Provider.IsDown = false;
        }
    }

    [Fact]
    public async Task Whatever_a_page_asks_for_at_once_uses_a_token_once()
    {
        var cookie = await SignIn("recheck-5");
        await Task.Delay(Due, TestContext.Current.CancellationToken);
        var before = journey.Provider.Refreshed;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Me(cookie)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(before + 1, journey.Provider.Refreshed);
        // Later, with the cookie that came with the answer, the next one is used.
        await Task.Delay(Due, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, (await Me(answers.Select(a => a.Renewed).First(r => r is not null)!)).Status);
        Assert.Equal(before + 2, journey.Provider.Refreshed);
    }

    [Fact]
    public async Task What_a_page_fetches_by_itself_asks_nobody()
    {
        var cookie = await SignIn("recheck-6");
        journey.Provider.Known.TryRemove("recheck-6", out _);
        await Task.Delay(Due, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, (await Get(Api.Paths.Units, cookie)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Me(cookie)).Status);
    }

    [Fact]
    public async Task Without_a_refresh_token_a_session_lasts_as_ever()
    {
        var cookie = await journey.SignIn(Nurse("recheck-7"));
        await Task.Delay(Due, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, (await Me(cookie)).Status);
    }

    private Task<string> SignIn(string sub)
    {
        journey.Provider.Known[sub] = Nurse(sub);
        return journey.SignIn(Nurse(sub));
    }

    private static Dictionary<string, object> Nurse(string sub, string role = "nurse") =>
        new() { ["sub"] = sub, ["name"] = "Rana " + sub, ["employee_number"] = sub, ["role"] = role, ["unit"] = "ED" };

    private async Task<(HttpStatusCode Status, Api.Me? Who, string? Renewed)> Me(string cookie)
    {
        var (status, body, renewed) = await Get(Api.Paths.Me, cookie);
        return (status, status == HttpStatusCode.OK
            ? System.Text.Json.JsonSerializer.Deserialize<Api.Me>(body, System.Text.Json.JsonSerializerOptions.Web)
            : null, renewed);
    }

    private async Task<(HttpStatusCode Status, string Body, string? Renewed)> Get(string path, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Cookie", cookie } } };
        using var answer = await journey.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var renewed = answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split(';')[0])
            .FirstOrDefault(c => c.StartsWith("__Host-journey-session=", StringComparison.Ordinal) && !c.EndsWith('=')) : null;
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), renewed);
    }
}

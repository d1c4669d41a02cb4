using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>A key is one caller's, for one operation and one request.</summary>
public sealed class IdempotencyTests(StandaloneHostFixture journey)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly string _key = StandaloneHostFixture.Fresh("key");

    [Fact]
    public async Task Two_callers_with_one_key_are_two()
    {
        var (first, second) = (StandaloneHostFixture.Fresh("Invented "), StandaloneHostFixture.Fresh("Invented "));
        Assert.Equal("accepted", await Outcome("/api/v1/hotline/calls", "Jutta", new { caller = first }));
        Assert.Equal("accepted", await Outcome("/api/v1/hotline/calls", "Hanna", new { caller = second }));
        var line = (await journey.Get("/api/v1/hotline")).GetRawText();
        Assert.Contains(first, line, StringComparison.Ordinal);
        Assert.Contains(second, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_of_staff_with_one_key_both_say_something_of_a_visit()
    {
        var guest = await journey.Arrived();
        var path = $"/api/v1/visits/{guest.VisitId}/family/waiting";
        Assert.Equal("accepted", await Outcome(path, "Jutta", new { who = "Sohn" }));
        Assert.Equal("accepted", await Outcome(path, "Hanna", new { who = "Tochter" }));
        var told = (await journey.Get($"/api/v1/visits/{guest.VisitId}/timeline")).EnumerateArray().Select(line => Text(line, "by")).ToList();
        Assert.Contains("Jutta", told);
        Assert.Contains("Hanna", told);
    }

    [Fact]
    public async Task One_caller_with_one_key_asks_different_things_of_different_targets()
    {
        Guest[] guests = [await journey.Arrived(), await journey.Arrived()];
        foreach (var guest in guests)
            foreach (var path in (string[])["family/waiting", "family/hold"])
                Assert.Equal("accepted", await Outcome($"/api/v1/visits/{guest.VisitId}/{path}", "Jutta", new { on = true, who = "Sohn" }));
    }

    [Theory]
    [InlineData("/api/v1/hotline/calls", """{"caller":"Invented One"}""", """{"caller":"Invented Two"}""")]
    [InlineData("/api/v1/staff", """{"name":"Invented One","roles":["nurse"],"units":["ED"]}""",
        """{"name":"Invented Two","roles":["nurse"],"units":["ED"]}""")]
    public async Task One_key_with_another_request_is_refused_and_nothing_is_done(string path, string body, string other)
    {
        var first = await Send(path, "Jutta", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.True(first.IsSuccessStatusCode, await first.Content.ReadAsStringAsync(Stop));
        var again = await Send(path, "Jutta", new StringContent(other, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency-key-reused"), (again.StatusCode, Text(await Json(again), "code")));
        Assert.Contains("another request", Text(await Json(again), "title") + Text(await Json(again), "detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("Invented Two", (await journey.Get(path.Replace("/calls", "", StringComparison.Ordinal))).GetRawText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_again_is_repeated_with_a_body_and_without()
    {
        var call = new { caller = StandaloneHostFixture.Fresh("Invented ") };
        var first = await Json(await Send("/api/v1/hotline/calls", "Jutta", JsonContent.Create(call)));
        var again = await Json(await Send("/api/v1/hotline/calls", "Jutta", JsonContent.Create(call)));
        Assert.Equal(("accepted", "repeated"), (Text(first, "outcome"), Text(again, "outcome")));
        var answer = $"/api/v1/hotline/calls/{first.GetProperty("commandId").GetGuid()}/answer";
        Assert.Equal(("accepted", "repeated"),
            (Text(await Json(await Send(answer, "Jutta", null)), "outcome"), Text(await Json(await Send(answer, "Jutta", null)), "outcome")));
    }

    private async Task<string?> Outcome(string path, string actor, object body) =>
        Text(await Json(await Send(path, actor, JsonContent.Create(body))), "outcome");

    private async Task<HttpResponseMessage> Send(string path, string actor, HttpContent? body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        request.Headers.Add(Api.Paths.IdempotencyKey, _key);
        request.Headers.Add(Api.Paths.ActingAs, actor);
        return await journey.Http.SendAsync(request, Stop);
    }

    private static async Task<JsonElement> Json(HttpResponseMessage response) => JsonElement.Parse(await response.Content.ReadAsStringAsync(Stop));

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}

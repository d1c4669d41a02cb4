using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

[assembly: AssemblyFixture(typeof(Journey.Gateway.Tests.Hosts.FamilyHostFixture))]

namespace Journey.Gateway.Tests.Hosts;

/// <summary>A host where families have a name of their own. Nobody signs in; the name is this machine's.</summary>
public sealed class FamilyHostFixture : StandaloneHostFixture
{
    public const string Families = "families.localhost";
    private readonly string _policy = Path.GetTempFileName();

    public FamilyHostFixture() => File.WriteAllText(_policy, "name: Families\nversion: 1\nextends: default\nfamily:\n  waitingRoom.units: [\"*\"]\n");

    protected override string[] Settings => [$"--Journey:Policy:Path={_policy}", $"--Journey:Gateway:FamilyAddress=http://{Families}"];
}

public sealed class FamilyHostTests(FamilyHostFixture journey)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/units"), InlineData("/api/v1/units/ED/board"), InlineData("/api/v1/units/ED/wall"), InlineData("/api/v1/me"),
        InlineData("/api/v1/patients?query=muster"), InlineData("/api/v1/alerts")]
    [InlineData("/hubs/board"), InlineData("/openapi/v1.json"), InlineData("/metrics"), InlineData("/signin"), InlineData("/"),
        InlineData("/index.html"), InlineData("/units/ED"), InlineData("/enrol/index.html")]
    [InlineData("/fhir/r4/AuditEvent"), InlineData("/css/base.css"), InlineData("/family"), InlineData("/family/x"), InlineData("/Family/index.html"),
        InlineData("/api/v1/audit"), InlineData("/API/V1/units"), InlineData("/_framework/blazor.webassembly.js"), InlineData("/orleans/")]
    public async Task Nothing_of_the_staff_answers_at_the_families_host(string path)
    {
        using var answer = await Ask(FamilyHostFixture.Families, path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        using var other = await Ask("FAMILIES.localhost.", path);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task A_family_opens_its_page_there_with_a_link_that_names_that_host()
    {
        var guest = await journey.Arrived();
        using (var lee = await Say(null, $"/api/v1/visits/{guest.VisitId}/family/contacts", new { name = "Lee Moss", consent = "progress" }))
            Assert.Equal(HttpStatusCode.OK, lee.StatusCode);
        using (var word = await Say(null, $"/api/v1/visits/{guest.VisitId}/family/code-word", new { word = "Bluebird" }))
            Assert.Equal(HttpStatusCode.OK, word.StatusCode);
        var contact = (await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("care").GetProperty("contacts")[0]
            .GetProperty("id").GetGuid();
        using var issued = await Say(null, $"/api/v1/visits/{guest.VisitId}/family/contacts/{contact}/link", new { });
        var link = (await issued.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("path").GetString()!;
        Assert.StartsWith($"http://{FamilyHostFixture.Families}/family/index.html#", link, StringComparison.Ordinal);
        var token = link.Split('#')[1];

        using var opened = await Say(FamilyHostFixture.Families, "/api/v1/family/open", new { codeWord = "bluebird" }, token);
        Assert.Equal("open", (await opened.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("door").GetString());
        using var elsewhere = await Say(null, "/api/v1/family/open", new { codeWord = "bluebird" }, token);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Fact]
    public async Task The_waiting_room_is_there_and_no_more_beside_the_staffs_own()
    {
        var guest = await journey.Arrived();
        await StandaloneHostFixture.Eventually(async () =>
        {
            using var answer = await Ask(FamilyHostFixture.Families, $"/api/v1/units/{guest.Unit}/waiting-room");
            return answer.StatusCode;
        }, status => status == HttpStatusCode.OK, "the waiting room");
        using var beside = await Ask(null, $"/api/v1/units/{guest.Unit}/waiting-room");
        Assert.Equal(HttpStatusCode.NotFound, beside.StatusCode);
        using var board = await Ask(null, $"/api/v1/units/{guest.Unit}/board");
        Assert.Equal(HttpStatusCode.OK, board.StatusCode);
    }

    [Theory, InlineData("/family/index.html"), InlineData("/waiting-room/index.html?unit=ED"), InlineData("/family/family.js")]
    public async Task Their_pages_are_found_there_from_everywhere(string path)
    {
        using var moved = await Ask(null, path);
        Assert.Equal((HttpStatusCode.PermanentRedirect, $"http://{FamilyHostFixture.Families}{path}"),
            (moved.StatusCode, moved.Headers.Location?.ToString()));
    }

    [Theory, InlineData("/health/live"), InlineData("/health/ready")]
    public async Task Health_is_asked_at_both(string path)
    {
        foreach (var host in new[] { null, FamilyHostFixture.Families })
        {
            using var answer = await Ask(host, path);
            Assert.NotEqual(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private async Task<HttpResponseMessage> Ask(string? host, string path)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(journey.Address) };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        return await http.SendAsync(request, Stop);
    }

    private async Task<HttpResponseMessage> Say(string? host, string path, object body, string? link = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Host = host;
        if (link is not null) request.Headers.Add(Api.Paths.FamilyLink, link);
        return await journey.Http.SendAsync(request, Stop);
    }
}

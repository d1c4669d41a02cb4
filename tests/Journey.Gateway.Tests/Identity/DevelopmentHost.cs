using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Journey.Contracts.Boards;
using Journey.Gateway.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Journey.Gateway.Tests.Identity.DevelopmentHost))]

namespace Journey.Gateway.Tests.Identity;

/// <summary>The standalone as a newcomer starts it, with the provider of Development.</summary>
public partial class DevelopmentHost : StandaloneHostFixture
{
    protected override string Kind => "Development";

    /// <summary>A browser as far as signing in needs one: it keeps cookies and says where it is.</summary>
    public Browser Browser() => new(new Uri(Address));

    /// <summary>A patient of the emergency department, and their visit.</summary>
    public async Task<Guid> Comes()
    {
        var guest = new Guest(Fresh("P"), Fresh("V"), "ED", "Musterfrau", "Erika");
        await Send(guest.Message("A04"));
        return Assert.Single(await Services.GetRequiredService<IGrainFactory>().GetGrain<ISearchGrain>(0).ByNumber(guest.Visit)).Visit.Value;
    }

    public async Task<HttpRequestMessage> ByScript(HttpMethod method, string path) =>
        new(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", await ScriptToken()) } };
}

public sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(Uri address) =>
        _http = new HttpClient(new HttpClientHandler { CookieContainer = Cookies, UseCookies = true }) { BaseAddress = address };

    public CookieContainer Cookies { get; } = new();

    /// <summary>Goes to a page that wants a sign-in, picks a person and lands where that leads.</summary>
    public async Task<HttpResponseMessage> SignIn(string person, string returnUrl = "/api/v1/me")
    {
        using var page = await _http.GetAsync("/signin?returnUrl=" + Uri.EscapeDataString(returnUrl));
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("Who are you?", html, StringComparison.Ordinal);
        var fields = Field().Matches(html).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        fields["person"] = Assert.Single(Person().Matches(html), m => WebUtility.HtmlDecode(m.Groups[2].Value) == person).Groups[1].Value;
        using var picked = new HttpRequestMessage(HttpMethod.Post, "/identity/authorize") { Content = new FormUrlEncodedContent(fields) };
        return await _http.SendAsync(Here(picked));
    }

    public Task<HttpResponseMessage> Get(string path) => _http.GetAsync(path);

    public async Task<HttpResponseMessage> Post(string path, object? body = null, string? origin = "here")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (origin == "here") Here(request);
        else if (origin is not null) request.Headers.Add("Origin", origin);
        return await _http.SendAsync(request);
    }

    /// <summary>A request of any kind, from here.</summary>
    public Task<HttpResponseMessage> Send(HttpRequestMessage request) => _http.SendAsync(Here(request));

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Here(HttpRequestMessage request)
    {
        request.Headers.Add("Origin", _http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return request;
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">")]
    private static partial Regex Field();

    [GeneratedRegex("name=\"person\" value=\"([^\"]+)\"><b>([^<]+)</b>")]
    private static partial Regex Person();
}

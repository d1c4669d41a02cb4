using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Journey.Contracts.Boards;
using Journey.Gateway.Tests.Hosts;
using Journey.Gateway.Trust.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Journey.Gateway.Tests.Access.SignedInHost))]

namespace Journey.Gateway.Tests.Access;

/// <summary>The same host, where people sign in.</summary>
public sealed class SignedInHost : StandaloneHostFixture
{
    /// <summary>With the endpoints that are off by default too.</summary>
    protected override string[] Settings => ["--Journey:Orleans:Dashboard=true"];

    protected override void With(WebApplicationBuilder builder) => SignedIn.Use(builder);

    /// <summary>A patient of a unit of their own, in a bed when one is named.</summary>
    public async Task<Guest> Comes(bool confidential = false, string? bed = null, string? unit = null, string family = "Musterfrau")
    {
        var guest = new Guest(Fresh("P"), Fresh("V"), unit ?? Fresh("U"), family, "Erika");
        await Send(guest.Message("A04", confidential ? "PD1||||||||||||Y\r" : "", bed: bed ?? ""));
        return guest with { VisitId = await ByNumber(guest.Visit) };
    }

    /// <summary>Begins a session as a sign-in does: the directory knows them from then on.</summary>
    public async Task SignsIn(Somebody who)
    {
        var claims = who.Roles.Select(role => new Claim("role", role)).Concat(who.Units.Select(unit => new Claim("unit", unit)));
        var identity = new ClaimsIdentity([new("sub", who.Sub), new("name", who.Name), new("employee", who.Employee), .. claims], "test");
        await Services.GetRequiredService<SessionDesk>().Begin(new ClaimsPrincipal(identity), TimeSpan.FromHours(1), new DefaultHttpContext());
    }

    /// <summary>As the grains know it, whoever may.</summary>
    public async Task<Guid> ByNumber(string number) =>
        Assert.Single(await Services.GetRequiredService<IGrainFactory>().GetGrain<ISearchGrain>(0).ByNumber(number)).Visit.Value;

    public async Task<HttpResponseMessage> Ask(Somebody? who, string path) =>
        await Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, path).By(who), HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken);

    public async Task<HttpResponseMessage> Say(Somebody? who, string path, object body) =>
        await Http.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) }.By(who),
            TestContext.Current.CancellationToken);

    public async Task<T> Read<T>(Somebody who, string path)
    {
        using var answer = await Ask(who, path);
        Assert.True(answer.IsSuccessStatusCode, $"{path} for {who.Name}: {answer.StatusCode}");
        return (await answer.Content.ReadFromJsonAsync<T>(TestContext.Current.CancellationToken))!;
    }

    public static async Task<string?> Code(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (!text.StartsWith('{')) return null;
        return JsonDocument.Parse(text).RootElement.TryGetProperty("code", out var code) ? code.GetString() : null;
    }
}

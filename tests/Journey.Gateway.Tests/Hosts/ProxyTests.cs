using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Journey.Gateway.Trust.Access;
using Journey.Standalone;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>Whose word counts about who asks, and under which names a gateway is served.</summary>
public sealed class ProxyTests(StandaloneHostFixture desk, Hostile.BesiegedHost people) : IDisposable
{
    private const string Provider = "--Journey:Identity:Authority=https://sign.in.example";
    private readonly string _folder = Directory.CreateTempSubdirectory("journey-proxy-").FullName;

    public static TheoryData<string, string> OfProxies() => new()
    {
        { "X-Forwarded-For", "203.0.113.9" }, { "x-forwarded-proto", "https" }, { "X-Forwarded-Host", "127.0.0.1" },
        { "X-Forwarded-Client-Cert", "x" },
        { "Forwarded", "for=203.0.113.9" }, { "Via", "1.1 proxy" }, { "X-Real-IP", "203.0.113.9" }, { "Client-IP", "203.0.113.9" },
        { "X-Forwarded", "for=x" },
        { "x-original-for", "203.0.113.9" }, { "X-Envoy-External-Address", "203.0.113.9" }, { "X-Cluster-Client-IP", "203.0.113.9" },
        { "CDN-Loop", "cdn" },
    };

    [Theory, MemberData(nameof(OfProxies))]
    public async Task Where_nobody_is_told_apart_nothing_that_came_through_a_proxy_is_served(string header, string value)
    {
        foreach (var host in (StandaloneHostFixture[])[desk, people])
            foreach (var path in (string[])["/", "/api/v1/me", "/api/v1/units", "/health/ready", "/signin"])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.TryAddWithoutValidation(header, value);
                using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{path}: {answer.StatusCode}");
            }

        Assert.False((await desk.Http.GetFromJsonAsync<Api.Me>("/api/v1/me", TestContext.Current.CancellationToken))!.SignIn);
    }

    [Theory]
    [InlineData("", "127.0.0.1 http")]
    [InlineData("10.1.2.3,10.2.0.0/16", "127.0.0.1 http")]
    [InlineData("127.0.0.1", "203.0.113.9 https")]
    [InlineData("10.1.2.3, 127.0.0.0/8", "203.0.113.9 https")]
    [InlineData("127.0.0.1,203.0.113.0/24", "198.51.100.7 https")]
    public async Task Only_a_proxy_that_is_known_is_believed_and_only_about_who_asked_it(string proxies, string seen)
    {
        await using var app = await Start(Provider, "--AllowedHosts=*", "--Journey:Gateway:Proxies=" + proxies);
        using var http = Client(app);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/seen");
        // The first is what the client made up, or what a further proxy says.
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "198.51.100.7, 203.0.113.9");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", "https, https");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(seen, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("journey.hospital.example;*.wards.example", "journey.hospital.example", true)]
    [InlineData("journey.hospital.example;*.wards.example", "ed.wards.example", true)]
    [InlineData("journey.hospital.example;*.wards.example", "127.0.0.1", true)]
    [InlineData("journey.hospital.example;*.wards.example", "elsewhere.example", false)]
    [InlineData("", "elsewhere.example", false)]
    [InlineData("", "localhost", true)]
    [InlineData("*", "elsewhere.example", true)]
    public async Task It_is_served_under_its_names_only(string names, string host, bool served)
    {
        await using var app = await Start([Provider, .. names.Length == 0 ? (string[])[] : ["--AllowedHosts=" + names]]);
        using var http = Client(app);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live") { Headers = { Host = host } };
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode == served, answer.StatusCode.ToString());
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task That_nobody_signs_in_is_said_at_the_start(bool nobody)
    {
        using var said = new Lines();
        await using var app = await Start([nobody ? "--Journey:Gateway:WithoutSignIn=true" : Provider],
            builder => builder.Logging.AddProvider(said).AddFilter<Lines>(null, LogLevel.Warning));
        Assert.Equal(nobody, said.All.Any(line => line.Contains("Nobody signs in", StringComparison.Ordinal)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<WebApplication> Start(params string[] settings) => Start(settings, null);

    private async Task<WebApplication> Start(string[] settings, Action<WebApplicationBuilder>? with)
    {
        var app = StandaloneHost.Build(
            ["--urls=http://127.0.0.1:0", "--environment=Production", "--Journey:Mllp:Port=0", $"--Journey:DataDirectory={_folder}",
                "--Logging:LogLevel:Default=None", .. settings], with);
        app.MapGet("/health/seen", (HttpContext http) => $"{http.Connection.RemoteIpAddress} {http.Request.Scheme}").Needs(Operation.ReadHealth);
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static HttpClient Client(WebApplication app) =>
        new() { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue(formatter(state, exception));
        public void Dispose() { }
    }
}

using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Journey.Gateway.Feeds.Listening;
using Journey.Gateway.Tests.Description;
using Journey.Hl7;
using Journey.Hl7.Mllp;
using Journey.Standalone;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Journey.Gateway.Tests.Hosts.StandaloneHostFixture))]

namespace Journey.Gateway.Tests.Hosts;

/// <summary>
/// The whole of Journey in this process, on SQLite in a folder of its own and on free ports; one for all tests, which use patients of their own.
/// </summary>
public class StandaloneHostFixture : IAsyncLifetime
{

    private static int _last;
    private readonly string _folder = Directory.CreateTempSubdirectory("journey-gateway-").FullName;
    private readonly DeclaredAnswers _answers = new();
    private WebApplication? _app;

    public HttpClient Http { get; } = new();
    public IServiceProvider Services => _app!.Services;
    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var app = StandaloneHost.Build([
            "--urls", "http://127.0.0.1:0", "--environment", Kind, "--Journey:Gateway:WithoutSignIn=true", "--Journey:Mllp:Port=0",
            $"--Journey:DataDirectory={_folder}",
            "--Journey:Demo:Enabled=false", "--Journey:Gateway:BoardHeartbeatSeconds=1", "--Logging:LogLevel:Default=Warning",
            "--Logging:LogLevel:Orleans=Error", "--Logging:LogLevel:Polly=None",
            // As where traces are collected: without a collector named, none are made. Nobody listens there, which must harm nothing.
            "--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9", .. Settings,
        ], builder =>
        {
            builder.Services.AddSingleton<IStartupFilter>(_answers);
            With(builder);
        });
        await app.StartAsync();
        _app = app;
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Http.BaseAddress = new Uri(Address);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
        Assert.Equal([], _answers.Undeclared);
    }

    protected virtual string Kind => "Production";

    /// <summary>Arguments that a host for other tests has beside.</summary>
    protected virtual string[] Settings => [];

    /// <summary>What a host for other tests has beside.</summary>
    protected virtual void With(WebApplicationBuilder builder) { }

    public static string Fresh(string prefix) => $"{prefix}{Interlocked.Increment(ref _last)}";

    public Task<MllpClient> Mllp() => MllpClient.ConnectAsync("127.0.0.1", Services.GetRequiredService<MllpListener>().EndPoint!.Port);

    public HubConnection Hub(bool messagePack = false, string? token = null)
    {
        var builder = new HubConnectionBuilder().WithUrl(Address + Api.Paths.BoardHub, options =>
        {
            if (token is not null) options.AccessTokenProvider = () => Task.FromResult<string?>(token);
        });
        if (messagePack) builder.AddMessagePackProtocol();
        return builder.Build();
    }

    /// <summary>Sends messages over one connection and expects AA for each.</summary>
    public async Task Send(params string[] messages)
    {
        await using var client = await Mllp();
        foreach (var message in messages)
        {
            var answer = Hl7Message.Parse(await client.SendAsync(Encoding.UTF8.GetBytes(message)));
            Assert.Equal("AA", answer["MSA", 1].Text);
        }
    }

    /// <summary>The token of scripts, where the provider of Development is: every role.</summary>
    public async Task<string> ScriptToken()
    {
        using var answer = await Token("journey-dev", "journey-dev");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    public async Task<HttpResponseMessage> Token(string client, string secret)
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", client), new("client_secret", secret)]);
        return await Http.PostAsync("/identity/token", form);
    }

    /// <summary>A patient on a unit of their own, and their visit.</summary>
    public async Task<Guest> Arrived(string family = "Musterfrau", string given = "Erika", string? unit = null, string extra = "")
    {
        var guest = new Guest(Fresh("P"), Fresh("V"), unit ?? Fresh("U"), family, given);
        await Send(guest.Message("A04", extra));
        var found = await Http.GetFromJsonAsync<JsonElement>($"/api/v1/visits?number={guest.Visit}");
        return guest with { VisitId = found[0].GetProperty("visitId").GetGuid() };
    }

    public async Task<JsonElement> Get(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Asks again until it is so; says what it last saw when it never is.</summary>
    public static async Task<T> Eventually<T>(Func<Task<T>> ask, Func<T, bool> so, string what, int seconds = 10)
    {
        var last = default(T);
        for (var until = Environment.TickCount64 + seconds * 1_000; Environment.TickCount64 < until; await Task.Delay(20))
        {
            last = await ask();
            if (so(last)) return last;
        }

        Assert.Fail($"{what} did not come true within {seconds} s; last: {last}");
        return last!;
    }
}

/// <summary>An invented patient with one visit.</summary>
public sealed record Guest(string Patient, string Visit, string Unit, string Family, string Given)
{
    public Guid VisitId { get; init; }

    public string Message(string trigger, string extra = "", string? id = null, string bed = "", string msh = "")
    {
        var now = DateTimeOffset.UtcNow.ToString("yyyyMMddHHmmss", null);
        return $"MSH|^~\\&|SYS|NORTH|JOURNEY|NORTH|{now}||ADT^{trigger}|{id ?? StandaloneHostFixture.Fresh("M")}|P|2.5{msh}\rEVN||{now}\r" +
            $"PID|1||{Patient}^^^NORTH^MR||{Family}^{Given}||19700504|F\r{extra}PV1|1|E|{Unit}^^{bed}||||77^Stone^Ada^^^Dr||||||||||||{Visit}\r";
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Journey.Hl7;
using Journey.Hl7.Mllp;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Observability.Tests;

/// <summary>
/// A hospital in small: PostgreSQL, two silos, a gateway, a feed, a browser's connection, and the Prometheus that watches the three.
/// </summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("journey-scene-").FullName;
    private readonly List<IAsyncDisposable> _parts = [];
    private MllpClient _feed = null!;
    private int _messages;

    public PostgresServer Postgres { get; private set; } = null!;

    public OwnProcess Gateway { get; private set; } = null!;

    public HttpClient Http { get; } = new() { BaseAddress = new Uri($"http://127.0.0.1:{Ports.Free()}"), Timeout = TimeSpan.FromSeconds(20) };

    public Prometheus Prometheus { get; private set; } = null!;

    /// <summary>The rules with their patience cut to a second.</summary>
    public string Impatient => Path.Combine(_directory, "impatient.rules.yaml");

    public static async Task<Scene> Start()
    {
        Prometheus.Tool("prometheus");
        var scene = new Scene();
        try
        {
            await scene.Build();
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Patient <paramref name="who"/> arrived in the emergency department and waits for triage (A04), or is heard of again (A08); answers with MSA-1.
    /// </summary>
    public async Task<string> Hear(string trigger, int who, TimeSpan ago = default)
    {
        var at = TimeProvider.System.GetUtcNow();
        var message =
            Invariant($"MSH|^~\\&|HIS|MAIN|JOURNEY|MAIN|{at:yyyyMMddHHmmss}+0000||ADT^{trigger}^ADT_A01|M{++_messages}|P|2.5.1\rEVN|{trigger}|{at - ago:yyyyMMddHHmmss}+0000\r")
            + $"PID|1||P{who}^^^MAIN^MR||Invented^Ida||19700101|F\rPV1|1|E|ED^^^MAIN||||||||||||||||V{who}\r";
        return Hl7Message.Parse(await _feed.SendAsync(Encoding.UTF8.GetBytes(message)))["MSA", 1].Text;
    }

    /// <summary>The address of a patient's visit, which is awake once it was read.</summary>
    public async Task<string> Visit(int who)
    {
        var found = await Http.GetFromJsonAsync<JsonElement>($"/api/v1/visits?number=V{who}");
        return $"/api/v1/visits/{found[0].GetProperty("visitId").GetString()}";
    }

    public static async Task Eventually(Func<Task<bool>> holds, Func<Task<string>> otherwise, int seconds)
    {
        for (var started = Stopwatch.GetTimestamp(); !await holds(); await Task.Delay(250))
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(seconds)) Assert.Fail(await otherwise());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts)) await part.DisposeAsync();
        Http.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task Build()
    {
        Postgres = Kept(await PostgresServer.Create());
        var database = await Postgres.CreateDatabase();
        var (silos, http, mllp) = (new[] { Ports.Free(), Ports.Free() }, Http.BaseAddress!.Port, Ports.Free());
        foreach (var port in silos)
        {
            var silo = Kept(OwnProcess.Start("Journey.Silo", $"urls=http://127.0.0.1:{port}", $"Journey:Cluster:SiloPort={Ports.Free()}",
                $"Journey:Cluster:GatewayPort={Ports.Free()}",
                "Journey:Storage:Provider=PostgreSql", "Journey:Storage:CapacityGigabytes=100", $"Journey:Storage:ConnectionString={database}",
                $"Journey:Storage:KeyRing={_directory}/keys",
                // A way to reach families that nobody is reached by here.
                "Journey:Delivery:Mail:Host=127.0.0.1", "Journey:Delivery:Mail:From=journey@hospital.example", "Journey:Orleans:Dashboard=true"));
            await Ready($"http://127.0.0.1:{port}", silo);
        }

        Gateway = Kept(OwnProcess.Start("Journey.Gateway", $"urls=http://127.0.0.1:{http}", $"Journey:Mllp:Port={mllp}",
            $"Journey:Cluster:ConnectionString={database}",
            "Journey:Gateway:CallTimeoutSeconds=2", "Journey:Gateway:CallAttempts=1", "Journey:Orleans:Dashboard=true", "Journey:Feeds:0:Name=ADT",
            "Journey:Feeds:0:SendingApplication=HIS",
            // Nobody ever hears of this one.
            "Journey:Feeds:1:Name=LAB", "Journey:Feeds:1:SendingApplication=LAB", "Journey:Feeds:1:ExpectedEveryMinutes=1"));
        await Ready(Http.BaseAddress.ToString(), Gateway);
        _feed = Kept(await MllpClient.ConnectAsync("127.0.0.1", mllp));
        var browser = Kept(new HubConnectionBuilder().WithUrl(Http.BaseAddress + "hubs/board").Build());
        await browser.StartAsync();
        await browser.InvokeAsync<object>("WatchUnit", "ED");

        await File.WriteAllTextAsync(Impatient,
            System.Text.RegularExpressions.Regex.Replace(await File.ReadAllTextAsync(Shipped.Rules), "for: [0-9]+[sm]", "for: 1s"));
        Prometheus = Kept(new Prometheus([Shipped.Rules, Impatient], ("journey-silo", silos), ("journey-gateway", [http])));
    }

    private T Kept<T>(T part) where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }

    private Task Ready(string address, OwnProcess process) => Eventually(async () =>
    {
        try
        {
            using var answer = await Http.GetAsync(address.TrimEnd('/') + "/health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }, () => Task.FromResult(process.Output), 60);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Journey.Hl7;
using Journey.Hl7.Mllp;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>Gateway and silo as two processes with PostgreSQL between them, as in production; the silo is killed under way.</summary>
public sealed class ClusterTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _ring = Directory.CreateTempSubdirectory("journey-ring-").FullName;
    private readonly int _http = Ports.Free();
    private readonly int _mllp = Ports.Free();
    private readonly string[] _siloPorts =
        [$"Journey:Cluster:SiloPort={Ports.Free()}", $"Journey:Cluster:GatewayPort={Ports.Free()}", $"urls=http://127.0.0.1:{Ports.Free()}"];
    private readonly Guest _guest = new(StandaloneHostFixture.Fresh("P"), StandaloneHostFixture.Fresh("V"), "ED", "Muster", "Max");

    [Fact]
    public async Task A_gateway_waits_for_its_cluster_and_outlives_it()
    {
        await using var postgres = await PostgresServer.Create();
        var database = await postgres.CreateDatabase();
        await using var gateway = OwnProcess.Start("Journey.Gateway", $"urls=http://127.0.0.1:{_http}", $"Journey:Mllp:Port={_mllp}",
            $"Journey:Cluster:ConnectionString={database}", "Journey:Mllp:RetrySeconds=2", "Logging:LogLevel:Microsoft=None");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_http}"), Timeout = TimeSpan.FromSeconds(30) };
        try
        {
            await Until(http, "/health/live", HttpStatusCode.OK);
            await Until(http, "/health/ready", HttpStatusCode.ServiceUnavailable);
            await Until(http, "/api/v1/units", HttpStatusCode.ServiceUnavailable);

            await using var silo = Silo(database);
            await Until(http, "/health/ready", HttpStatusCode.OK, () => silo.Output);
            await UntilAccepted(_guest.Message("A04", id: "C1"));
            await using var hub = new HubConnectionBuilder().WithUrl(http.BaseAddress + "hubs/board").Build();
            await hub.StartAsync(TestContext.Current.CancellationToken);
            var board = await StandaloneHostFixture.Eventually(() => hub.InvokeAsync<Api.Board>("WatchUnit", "ED"), board => board.Rows.Count == 1,
                "the visit is on its board", seconds: 30);
            var visit = board.Rows[0].VisitId;

            await silo.Kill();
            var update = _guest.Message("A08", id: "C2", bed: "7");
            Assert.Equal("AE", await Send(update));
            using var told = await http.PostAsJsonAsync($"/api/v1/visits/{visit}/family/waiting", new { who = "Sohn" },
                TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, told.StatusCode);
            Assert.NotNull(told.Headers.RetryAfter);
            Assert.Equal("unavailable", (await told.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("code")
                .GetString());
            await Until(http, "/health/ready", HttpStatusCode.ServiceUnavailable);
            await Until(http, "/health/live", HttpStatusCode.OK);
            await StandaloneHostFixture.Eventually(async () => await Fails(hub), fails => fails, "the hub says that boards cannot be trusted",
                seconds: 30);

            await using var next = Silo(database);
            await Until(http, "/health/ready", HttpStatusCode.OK, () => next.Output);
            await UntilAccepted(update);
            board = await StandaloneHostFixture.Eventually(() => hub.InvokeAsync<Api.Board>("WatchUnit", "ED"), board => board.Rows is [{ Bed: "7" }],
                "the board is live again and knows it all", seconds: 30);
            Assert.Equal(visit, board.Rows[0].VisitId);
        }
        finally
        {
            output.WriteLine(gateway.Output);
        }
    }

    [Fact]
    public async Task With_the_database_gone_a_silo_and_a_gateway_stop_within_half_a_minute()
    {
        await using var postgres = await PostgresServer.Create();
        var database = await postgres.CreateDatabase();
        await using var silo = Silo(database);
        await using var gateway = OwnProcess.Start("Journey.Gateway", $"urls=http://127.0.0.1:{_http}", $"Journey:Mllp:Port={_mllp}",
            $"Journey:Cluster:ConnectionString={database}");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_http}"), Timeout = TimeSpan.FromSeconds(30) };
        try
        {
            await Until(http, "/health/ready", HttpStatusCode.OK, () => silo.Output);
            await UntilAccepted(_guest.Message("A04", id: "C1"));
            await postgres.Stop();
            await silo.Terminate();
            await gateway.Terminate();
            await Task.WhenAll(silo.ExitCode(seconds: 30), gateway.ExitCode(seconds: 30));
        }
        finally
        {
            output.WriteLine(silo.Output);
            output.WriteLine(gateway.Output);
        }
    }

    public void Dispose() => Directory.Delete(_ring, recursive: true);

    private OwnProcess Silo(string database) =>
        OwnProcess.Start("Journey.Silo",
            ["Journey:Storage:Provider=PostgreSql", $"Journey:Storage:ConnectionString={database}", $"Journey:Storage:KeyRing={_ring}",
                .. _siloPorts]);

    private async Task<string> Send(string message)
    {
        await using var client = await MllpClient.ConnectAsync("127.0.0.1", _mllp);
        return Hl7Message.Parse(await client.SendAsync(Encoding.UTF8.GetBytes(message)))["MSA", 1].Text;
    }

    /// <summary>AE asks for the message again; on a busy machine a cluster just started may need a second time.</summary>
    private Task UntilAccepted(string message) =>
        StandaloneHostFixture.Eventually(() => Send(message), code => code == "AA", "the message is acknowledged", seconds: 60);

    private static async Task<bool> Fails(HubConnection hub)
    {
        try
        {
            await hub.InvokeAsync<DateTimeOffset>("Now");
            return false;
        }
        catch (HubException e)
        {
            return e.Message.Contains("unavailable", StringComparison.Ordinal);
        }
    }

    private static async Task Until(HttpClient http, string path, HttpStatusCode status, Func<string>? output = null)
    {
        var last = "no answer";
        for (var until = Environment.TickCount64 + 60_000; Environment.TickCount64 < until; await Task.Delay(100))
        {
            try
            {
                using var response = await http.GetAsync(path);
                if (response.StatusCode == status) return;
                last = response.StatusCode.ToString();
            }
            catch (HttpRequestException e)
            {
                last = e.Message;
            }
        }

        Assert.Fail($"{path} did not answer {status} within 60 s; last: {last}\n{output?.Invoke()}");
    }
}

using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using k8s.Models;
using Npgsql;

namespace Journey.Kubernetes.Tests;

/// <summary>
/// The settings that are rendered, in real processes: the migration as the owner, a silo and a gateway with roles that own nothing, on a real
/// PostgreSQL.
/// </summary>
public sealed class ClusterTests
{
    private const string Message =
        "MSH|^~\\&|HIS|MAIN|JOURNEY|MAIN|20260302081500+0000||ADT^A04^ADT_A01|MSG0001|P|2.5.1\rEVN|A04|20260302081500+0000\r"
        + "PID|1||100234^^^MAIN^MR||Invented^Ida||19700101|F\rPV1|1|E|ED^R01^1^MAIN||||||||||||||||V4711\r";

    [Fact]
    public async Task Silo_and_gateway_run_with_roles_that_may_no_more_than_they_need_and_show_the_metrics_that_scale_them()
    {
        await using var server = await PostgresServer.Create();
        await using var folder = new Folder();
        foreach (var role in (string[])["journey_owner", "journey_silo", "journey_gateway"])
            await Execute(server.ConnectionString(), $"create role {role} login");
        await Execute(server.ConnectionString(), "create database journey owner journey_owner");
        string As(string role) => server.ConnectionString("journey").Replace("Username=postgres", $"Username={role}", StringComparison.Ordinal);
        var trial = Overlay.Named("trial");
        var (siloPort, clientPort, siloHttp, gatewayHttp, mllp) = (Ports.Free(), Ports.Free(), Ports.Free(), Ports.Free(), Ports.Free());

        AppProcess Silo() => folder.Start("Journey.Silo", trial, "journey-silo", siloHttp, new()
        {
            ["Journey__Storage__ConnectionString"] = As("journey_silo"), ["Journey__Cluster__AdvertisedAddress"] = "127.0.0.1",
            ["Journey__Cluster__SiloPort"] = $"{siloPort}", ["Journey__Cluster__GatewayPort"] = $"{clientPort}",
        });

        // A silo that is first leaves the schema alone and says what to do.
        await using (var early = Silo())
        {
            Assert.Equal(78, await early.Ended());
            Assert.Contains("Journey.Silo migrate", early.Output, StringComparison.Ordinal);
        }

        foreach (var expected in (string[])["steps applied", "0 steps applied"])
        {
            await using var migrate = folder.Start("Journey.Silo", trial, "journey-migrate", null,
                new() { ["Journey__Storage__ConnectionString"] = As("journey_owner") }, "migrate");
            Assert.True(await migrate.Ended() == 0, migrate.Output);
            Assert.Contains(expected, migrate.Output, StringComparison.Ordinal);
        }

        await using var silo = Silo();
        await silo.Ready();
        await using var gateway = folder.Start("Journey.Gateway", trial, "journey-gateway", gatewayHttp, new()
        {
            // At the desk of this machine nobody signs in.
            ["Journey__Identity__Authority"] = "", ["Journey__Gateway__WithoutSignIn"] = "true", ["Journey__Gateway__Proxies"] = "",
            ["Journey__Cluster__ConnectionString"] = As("journey_gateway"), ["Journey__Mllp__Address"] = "127.0.0.1",
            ["Journey__Mllp__Port"] = $"{mllp}",
        });
        await gateway.Ready();

        Assert.Contains("MSA|AA|MSG0001", await Send(mllp), StringComparison.Ordinal);
        using var watcher = new ClientWebSocket();
        await watcher.ConnectAsync(new Uri($"ws://127.0.0.1:{gatewayHttp}/hubs/board"), default);
        await watcher.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, default);
        await watcher.ReceiveAsync(new byte[64], default);
        var shown = await silo.Metrics() + await gateway.Metrics();
        Assert.All(Adapter.Read(), rule => Assert.Contains("\n" + rule.Series() + "{", shown, StringComparison.Ordinal));

        Assert.Equal("", await State(As("journey_gateway"), "select * from orleans_silo"));
        foreach (var forbidden in (string[])
                 [
                     "select * from journal", "select * from visit_card", "select * from message_log", "select * from audit",
                     "select * from orleans_snapshot", "select * from sealing",
                     "delete from orleans_silo", "update OrleansQuery set QueryText = ''", "create table mine (n integer)",
                 ])
            Assert.Equal("42501", await State(As("journey_gateway"), forbidden));
        foreach (var forbidden in (string[])["alter table audit disable trigger audit_append_only", "delete from audit", "update audit set who = ''",
            "delete from audit_head", "update audit_retention set days = 1", "update OrleansQuery set QueryText = ''", "delete from schema_version",
            "drop table journal", "create table mine (n integer)"])
            Assert.Equal("42501", await State(As("journey_silo"), forbidden));
    }

    [Theory, InlineData("trial"), InlineData("production")]
    public void What_scales_a_deployment_is_a_metric_that_the_adapter_serves(string overlay) =>
        Assert.All(Overlay.Named(overlay).All<V2HorizontalPodAutoscaler>().SelectMany(h => h.Spec.Metrics).Select(m => m.Pods?.Metric.Name)
            .OfType<string>(),
            metric => Assert.Contains(metric, Adapter.Read().Select(r => r.Name.As)));

    private static async Task<string> Send(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"\u000b{Message}\u001c\r"));
        var answer = new StringBuilder();
        var buffer = new byte[1024];
        while (!answer.ToString().Contains('\u001c')) answer.Append(Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer)));
        return answer.ToString();
    }

    private static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How the server refuses it; empty when it does not.</summary>
    private static async Task<string> State(string connectionString, string sql)
    {
        try
        {
            await Execute(connectionString, sql);
            return "";
        }
        catch (PostgresException e)
        {
            return e.SqlState;
        }
    }
}

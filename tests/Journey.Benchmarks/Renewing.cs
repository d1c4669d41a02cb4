using System.Globalization;
using Journey.Benchmarks.Harness;
using Journey.Benchmarks.Hosts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Journey.Benchmarks;

/// <summary>
/// What every gateway asks of every board it watches, every two seconds: whether it still has the whole of it. Beside it, reading the board, which
/// answers that too; both over a connection, as between machines.
/// </summary>
internal static class Renewing
{
    private const string Unit = "LARGE";
    private const int Rows = 500;
    private const int Samples = 200;

    public static async Task Run(Settings settings)
    {
        Report.Title("renew");
        await using var house = await House.Open(null);
        await Workers.Each(Rows, 64, i => house.Grains.GetGrain<IVisitGrain>(Guid.NewGuid())
            .Arrive(Some.Arrival(i, Unit, Some.Now, PatientClass.Inpatient)));
        using var gateway = await Connect(house.Services.GetRequiredService<IOptions<EndpointOptions>>().Value.GatewayPort);
        var grains = gateway.Services.GetRequiredService<IClusterClient>();
        var board = grains.GetGrain<IUnitBoardGrain>(BoardKeys.Unit(Unit));
        var watcher = new Deaf();
        var reference = grains.CreateObjectReference<IBoardObserver>(watcher);
        while ((await board.Watch(reference)).Rows.Length < Rows) await Task.Delay(20);

        var legs = await Rounds.Run(settings, Leg("renewed", () => board.Renew(reference)), Leg("read whole", () => board.Watch(reference)));
        Report.Table(legs);
        var (renewed, whole) = (await Bytes(() => board.Renew(reference)), await Bytes(() => board.Watch(reference)));
        Report.Say(string.Create(CultureInfo.InvariantCulture,
            $"A board of {Rows} rows: {renewed:N0} bytes to renew it, {whole:N0} to read it, with both ways' headers; for 200 of them every two "
                + $"seconds {renewed * 100 / 1e6:0.00} MB/s and {whole * 100 / 1e6:0.0} MB/s for each gateway."));
        GC.KeepAlive(watcher);
        await gateway.StopAsync();
    }

    private static Leg Leg(string name, Func<Task> call) => new(name, "boards/s", (time, latencies) => Workers.Run(4, time, latencies, _ => call()));

    private static async Task<IHost> Connect(int port)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client.UseLocalhostClustering(port, serviceId: "journey", clusterId: "standalone"));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>What crosses the loopback for one call; nothing else of this benchmark does.</summary>
    private static async Task<double> Bytes(Func<Task> call)
    {
        var before = Loopback();
        for (var i = 0; i < Samples; i++) await call();
        return (Loopback() - before) / (double)Samples;
    }

    private static long Loopback() =>
        long.Parse(File.ReadAllLines("/proc/net/dev").Single(line => line.TrimStart().StartsWith("lo:", StringComparison.Ordinal))
        .Split(':')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);

    private sealed class Deaf : IBoardObserver
    {
        public Task Changed(BoardDelta delta) => Task.CompletedTask;
        public Task HospitalChanged(System.Collections.Immutable.ImmutableArray<UnitSummary> changed) => Task.CompletedTask;
        public Task Left(string unit) => Task.CompletedTask;
    }
}

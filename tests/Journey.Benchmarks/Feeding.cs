using System.Diagnostics;
using System.Globalization;
using Journey.Benchmarks.Harness;
using Journey.Benchmarks.Hosts;
using Journey.Testing;
using Npgsql;

namespace Journey.Benchmarks;

/// <summary>
/// MLLP in, durable, AA out: the whole standalone on PostgreSQL under real ADT messages, beside single-row upserts and a Node receiver, and on
/// SQLite.
/// </summary>
internal static class Feeding
{
    private const int Clients = 64;
    private const int Wards = 400;

    public static async Task Run(Settings settings)
    {
        Report.Title("mllp");
        await using var postgres = await Postgres.Start();
        var database = await postgres.CreateDatabase();
        await using var house = await House.Open(database);
        await using var sender = LoadClient.Start(house.MllpPort, "J", settings.Connections, Wards);
        await using var onSqlite = await House.Open(null);
        await using var other = LoadClient.Start(onSqlite.MllpPort, "S", settings.Connections, Wards);
        var legs = new List<Leg> { sender.Leg("Journey, PostgreSQL"), await postgres.Upserts(Clients, Committing.Document(2048)) };
        await using var medplum = await Medplum.Start(postgres);
        await using var third = medplum is null ? null : LoadClient.Start(medplum.Port, "M", settings.Connections, Wards);
        if (third is not null) legs.Add(third.Leg("@medplum/hl7 + pg"));
        legs.Add(other.Leg("Journey, SQLite"));
        var measured = await Rounds.Run(settings, postgres.Checkpoint, postgres.Count, [.. legs]);
        Report.Table(measured);
        Report.Statements(measured[0]);
        Report.Times([.. sender.Steps.Select((times, step) => ("AA of " + Admissions.Steps[step], times))]);
        var rows = await Postgres.Ask(database,
            "select (select count(*) from message_log) || ' messages logged, ' || (select count(*) from journal) || ' journal rows, ' || (select "
                + "count(*) from inbox) || ' inbox rows, ' || (select count(*) from visit_card) || ' cards'");
        Report.Say($"{settings.Connections} connections, each sending the next message when the last is acknowledged: A04, A08, A02, A08, A03 of "
            + $"ever new patients on {Wards} wards, "
            + $"about {new Admissions("L", Wards).Message(1, 1).Length} bytes each. Warm-up included, Journey "
            + $"wrote {rows}. The load client is a process of its own, as pgbench is, and takes its share of the cores from every MLLP leg alike.");
        Budget[] budgets = [Budget.AtLeast($"MLLP → AA beside pgbench at {Clients} clients", 1, measured[0], measured[1])];
        if (medplum is null) Report.Say("**@medplum/hl7 was not measured: node or npm is missing, or the packages could not be installed.**");
        else budgets = [.. budgets, Budget.AtLeast("MLLP → AA beside @medplum/hl7 writing one row", 3, measured[0], measured[2])];
        Report.Budgets(budgets);
    }
}

/// <summary>The reference receiver of <c>reference/</c>, installed into a temporary folder.</summary>
internal sealed class Medplum : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private Medplum(Process process, string folder, int port) => (_process, _folder, Port) = (process, folder, port);

    public int Port { get; }

    /// <summary>Null, loudly, when it cannot be had here.</summary>
    public static async Task<Medplum?> Start(Postgres postgres)
    {
        var folder = Directory.CreateTempSubdirectory("journey-medplum-").FullName;
        foreach (var file in (string[])["medplum.mjs", "package.json"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, "reference", file), Path.Combine(folder, file));
        try
        {
            using var install = Process.Start(new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--silent"])
            {
                WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            await install.WaitForExitAsync();
            if (install.ExitCode != 0) throw new InvalidOperationException("npm install failed: " + await install.StandardError.ReadToEndAsync());
            var port = Ports.Free();
            var database = new NpgsqlConnectionStringBuilder(await postgres.CreateDatabase()).Database!;
            var process = Process.Start(new ProcessStartInfo("node",
                ["medplum.mjs", port.ToString(CultureInfo.InvariantCulture), "127.0.0.1",
                    postgres.Port.ToString(CultureInfo.InvariantCulture), database])
            {
                WorkingDirectory = folder, RedirectStandardOutput = true,
            })!;
            var said = await process.StandardOutput.ReadLineAsync();
            return said == "listening" ? new Medplum(process, folder, port) : throw new InvalidOperationException("It did not start: " + said);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            Console.Error.WriteLine("!! SKIPPED: the reference @medplum/hl7 cannot run here: " + e.Message);
            Directory.Delete(folder, recursive: true);
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

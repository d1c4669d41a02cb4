using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Journey.Benchmarks.Harness;
using Journey.Benchmarks.Hosts;
using Npgsql;

namespace Journey.Benchmarks;

/// <summary>MLLP in, durable, AA out: the whole standalone on PostgreSQL under real ADT messages, beside single-row upserts and a Node receiver.</summary>
internal static class Feeding
{
    private const int Connections = 64;
    private const int Wards = 400;

    public static async Task Run(Settings settings)
    {
        Report.Title("mllp");
        await using var postgres = await Postgres.Start();
        var database = await postgres.CreateDatabase();
        await using var house = await House.Open(database);
        var legs = new List<Leg> { Load("Journey", house.MllpPort), await postgres.Upserts(Connections, Committing.Document(2048)) };
        await using var medplum = await Medplum.Start(postgres);
        if (medplum is not null) legs.Add(Load("@medplum/hl7 + pg", medplum.Port));
        var measured = await Rounds.Run(settings, postgres.Checkpoint, postgres.Used, [.. legs]);
        Report.Table(measured);
        var rows = await Postgres.Ask(database, "select (select count(*) from message_log) || ' messages logged, ' || (select count(*) from journal) || ' journal rows, ' || (select count(*) from inbox) || ' inbox rows, ' || (select count(*) from visit_card) || ' cards'");
        Report.Say($"{Connections} connections, each sending the next message when the last is acknowledged: A04, A08, A02, A08, A03 of ever new patients on {Wards} wards, "
            + $"about {new Admissions("L", Wards).Message(1, 1).Length} bytes each. Warm-up included, Journey wrote {rows}. The load client, in this process, takes its share of the cores from every MLLP leg alike.");
        Budget[] budgets = [Budget.AtLeast("MLLP → AA beside pgbench at 64 clients", 1, measured[0], measured[1])];
        if (medplum is null) Report.Say("**@medplum/hl7 was not measured: node or npm is missing, or the packages could not be installed.**");
        else budgets = [.. budgets, Budget.AtLeast("MLLP → AA beside @medplum/hl7 writing one row", 3, measured[0], measured[2])];
        Report.Budgets(budgets);
    }

    private static Leg Load(string name, int port)
    {
        var patients = 0;
        var people = new Admissions(name[..1] + Environment.ProcessId.ToString(CultureInfo.InvariantCulture), Wards);
        return new(name, "messages/s", async (time, latencies) =>
        {
            var lines = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => MllpLine.Connect(port)));
            var at = new (int Patient, int Step)[Connections];
            for (var i = 0; i < Connections; i++) at[i] = (Interlocked.Increment(ref patients), 0);
            try
            {
                return await Workers.Run(Connections, time, latencies, async i =>
                {
                    await lines[i].Send(people.Message(at[i].Patient, at[i].Step));
                    at[i] = at[i].Step + 1 < Admissions.PerCourse ? (at[i].Patient, at[i].Step + 1) : (Interlocked.Increment(ref patients), 0);
                });
            }
            finally
            {
                foreach (var line in lines) line.Dispose();
            }
        });
    }
}

/// <summary>The least that sends a message and waits for its AA.</summary>
internal sealed class MllpLine(Socket socket) : IDisposable
{
    private readonly byte[] buffer = new byte[64 * 1024];

    public static async Task<MllpLine> Connect(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new MllpLine(socket);
    }

    public async Task Send(byte[] message)
    {
        buffer[0] = 0x0B;
        message.CopyTo(buffer, 1);
        (buffer[message.Length + 1], buffer[message.Length + 2]) = (0x1C, 0x0D);
        await socket.SendAsync(buffer.AsMemory(0, message.Length + 3));
        var length = 0;
        while (length < 2 || buffer[length - 2] != 0x1C || buffer[length - 1] != 0x0D)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0) throw new IOException("The receiver closed the connection.");
            length += read;
        }

        if (buffer.AsSpan(0, length).IndexOf("MSA|AA"u8) < 0 && buffer.AsSpan(0, length).IndexOf("MSA|CA"u8) < 0)
            throw new InvalidOperationException("Not accepted: " + System.Text.Encoding.UTF8.GetString(buffer, 0, length).Replace('\r', ' '));
    }

    public void Dispose() => socket.Dispose();
}

/// <summary>The reference receiver of <c>reference/</c>, installed into a temporary folder.</summary>
internal sealed class Medplum : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;

    private Medplum(Process process, string folder, int port) => (this.process, this.folder, Port) = (process, folder, port);

    public int Port { get; }

    /// <summary>Null, loudly, when it cannot be had here.</summary>
    public static async Task<Medplum?> Start(Postgres postgres)
    {
        var folder = Directory.CreateTempSubdirectory("journey-medplum-").FullName;
        foreach (var file in (string[])["medplum.mjs", "package.json"]) File.Copy(Path.Combine(AppContext.BaseDirectory, "reference", file), Path.Combine(folder, file));
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
                ["medplum.mjs", port.ToString(CultureInfo.InvariantCulture), "127.0.0.1", postgres.Port.ToString(CultureInfo.InvariantCulture), database])
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
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}

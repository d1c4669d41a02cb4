using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Journey.Benchmarks.Harness;
using Journey.Testing;

namespace Journey.Benchmarks.Hosts;

/// <summary>
/// A hospital's systems in a process of their own, as pgbench is: what they cost is not counted as Journey's, and they share no heap and no thread
/// pool with it. It lives for the whole run, so that its code is warm in every round.
/// </summary>
internal sealed class LoadClient : IAsyncDisposable
{
    /// <summary>The first argument of that process.</summary>
    public const string Verb = "--load";

    private readonly Process _process;

    private LoadClient(Process process) => _process = process;

    /// <summary>Times to the acknowledgement in the last leg, by what was sent: see <see cref="Admissions.Steps"/>.</summary>
    public IReadOnlyList<Latencies> Steps { get; private set; } = [];

    public static LoadClient Start(int port, string prefix, int connections, int wards)
    {
        string[] arguments = [Verb, Text(port), prefix + Text(Environment.ProcessId), Text(connections), Text(wards)];
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_gcServer"] = "0";
        return new LoadClient(Process.Start(start)!);
    }

    public Leg Leg(string name) => new(name, "messages/s", async (time, latencies) =>
    {
        await _process.StandardInput.WriteLineAsync(time.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        await _process.StandardInput.FlushAsync();
        var line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The load client ended; see above.");
        var result = JsonSerializer.Deserialize<LoadResult>(line)!;
        Steps = [.. result.Steps.Select(Latencies.From)];
        foreach (var step in Steps) latencies.Add(step);
        return result.Rate;
    });

    /// <summary>What runs in that process: for each line, a number of seconds, a load and its result.</summary>
    public static async Task<int> Serve(string[] args)
    {
        var (port, connections) = (Number(args[1]), Number(args[3]));
        var people = new Admissions(args[2], Number(args[4]));
        var patients = 0;
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var steps = Enumerable.Range(0, Admissions.PerCourse).Select(_ => new Latencies()).ToArray();
            var lines = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => MllpLine.Connect(port)));
            var at = new (int Patient, int Step)[connections];
            for (var i = 0; i < connections; i++) at[i] = (++patients, 0);
            var time = TimeSpan.FromSeconds(double.Parse(line, CultureInfo.InvariantCulture));
            var rate = await Workers.Run(connections, time, new Latencies(), async i =>
            {
                var (message, sent) = (people.Message(at[i].Patient, at[i].Step), Stopwatch.GetTimestamp());
                await lines[i].Send(message);
                steps[at[i].Step].AddSince(sent);
                at[i] = at[i].Step + 1 < Admissions.PerCourse ? (at[i].Patient, at[i].Step + 1) : (Interlocked.Increment(ref patients), 0);
            });
            foreach (var each in lines) each.Dispose();
            Console.WriteLine(JsonSerializer.Serialize(new LoadResult(rate, [.. steps.Select(step => step.ToTimes())])));
        }

        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private sealed record LoadResult(double Rate, Times[] Steps);
}

/// <summary>The least that sends a message and waits for its AA.</summary>
internal sealed class MllpLine(Socket socket) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];

    public static async Task<MllpLine> Connect(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new MllpLine(socket);
    }

    public async Task Send(byte[] message)
    {
        _buffer[0] = 0x0B;
        message.CopyTo(_buffer, 1);
        (_buffer[message.Length + 1], _buffer[message.Length + 2]) = (0x1C, 0x0D);
        await socket.SendAsync(_buffer.AsMemory(0, message.Length + 3));
        var length = 0;
        while (length < 2 || _buffer[length - 2] != 0x1C || _buffer[length - 1] != 0x0D)
        {
            var read = await socket.ReceiveAsync(_buffer.AsMemory(length));
            if (read == 0) throw new IOException("The receiver closed the connection.");
            length += read;
        }

        if (_buffer.AsSpan(0, length).IndexOf("MSA|AA"u8) < 0 && _buffer.AsSpan(0, length).IndexOf("MSA|CA"u8) < 0)
            throw new InvalidOperationException("Not accepted: " + System.Text.Encoding.UTF8.GetString(_buffer, 0, length).Replace('\r', ' '));
    }

    public void Dispose() => socket.Dispose();
}

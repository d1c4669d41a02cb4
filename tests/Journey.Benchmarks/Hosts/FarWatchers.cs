using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Journey.Api;

namespace Journey.Benchmarks.Hosts;

/// <summary>What one watcher saw: the mark of an event, and when (<see cref="Stopwatch"/>, which all processes of a machine share).</summary>
internal readonly record struct Sight(int Mark, long At);

/// <param name="Messages">Hub messages received by all of them.</param>
/// <param name="Bytes">What they weighed.</param>
/// <param name="Used">Processor time of the watchers' process.</param>
/// <param name="Dropped">How often one was dropped and came back.</param>
internal sealed record Seen(IReadOnlyList<Sight> Sights, long Messages, long Bytes, TimeSpan Used, long Dropped);

/// <summary>
/// Watchers in a process of their own, as browsers are. They look in each message for the marks (nurses named by numbers) and make no objects of
/// it: what is measured is the way to them, not what a client does with it.
/// </summary>
internal sealed class FarWatchers : IAsyncDisposable
{
    /// <summary>The first argument that makes this program be the watchers.</summary>
    public const string Argument = "watchers";

    private readonly Process _process;
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"journey-{Guid.NewGuid():N}.sights");

    private FarWatchers(Uri url, string protocol, int count, int units, string unit)
    {
        string[] arguments = [Argument, url.ToString(), protocol, count.ToString(CultureInfo.InvariantCulture),
            units.ToString(CultureInfo.InvariantCulture), _file, unit];
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true
        })!;
    }

    /// <summary>Starts <paramref name="count"/> watchers of the units U0, U1 … in turn, and answers when each has its board.</summary>
    /// <param name="unit">What the units' names begin with instead of U.</param>
    public static async Task<FarWatchers> Start(Uri url, string protocol, int count, int units, string unit = "U")
    {
        var watchers = new FarWatchers(url, protocol, count, units, unit);
        if (await watchers._process.StandardOutput.ReadLineAsync() != "ready") throw new InvalidOperationException("The watchers did not start.");
        return watchers;
    }

    /// <summary>Ends them and answers with what they saw.</summary>
    public async Task<Seen> Stop()
    {
        await _process.StandardInput.WriteLineAsync("stop");
        var words = (await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The watchers ended.")).Split(' ')
            .Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        await _process.WaitForExitAsync();
        using var reader = new BinaryReader(File.OpenRead(_file));
        var sights = new Sight[words[0]];
        for (var i = 0; i < sights.Length; i++) sights[i] = new(reader.ReadInt32(), reader.ReadInt64());
        return new(sights, words[1], words[2], TimeSpan.FromTicks(words[3]), words[4]);
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
        File.Delete(_file);
        return ValueTask.CompletedTask;
    }

    /// <summary>The watchers' process itself.</summary>
    public static async Task Be(string[] args)
    {
        var (url, wire, count, units, file) = (new Uri(args[0]), Wire.Named(args[1]), Number(args[2]), Number(args[3]), args[4]);
        var watchers = Enumerable.Range(0, count).Select(i => new FarWatcher(wire, args[5] + i % units)).ToArray();
        await Harness.Workers.Each(count, 16, i => watchers[i].Connect(new Uri($"ws://{url.Authority}{Paths.BoardHub}")));
        var used = Harness.Processor.Own;
        using var stop = new CancellationTokenSource();
        var watching = watchers.Select(watcher => watcher.Watch(stop.Token)).ToArray();
        Console.WriteLine("ready");
        await Console.In.ReadLineAsync();
        used = Harness.Processor.Own - used;
        await stop.CancelAsync();
        await Task.WhenAll(watching);
        await using (var writer = new BinaryWriter(File.Create(file)))
        {
            foreach (var (mark, at) in watchers.SelectMany(watcher => watcher.Sights))
            {
                writer.Write(mark);
                writer.Write(at);
            }
        }

        Console.WriteLine(
            $"{watchers.Sum(w => w.Sights.Count)} {watchers.Sum(w => w.Messages)} {watchers.Sum(w => w.Bytes)} {used.Ticks} {watchers.Sum(w => w.Dropped)}");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>What a watcher says and looks for in one of the hub's two protocols.</summary>
internal sealed record Wire(string Name, WebSocketMessageType Kind, byte[] Ping, Func<string, byte[]> Watch, byte[] NurseIs)
{
    private static readonly Wire Json = new("json", WebSocketMessageType.Text, "{\"type\":6}\u001e"u8.ToArray(),
        unit => Encoding.UTF8.GetBytes($$"""{"type":1,"invocationId":"1","target":"{{nameof(IBoardHub.WatchUnit)}}","arguments":["{{unit}}"]}"""
            + '\u001e'), "\"nurse\":\""u8.ToArray());

    /// <summary>Arrays with a length before each message: [6] is a ping; [1, headers, id, target, arguments, streams] a call.</summary>
    private static readonly Wire MessagePack = new("messagepack", WebSocketMessageType.Binary, [2, 0x91, 6], unit =>
    {
        byte[] call = [0x96, 1, 0x80, 0xA1, (byte)'1', .. Text(nameof(IBoardHub.WatchUnit)), 0x91, .. Text(unit), 0x90];
        return [(byte)call.Length, .. call];
    }, Text(nameof(BoardRow.Nurse)));

    public static Wire Named(string name) => name == Json.Name ? Json : MessagePack;

    /// <summary>A string of fewer than 32 bytes.</summary>
    private static byte[] Text(string text) => [(byte)(0xA0 | text.Length), .. Encoding.ASCII.GetBytes(text)];
}

/// <summary>One hub connection.</summary>
internal sealed class FarWatcher(Wire wire, string unit)
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);

    /// <summary>A row comes again when something else of it changes, an alert say: its mark was seen already.</summary>
    private readonly HashSet<int> _marks = [];
    private ClientWebSocket _socket = new();
    private Uri? _address;
    private byte[] _buffer = new byte[64 * 1024];

    public List<Sight> Sights { get; } = new(16 * 1024);
    public long Messages { get; private set; }
    public long Bytes { get; private set; }
    public long Dropped { get; private set; }

    public async Task Connect(Uri url)
    {
        _address = url;
        await _socket.ConnectAsync(url, CancellationToken.None);
        await Send(Encoding.UTF8.GetBytes($$"""{"protocol":"{{wire.Name}}","version":1}""" + '\u001e'), WebSocketMessageType.Text);
        await Receive(CancellationToken.None);
        await Send(wire.Watch(unit), wire.Kind);
        // The answer is the only message that holds the unit's beds as well as all its rows: the first that is long.
        while (await Receive(CancellationToken.None) < 1000) { }
    }

    public async Task Watch(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Listen(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }
            catch (Exception e) when (e is WebSocketException or InvalidOperationException)
            {
                // It comes back to a fresh board, as a browser does.
                Dropped++;
                _socket.Dispose();
                _socket = new();
                await Connect(_address!);
            }
        }
    }

    private async Task Listen(CancellationToken stop)
    {
        var pinged = Stopwatch.GetTimestamp();
        while (true)
        {
            var length = await Receive(stop);
            var now = Stopwatch.GetTimestamp();
            Messages++;
            Bytes += length;
            Look(_buffer.AsSpan(0, length), now);
            if (Stopwatch.GetElapsedTime(pinged, now) < PingEvery) continue;
            pinged = now;
            await Send(wire.Ping, wire.Kind);
        }
    }

    private void Look(ReadOnlySpan<byte> message, long now)
    {
        while (message.IndexOf(wire.NurseIs) is var found and >= 0)
        {
            message = message[(found + wire.NurseIs.Length)..];
            // MessagePack says the name's length in one byte before it.
            var name = wire.Kind == WebSocketMessageType.Binary ? message[1..] : message;
            if (System.Buffers.Text.Utf8Parser.TryParse(name, out int mark, out var read) && read > 0 && _marks.Add(mark)) Sights.Add(new(mark, now));
        }
    }

    private async ValueTask<int> Receive(CancellationToken stop)
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length) Array.Resize(ref _buffer, length * 2);
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), stop);
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close) throw new InvalidOperationException("A watcher was dropped.");
            if (part.EndOfMessage) return length;
        }
    }

    private Task Send(byte[] message, WebSocketMessageType kind) => _socket.SendAsync(message, kind, true, CancellationToken.None);
}

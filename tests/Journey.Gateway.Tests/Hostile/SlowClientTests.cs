using System.Net.Sockets;
using System.Text;

namespace Journey.Gateway.Tests.Hostile;

/// <summary>Connections that say little, slowly or without end take nobody else's place, and end.</summary>
public sealed class SlowClientTests(BesiegedHost journey)
{
    [Fact]
    public Task Requests_that_never_become_one_are_closed() => journey.StaysWell(async () =>
    {
        var slow = new List<Socket>();
        for (var i = 0; i < 150; i++) slow.Add(await BesiegedHost.Connect(journey.HttpPort));
        foreach (var socket in slow) await socket.SendAsync("GET /api/v1/units HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: "u8.ToArray());
        var ends = slow.Select(async socket =>
        {
            // A byte now and then, as slowloris sends it.
            using var dripping = new CancellationTokenSource();
            var drips = Drip(socket, "b"u8.ToArray(), dripping.Token);
            var said = await BesiegedHost.Read(socket, seconds: 60);
            await dripping.CancelAsync();
            await drips;
            return said;
        }).ToList();
        Assert.All(await Task.WhenAll(ends),
            said => Assert.True(said.Length == 0 || said.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), said));
        foreach (var socket in slow) socket.Dispose();
    });

    [Fact]
    public Task Bodies_that_never_end_are_closed() => journey.StaysWell(async () =>
    {
        var slow = new List<Socket>();
        for (var i = 0; i < 40; i++) slow.Add(await BesiegedHost.Connect(journey.HttpPort));
        foreach (var socket in slow)
            await socket
                .SendAsync(Encoding.ASCII.GetBytes(
                    $"POST /api/v1/family/open HTTP/1.1\r\nHost: 127.0.0.1:{journey.HttpPort}\r\nOrigin: {journey.Address}\r\nContent-Type: "
                        + $"application/json\r\nContent-Length: 60000\r\n\r\n{{\"codeWord\":\""));
        Assert.All(await Task.WhenAll(slow.Select(socket => BesiegedHost.Read(socket, seconds: 60))),
            said => Assert.DoesNotContain("200 OK", said, StringComparison.Ordinal));
        foreach (var socket in slow) socket.Dispose();
    });

    [Fact]
    public Task Whoever_opens_feeds_without_end_gets_so_many_and_a_hospitals_system_gets_its_own() => journey.StaysWell(async () =>
    {
        var many = new List<Socket>();
        for (var i = 0; i < 600; i++) many.Add(await BesiegedHost.Connect(journey.MllpPort));
        foreach (var socket in many.Take(BesiegedHost.OfOneAddress)) await socket.SendAsync("\vMSH|^~\\&|A"u8.ToArray());
        // Those that are too many are closed; the others wait for a message that never ends.
        var closed = await Task.WhenAll(many.Skip(BesiegedHost.OfOneAddress)
            .Select(async socket => (await BesiegedHost.Read(socket, seconds: 20)).Length == 0));
        Assert.All(closed, Assert.True);
        foreach (var socket in many) socket.Dispose();
    });

    [Fact]
    public Task Garbage_on_the_feed_is_answered_or_closed_and_ends_nothing() => journey.StaysWell(async () =>
    {
        byte[][] garbage =
        [
            [.. Enumerable.Repeat((byte)'\v', 5_000)], [.. Enumerable.Repeat((byte)0, 100_000)], "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(),
            [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03],
            [.. "\vMSH|^~\\&|"u8, .. Enumerable.Repeat((byte)'A', 1_200_000), 0x1c, 0x0d], "\v\x1c\r\v\x1c\r\v\x1c\r"u8.ToArray(),
            "\vMSH\x1c\r"u8.ToArray(), "\vMSH|^~\\&|||||||ADT^A04|\xff\xfe\x1c\r"u8.ToArray(),
        ];
        foreach (var bytes in garbage)
        {
            using var socket = await BesiegedHost.Connect(journey.MllpPort, "127.0.0.4");
            await socket.SendAsync(bytes);
            socket.Shutdown(SocketShutdown.Send);
            var said = await BesiegedHost.Read(socket);
            Assert.DoesNotContain("MSA|AA", said, StringComparison.Ordinal);
        }
    });

    [Fact]
    public Task Whoever_never_reads_its_acknowledgements_holds_nobody_up() => journey.StaysWell(async () =>
    {
        using var socket = await BesiegedHost.Connect(journey.MllpPort, "127.0.0.5");
        socket.ReceiveBufferSize = 1024;
        var frame = Encoding.ASCII.GetBytes("\vMSH|^~\\&|DEAF|NORTH|||20310314||ZZZ^Z01|" + new string('1', 20) + "|P|2.5\rPID|1||"
            + new string('9', 2_000) + "\r\x1c\r");
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            for (var sent = 0; sent < 20_000; sent++) await socket.SendAsync(frame.AsMemory(), enough.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The other side has stopped to read, or has closed: it does not hold what it cannot get rid of.
        }
    });

    private static async Task Drip(Socket socket, byte[] drop, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(1_000, stop);
                await socket.SendAsync(drop.AsMemory(), stop);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }
}

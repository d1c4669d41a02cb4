using System.Net.Sockets;
using CsCheck;
using Journey.Hl7.Mllp;

namespace Journey.Hl7.Tests;

public class ServerFuzzTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_abuse_keeps_the_listener_from_answering_the_next_good_message()
    {
        await using var listener = new Listener(new MllpServerOptions { MaxFrameBytes = 4096 });
        var gen = Gen.Select(Gen.Int[0, 5], Gen.Byte.Array[0, 400], Gen.Bool).Array[1, 4];
        var random = new Random(20240331);
        var abuse = new List<(int Kind, byte[] Bytes, bool Reset)[]>();
        gen.Sample(abuse.Add, iter: 300, threads: 1);
        await Parallel.ForEachAsync(abuse, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Stop },
            async (acts, _) => await Abuse(listener, acts, random));

        await using var client = await listener.Connect();
        Assert.Equal("AA after", Listener.Acked(await client.SendAsync(Listener.Message("after"), Stop)));
        await client.DisposeAsync();
        await Listener.Until(() => listener.Server.ConnectionCount == 0, "all connections are gone");
        Assert.Empty(listener.Failures);
    }

    [Fact]
    public async Task Senders_that_vanish_while_their_message_is_handled_do_no_harm()
    {
        var (started, gate) = (new SemaphoreSlim(0), new TaskCompletionSource());
        await using var listener = new Listener(handle: async (frame, _) =>
        {
            started.Release();
            await gate.Task;
            return Listener.Accept(frame);
        });
        for (var i = 0; i < 20; i++)
        {
            using var socket = await listener.ConnectRaw();
            await socket.SendAsync((byte[])[0x0B, .. Listener.Message("x"), 0x1C, 0x0D], Stop);
            await started.WaitAsync(Stop);
            socket.LingerState = new LingerOption(true, 0);
        }

        gate.SetResult();
        await Listener.Until(() => listener.Server.ConnectionCount == 0, "all connections are gone");
        await using var client = await listener.Connect();
        Assert.Equal("AA after", Listener.Acked(await client.SendAsync(Listener.Message("after"), Stop)));
    }

    [Fact]
    public async Task Many_senders_at_once_all_get_all_their_answers()
    {
        await using var listener = new Listener();
        await Parallel.ForAsync(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Stop }, async (n, _) =>
        {
            await using var client = await listener.Connect(new MllpClientOptions { Window = 8 });
            var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => client.SendAsync(Listener.Message($"{n}-{i}"), Stop)));
            Assert.Equal(50, replies.Select(Listener.Acked).Distinct().Count());
        });
    }

    private static async Task Abuse(Listener listener, (int Kind, byte[] Bytes, bool Reset)[] acts, Random random)
    {
        using var socket = await listener.ConnectRaw();
        try
        {
            foreach (var (kind, bytes, reset) in acts)
            {
                byte[] sent = kind switch
                {
                    0 => bytes,
                    1 => [0x0B, .. bytes],
                    2 => [0x0B, .. bytes, 0x1C, 0x0D],
                    3 => [0x0B, .. Listener.Message("ok")[..random.Next(20)]],
                    4 => [0x0B, .. Listener.Message("ok"), 0x1C, 0x0D, 0x0B, .. bytes],
                    _ => [0x0B, .. new byte[10_000], 0x1C, 0x0D],
                };
                await socket.SendAsync(sent, Stop);
                if (reset) socket.LingerState = new LingerOption(true, 0);
            }
        }
        catch (SocketException)
        {
            // The listener may have had enough; that is its right.
        }
    }
}

using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Journey.Hl7.Mllp;
using Microsoft.Extensions.Time.Testing;

namespace Journey.Hl7.Tests;

public class ServerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_of_a_connection_are_answered_in_order()
    {
        await using var listener = new Listener();
        await using var client = await listener.Connect();
        for (var i = 0; i < 100; i++) Assert.Equal($"AA {i}", Listener.Acked(await client.SendAsync(Listener.Message($"{i}"), Stop)));
    }

    [Fact]
    public async Task Messages_sent_ahead_are_handled_one_at_a_time_and_answered_in_order()
    {
        var (busy, most) = (0, 0);
        await using var listener = new Listener(handle: async (frame, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref busy));
            await Task.Yield();
            Interlocked.Decrement(ref busy);
            return Listener.Accept(frame);
        });
        await using var client = await listener.Connect(new MllpClientOptions { Window = 64 });
        var replies = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => client.SendAsync(Listener.Message($"{i}"), Stop)));
        Assert.Equal(500, replies.Select(Listener.Acked).Distinct().Count());
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Connections_do_not_wait_for_each_other()
    {
        var gate = new TaskCompletionSource();
        await using var listener = new Listener(handle: async (frame, _) =>
        {
            if (Hl7Message.Parse(frame.Payload).ControlId == "slow") await gate.Task;
            return Listener.Accept(frame);
        });
        await using var slow = await listener.Connect();
        await using var quick = await listener.Connect();
        var waiting = slow.SendAsync(Listener.Message("slow"), Stop);
        Assert.Equal("AA quick", Listener.Acked(await quick.SendAsync(Listener.Message("quick"), Stop)));
        Assert.False(waiting.IsCompleted);
        gate.SetResult();
        Assert.Equal("AA slow", Listener.Acked(await waiting));
    }

    [Fact]
    public async Task A_handler_that_throws_costs_one_AE_and_nothing_else()
    {
        await using var listener = new Listener(handle: (frame, _) =>
            Hl7Message.Parse(frame.Payload).ControlId == "bad"
            ? throw new InvalidOperationException("secret")
            : ValueTask.FromResult(Listener.Accept(frame)));
        await using var client = await listener.Connect();
        var reply = Hl7Message.Parse(await client.SendAsync(Listener.Message("bad"), Stop));
        Assert.Equal(("AE", "bad", "207"), (reply["MSA", 1].Text, reply["MSA", 2].Text, reply["ERR", 3].Text));
        Assert.DoesNotContain("secret", Encoding.UTF8.GetString(reply.Bytes.Span), StringComparison.Ordinal);
        Assert.Equal("AA good", Listener.Acked(await client.SendAsync(Listener.Message("good"), Stop)));
        Assert.IsType<InvalidOperationException>(Assert.Single(listener.Failures));
        Assert.Single(listener.Connections);
    }

    [Fact]
    public async Task An_observer_that_throws_disturbs_nobody()
    {
        await using var listener = new Listener();
        await using var server = new MllpServer(new MllpServerOptions { Port = 0 }, listener, observer: new Troublemaker());
        server.Start();
        await using var client = await MllpClient.ConnectAsync("127.0.0.1", server.LocalEndPoint!.Port, cancellationToken: Stop);
        Assert.Equal("AA 1", Listener.Acked(await client.SendAsync(Listener.Message("1"), Stop)));
    }

    [Fact]
    public async Task A_handler_that_takes_too_long_is_told_so_and_the_sender_gets_AE()
    {
        var clock = new FakeTimeProvider();
        var started = new SemaphoreSlim(0);
        await using var listener = new Listener(clock: clock, handle: async (frame, token) =>
        {
            if (Hl7Message.Parse(frame.Payload).ControlId != "long") return Listener.Accept(frame);
            started.Release();
            await Task.Delay(Timeout.Infinite, token);
            return MllpReply.None;
        });
        await using var client = await listener.Connect();
        var waiting = client.SendAsync(Listener.Message("long"), Stop);
        await started.WaitAsync(Stop);
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("AE long", Listener.Acked(await waiting));
        Assert.Equal("AA next", Listener.Acked(await client.SendAsync(Listener.Message("next"), Stop)));
    }

    [Fact]
    public async Task Two_replies_to_one_message_are_sent_in_frames_of_their_own()
    {
        await using var listener =
            new Listener(handle: (_, _) =>
                ValueTask.FromResult(new MllpReply([Listener.Message("first"), ReadOnlyMemory<byte>.Empty, Listener.Message("second")])));
        await using var client = await listener.Connect();
        Assert.Equal("first", Hl7Message.Parse(await client.SendAsync(Listener.Message("x"), Stop)).ControlId);
        Assert.Equal("second", Hl7Message.Parse(await client.ReceiveAsync(Stop)).ControlId);
    }

    [Fact]
    public async Task No_reply_is_a_reply_too()
    {
        var seen = 0;
        await using var listener = new Listener(handle: (frame, _) => ValueTask.FromResult(++seen < 3 ? MllpReply.None : Listener.Accept(frame)));
        await using var client = await listener.Connect();
        await client.PostAsync(Listener.Message("1"), Stop);
        await client.PostAsync(Listener.Message("2"), Stop);
        Assert.Equal("AA 3", Listener.Acked(await client.SendAsync(Listener.Message("3"), Stop)));
    }

    [Fact]
    public async Task An_oversized_message_is_refused_and_the_connection_stays()
    {
        await using var listener = new Listener(new MllpServerOptions { MaxFrameBytes = 2048 });
        await using var client = await listener.Connect();
        byte[] big = [.. Listener.Message("big"), .. new byte[300_000].Select(_ => (byte)'x')];
        var reply = Hl7Message.Parse(await client.SendAsync(big, Stop));
        Assert.Equal(("AR", "big", "104"), (reply["MSA", 1].Text, reply["MSA", 2].Text, reply["ERR", 3].Text));
        Assert.Equal("AA small", Listener.Acked(await client.SendAsync(Listener.Message("small"), Stop)));
        Assert.Equal(big.Length, Assert.Single(listener.OversizedLengths));
    }

    [Fact]
    public async Task A_sender_that_closes_its_half_still_gets_its_reply()
    {
        await using var listener = new Listener();
        using var socket = await listener.ConnectRaw();
        await socket.SendAsync(Framed(Listener.Message("last")), Stop);
        socket.Shutdown(SocketShutdown.Send);
        var text = await ReadToEnd(socket);
        Assert.Contains("|last", text, StringComparison.Ordinal);
        await Listener.Until(() => listener.Server.ConnectionCount == 0, "the connection is gone");
        Assert.Equal(MllpCloseReason.ClosedBySender, Assert.Single(listener.Closings));
    }

    [Fact]
    public async Task Stopping_finishes_and_acknowledges_what_was_read()
    {
        var gate = new TaskCompletionSource();
        var started = new SemaphoreSlim(0);
        await using var listener = new Listener(handle: async (frame, _) =>
        {
            started.Release();
            await gate.Task;
            return Listener.Accept(frame);
        });
        using var socket = await listener.ConnectRaw();
        await socket.SendAsync((byte[])[.. Framed(Listener.Message("1")), .. Framed(Listener.Message("2")), 0x0B, (byte)'M'], Stop);
        await started.WaitAsync(Stop);
        var stopping = listener.Server.StopAsync(TimeSpan.FromSeconds(20));
        Assert.False(stopping.IsCompleted);
        gate.SetResult();
        var text = await ReadToEnd(socket);
        socket.Dispose();
        await stopping;
        Assert.Contains("MSA|AA|1\r", text, StringComparison.Ordinal);
        Assert.Contains("MSA|AA|2\r", text, StringComparison.Ordinal);
        Assert.Equal(0, listener.Server.ConnectionCount);
        Assert.Equal(MllpCloseReason.Stopped, Assert.Single(listener.Closings));
        await Assert.ThrowsAnyAsync<SocketException>(() => listener.ConnectRaw());
    }

    [Fact]
    public async Task What_is_not_finished_in_time_is_broken_off_unacknowledged()
    {
        var started = new SemaphoreSlim(0);
        await using var listener = new Listener(handle: async (_, token) =>
        {
            started.Release();
            await Task.Delay(Timeout.Infinite, token);
            return MllpReply.None;
        });
        await using var client = await listener.Connect();
        var waiting = client.SendAsync(Listener.Message("1"), Stop);
        await started.WaitAsync(Stop);
        await listener.Server.StopAsync(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<IOException>(() => waiting);
        Assert.Equal(0, listener.Server.ConnectionCount);
    }

    [Fact]
    public async Task An_idle_connection_is_closed()
    {
        var clock = new FakeTimeProvider();
        await using var listener = new Listener(new MllpServerOptions { SendTimeout = Timeout.InfiniteTimeSpan }, clock);
        await using var client = await listener.Connect();
        await client.SendAsync(Listener.Message("1"), Stop);
        clock.Advance(TimeSpan.FromMinutes(4));
        await client.SendAsync(Listener.Message("2"), Stop);
        await AdvanceUntilClosed(clock, listener, TimeSpan.FromSeconds(61), MllpCloseReason.Idle, atLeast: 4);
    }

    [Fact]
    public async Task Noise_between_frames_does_not_count_as_life()
    {
        var clock = new FakeTimeProvider();
        await using var listener = new Listener(clock: clock);
        using var socket = await listener.ConnectRaw();
        for (var i = 0; i < 5; i++)
        {
            await Listener.Until(() => listener.Server.ConnectionCount == 1, "the connection is open");
            await socket.SendAsync("noise"u8.ToArray(), Stop);
            clock.Advance(TimeSpan.FromSeconds(50));
        }

        await AdvanceUntilClosed(clock, listener, TimeSpan.FromSeconds(51), MllpCloseReason.Idle);
    }

    [Fact]
    public async Task A_connection_that_never_says_anything_is_closed_where_idle_ones_may_stay()
    {
        var clock = new FakeTimeProvider();
        await using var listener =
            new Listener(new MllpServerOptions { IdleTimeout = Timeout.InfiniteTimeSpan, SendTimeout = Timeout.InfiniteTimeSpan }, clock);
        using var mute = await listener.ConnectRaw();
        await using var quiet = await listener.Connect();
        await quiet.SendAsync(Listener.Message("1"), Stop);
        await AdvanceUntilClosed(clock, listener, TimeSpan.FromMinutes(1), MllpCloseReason.Idle, atLeast: 5);
        clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal("AA 2", Listener.Acked(await quiet.SendAsync(Listener.Message("2"), Stop)));
    }

    [Fact]
    public async Task A_frame_that_trickles_in_is_broken_off()
    {
        var clock = new FakeTimeProvider();
        await using var listener = new Listener(new MllpServerOptions { IdleTimeout = Timeout.InfiniteTimeSpan }, clock);
        using var socket = await listener.ConnectRaw();
        await socket.SendAsync("\u000BMSH|"u8.ToArray(), Stop);
        await AdvanceUntilClosed(clock, listener, TimeSpan.FromSeconds(10), MllpCloseReason.FrameTooSlow);
    }

    [Fact]
    public async Task A_sender_that_never_reads_its_replies_is_let_go()
    {
        var clock = new FakeTimeProvider();
        var reply = new byte[8 * 1024 * 1024];
        await using var listener = new Listener(
            new MllpServerOptions { IdleTimeout = Timeout.InfiniteTimeSpan }, clock, (_, _) => ValueTask.FromResult<MllpReply>(reply));
        using var socket = await listener.ConnectRaw();
        for (var i = 0; i < 4; i++) await socket.SendAsync(Framed(Listener.Message("x")), Stop);
        await AdvanceUntilClosed(clock, listener, TimeSpan.FromSeconds(10), MllpCloseReason.ReplyNotRead);
    }

    [Fact]
    public async Task Connections_over_the_limit_are_refused_and_the_others_stay()
    {
        await using var listener = new Listener(new MllpServerOptions { MaxConnections = 2 });
        await using var first = await listener.Connect();
        await using var second = await listener.Connect();
        await first.SendAsync(Listener.Message("1"), Stop);
        await second.SendAsync(Listener.Message("1"), Stop);
        await using var third = await listener.Connect();
        await Assert.ThrowsAnyAsync<IOException>(() => third.SendAsync(Listener.Message("1"), Stop));
        Assert.Equal("AA 2", Listener.Acked(await first.SendAsync(Listener.Message("2"), Stop)));
        // The connection is closed before the refusal is told.
        await Listener.Until(() => !listener.Refusals.IsEmpty, "the refusal");
        Assert.Equal("2 connections are open already.", Assert.Single(listener.Refusals));
        await second.DisposeAsync();
        await Listener.Until(() => listener.Server.ConnectionCount == 1, "the second connection is gone");
        await using var fourth = await listener.Connect();
        Assert.Equal("AA 4", Listener.Acked(await fourth.SendAsync(Listener.Message("4"), Stop)));
    }

    [Fact]
    public async Task One_address_takes_only_its_share()
    {
        await using var listener = new Listener(new MllpServerOptions { MaxConnectionsPerAddress = 1 });
        await using var first = await listener.Connect();
        await first.SendAsync(Listener.Message("1"), Stop);
        await using var second = await listener.Connect();
        await Assert.ThrowsAnyAsync<IOException>(() => second.SendAsync(Listener.Message("1"), Stop));
        // The connection is closed before the refusal is told.
        await Listener.Until(() => !listener.Refusals.IsEmpty, "the refusal");
        Assert.Equal("1 connections of this address are open already.", Assert.Single(listener.Refusals));
        using var elsewhere = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        elsewhere.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        await elsewhere.ConnectAsync(listener.Server.LocalEndPoint!, Stop);
        await elsewhere.SendAsync(Framed(Listener.Message("3")), Stop);
        Assert.True(await elsewhere.ReceiveAsync(new byte[100], Stop) > 0);
    }

    [Fact]
    public async Task Strangers_leave_the_places_that_are_reserved_for_senders_who_are_known()
    {
        var known = IPAddress.Parse("127.0.0.7");
        await using var listener =
            new Listener(new MllpServerOptions
            {
                MaxConnections = 4, MaxConnectionsPerAddress = 4, ReservedConnections = 2, Reserves = known.Equals,
                Knows = c => ((IPEndPoint)c.Remote!).Address.Equals(known)
            });
        await using var first = await listener.Connect();
        await using var second = await listener.Connect();
        await first.SendAsync(Listener.Message("1"), Stop);
        await second.SendAsync(Listener.Message("1"), Stop);
        await using var third = await listener.Connect();
        await Assert.ThrowsAnyAsync<IOException>(() => third.SendAsync(Listener.Message("1"), Stop));
        await Listener.Until(() => !listener.Refusals.IsEmpty, "the refusal");
        Assert.Equal("2 connections of unknown senders are open already.", Assert.Single(listener.Refusals));
        for (var n = 0; n < 2; n++)
        {
            var sender = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            sender.Bind(new IPEndPoint(known, 0));
            await sender.ConnectAsync(listener.Server.LocalEndPoint!, Stop);
            await sender.SendAsync(Framed(Listener.Message("3")), Stop);
            Assert.True(await sender.ReceiveAsync(new byte[100], Stop) > 0);
        }
    }

    [Fact]
    public async Task A_stranger_must_soon_say_something_and_who_is_known_need_not()
    {
        var clock = new FakeTimeProvider();
        var known = IPAddress.Parse("127.0.0.7");
        await using var listener =
            new Listener(new MllpServerOptions
            {
                FirstFrameTimeout = TimeSpan.FromSeconds(60), IdleTimeout = Timeout.InfiniteTimeSpan,
                Reserves = known.Equals, Knows = c => ((IPEndPoint)c.Remote!).Address.Equals(known)
            }, clock);
        using var stranger = await listener.ConnectRaw();
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        sender.Bind(new IPEndPoint(known, 0));
        await sender.ConnectAsync(listener.Server.LocalEndPoint!, Stop);
        await Listener.Until(() => listener.Connections.Count == 2, "both are open");
        await Listener.Until(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(61));
            return !listener.Closings.IsEmpty;
        }, "the stranger is let go");
        Assert.Equal(MllpCloseReason.Idle, Assert.Single(listener.Closings));
        await sender.SendAsync(Framed(Listener.Message("1")), Stop);
        Assert.True(await sender.ReceiveAsync(new byte[100], Stop) > 0);
    }

    [Theory, InlineData("a\x1c\rb\x1c\n\x1c\vc"), InlineData("\x1c\r"), InlineData("\x1c"), InlineData("a\x1cb\x1c\x1c\r")]
    public async Task Whatever_a_handler_answers_is_one_frame(string answer)
    {
        await using var listener = new Listener(handle: (_, _) => ValueTask.FromResult<MllpReply>(System.Text.Encoding.Latin1.GetBytes(answer)));
        await using var client = await listener.Connect();
        for (var n = 0; n < 3; n++) Assert.Equal(answer.Length, (await client.SendAsync(Listener.Message("1"), Stop)).Length);
    }

    [Fact]
    public async Task A_port_in_use_is_told_with_its_number_and_a_remedy()
    {
        await using var listener = new Listener();
        await using var other = new MllpServer(new MllpServerOptions { Port = listener.Port }, listener);
        var thrown = Assert.Throws<MllpListenException>(other.Start);
        Assert.Equal(
            $"MLLP cannot listen on 127.0.0.1:{listener.Port}: another program is using port {listener.Port}. Stop it, or configure another MLLP "
                + $"port.", thrown.Message);
    }

    [Fact]
    public async Task A_port_is_free_again_after_stopping()
    {
        var listener = new Listener();
        var port = listener.Port;
        await using (var client = await listener.Connect()) await client.SendAsync(Listener.Message("1"), Stop);
        await listener.DisposeAsync();
        await using var again = new MllpServer(new MllpServerOptions { Port = port }, listener);
        again.Start();
        Assert.Equal(port, again.LocalEndPoint!.Port);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_told_so()
    {
        await using var server = new MllpServer(new MllpServerOptions { Address = IPAddress.Parse("203.0.113.7"), Port = 0 }, new Listener());
        Assert.Contains("does not have that address", Assert.Throws<MllpListenException>(server.Start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ipv6_is_listened_on_too()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "No IPv6 on this machine.");
        await using var listener = new Listener(new MllpServerOptions { Address = IPAddress.IPv6Any });
        await using var client = await listener.Connect();
        Assert.Equal("AA 1", Listener.Acked(await client.SendAsync(Listener.Message("1"), Stop)));
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        Assert.Contains("MaxFrameBytes", Assert.Throws<ArgumentException>(() => new MllpServerOptions { MaxFrameBytes = 10 }.Validate()).Message,
            StringComparison.Ordinal);
        Assert.Contains("IdleTimeout",
            Assert.Throws<ArgumentException>(() => new MllpServerOptions { IdleTimeout = TimeSpan.Zero }.Validate()).Message,
            StringComparison.Ordinal);
        Assert.Contains("Port", Assert.Throws<ArgumentException>(() => new MllpServerOptions { Port = 70000 }.Validate()).Message,
            StringComparison.Ordinal);
        new MllpServerOptions().Validate();
    }

    [Fact]
    public async Task What_happens_is_counted()
    {
        long frames = 0, oversized = 0, ignored = 0;
        using var meters =
            new MeterListener { InstrumentPublished = (i, l) => { if (i.Meter.Name == MllpMetrics.MeterName) l.EnableMeasurementEvents(i); } };
        meters.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            if (instrument.Name == "journey.mllp.frames") Interlocked.Add(ref frames, value);
            if (instrument.Name == "journey.mllp.frames.oversized") Interlocked.Add(ref oversized, value);
            if (instrument.Name == "journey.mllp.bytes.ignored") Interlocked.Add(ref ignored, value);
        });
        meters.Start();
        await using var listener = new Listener(new MllpServerOptions { MaxFrameBytes = 1024 });
        using var socket = await listener.ConnectRaw();
        await socket.SendAsync((byte[])[.. "noise"u8, .. Framed(Listener.Message("1")), .. Framed(new byte[5000])], Stop);
        socket.Shutdown(SocketShutdown.Send);
        await ReadToEnd(socket);
        await Listener.Until(() => listener.Server.ConnectionCount == 0, "the connection is gone");
        Assert.True(frames >= 1 && oversized >= 1 && ignored >= 5, $"{frames} {oversized} {ignored}");
    }

    private sealed class Troublemaker : IMllpObserver
    {
        public void Opened(MllpConnectionInfo connection) => throw new InvalidOperationException();
    }

    private static async Task AdvanceUntilClosed(FakeTimeProvider clock, Listener listener, TimeSpan step, MllpCloseReason reason, int atLeast = 0)
    {
        for (var i = 0; listener.Closings.IsEmpty; i++)
        {
            Assert.True(i < 2000, $"Not closed: expected {reason}.");
            clock.Advance(i < atLeast ? TimeSpan.Zero : step);
            await Task.Delay(5, Stop);
        }

        Assert.Equal(reason, listener.Closings.First());
    }

    private static byte[] Framed(byte[] payload) => [0x0B, .. payload, 0x1C, 0x0D];

    private static async Task<string> ReadToEnd(Socket socket)
    {
        var all = new List<byte>();
        var buffer = new byte[4096];
        int count;
        while ((count = await socket.ReceiveAsync(buffer, Stop)) > 0) all.AddRange(buffer.AsSpan(0, count));
        return Encoding.UTF8.GetString([.. all]);
    }
}

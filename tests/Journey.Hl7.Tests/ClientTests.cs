using System.Net.Sockets;
using Journey.Hl7.Mllp;

namespace Journey.Hl7.Tests;

public class ClientTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reply_that_does_not_come_is_a_time_out_and_ends_the_connection()
    {
        await using var listener = new Listener(handle: (_, _) => ValueTask.FromResult(MllpReply.None));
        await using var client = await listener.Connect(new MllpClientOptions { Timeout = TimeSpan.FromMilliseconds(50) });
        await Assert.ThrowsAsync<TimeoutException>(() => client.SendAsync(Listener.Message("1"), Stop));
        await Assert.ThrowsAsync<IOException>(() => client.SendAsync(Listener.Message("2"), Stop));
    }

    [Fact]
    public async Task Nobody_listening_is_told_at_once()
    {
        var listener = new Listener();
        var port = listener.Port;
        await listener.DisposeAsync();
        await Assert.ThrowsAsync<SocketException>(() => MllpClient.ConnectAsync("127.0.0.1", port, cancellationToken: Stop));
    }

    [Fact]
    public async Task Calls_under_way_fail_when_the_listener_goes()
    {
        var started = new SemaphoreSlim(0);
        var listener = new Listener(handle: async (_, token) =>
        {
            started.Release();
            await Task.Delay(Timeout.Infinite, token);
            return MllpReply.None;
        });
        await using var client = await listener.Connect(new MllpClientOptions { Window = 4 });
        var waiting = Enumerable.Range(0, 4).Select(i => client.SendAsync(Listener.Message($"{i}"), Stop)).ToArray();
        await started.WaitAsync(Stop);
        await listener.Server.StopAsync(TimeSpan.Zero);
        foreach (var call in waiting) await Assert.ThrowsAnyAsync<IOException>(() => call);
        await listener.DisposeAsync();
    }

    [Fact]
    public async Task A_reply_over_the_limit_is_an_error()
    {
        await using var listener = new Listener(handle: (_, _) => ValueTask.FromResult<MllpReply>(new byte[5000]));
        await using var client = await listener.Connect(new MllpClientOptions { MaxFrameBytes = 1000 });
        var thrown = await Assert.ThrowsAsync<IOException>(() => client.SendAsync(Listener.Message("1"), Stop));
        Assert.Contains("longer than 1000 bytes", thrown.Message, StringComparison.Ordinal);
    }
}

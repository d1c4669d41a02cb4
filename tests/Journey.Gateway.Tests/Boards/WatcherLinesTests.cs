using System.IO.Pipelines;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Live.Hub;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Tests.Boards;

public class WatcherLinesTests
{
    private readonly WatcherLines _lines = new(
        NullLogger<DefaultHubLifetimeManager<BoardHub>>.Instance, NullLogger<WatcherLines>.Instance,
        Options.Create(new GatewayOptions { SlowClientBacklog = 8 }));

    [Fact]
    public async Task A_browser_that_does_not_read_is_let_go_and_nobody_waits_for_it()
    {
        var (slow, _) = await Join("slow", 2_048);
        var (quick, reader) = await Join("quick");
        var reading = Count(reader, 100);
        for (var i = 0; i < 100; i++)
        {
            Assert.True(_lines.SendGroupAsync("unit:ED", "BoardChanged", [new string('x', 500)],
                TestContext.Current.CancellationToken).IsCompletedSuccessfully);
            await Task.Yield();
        }

        Assert.True(slow.ConnectionAborted.WaitHandle.WaitOne(TimeSpan.FromSeconds(5)));
        await reading.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.False(quick.ConnectionAborted.IsCancellationRequested);
    }

    [Fact]
    public async Task Who_has_left_a_group_or_gone_hears_nothing_more()
    {
        var (connection, _) = await Join("one");
        Assert.True(_lines.Any("unit:ED"));
        await _lines.RemoveFromGroupAsync("one", "unit:ED", TestContext.Current.CancellationToken);
        Assert.False(_lines.Any("unit:ED"));
        await _lines.AddToGroupAsync("one", "unit:ED", TestContext.Current.CancellationToken);
        await _lines.OnDisconnectedAsync(connection);
        Assert.False(_lines.Any("unit:ED"));
        await _lines.AddToGroupAsync("one", "unit:ED", TestContext.Current.CancellationToken);
        Assert.False(_lines.Any("unit:ED"));
    }

    private async Task<(HubConnectionContext Connection, PipeReader Output)> Join(string id, int buffer = 1_000_000)
    {
        var small = new PipeOptions(pauseWriterThreshold: buffer, resumeWriterThreshold: buffer / 2, useSynchronizationContext: false);
        var (input, output) = (new Pipe(small), new Pipe(small));
        var context = new DefaultConnectionContext(id, new Duplex(input.Reader, output.Writer), new Duplex(output.Reader, input.Writer));
        var connection = new HubConnectionContext(context, new HubConnectionContextOptions(),
            NullLoggerFactory.Instance)
        { Protocol = new JsonHubProtocol() };
        await _lines.OnConnectedAsync(connection);
        await _lines.AddToGroupAsync(id, "unit:ED");
        return (connection, output.Reader);
    }

    private static async Task Count(PipeReader reader, int messages)
    {
        while (messages > 0)
        {
            var read = await reader.ReadAsync();
            foreach (var part in read.Buffer) messages -= part.Span.Count((byte)0x1E);
            reader.AdvanceTo(read.Buffer.End);
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

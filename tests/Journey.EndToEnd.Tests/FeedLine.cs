using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using Journey.Hl7.Mllp;

namespace Journey.EndToEnd.Tests;

/// <summary>
/// A sender as interface engines are: one message at a time, in order, over one connection; what was not accepted it sends again, the very same
/// bytes, over a new connection if need be, until it is.
/// </summary>
internal sealed class FeedLine(int port, IReadOnlyList<byte[]> messages)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Control ids of what was answered with AA or CA, in order.</summary>
    public ConcurrentQueue<string> Accepted { get; } = new();

    /// <summary>How often a message was sent again.</summary>
    public int Resent { get; private set; }

    /// <summary>How often it was answered with AE.</summary>
    public int Errors { get; private set; }

    /// <summary>Sends everything.</summary>
    public async Task Run(CancellationToken cancellation = default)
    {
        MllpClient? client = null;
        try
        {
            foreach (var message in messages)
            {
                var started = Stopwatch.GetTimestamp();
                var why = "";
                while (true)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (Stopwatch.GetElapsedTime(started) > Patience)
                        Assert.Fail($"Message {new Plain(message).ControlId} was not accepted within {Patience.TotalSeconds:0} s: {why}");
                    try
                    {
                        client ??= await MllpClient.ConnectAsync("127.0.0.1", port, cancellationToken: cancellation);
                        if (await Send(client, message, cancellation)) break;
                        (why, Errors) = ("answered with AE", Errors + 1);
                        await Task.Delay(Pause, cancellation);
                    }
                    catch (Exception e) when (e is IOException or SocketException or TimeoutException or ObjectDisposedException)
                    {
                        why = e.Message;
                        if (client is not null) await client.DisposeAsync();
                        client = null;
                        await Task.Delay(Pause, cancellation);
                    }

                    Resent++;
                }
            }
        }
        finally
        {
            if (client is not null) await client.DisposeAsync();
        }
    }

    private async Task<bool> Send(MllpClient client, byte[] message, CancellationToken cancellation)
    {
        var id = new Plain(message).ControlId;
        var reply = new Plain((await client.SendAsync(message, cancellation)).Span);
        Assert.Equal(id, reply.Field("MSA", 2));
        switch (reply.Field("MSA", 1))
        {
            case "AA" or "CA":
                Accepted.Enqueue(id);
                return true;
            case "AE" or "CE":
                Assert.True(reply.Has("ERR"), $"{id} was answered with an error and no ERR.");
                return false;
            default:
                Assert.Fail($"{id} was answered with {reply.Field("MSA", 1)}.");
                return false;
        }
    }
}

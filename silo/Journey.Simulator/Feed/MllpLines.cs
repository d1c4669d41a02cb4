using System.Collections.Concurrent;
using System.Net.Sockets;
using Journey.Hl7;
using Journey.Hl7.Mllp;
using Journey.Simulator.Model;
using Microsoft.Extensions.Logging;

namespace Journey.Simulator.Feed;

/// <summary>Delivers messages.</summary>
internal interface IFeedLines
{
    /// <summary>Returns when the receiver has the message, or will never have it. Goes on trying for as long as nobody answers.</summary>
    Task Send(byte[] message, string controlId, CancellationToken cancellation);
}

/// <summary>
/// A few connections to the receiver. Each carries one message at a time and waits for its acknowledgement; whoever has something to send
/// takes the next free one. A broken line is made anew and its message sent again, unchanged: the receiver knows it by its MSH-10.
/// </summary>
internal sealed partial class MllpLines(string host, int port, int connections, Tally tally, TimeProvider clock, ILogger log)
    : IFeedLines, IAsyncDisposable
{
    private const int MostAttemptsOnError = 12;

    /// <summary>Hangs up after each message, as some senders do.</summary>
    public bool ConnectsPerMessage { get; init; }

    private static readonly MllpClientOptions Patience = new() { Timeout = TimeSpan.FromSeconds(20) };

    private readonly SemaphoreSlim _free = new(connections, connections);
    private readonly ConcurrentBag<MllpClient> _idle = [];
    private int _down;

    public async Task Send(byte[] message, string controlId, CancellationToken cancellation)
    {
        var dice = Dice.For(controlId.Length, controlId);
        var lost = new Backoff(TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(8), dice);
        var error = new Backoff(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(10), dice);
        for (var errors = 0; ;)
        {
            switch (await Try(message, cancellation))
            {
                case AckCode.AA or AckCode.CA:
                    tally.CountAcked();
                    return;
                case AckCode.AR or AckCode.CR:
                    tally.CountRejected();
                    Rejected(log, controlId);
                    return;
                case null:
                    await Task.Delay(lost.Next(), clock, cancellation);
                    break;
                default:
                    tally.CountError();
                    if (++errors >= MostAttemptsOnError)
                    {
                        tally.CountAbandoned();
                        Abandoned(log, controlId, errors);
                        return;
                    }

                    await Task.Delay(error.Next(), clock, cancellation);
                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var client)) await client.DisposeAsync();
    }

    /// <summary>One attempt; null when the line failed, so that nobody knows.</summary>
    private async Task<AckCode?> Try(byte[] message, CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        MllpClient? client = null;
        try
        {
            var code = _idle.TryTake(out client) ? await Exchange(client, message, cancellation) : null;
            if (code is null)
            {
                if (client is not null)
                    await client.DisposeAsync();            // the receiver closes lines that were quiet for long: that is no failure
                client = null;
                client = await MllpClient.ConnectAsync(host, port, Patience, cancellation);
                code = await Exchange(client, message, cancellation) ?? throw new IOException("The receiver closed the connection without a reply.");
            }

            if (Interlocked.Exchange(ref _down, 0) == 1) Restored(log, host, port);
            if (ConnectsPerMessage) return code;
            _idle.Add(client!);
            client = null;
            return code;
        }
        catch (Exception e) when (e is IOException or SocketException or TimeoutException)
        {
            tally.CountLost();
            if (Interlocked.Exchange(ref _down, 1) == 0) Down(log, host, port, e.Message);
            return null;
        }
        finally
        {
            if (client is not null) await client.DisposeAsync();
            _free.Release();
        }
    }

    /// <summary>Null when the connection is gone.</summary>
    private async Task<AckCode?> Exchange(MllpClient client, byte[] message, CancellationToken cancellation)
    {
        try
        {
            tally.CountSent();
            return CodeOf(await client.SendAsync(message, cancellation));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>MSA-1; a reply that is none is taken for an error, as a sending system would.</summary>
    private static AckCode CodeOf(ReadOnlyMemory<byte> reply) =>
        Hl7Message.TryParse(reply, out var ack, out _) && Enum.TryParse<AckCode>(ack["MSA", 1].Text, out var code) ? code : AckCode.AE;

    [LoggerMessage(5101, LogLevel.Warning, "The receiver rejected message {ControlId}")]
    private static partial void Rejected(ILogger log, string controlId);

    [LoggerMessage(5102, LogLevel.Error, "Message {ControlId} was answered with AE {Attempts} times and is given up")]
    private static partial void Abandoned(ILogger log, string controlId, int attempts);

    [LoggerMessage(5103, LogLevel.Information, "No line to {Host}:{Port} ({Reason}); trying again until there is one")]
    private static partial void Down(ILogger log, string host, int port, string reason);

    [LoggerMessage(5104, LogLevel.Information, "The line to {Host}:{Port} works again")]
    private static partial void Restored(ILogger log, string host, int port);
}

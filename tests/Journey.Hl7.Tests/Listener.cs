using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Journey.Hl7.Mllp;

namespace Journey.Hl7.Tests;

/// <summary>A listener on a free port with a handler that answers AA, and ears for what happens on it.</summary>
internal sealed class Listener : IAsyncDisposable, IMllpHandler, IMllpObserver
{
    private readonly Func<MllpFrame, CancellationToken, ValueTask<MllpReply>>? _handle;

    internal Listener(
        MllpServerOptions? options = null, TimeProvider? clock = null, Func<MllpFrame, CancellationToken, ValueTask<MllpReply>>? handle = null)
    {
        _handle = handle;
        Server = new MllpServer((options ?? new MllpServerOptions()) with { Port = 0 }, this, clock, this);
        Server.Start();
    }

    internal MllpServer Server { get; }

    internal int Port => Server.LocalEndPoint!.Port;

    internal ConcurrentQueue<MllpCloseReason> Closings { get; } = new();

    internal ConcurrentQueue<string> Refusals { get; } = new();

    internal ConcurrentQueue<Exception> Failures { get; } = new();

    internal ConcurrentQueue<MllpConnectionInfo> Connections { get; } = new();

    internal ConcurrentQueue<long> OversizedLengths { get; } = new();

    internal static byte[] Message(string id) => Encoding.UTF8.GetBytes($"MSH|^~\\&|A|B|C|D|2020||ADT^A01|{id}|P|2.5\rPID|1||4711\r");

    internal static string Acked(ReadOnlyMemory<byte> reply)
    {
        var ack = Hl7Message.Parse(reply);
        return $"{ack["MSA", 1].Text} {ack["MSA", 2].Text}";
    }

    internal Task<MllpClient> Connect(MllpClientOptions? options = null) =>
        MllpClient.ConnectAsync("127.0.0.1", Port, options
            ?? new MllpClientOptions { Timeout = TimeSpan.FromSeconds(20) }, TestContext.Current.CancellationToken);

    internal async Task<Socket> ConnectRaw()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", Port, TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Waits for something that other threads bring about, and says what did not come.</summary>
    internal static async Task Until(Func<bool> condition, string what)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            Assert.False(patience.IsCancellationRequested, $"Not within 20 s: {what}");
            await Task.Delay(5, CancellationToken.None);
        }
    }

    public ValueTask<MllpReply> Handle(MllpFrame frame, CancellationToken cancellationToken) =>
        _handle is null ? ValueTask.FromResult(Accept(frame)) : _handle(frame, cancellationToken);

    internal static MllpReply Accept(MllpFrame frame) =>
        Hl7Message.TryParse(frame.Payload, out var message, out var error)
            ? Acknowledgement.Create(message, AckCode.AA, frame.ReceivedAt, "R")
            : Acknowledgement.ForUnparsable(frame.Payload, error, frame.ReceivedAt, "R");

    public void Opened(MllpConnectionInfo connection) => Connections.Enqueue(connection);

    public void Closed(MllpConnectionInfo connection, MllpCloseReason reason, long ignoredBytes) => Closings.Enqueue(reason);

    public void Refused(MllpConnectionInfo connection, string why) => Refusals.Enqueue(why);

    public void Oversized(MllpConnectionInfo connection, long length, ReadOnlyMemory<byte> head) => OversizedLengths.Enqueue(length);

    public void HandlerFailed(MllpConnectionInfo connection, Exception exception) => Failures.Enqueue(exception);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

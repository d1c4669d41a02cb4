using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace Journey.Hl7.Mllp;

/// <summary>How a client behaves.</summary>
public sealed record MllpClientOptions
{
    /// <summary>How long to wait for a connection, and for each reply; 30 seconds by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Messages sent ahead of their replies, at least 1; 1 (strictly one by one) by default.</summary>
    public int Window { get; init; } = 1;

    /// <summary>Largest reply accepted, in bytes; 1 MiB by default.</summary>
    public int MaxFrameBytes { get; init; } = 1024 * 1024;

    /// <summary>TLS; null for plain TCP.</summary>
    public MllpClientTls? Tls { get; init; }
}

/// <summary>TLS for a client.</summary>
public sealed record MllpClientTls
{
    /// <summary>The name the server's certificate must carry; the host connected to by default.</summary>
    public string? TargetHost { get; init; }

    /// <summary>The authorities trusted; null for those of the machine.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>The client's own certificate, with its private key; null for none.</summary>
    public X509Certificate2? Certificate { get; init; }
}

/// <summary>
/// A sender: one connection, replies matched to messages by their order. Safe for use from several threads. After a failure or a time-out
/// replies can no longer be matched, so the connection is closed and a new client is needed.
/// </summary>
public sealed class MllpClient : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly MllpClientOptions _options;
    private readonly SemaphoreSlim _window;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Queue<TaskCompletionSource<ReadOnlyMemory<byte>>> _waiting = new();
    private readonly Channel<ReadOnlyMemory<byte>> _unasked = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly ArrayBufferWriter<byte> _output = new(1024);
    private readonly Task _receiving;
    private Exception? _failure;

    private MllpClient(Stream stream, MllpClientOptions options)
    {
        (_stream, _options) = (stream, options);
        _window = new SemaphoreSlim(options.Window, options.Window);
        _receiving = Receive();
    }

    /// <summary>Connects.</summary>
    /// <param name="host">Name or address.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="options">How the client behaves.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="SocketException">Nobody answers there.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">TLS was not agreed on.</exception>
    /// <exception cref="TimeoutException">It took longer than the time-out.</exception>
    public static async Task<MllpClient> ConnectAsync(
        string host, int port, MllpClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new MllpClientOptions();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Timeout);
        try
        {
            await socket.ConnectAsync(host, port, patience.Token);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (options.Tls is { } tls) stream = await Secure(stream, host, tls, patience.Token);
            return new MllpClient(stream, options);
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"No connection to {host}:{port} within {options.Timeout.TotalSeconds:0.#} s.", e);
            }

            throw;
        }
    }

    /// <summary>Sends a message and waits for its reply. With a window above 1, several calls may be under way.</summary>
    /// <param name="payload">The message, without framing.</param>
    /// <param name="cancellationToken">Gives up; the connection is then closed, because its replies can no longer be matched.</param>
    /// <returns>The reply, without framing.</returns>
    /// <exception cref="TimeoutException">No reply in time: whether the message was applied is unknown.</exception>
    /// <exception cref="IOException">The connection is gone: whether the message was applied is unknown.</exception>
    public async Task<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        await _window.WaitAsync(cancellationToken);
        try
        {
            var reply = new TaskCompletionSource<ReadOnlyMemory<byte>>(TaskCreationOptions.RunContinuationsAsynchronously);
            await Write(payload, reply, cancellationToken);
            return await reply.Task.WaitAsync(_options.Timeout, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException or IOException)
        {
            Fail(e);
            throw;
        }
        finally
        {
            _window.Release();
        }
    }

    /// <summary>Sends a message and waits for no reply; one that comes all the same is given by <see cref="ReceiveAsync"/>.</summary>
    /// <param name="payload">The message, without framing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task PostAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default) => Write(payload, null, cancellationToken);

    /// <summary>The next reply nobody waits for: the second one of enhanced mode, for example.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ChannelClosedException">The connection has ended.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken = default) =>
        _unasked.Reader.ReadAsync(cancellationToken);

    /// <summary>Closes the connection; calls under way fail.</summary>
    public async ValueTask DisposeAsync()
    {
        Fail(new IOException("The client was closed."));
        await _receiving;
    }

    private static async Task<Stream> Secure(Stream plain, string host, MllpClientTls tls, CancellationToken cancellationToken)
    {
        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = tls.TargetHost ?? host,
                ClientCertificates = tls.Certificate is null ? null : [tls.Certificate],
                CertificateChainPolicy = tls.Authorities is null ? null : MllpTrust.Policy(tls.Authorities),
            },
            cancellationToken);
        return secure;
    }

    private async Task Write(
        ReadOnlyMemory<byte> payload, TaskCompletionSource<ReadOnlyMemory<byte>>? reply, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            lock (_waiting)
            {
                if (_failure is not null) throw new IOException("The connection has ended.", _failure);
                if (reply is not null) _waiting.Enqueue(reply);
            }

            _output.ResetWrittenCount();
            MllpFrameReader.Write(_output, payload.Span);
            await _stream.WriteAsync(_output.WrittenMemory, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task Receive()
    {
        await Task.Yield();
        var input = PipeReader.Create(_stream);
        try
        {
            var frames = new MllpFrameReader(input, _options.MaxFrameBytes);
            while (await frames.ReadAsync() is { Kind: not MllpReadKind.End } read) Deliver(read);
            Fail(new IOException("The receiver closed the connection."));
        }
        catch (Exception e)
            when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            Fail(e);
        }
        finally
        {
            _unasked.Writer.TryComplete();
            await input.CompleteAsync();
        }
    }

    private void Deliver(MllpReadResult read)
    {
        TaskCompletionSource<ReadOnlyMemory<byte>>? waiting;
        lock (_waiting) _waiting.TryDequeue(out waiting);
        if (waiting is null) _unasked.Writer.TryWrite(read.Payload);
        else if (read.Kind == MllpReadKind.Frame) waiting.TrySetResult(read.Payload);
        else waiting.TrySetException(new IOException($"The reply is longer than {_options.MaxFrameBytes} bytes."));
    }

    private void Fail(Exception cause)
    {
        TaskCompletionSource<ReadOnlyMemory<byte>>[] lost;
        lock (_waiting)
        {
            _failure ??= cause;
            lost = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var waiting in lost)
            waiting.TrySetException(new IOException("The connection has ended; whether the message was applied is unknown.", cause));
        _stream.Dispose();
    }
}

using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace Journey.Hl7.Mllp;

/// <summary>
/// One connection of a listener. Two loops: one fills a bounded pipe from the socket, one takes frames out of it, has them handled and
/// sends the replies. Time-outs are deadlines the listener's watchdog compares with its clock.
/// </summary>
internal sealed class MllpConnection(MllpServer server, Socket socket, MllpConnectionInfo info)
{
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _reading = new();
    private readonly ArrayBufferWriter<byte> _output = new(512);
    private CancellationTokenSource _handling = new();
    private MllpFrameReader? _frames;
    private Phase _phase;
    private long _deadline = long.MaxValue;
    private MllpCloseReason? _reason;
    private bool _opened;

    /// <summary>Whether a whole frame ever came.</summary>
    private bool _answered;

    private enum Phase
    {
        Handshake,
        Idle,
        Frame,
        Handler,
        Send,
        Closing,
    }

    internal MllpConnectionInfo Info { get; private set; } = info;

    /// <summary>Whether the sender is known: by its address at first, and by what it has shown from then on.</summary>
    internal bool IsKnown { get; set; }

    /// <summary>Runs until the connection is over. Never throws.</summary>
    internal async Task RunAsync()
    {
        Stream? stream = null;
        try
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            stream = await OpenStream();
            IsKnown = server.Options.Knows?.Invoke(Info) == true;
            _opened = true;
            server.Tell(o => o.Opened(Info));
            await Converse(stream);
            SetReason(MllpCloseReason.ClosedBySender);
            await Leave(stream);
        }
        catch (Exception e)
            when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            SetReason(MllpCloseReason.Reset);
        }
        catch (AuthenticationException e) when (!_opened)
        {
            SetReason(MllpCloseReason.HandshakeFailed);
            MllpMetrics.Refused.Add(1);
            server.Tell(o => o.Refused(Info, e.Message));
        }
        catch (Exception e)
        {
            SetReason(MllpCloseReason.Reset);
            server.Tell(o => o.HandlerFailed(Info, e));
        }
        finally
        {
            if (stream is not null) await DisposeQuietly(stream);
            socket.Dispose();
            if (_opened) server.Tell(o => o.Closed(Info, _reason ?? MllpCloseReason.ClosedBySender, _frames?.IgnoredBytes ?? 0));
            MllpMetrics.Ignored.Add(_frames?.IgnoredBytes ?? 0);
        }
    }

    /// <summary>Reads no more; frames read before are still handled.</summary>
    internal void BeginDrain()
    {
        SetReason(MllpCloseReason.Stopped);
        _ = _reading.CancelAsync();
    }

    /// <summary>Breaks the connection off.</summary>
    internal void Abort(MllpCloseReason reason)
    {
        SetReason(reason);
        lock (_gate) _ = _handling.CancelAsync();                               // not here: what hangs on the token is the handler's
        socket.Dispose();
    }

    /// <summary>Called by the watchdog.</summary>
    internal void Watch(long now)
    {
        Phase phase;
        lock (_gate)
        {
            if (now < _deadline) return;
            _deadline = long.MaxValue;
            phase = _phase;
            if (phase == Phase.Handler)
            {
                _ = _handling.CancelAsync();
                return;
            }
        }

        if (phase != Phase.Closing) MllpMetrics.TimedOut.Add(1);
        Abort(phase switch
        {
            Phase.Handshake => MllpCloseReason.HandshakeFailed,
            Phase.Idle => MllpCloseReason.Idle,
            Phase.Frame => MllpCloseReason.FrameTooSlow,
            _ => MllpCloseReason.ReplyNotRead,
        });
    }

    private async Task<Stream> OpenStream()
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (server.Options.Tls is not { } tls) return plain;
        Enter(Phase.Handshake, tls.HandshakeTimeout);
        var secure = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsServerAsync(tls.ToAuthenticationOptions(), _reading.Token);
        }
        catch (Exception e)
        {
            await secure.DisposeAsync();
            throw new AuthenticationException("TLS was not agreed on: " + e.Message, e);
        }

        Info = Info with
        {
            ClientCertificateSubject = secure.RemoteCertificate?.Subject,
            ClientCertificateThumbprint = secure.RemoteCertificate?.GetCertHashString(HashAlgorithmName.SHA256)
        };
        return secure;
    }

    private async Task Converse(Stream stream)
    {
        var ahead = server.Options.ReadAheadBytes;
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: ahead, resumeWriterThreshold: ahead / 2, useSynchronizationContext: false));
        var filling = Fill(stream, pipe.Writer);
        try
        {
            _frames = new MllpFrameReader(pipe.Reader, server.Options.MaxFrameBytes) { Looking = EnterReading };
            while (true)
            {
                var read = await _frames.ReadAsync();
                if (read.Kind == MllpReadKind.End) break;
                await Answer(stream, read);
            }
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
            await _reading.CancelAsync();
            await filling;
        }
    }

    private async Task Fill(Stream stream, PipeWriter writer)
    {
        try
        {
            while (true)
            {
                var count = await stream.ReadAsync(writer.GetMemory(8192), _reading.Token);
                if (count == 0) break;
                writer.Advance(count);
                if ((await writer.FlushAsync()).IsCompleted) break;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            if (e is not OperationCanceledException) SetReason(MllpCloseReason.Reset);
        }
        finally
        {
            await writer.CompleteAsync();
        }
    }

    private async Task Answer(Stream stream, MllpReadResult read)
    {
        _answered = true;
        MllpReply reply;
        if (read.Kind == MllpReadKind.Oversized)
        {
            MllpMetrics.Oversized.Add(1);
            server.Tell(o => o.Oversized(Info, read.Length, read.Payload));
            reply = Refusal(
                read.Payload, AckCode.AR, Hl7ErrorCode.ValueTooLong, $"The message is longer than {server.Options.MaxFrameBytes} bytes.");
        }
        else
        {
            MllpMetrics.Frames.Add(1);
            MllpMetrics.Received.Add(read.Payload.Length);
            reply = await Handle(read.Payload);
        }

        await Send(stream, reply);
    }

    private async ValueTask<MllpReply> Handle(ReadOnlyMemory<byte> payload)
    {
        if (_handling.IsCancellationRequested) Renew();
        Enter(Phase.Handler, server.Options.HandlerTimeout);
        var token = _handling.Token;
        try
        {
            return await server.Handler.Handle(new MllpFrame(Info, payload, server.Clock.GetUtcNow()), token);
        }
        catch (Exception e)
        {
            MllpMetrics.Failed.Add(1);
            server.Tell(o => o.HandlerFailed(Info, e));
            var text = e is OperationCanceledException && token.IsCancellationRequested
                ? "The message was not processed in time; send it again."
                : "The message could not be processed; send it again.";
            return Refusal(payload, AckCode.AE, Hl7ErrorCode.ApplicationInternalError, text);
        }
    }

    private byte[] Refusal(ReadOnlyMemory<byte> payload, AckCode code, Hl7ErrorCode error, string text) =>
        Acknowledgement.ForUnparsable(
            payload, new Hl7Error(error, new Hl7Location("MSH"), text), server.Clock.GetUtcNow(), server.NextControlId(), code);

    private async ValueTask Send(Stream stream, MllpReply reply)
    {
        _output.ResetWrittenCount();
        for (var i = 0; i < reply.Count; i++)
        {
            if (reply[i].IsEmpty) continue;
            MllpFrameReader.Write(_output, reply[i].Span);
            MllpMetrics.Sent.Add(reply[i].Length);
        }

        if (_output.WrittenCount == 0) return;
        Enter(Phase.Send, server.Options.SendTimeout);
        await stream.WriteAsync(_output.WrittenMemory);
    }

    /// <summary>
    /// Says goodbye so that the last reply arrives: closing a socket with unread bytes resets it, which may destroy what was just sent.
    /// </summary>
    private async Task Leave(Stream stream)
    {
        Enter(Phase.Closing, Linger);
        if (stream is SslStream secure) await secure.ShutdownAsync();
        socket.Shutdown(SocketShutdown.Send);
        if (_reason != MllpCloseReason.Stopped) return;
        var rest = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            using var patience = new CancellationTokenSource(Linger);
            while (await socket.ReceiveAsync(rest.AsMemory(), patience.Token) > 0)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rest);
        }
    }

    private void EnterReading()
    {
        var phase = _frames is { IsInsideFrame: true } ? Phase.Frame : Phase.Idle;
        if (phase != _phase)
            Enter(phase, phase == Phase.Frame ? server.Options.FrameTimeout : _answered || IsKnown
                ? server.Options.IdleTimeout
                : Shorter(server.Options.FirstFrameTimeout, server.Options.IdleTimeout));
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a == Timeout.InfiniteTimeSpan || (b != Timeout.InfiniteTimeSpan && b < a) ? b : a;

    private void Enter(Phase phase, TimeSpan limit)
    {
        var deadline = limit == Timeout.InfiniteTimeSpan
            ? long.MaxValue
            : server.Clock.GetTimestamp() + (long)(limit.TotalSeconds * server.Clock.TimestampFrequency);
        lock (_gate) (_phase, _deadline) = (phase, deadline);
    }

    private void Renew()
    {
        lock (_gate) _handling = new CancellationTokenSource();
    }

    private void SetReason(MllpCloseReason reason)
    {
        lock (_gate) _reason ??= reason;
    }

    private static async ValueTask DisposeQuietly(Stream stream)
    {
        try
        {
            await stream.DisposeAsync();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
        }
    }
}

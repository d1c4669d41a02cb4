namespace Journey.Hl7.Mllp;

/// <summary>Why a connection ended.</summary>
public enum MllpCloseReason
{
    /// <summary>The sender closed it.</summary>
    ClosedBySender,

    /// <summary>The sender or the network broke it off.</summary>
    Reset,

    /// <summary>No whole frame within the idle time-out.</summary>
    Idle,

    /// <summary>A frame began and did not end in time.</summary>
    FrameTooSlow,

    /// <summary>The sender did not read its reply in time.</summary>
    ReplyNotRead,

    /// <summary>TLS could not be agreed on.</summary>
    HandshakeFailed,

    /// <summary>The listener was stopped.</summary>
    Stopped,
}

/// <summary>
/// Hears what happens on a listener, for logs and feed status. Called on the connection's own path: return quickly and do not throw
/// (an exception is swallowed).
/// </summary>
public interface IMllpObserver
{
    /// <summary>A connection is ready for frames.</summary>
    void Opened(MllpConnectionInfo connection)
    {
    }

    /// <summary>A connection that was opened has ended.</summary>
    /// <param name="connection">Which.</param>
    /// <param name="reason">Why.</param>
    /// <param name="ignoredBytes">Bytes received outside of frames, and of frames never finished.</param>
    void Closed(MllpConnectionInfo connection, MllpCloseReason reason, long ignoredBytes)
    {
    }

    /// <summary>A connection was closed on arrival.</summary>
    /// <param name="connection">Which.</param>
    /// <param name="why">One sentence, without patient data.</param>
    void Refused(MllpConnectionInfo connection, string why)
    {
    }

    /// <summary>A frame over the size limit was skipped and answered with AR.</summary>
    /// <param name="connection">Where it came from.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="head">At most its first 4096 bytes.</param>
    void Oversized(MllpConnectionInfo connection, long length, ReadOnlyMemory<byte> head)
    {
    }

    /// <summary>The handler threw, or took too long; the sender got AE.</summary>
    void HandlerFailed(MllpConnectionInfo connection, Exception exception)
    {
    }
}

/// <summary>Hears nothing.</summary>
internal sealed class SilentMllpObserver : IMllpObserver
{
    internal static readonly SilentMllpObserver Instance = new();
}

using System.Net;

namespace Journey.Hl7.Mllp;

/// <summary>One connection of a listener.</summary>
/// <param name="Id">Unique within the process, rising.</param>
/// <param name="Remote">The sender's address; null when the socket could not tell.</param>
/// <param name="ClientCertificateSubject">Distinguished name of the client certificate; null without one.</param>
/// <param name="ClientCertificateThumbprint">SHA-256 of the client certificate, in hexadecimal; null without one.</param>
public sealed record MllpConnectionInfo(long Id, EndPoint? Remote, string? ClientCertificateSubject = null,
    string? ClientCertificateThumbprint = null);

/// <summary>One frame received.</summary>
/// <param name="Connection">Where it came from.</param>
/// <param name="Payload">The bytes between the start and the end mark. The handler may keep them: they are never reused.</param>
/// <param name="ReceivedAt">When it was handed over, by the listener's clock.</param>
public readonly record struct MllpFrame(MllpConnectionInfo Connection, ReadOnlyMemory<byte> Payload, DateTimeOffset ReceivedAt);

/// <summary>What to send back for a frame: usually one payload; in enhanced mode possibly two; possibly nothing.</summary>
public readonly struct MllpReply
{
    private readonly ReadOnlyMemory<byte> _first;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>>? _all;

    /// <summary>One payload; an empty one means no reply.</summary>
    public MllpReply(ReadOnlyMemory<byte> payload) => _first = payload;

    /// <summary>Several payloads, each sent in a frame of its own, in order.</summary>
    public MllpReply(IReadOnlyList<ReadOnlyMemory<byte>> payloads) => _all = payloads;

    /// <summary>No reply.</summary>
    public static MllpReply None => default;

    /// <summary>Number of payloads.</summary>
    public int Count => _all?.Count ?? (_first.IsEmpty ? 0 : 1);

    /// <summary>A payload, without framing.</summary>
    /// <param name="index">From 0.</param>
    public ReadOnlyMemory<byte> this[int index] => _all is null ? _first : _all[index];

    /// <summary>One payload.</summary>
    public static implicit operator MllpReply(byte[] payload) => new(payload);

    /// <summary>One payload.</summary>
    public static implicit operator MllpReply(ReadOnlyMemory<byte> payload) => new(payload);
}

/// <summary>Receives the frames of a listener.</summary>
public interface IMllpHandler
{
    /// <summary>
    /// Handles one frame. Called for one frame of a connection at a time, in order, and for many connections at once. Answer only after
    /// the message is durable: the reply is the promise. An exception becomes an AE (the sender tries again) and the connection stays.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="cancellationToken">Set when the handler takes too long or the listener is stopped for good.</param>
    ValueTask<MllpReply> Handle(MllpFrame frame, CancellationToken cancellationToken);
}

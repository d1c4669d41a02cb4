using System.Collections.Immutable;
using System.Security.Cryptography;
using Journey.Contracts;
using Journey.Contracts.Intake;
using Journey.Contracts.Visits;
using Journey.Gateway.Cluster.Text;
using Journey.Gateway.Feeds.Profiles;
using Journey.Gateway.Feeds.Reading;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Mapping;

/// <summary>From an HL7 v2 message to what it means. Pure: the same message of the same feed always gives the same steps and the same ids.</summary>
internal static class MessageMapper
{
    private const int MaxControlId = 250;

    /// <summary>Bytes kept in the message log of what means something to a journey, or is refused, and of what means nothing.</summary>
    private const int MaxMeant = 1024 * 1024;
    private const int MaxKept = 64 * 1024;

    /// <param name="raw">The message as it came, for the log.</param>
    /// <param name="notBefore">The last message time of the same connection, if any.</param>
    public static Mapped Map(Hl7Message message, ReadOnlyMemory<byte> raw, FeedProfile feed, DateTimeOffset receivedAt,
        DateTimeOffset? notBefore = null)
    {
        var log = Record(message, raw, feed.Name, receivedAt);
        if (log.ControlId.Length > MaxControlId)
            return Refuse(log, Hl7ErrorCode.ValueTooLong, new("MSH", 1, 10), "MSH-10 (message control id) is too long.");

        if (message.ProcessingId.Trim() is { Length: > 0 } processing && !feed.ProcessingIds.Contains(processing))
            return Refuse(log with { Raw = Cut(raw, MaxKept) }, Hl7ErrorCode.UnsupportedProcessingId, new("MSH", 1, 11),
                "MSH-11 (processing id) is not one that is accepted here.");

        var key = new MessageKey(log.Source, log.ControlId.Length == 0 ? Unidentified(message) : $"{log.ControlId}/{Digest(message)}");
        var id = new CommandId(NameBasedGuid.Create(NameBasedGuid.Namespace, "message", key.Source, key.MessageId));
        var findings = new Findings();
        var times = new EventTimes(message, feed, receivedAt, notBefore, findings);
        Hl7Error? error = null;
        ImmutableArray<FeedStep> steps = message.Code.ToUpperInvariant() switch
        {
            "ADT" => new AdtReading(message, feed, id, key, times, findings).Steps(message.Trigger.ToUpperInvariant(), out error),
            "ORU" or "ORM" or "OML" or "OMG" or "MDM" => new MentionReading(message, feed, id, key, times, findings).Steps(),
            _ => [],
        };
        error ??= NotAllowed(steps, feed.May);
        log = log with { Raw = Cut(raw, steps.IsEmpty && error is null ? MaxKept : MaxMeant) };
        return new(log, error is null ? new(id, log, steps) : null, error, times.MessageAt) { Findings = findings.All };
    }

    /// <summary>What a message is sent for is done whole or not at all: half a merge would be worse than none.</summary>
    private static Hl7Error? NotAllowed(ImmutableArray<FeedStep> steps, FeedMay may)
    {
        var needed = FeedMay.Nothing;
        foreach (var step in steps)
        {
            needed |= step switch
            {
                Merge => FeedMay.Merge,
                Renumber => FeedMay.Renumber,
                DeletePerson or About { Command: Delete } => FeedMay.Delete,
                _ => FeedMay.Nothing,
            };
        }

        return (needed & ~may) is not FeedMay.Nothing and var missing
            ? new(Hl7ErrorCode.UnsupportedEventCode, new("MSH", 1, 9), $"This feed may not do what the event says ({missing}).")
            : null;
    }

    private static ReadOnlyMemory<byte> Cut(ReadOnlyMemory<byte> raw, int longest) => raw.Length <= longest ? raw : raw[..longest];

    /// <summary>How the log keeps a message of which at least the header could be read.</summary>
    public static MessageRecord Record(Hl7Message message, ReadOnlyMemory<byte> raw, string feed, DateTimeOffset receivedAt) => new(
        feed, Bounded(PlainText.Sanitize($"{message.SendingApplication}|{message.SendingFacility}")), PlainText.Sanitize(message.ControlId.Trim()),
        Bounded(PlainText.Sanitize(Type(message))), receivedAt, raw);

    /// <summary>MSH-9 as <c>ADT^A01</c>.</summary>
    public static string Type(Hl7Message message) => message.Trigger is { Length: > 0 } trigger ? $"{message.Code}^{trigger}" : message.Code;

    private static Mapped Refuse(MessageRecord log, Hl7ErrorCode code, Hl7Location at, string text) => new(log, null, new(code, at, text));

    /// <summary>
    /// What the message says after its header, in short: a sender whose counter starts anew sends other content under the same id, and a
    /// sender that repeats itself may give the repeat another time in its header. Where nothing but the header says when, that time counts too:
    /// somebody who goes back to the bed they came from makes the same message twice.
    /// </summary>
    private static string Digest(Hl7Message message)
    {
        var all = message.Bytes.Span;
        var header = message.SegmentAt(0).Bytes;
        var content = all[(all.IndexOf(header) + header.Length)..];
        var saysWhen = message["EVN", 2].HasValue || message["EVN", 6].HasValue;
        return saysWhen ? Hash(content, 8) : Hash(content, 8, message["MSH", 7].Bytes);
    }

    /// <summary>
    /// Without MSH-10 a message is known by all it says, its header too: sent again byte for byte it is a repeat, and one that says the same at
    /// another time is another message.
    /// </summary>
    private static string Unidentified(Hl7Message message) => "/" + Hash(message.Bytes.Span, 16);

    private static string Hash(ReadOnlySpan<byte> content, int bytes, ReadOnlySpan<byte> besides = default)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(content.Trim("\r\n\0\x1C "u8));
        sha.AppendData(besides);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        sha.GetHashAndReset(hash);
        return Convert.ToHexStringLower(hash[..bytes]);
    }

    private static string Bounded(string text) => text.Length <= Said.Identifier ? text : text[..Said.Identifier];
}

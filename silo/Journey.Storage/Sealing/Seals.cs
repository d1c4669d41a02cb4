using System.Globalization;
using System.Runtime.InteropServices;
using Journey.Contracts.Visits;
using Journey.Domain;
using Journey.Domain.Visits;
using Journey.Grains.Storage;
using Orleans.Storage;

namespace Journey.Storage.Sealing;

/// <summary>What is sealed where: a commit's sensitive texts, those of a card, a message as it came, a snapshot as a whole.</summary>
internal sealed class Seals(KeyRing ring)
{
    public const string OfCommit = "commit", OfCard = "card", OfMessage = "message", OfSnapshot = "snapshot";
    private readonly SealedJson _json = new(ring);

    /// <exception cref="InvalidOperationException">Its stream, or an event of it, is of a kind that nobody has said what is sensitive in. Nothing of
    /// it is written.</exception>
    public Commit Seal(Commit commit)
    {
        // The key of a stream stays out of it: the kind is what somebody has to look for.
        var shape = StreamKinds.ShapeOf(commit.Stream) ?? throw new InvalidOperationException(
            $"Nobody has said what is sensitive in a stream of the kind '{commit.Stream.Split('/')[0]}': it is not written. "
                + $"See {nameof(StreamKinds)}.");
        return commit with
        {
            Payload = Seal(commit, shape),
            Card = commit.Card is { } card ? card with { Row = _json.Seal(card.Row, VisitJson.RowShape, OfCard, Row(card.Visit)) } : null,
            Line = commit.Line is { } line ? Seal(line) : null,
        };
    }

    /// <summary>What is no JSON the database refuses, in its turn and for that producer alone.</summary>
    private ReadOnlyMemory<byte> Seal(Commit commit, SensitiveShape shape)
    {
        try
        {
            return _json.Seal(commit.Payload, shape, OfCommit, Row(commit.Stream, commit.Version));
        }
        catch (System.Text.Json.JsonException)
        {
            return commit.Payload;
        }
    }

    public JournalEntry Open(JournalEntry entry) => entry with { Payload = _json.Open(entry.Payload, OfCommit, Row(entry.Stream, entry.Version)) };

    public VisitCard Open(VisitCard card) => card with { Row = _json.Open(card.Row, OfCard, Row(card.Visit)) };

    /// <summary>Its place in the log is not known before it has one: bound to its feed alone.</summary>
    public MessageRecord Seal(MessageRecord message) => message with { Raw = ring.Seal(Whole(message.Raw), OfMessage, message.Feed) };

    /// <summary>A message is nearly always all of the array that it came in, and sealing only reads it.</summary>
    private static byte[] Whole(ReadOnlyMemory<byte> raw) =>
        MemoryMarshal.TryGetArray(raw, out var part) && part.Offset == 0 && part.Count == part.Array!.Length ? part.Array : raw.ToArray();

    /// <summary>One that cannot be opened stays sealed: what came when, and what became of it, is worth reading all the same.</summary>
    public MessageRecord Open(MessageRecord message)
    {
        if (!KeyRing.IsSealed(message.Raw.Span)) return message;
        try
        {
            return message with { Raw = ring.Open(message.Raw.ToArray(), OfMessage, message.Feed) };
        }
        catch (StorageException)
        {
            return message;
        }
    }

    /// <summary>A commit's or a card's JSON sealed anew with the current key.</summary>
    public string Anew(string text, SensitiveShape shape, string kind, string row)
    {
        var opened = _json.Open(System.Text.Encoding.UTF8.GetBytes(text), kind, row);
        return System.Text.Encoding.UTF8.GetString(_json.Seal(opened, shape, kind, row).Span);
    }

    public byte[] Anew(byte[] content, string kind, string row) =>
        ring.Seal(KeyRing.IsSealed(content) ? ring.Open(content, kind, row) : content, kind, row);

    public static string Row(string stream, long version) => string.Create(CultureInfo.InvariantCulture, $"{stream}/{version}");

    public static string Row(Guid visit) => visit.ToString("N");
}

/// <summary>
/// Seals snapshots: copies of everything that is sealed elsewhere. Whose one is, Orleans does not say here, so that it is bound to no row. One that
/// cannot be opened costs a replay, as any that cannot be read.
/// </summary>
internal sealed class SealedSerializer(IGrainStorageSerializer inner, KeyRing ring) : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(ring.Seal(inner.Serialize(input).ToArray(), Seals.OfSnapshot, ""));

    public T? Deserialize<T>(BinaryData input) => inner.Deserialize<T>(
        KeyRing.IsSealed(input.ToMemory().Span) ? new BinaryData(ring.Open(input.ToArray(), Seals.OfSnapshot, "")) : input);
}

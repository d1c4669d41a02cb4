using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Journey.Domain;
using Microsoft.AspNetCore.DataProtection;
using Encode = System.Buffers.Text.Base64;

namespace Journey.Storage.Sealing;

/// <summary>
/// Seals single texts in JSON: <c>"answer":"At ten"</c> becomes <c>"answer":{"sealed":"…"}</c>, and everything else stays to be read and queried.
/// What was written before there was a ring is read as it is.
/// </summary>
internal sealed partial class SealedJson(KeyRing ring)
{
    private const int LongestKind = 64, LargestKept = 1 << 16;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <exception cref="InvalidOperationException">An event is of a kind that nobody has said what is sensitive in.</exception>
    public ReadOnlyMemory<byte> Seal(ReadOnlyMemory<byte> json, SensitiveShape shape, string kind, string row)
    {
        if (shape.IsEmpty) return json;
        var reader = new Utf8JsonReader(json.Span);
        var work = new Work(json, kind, row);
        if (reader.Read()) Seal(ref reader, shape, work);
        return Finish(json, work.Into, work.Copied);
    }

    /// <summary>Seals within the value that the reader is at, and leaves the reader at its end.</summary>
    private void Seal(ref Utf8JsonReader reader, SensitiveShape shape, Work work)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String when shape.IsText:
                Replace(reader, work);
                break;
            case JsonTokenType.StartArray when !shape.IsEmpty:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) Seal(ref reader, shape, work);
                break;
            case JsonTokenType.StartObject:
                if (shape.HasKinds) shape = KindOf(reader, shape);
                if (shape.IsEmpty || shape.IsText)
                {
                    reader.Skip();
                    break;
                }

                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var part = shape.Part(reader);
                    reader.Read();
                    if (part is null) reader.Skip();
                    else Seal(ref reader, part, work);
                }

                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void Replace(in Utf8JsonReader at, Work work)
    {
        // As it stands between its quotes, so that opening it gives back the very same bytes.
        var (start, length) = ((int)at.TokenStartIndex, at.ValueSpan.Length);
        var into = work.Into ??= Buffer();
        into.Write(work.Json.Span[work.Copied..start]);
        into.Write("{\"sealed\":\""u8);
        WriteBase64(into, (work.Protector ??= ring.Protector(work.Kind, work.Row)).Protect(at.ValueSpan.ToArray()));
        into.Write("\"}"u8);
        work.Copied = start + length + 2;
    }

    /// <summary>Looks ahead: we write the kind first, and a database may have put it anywhere.</summary>
    private static SensitiveShape KindOf(Utf8JsonReader reader, SensitiveShape shape)
    {
        Span<char> kind = stackalloc char[LongestKind];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isKind = reader.ValueTextEquals(shape.Discriminator);
            reader.Read();
            if (!isKind)
            {
                reader.Skip();
                continue;
            }

            if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= LongestKind
                && shape.Kind(kind[..Encoding.UTF8.GetChars(reader.ValueSpan, kind)]) is { } known) return known;
            throw new InvalidOperationException(
                $"Nobody has said what is sensitive in an event of the kind '{(reader.TokenType == JsonTokenType.String ? reader.GetString() : "")}': it is not written.");
        }

        throw new InvalidOperationException("Nobody has said what is sensitive in an event that names no kind: it is not written.");
    }

    /// <summary>One text of JSON as it is sealed.</summary>
    private sealed class Work(ReadOnlyMemory<byte> json, string kind, string row)
    {
        public ReadOnlyMemory<byte> Json => json;
        public string Kind => kind;
        public string Row => row;
        public ArrayBufferWriter<byte>? Into { get; set; }

        /// <summary>Made for the first text: the others of the row are bound to the same place.</summary>
        public IDataProtector? Protector { get; set; }

        /// <summary>How much of <see cref="Json"/> is in <see cref="Into"/>.</summary>
        public int Copied { get; set; }
    }

    /// <exception cref="StorageException">A text cannot be opened.</exception>
    public ReadOnlyMemory<byte> Open(ReadOnlyMemory<byte> json, string kind, string row)
    {
        if (json.Span.IndexOf("\"sealed\""u8) < 0) return json;
        var reader = new Utf8JsonReader(json.Span);
        ArrayBufferWriter<byte>? into = null;
        var (copied, begin) = (0, -1);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                begin = (int)reader.TokenStartIndex;
                continue;
            }

            if (begin >= 0 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("sealed"u8) && reader.Read()
                && reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var content))
            {
                reader.Read();
                into ??= Buffer();
                into.Write(json.Span[copied..begin]);
                into.Write("\""u8);
                into.Write(ring.Open(content, kind, row));
                into.Write("\""u8);
                copied = (int)reader.BytesConsumed;
            }

            begin = -1;
        }

        return Finish(json, into, copied);
    }

    /// <summary>The keys that its texts are sealed with.</summary>
    public static IEnumerable<Guid> KeysIn(string json)
    {
        const string Begin = "\"sealed\"";
        for (var at = json.IndexOf(Begin, StringComparison.Ordinal); at >= 0; at = json.IndexOf(Begin, at + 1, StringComparison.Ordinal))
        {
            var from = json.IndexOf('"', at + Begin.Length) + 1;
            // 28 characters hold the first 21 bytes, which hold the key's id.
            if (from > 0 && json.Length >= from + 28) yield return KeyRing.KeyOf(Convert.FromBase64String(json.Substring(from, 28)));
        }
    }

    /// <summary>Whether the same texts are sealed in both, and all else is the same.</summary>
    public static bool IsSealedAlike(string one, string other) => SealedText().Replace(one, "{}") == SealedText().Replace(other, "{}");

    [GeneratedRegex("""\{\s*"sealed"\s*:\s*"[^"]*"\s*\}""")]
    private static partial Regex SealedText();

    private static void WriteBase64(ArrayBufferWriter<byte> into, byte[] content)
    {
        var space = into.GetSpan(Encode.GetMaxEncodedToUtf8Length(content.Length));
        Encode.EncodeToUtf8(content, space, out _, out var written);
        into.Advance(written);
    }

    private static ReadOnlyMemory<byte> Finish(ReadOnlyMemory<byte> json, ArrayBufferWriter<byte>? into, int copied)
    {
        if (into is null) return json;
        into.Write(json.Span[copied..]);
        var finished = into.WrittenSpan.ToArray();
        if (into.Capacity > LargestKept) _buffer = null;
        return finished;
    }

    /// <summary>This thread's, empty: nobody waits between its first byte and <see cref="Finish"/>.</summary>
    private static ArrayBufferWriter<byte> Buffer()
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        return buffer;
    }
}

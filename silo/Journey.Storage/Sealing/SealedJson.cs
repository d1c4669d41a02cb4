using System.Buffers;
using System.Text;
using System.Text.Json;
using Journey.Contracts.Access;
using Journey.Contracts.Hotline;
using Journey.Domain;
using Journey.Domain.Access;
using Journey.Domain.Hotline;
using Journey.Domain.Visits;
using Encode = System.Buffers.Text.Base64;

namespace Journey.Storage.Sealing;

/// <summary>
/// Seals single texts in JSON: <c>"answer":"At ten"</c> becomes <c>"answer":{"sealed":"…"}</c>, and everything else stays to be read and queried. What was written
/// before there was a ring is read as it is.
/// </summary>
internal sealed class SealedJson(KeyRing ring)
{
    private static readonly HashSet<string> InVisits = [.. SensitiveNames.In(typeof(VisitEvent))];
    private static readonly HashSet<string> InCalls = [.. SensitiveNames.In(typeof(HotlineEvent))];
    private static readonly HashSet<string> InGlass = [.. SensitiveNames.In(typeof(GlassEvent))];
    private static readonly HashSet<string> Nowhere = [];
    private const int LongestName = 64;

    /// <summary>Which names are sensitive in a stream; a visit's card has those of its events.</summary>
    public static HashSet<string> NamesOf(string stream) =>
        stream.StartsWith("visit/", StringComparison.Ordinal) ? InVisits : stream == HotlineKeys.All ? InCalls : stream == GlassKeys.All ? InGlass : Nowhere;

    public ReadOnlyMemory<byte> Seal(ReadOnlyMemory<byte> json, HashSet<string> names, string kind, string row)
    {
        if (names.Count == 0) return json;
        var reader = new Utf8JsonReader(json.Span);
        ArrayBufferWriter<byte>? into = null;
        var copied = 0;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !IsIn(names, reader)) continue;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String) Replace(reader);
            else if (reader.TokenType == JsonTokenType.StartArray)
                while (reader.Read() && reader.TokenType == JsonTokenType.String) Replace(reader);
        }

        return Finish(json, into, copied);

        void Replace(in Utf8JsonReader at)
        {
            // As it stands between its quotes, so that opening it gives back the very same bytes.
            var (start, length) = ((int)at.TokenStartIndex, at.ValueSpan.Length);
            into ??= new ArrayBufferWriter<byte>(json.Length + 512);
            into.Write(json.Span[copied..start]);
            into.Write("{\"sealed\":\""u8);
            WriteBase64(into, ring.Seal(at.ValueSpan.ToArray(), kind, row));
            into.Write("\"}"u8);
            copied = start + length + 2;
        }
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

            if (begin >= 0 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("sealed"u8) && reader.Read() && reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var content))
            {
                reader.Read();
                into ??= new ArrayBufferWriter<byte>(json.Length);
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

    private static bool IsIn(HashSet<string> names, in Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > LongestName) return false;
        Span<char> name = stackalloc char[LongestName];
        return names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name[..Encoding.UTF8.GetChars(reader.ValueSpan, name)]);
    }

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
        return into.WrittenMemory;
    }
}

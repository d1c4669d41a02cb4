using System.Globalization;
using System.Text;
using Journey.Storage.Sealing;
using Journey.Storage.Sqlite;

namespace Journey.Storage.Erasing;

/// <summary>Where a word is.</summary>
/// <param name="Word">Which of those that were looked for, from 0: the words themselves are not said again.</param>
public sealed record FoundWord(int Word, string Where);

/// <summary>
/// Looks for words in every byte of the database, and in all that is sealed there and can be opened: a thief with the keys finds no more than this.
/// </summary>
public sealed class ErasureProof
{
    private const int Piece = 1 << 20;
    private readonly StorageConnection _store;
    private readonly KeyRing _ring;
    private readonly Rows _rows;

    internal ErasureProof(StorageConnection store, KeyRing ring, Rows rows) => (_store, _ring, _rows) = (store, ring, rows);

    /// <summary>
    /// In the files of the embedded database, or in every column of every table of PostgreSQL, binary ones too; and in what is sealed.
    /// </summary>
    public async Task<IReadOnlyList<FoundWord>> Search(IReadOnlyList<string> words, CancellationToken cancellation = default)
    {
        var patterns = Patterns(words);
        var found = new List<FoundWord>();
        if (_store.DataSource is SqliteFile file)
            found.AddRange(Search(words, Directory.GetFiles(Path.GetDirectoryName(file.Path)!, Path.GetFileName(file.Path) + "*")));
        else await Tables(patterns, found, cancellation);
        await Sealed(patterns, found, cancellation);
        return found;
    }

    /// <summary>In files, whatever they are: a backup, a dump, a log.</summary>
    public static IReadOnlyList<FoundWord> Search(IReadOnlyList<string> words, IReadOnlyList<string> files)
    {
        var (patterns, found) = (Patterns(words), new List<FoundWord>());
        var overlap = patterns.Max(pattern => pattern.Bytes.Length);
        foreach (var name in files)
        {
            try
            {
                using var file = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                var (buffer, held) = (new byte[Piece + overlap], 0);
                for (int read; (read = file.Read(buffer, held, Piece)) > 0;)
                {
                    Look(buffer.AsSpan(0, held + read), patterns, found, Path.GetFileName(name));
                    var rest = Math.Min(overlap, held + read);
                    buffer.AsSpan(held + read - rest, rest).CopyTo(buffer);
                    held = rest;
                }
            }
            catch (IOException e)
            {
                throw new StorageException($"'{name}' cannot be read.", e);
            }
        }

        return found;
    }

    private async Task Tables(List<(int Word, byte[] Bytes)> patterns, List<FoundWord> found, CancellationToken cancellation)
    {
        await using var connection = await _rows.Open(cancellation);
        var tables = new List<string>();
        await foreach (var table in _rows
            .Read(connection,
                "select quote_ident(relname) from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace order by 1",
                row => row.GetString(0), cancellation)) tables.Add(table);
        foreach (var table in tables)
            await foreach (var row in _rows.Read(connection, $"select cast(t as text) from {table} t", row => row.GetString(0), cancellation))
                Look(Encoding.UTF8.GetBytes(row), patterns, found, table);
    }

    private async Task Sealed(List<(int Word, byte[] Bytes)> patterns, List<FoundWord> found, CancellationToken cancellation)
    {
        var json = new SealedJson(_ring);
        await using var connection = await _rows.Open(cancellation);
        var text = _rows.IsPostgreSql ? "cast(payload as text)" : "payload";
        await foreach (var (stream, version, payload) in _rows.Read(connection, $"select stream, version, {text} from journal",
            row => (row.GetString(0), row.GetInt64(1), row.GetString(2)), cancellation))
            Look(() => json.Open(Encoding.UTF8.GetBytes(payload), Seals.OfCommit, Seals.Row(stream, version)).Span, patterns, found,
                string.Create(CultureInfo.InvariantCulture, $"{stream}, version {version}"));
        await foreach (var (visit, row) in _rows
            .Read(connection, "select visit, board_row from visit_card", row => (Rows.IdOf(row, 0), row.GetString(1)), cancellation))
            Look(() => json.Open(Encoding.UTF8.GetBytes(row), Seals.OfCard, Seals.Row(visit)).Span, patterns, found, $"the card of {visit:N}");
        await foreach (var (sequence, feed, raw) in _rows.Read(connection, "select sequence, feed, raw from message_log",
            row => (row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2)), cancellation))
            Look(() => KeyRing.IsSealed(raw) ? _ring.Open(raw, Seals.OfMessage, feed) : raw, patterns, found,
                string.Create(CultureInfo.InvariantCulture, $"message {sequence}"));
        await foreach (var payload in _rows
            .Read(connection, "select payload from orleans_snapshot where payload is not null", row => row.GetFieldValue<byte[]>(0), cancellation))
            Look(() => KeyRing.IsSealed(payload) ? _ring.Open(payload, Seals.OfSnapshot, "") : payload, patterns, found, "a snapshot");
    }

    private delegate ReadOnlySpan<byte> Opened();

    /// <summary>What cannot be opened tells nobody anything.</summary>
    private static void Look(Opened open, List<(int Word, byte[] Bytes)> patterns, List<FoundWord> found, string where)
    {
        try
        {
            Look(open(), patterns, found, where + ", opened");
        }
        catch (StorageException)
        {
            // Its key is gone.
        }
    }

    private static void Look(ReadOnlySpan<byte> bytes, List<(int Word, byte[] Bytes)> patterns, List<FoundWord> found, string where)
    {
        Span<byte> lower = new byte[bytes.Length];
        for (var i = 0; i < bytes.Length; i++) lower[i] = bytes[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(bytes[i] | 0x20) : bytes[i];
        foreach (var (word, pattern) in patterns)
            if (lower.IndexOf(pattern) >= 0 && new FoundWord(word, where) is var place && !found.Contains(place)) found.Add(place);
    }

    /// <summary>
    /// Each word as it may be written: in either case, in UTF-8, as JSON escapes it, in Latin-1, and in the digits in which a dump writes bytes.
    /// </summary>
    private static List<(int Word, byte[] Bytes)> Patterns(IReadOnlyList<string> words)
    {
        var patterns = new List<(int, byte[])>();
        for (var i = 0; i < words.Count; i++)
        {
            foreach (var word in (string[])[words[i], words[i].ToLowerInvariant(), words[i].ToUpperInvariant()])
            {
                var bytes = Encoding.UTF8.GetBytes(word);
                foreach (var pattern in (byte[][])[bytes, Encoding.Latin1.GetBytes(word),
                    Encoding.UTF8.GetBytes(System.Text.Json.JsonEncodedText.Encode(word).ToString()),
                    Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes))])
                {
                    for (var at = 0; at < pattern.Length; at++)
                        if (pattern[at] is >= (byte)'A' and <= (byte)'Z') pattern[at] |= 0x20;
                    if (!patterns.Exists(known => known.Item1 == i && known.Item2.AsSpan().SequenceEqual(pattern))) patterns.Add((i, pattern));
                }
            }
        }

        return patterns;
    }
}

using System.Data.Common;
using Journey.Domain;
using Journey.Domain.Visits;
using Journey.Grains.Storage;

namespace Journey.Storage.Sealing;

/// <summary>What was gone through in one table.</summary>
/// <param name="Seen">Rows read.</param>
/// <param name="Sealed">Rows sealed anew.</param>
/// <param name="Left">Rows that could not be opened, or are of a kind that is not known, and were left as they are.</param>
public sealed record Resealed(string Table, long Seen, long Sealed, long Left);

/// <summary>
/// Seals with the current key what is under older ones, or was written before there was a ring, or before it was known to be sensitive: in small
/// steps, beside silos that run, and as often as wanted. What a row means does not change, and a row that changed meanwhile is left alone: it was
/// sealed then. Once nothing is left, older keys open nothing any more.
/// </summary>
public sealed class Resealing
{
    private const int Step = 200;
    private readonly StorageConnection _store;
    private readonly KeyRing _ring;
    private readonly Seals _seals;

    internal Resealing(StorageConnection store, KeyRing ring)
    {
        (_store, _ring) = (store, ring);
        _seals = new Seals(ring);
    }

    public async Task<IReadOnlyList<Resealed>> Run(CancellationToken cancellation = default)
    {
        var current = _ring.Keys().Single(k => k.Current).Id;
        IReadOnlyList<Resealed> tables =
        [
            await Run<(string Stream, long Version)>(
                "journal", "select stream, version, payload from journal where (stream, version) > (@k0, @k1) order by stream, version limit @n",
                ("", 0), row => (row.GetString(0), row.GetInt64(1)), place => [place.Stream, place.Version],
                row => Anew(row.GetString(2), StreamKinds.ShapeOf(row.GetString(0)), Seals.OfCommit,
                    Seals.Row(row.GetString(0), row.GetInt64(1)), current),
                $"update journal set payload = {Json} where stream = @k0 and version = @k1", cancellation),
            await Run<(Guid Visit, long Version)>(
                "visit_card", "select visit, version, board_row from visit_card where visit > @k0 and @k1 >= 0 order by visit limit @n",
                (Guid.Empty, 0), row => (IdOf(row), row.GetInt64(1)), place => [Id(place.Visit), place.Version],
                row => Anew(row.GetString(2), VisitJson.RowShape, Seals.OfCard, Seals.Row(IdOf(row)), current),
                "update visit_card set board_row = @new where visit = @k0 and version = @k1", cancellation),
            await Run<long>(
                "message_log", "select sequence, feed, raw from message_log where sequence > @k0 order by sequence limit @n", 0,
                row => row.GetInt64(0), place => [place],
                row => Anew(row.GetFieldValue<byte[]>(2), Seals.OfMessage, row.GetString(1), current),
                "update message_log set raw = @new where sequence = @k0", cancellation),
            await Run<(string Service, string Type, long N0, long N1, string Extension, int Version)>(
                "orleans_snapshot",
                "select service_id, grain_type, n0, n1, extension, version, payload from orleans_snapshot where payload is not null and @k5 >= 0 "
                    + "and (service_id, grain_type, n0, n1, extension) > (@k0, @k1, @k2, @k3, @k4) order by service_id, grain_type, n0, n1, "
                    + "extension limit @n",
                ("", "", 0, 0, "", 0),
                row => (row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetString(4), row.GetInt32(5)),
                place => [place.Service, place.Type, place.N0, place.N1, place.Extension, place.Version],
                row => Anew(row.GetFieldValue<byte[]>(6), Seals.OfSnapshot, "", current),
                "update orleans_snapshot set payload = @new where service_id = @k0 and grain_type = @k1 and n0 = @k2 and n1 = @k3 and extension = "
                    + "@k4 and version = @k5", cancellation),
            await Run<string>(
                "sealing", "select name, sealed from sealing where name > @k0 order by name limit @n", "", row => row.GetString(0), place => [place],
                row => Anew(Convert.FromBase64String(row.GetString(1)), row.GetString(0), "", current) is { } anew
                    ? Convert.ToBase64String(anew)
                    : null, "update sealing set sealed = @new where name = @k0", cancellation),
        ];
        await Scrub(cancellation);
        return tables;
    }

    /// <summary>
    /// What was overwritten lies on in SQLite's log until it is cut; in PostgreSQL until the table is vacuumed, which is whoever runs it to say.
    /// </summary>
    private async Task Scrub(CancellationToken cancellation)
    {
        if (_store.CanCluster) return;
        await using var connection = await _store.DataSource.OpenConnectionAsync(cancellation);
        await using var cut = Command(connection, "pragma wal_checkpoint(truncate)", []);
        await cut.ExecuteNonQueryAsync(cancellation);
    }

    private string Json => _store.CanCluster ? "cast(@new as jsonb)" : "@new";

    /// <exception cref="InvalidOperationException">It is of a kind that nobody has said what is sensitive in.</exception>
    private object? Anew(string text, SensitiveShape? shape, string kind, string row, Guid current)
    {
        if (shape is null) throw new InvalidOperationException("A stream of a kind that is not known.");
        if (shape.IsEmpty) return null;
        var keys = SealedJson.KeysIn(text).ToHashSet();
        var anew = _seals.Anew(text, shape, kind, row);
        // Nothing to seal; or all of it, and nothing else, is under the current key already.
        return anew == text || (keys.SetEquals([current]) && SealedJson.IsSealedAlike(anew, text)) ? null : anew;
    }

    private byte[]? Anew(byte[] content, string kind, string row, Guid current) =>
        KeyRing.KeyOf(content) == current ? null : _seals.Anew(content, kind, row);

    private async Task<Resealed> Run<TPlace>(
        string table, string select, TPlace place, Func<DbDataReader, TPlace> at, Func<TPlace, object[]> keys, Func<DbDataReader, object?> anew,
        string update, CancellationToken cancellation)
    {
        var (seen, done, left) = (0L, 0L, 0L);
        await using var connection = await _store.DataSource.OpenConnectionAsync(cancellation);
        if (!_store.CanCluster)
        {
            await using var zero = Command(connection, "pragma secure_delete = on", []);
            await zero.ExecuteNonQueryAsync(cancellation);
        }

        while (true)
        {
            var changes = new List<(object[] Keys, object New)>();
            var read = 0;
            await using (var command = Command(connection, select, keys(place)))
            {
                Add(command, "@n", Step);
                await using var rows = await command.ExecuteReaderAsync(cancellation);
                while (await rows.ReadAsync(cancellation))
                {
                    (read, place) = (read + 1, at(rows));
                    try
                    {
                        if (anew(rows) is { } value) changes.Add((keys(place), value));
                    }
                    catch (Exception e) when (e is StorageException or InvalidOperationException)
                    {
                        left++;
                    }
                }
            }

            foreach (var (where, value) in changes)
            {
                await using var command = Command(connection, update, where);
                Add(command, "@new", value);
                done += await command.ExecuteNonQueryAsync(cancellation);
            }

            seen += read;
            if (read < Step) return new Resealed(table, seen, done, left);
        }
    }

    /// <summary>A visit's id is text on SQLite.</summary>
    private object Id(Guid id) => _store.CanCluster ? id : id.ToString();

    private static Guid IdOf(DbDataReader row) => row.GetValue(0) is Guid id ? id : Guid.Parse(row.GetString(0));

    private static DbCommand Command(DbConnection connection, string sql, object[] keys)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < keys.Length; i++) Add(command, "@k" + i, keys[i]);
        return command;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}

using System.Data.Common;
using Journey.Contracts;
using Journey.Domain.Facts;
using Journey.Domain.Patients;
using Journey.Domain.Visits;
using Journey.Grains.Storage;

namespace Journey.Storage.Erasing;

/// <summary>
/// Erases persons: their streams become tombstones (places, times, commands and who sent them stay, so that the trail and the order of commits can
/// still be checked), and everything that is made from them goes. One transaction, behind a line in the list of erasures: interrupted, it is done as
/// a whole or carried out at the next start.
/// </summary>
public sealed class Eraser : IErasures
{
    /// <summary>As <c>journey</c> in ASCII, and one: two silos do not erase at the same time.</summary>
    private const long Lock = 0x4A6F75726E6579 + 1;

    /// <summary>By visit, and made from the streams.</summary>
    private static readonly string[] OfVisits = ["visit_card", "bed_stay", "visit_alert"];

    /// <summary>
    /// What an erasure touches: what was overwritten there lies in freed space until it is scrubbed. On PostgreSQL a card takes its words with it.
    /// </summary>
    internal static string[] Touched(bool isPostgreSql) =>
        ["journal", "message_log", "orleans_snapshot", .. OfVisits, .. isPostgreSql ? (string[])["visit_words"] : []];

    private readonly PersonFinder _finder;
    private readonly Rows _rows;
    private readonly ErasureList _list;

    internal Eraser(PersonFinder finder, Rows rows, ErasureList list) => (_finder, _rows, _list) = (finder, rows, list);

    /// <summary>Looks what there is of them, and changes nothing. Null when nothing is known of them.</summary>
    public async Task<Erasure?> Look(IReadOnlyCollection<PatientId> persons, Guid erasure, DateTimeOffset now, string by, string reason,
        CancellationToken cancellation = default)
    {
        var found = await _finder.Find(persons.Select(person => person.Value), [], cancellation);
        return found.IsKnown ? new Erasure(erasure, now, [.. found.Patients.Order()], [.. found.Visits.Order()], by, reason) : null;
    }

    /// <summary>Writes it into the list, then carries it out.</summary>
    public async Task<ErasureResult> Erase(Erasure erasure, CancellationToken cancellation = default)
    {
        _list.Add(erasure);
        return await CarryOut(erasure, cancellation);
    }

    public async Task<Erasure?> Closed(DateTimeOffset before, int most, DateTimeOffset now, string why, CancellationToken cancellation = default)
    {
        var persons = new HashSet<Guid>();
        await using (var connection = await _rows.Open(cancellation))
        {
            // A visit that was cancelled or deleted has no end, and is over.
            const string Over = "coalesce(closed_at, case when status in ('Cancelled', 'Deleted') then occurred_at end)";
            var (id, visible) = _rows.IsPostgreSql
                ? ("cast(board_row as jsonb) #>> '{patient,id,value}'", "strpos(board_row, '\\u0000') = 0")
                : ("board_row ->> '$.patient.id.value'", "true");
            await foreach (var person in _rows.Read(connection,
                $"select {id} from visit_card where {visible} group by 1 having count(*) = count({Over}) and max({Over}) < @p0 order by max({Over})",
                row => row.IsDBNull(0) ? (Guid?)null : Guid.Parse(row.GetString(0)), cancellation, before))
                if (person is { } known) persons.Add(known);
        }

        var over = new HashSet<PatientId>();
        foreach (var person in persons)
        {
            if (await _finder.IsOver(person, before, cancellation)) over.Add(new PatientId(person));
            if (over.Count == most) break;
        }

        return over.Count == 0 ? null : await Look(over, Guid.NewGuid(), now, Actor.System.Id, why, cancellation);
    }

    public async Task<int> ForgetCalls(DateTimeOffset before, CancellationToken cancellation = default)
    {
        var calls = await _finder.Calls(before, cancellation);
        if (calls.Count == 0) return 0;
        await using var connection = await _rows.OpenDurable(cancellation);
        foreach (var (stream, version, left) in calls)
            await _rows.Run(connection, $"update journal set payload = {_rows.Json("@p2")} where stream = @p0 and version = @p1", cancellation,
                stream, version, left);
        return calls.Count;
    }

    /// <summary>Those of the list that this database has not gone through.</summary>
    public async Task<IReadOnlyList<Erasure>> Missing(CancellationToken cancellation = default)
    {
        var listed = _list.Read();
        if (listed.Count == 0) return [];
        await using var connection = await _rows.Open(cancellation);
        var done = new HashSet<Guid>();
        await foreach (var id in _rows.Read(connection, "select id from erasure", row => Rows.IdOf(row, 0), cancellation)) done.Add(id);
        return [.. listed.Where(erasure => !done.Contains(erasure.Id))];
    }

    /// <summary>As <see cref="Erase"/>, of one that is in the list.</summary>
    public async Task<ErasureResult> CarryOut(Erasure erasure, CancellationToken cancellation = default)
    {
        try
        {
            var found = await _finder.Find(erasure.Patients, erasure.Visits, cancellation);
            await using var connection = await _rows.OpenDurable(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            if (_rows.IsPostgreSql)
                await _rows.Run(connection, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock({Lock})"),
                    cancellation);
            var erased = await CarryOut(connection, found, erasure, cancellation);
            await transaction.CommitAsync(cancellation);
            return erased;
        }
        catch (DbException e)
        {
            throw new StorageException("What was to be erased was written to meanwhile, or the database failed: nothing was erased. Run it again.",
                e);
        }
    }

    private async Task<ErasureResult> CarryOut(DbConnection connection, FoundPerson found, Erasure erasure, CancellationToken cancellation)
    {
        var commits = 0L;
        var (visit, patient) =
            (VisitJson.Write(Actor.System, [new Erased(erasure.Id)]), PatientJson.Write(Actor.System, [new PatientErased(erasure.Id)]));
        foreach (var id in found.Visits)
            commits += await Bury(connection, StreamKinds.Visit + id.ToString("N"), long.MaxValue, visit, erasure, cancellation);
        foreach (var (id, given) in found.Given)
            commits += await Bury(connection, StreamKinds.Visit + id.ToString("N"), given, visit, erasure, cancellation);
        foreach (var id in found.Patients)
            commits += await Bury(connection, StreamKinds.Patient + id.ToString("N"), long.MaxValue, patient, erasure, cancellation);
        foreach (var book in found.Books) commits += await _rows.Run(connection, "delete from journal where stream = @p0", cancellation, book);
        foreach (var (stream, version, left) in found.Lines)
            await _rows.Run(connection, $"update journal set payload = {_rows.Json("@p2")} where stream = @p0 and version = @p1", cancellation,
                stream, version, left);
        foreach (var id in found.Visits)
            foreach (var table in OfVisits) await _rows.Run(connection, $"delete from {table} where visit = @p0", cancellation, id);
        foreach (var id in found.Visits.Concat(found.Given.Keys).Concat(found.Patients)) await Forget(connection, id, cancellation);
        foreach (var sequence in found.Messages) await _rows.Run(connection, "delete from message_log where sequence = @p0", cancellation, sequence);
        await _rows.Run(connection, "insert into erasure (id, erased_at, commits, scrubbed) values (@p0, @p1, @p2, @p3)", cancellation, erasure.Id,
            erasure.At, commits, false);
        return new(found.Visits.Count, commits, found.Lines.Count, found.Messages.Count);
    }

    /// <summary>
    /// Every commit becomes a tombstone in its place. One more stands behind them: whoever still holds the stream in memory meets it with their next
    /// commit, and reads anew.
    /// </summary>
    private async Task<long> Bury(DbConnection connection, string stream, long before, byte[] tombstone, Erasure erasure,
        CancellationToken cancellation)
    {
        var text = System.Text.Encoding.UTF8.GetString(tombstone);
        // First, so that of whoever appends at this moment either this fails or they do.
        var behind = before < long.MaxValue ? 0 : await _rows.Run(connection,
            $"insert into journal (stream, version, recorded_at, command_id, actor, payload) select stream, max(version) + 1, @p1, @p2, "
                + $"@p3, {_rows.Json("@p4")} from journal where stream = @p0 group by stream",
            cancellation, stream, erasure.At, NameBasedGuid.Create(erasure.Id, stream), Actor.System.Id, text);
        return await _rows.Run(connection, $"update journal set payload = {_rows.Json("@p2")} where stream = @p0 and version < @p1", cancellation,
            stream, before, text) - behind;
    }

    /// <summary>Orleans keeps a grain's id in two halves.</summary>
    private Task<long> Forget(DbConnection connection, Guid grain, CancellationToken cancellation)
    {
        var key = grain.ToByteArray();
        return _rows.Run(connection, "delete from orleans_snapshot where n0 = @p0 and n1 = @p1", cancellation, BitConverter.ToInt64(key, 0),
            BitConverter.ToInt64(key, 8));
    }

    /// <summary>
    /// What was overwritten is taken out of the files: nobody else may use them meanwhile. False when this role may not, on PostgreSQL, where only a
    /// table's owner may.
    /// </summary>
    public async Task<bool> Scrub(CancellationToken cancellation = default)
    {
        await using var connection = await _rows.OpenDurable(cancellation);
        if (_rows.IsPostgreSql)
        {
            var (mayNot, touched) = (false, Touched(isPostgreSql: true));
            await foreach (var owns in _rows
                .Read(connection,
                    $"select pg_has_role(relowner, 'usage') from pg_class where oid in ({string.Join(", ", touched.Select(table => $"'{table}'::regclass"))})", row => row.GetBoolean(0), cancellation)) mayNot |= !owns;
            if (mayNot) return false;
            foreach (var table in touched) await _rows.Run(connection, $"vacuum (full, analyze) {table}", cancellation);
            await _rows.Run(connection, "update erasure set scrubbed = true where not scrubbed", cancellation);
            return true;
        }

        await _rows.Run(connection, "vacuum", cancellation);
        await _rows.Run(connection, "update erasure set scrubbed = 1 where scrubbed = 0", cancellation);
        await _rows.Run(connection, "pragma wal_checkpoint(truncate)", cancellation);
        return true;
    }

    /// <summary>Whether something was erased and not scrubbed since.</summary>
    public async Task<bool> IsUnscrubbed(CancellationToken cancellation = default)
    {
        await using var connection = await _rows.Open(cancellation);
        await foreach (var any in _rows
            .Read(connection, $"select exists (select 1 from erasure where scrubbed = {(_rows.IsPostgreSql ? "false" : "0")})",
                row => Convert.ToBoolean(row.GetValue(0), System.Globalization.CultureInfo.InvariantCulture), cancellation)) return any;
        return false;
    }

    /// <summary>Asked first of all: what this process itself has open would count, too.</summary>
    /// <exception cref="StorageException">Somebody uses the database: what they hold in memory would be shown on.</exception>
    public async Task RefuseWhileInUse(CancellationToken cancellation = default)
    {
        if (_rows.File is { } file)
        {
            if (!File.Exists(file.Path))
                throw new StorageException($"There is no store at '{file.Path}': name its folder (Journey:DataDirectory). Nobody was looked for.");
            if (file.IsInUse()) throw new StorageException("The database is in use: stop Journey first. Nothing was erased.");
            return;
        }

        await using var connection = await _rows.Open(cancellation);
        await foreach (var others in _rows.Read(connection,
            "select count(*) from pg_stat_activity where datname = current_database() and application_name = current_setting('application_name') "
                + "and pid <> pg_backend_pid()", row => row.GetInt64(0), cancellation))
            if (others > 0) throw new StorageException("Silos use the database: stop all of them first. Nothing was erased.");
    }
}

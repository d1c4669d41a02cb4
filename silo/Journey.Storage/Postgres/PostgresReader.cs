using System.Globalization;
using System.Text;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Intake;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Grains.Storage;
using Journey.Storage.Journal;
using Npgsql;
using NpgsqlTypes;

namespace Journey.Storage.Postgres;

internal sealed class PostgresReader(NpgsqlDataSource source, StreamReads streams) : IReader
{
    private const string Columns =
        "select visit, version, unit, status, on_board, number, search_text, occurred_at, closed_at, next_deadline, board_row from visit_card ";

    // As in the index.
    private const string Words = "array_to_tsvector(array_remove(string_to_array(w.search_text, ' '), ''))";

    public Task<IReadOnlyList<JournalEntry>> Read(string stream, long afterVersion, int most, CancellationToken cancellation) =>
        streams.Read(stream, afterVersion, most, cancellation);

    public async Task<bool> Knows(MessageKey message, CancellationToken cancellation) =>
        (await Query("select 1 from inbox where source = $1 and message_id = $2", _ => true, cancellation, message.Source,
            message.MessageId)).Count > 0;

    public Task<IReadOnlyList<VisitCard>> OnUnit(string unit, DateTimeOffset closedSince, CancellationToken cancellation) => Query(
        Columns + "where unit = $1 and on_board and coalesce(closed_at, 'infinity'::timestamptz) >= $2 order by occurred_at, visit",
        Card, cancellation, unit, closedSince.UtcDateTime);

    public async Task<BoardMark> Mark(string unit, DateTimeOffset closedSince, CancellationToken cancellation) => (await Query(
        "select count(*), coalesce(sum(version), 0)::bigint from visit_card where unit = $1 and on_board and coalesce(closed_at, "
            + "'infinity'::timestamptz) >= $2",
        row => new BoardMark(row.GetInt64(0), row.GetInt64(1)), cancellation, unit, closedSince.UtcDateTime))[0];

    public Task<IReadOnlyList<string>> Units(DateTimeOffset closedSince, CancellationToken cancellation) => Query(
        "select distinct unit from visit_card where on_board and unit <> '' and coalesce(closed_at, 'infinity'::timestamptz) >= $1 order by unit",
        row => row.GetString(0), cancellation, closedSince.UtcDateTime);

    public Task<IReadOnlyList<BedStay>> BedStays(string unit, int perBed, CancellationToken cancellation) => Query(
        """
        select visit, room, bed, since, until
          from (select *, row_number() over (partition by room, bed order by since desc, visit) as nth from bed_stay where unit = $1) s
         where nth <= $2
         order by room, bed, nth
        """,
        row => new BedStay(row.GetGuid(0), new Stay(
            new Location(unit, row.IsDBNull(1) ? null : row.GetString(1), row.GetString(2)),
            row.GetFieldValue<DateTimeOffset>(3), row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4))),
        cancellation, unit, (long)perBed);

    public Task<IReadOnlyList<VisitCard>> ByNumber(string number, CancellationToken cancellation) => Query(
        Columns + "where visit in (select w.visit from visit_words w where w.number = $1) order by occurred_at desc, visit", Card, cancellation,
        number);

    public Task<IReadOnlyList<VisitCard>> Search(IReadOnlyList<string> words, int count, CancellationToken cancellation)
    {
        const string Order = " order by closed_at is not null, occurred_at desc, visit limit $1";
        return words.Count == 0
            ? Query(Columns + Order, Card, cancellation, (long)count)
            : Query(Columns + $"where visit in (select w.visit from visit_words w where {Words} @@ $2::tsquery)" + Order, Card, cancellation,
                (long)count, Prefixes(words));
    }

    // A row is text because the database's JSON knows no zero character; one that has it says nothing of its times.
    public Task<IReadOnlyList<UsualTime>> UsualTimes(DateTimeOffset closedSince, int fewest, CancellationToken cancellation) => Query(
        """
        select unit, step, minutes
          from (select unit, step, minutes,
                       row_number() over (partition by unit, step order by minutes) as nth,
                       count(*) over (partition by unit, step) as visits
                  from (select board_row from visit_card where closed_at >= $1 and strpos(board_row, '\u0000') = 0 offset 0) c,
                       jsonb_to_recordset(board_row::jsonb -> 'spent') as spent (unit text, step text, minutes bigint)) s
         where visits >= $2 and nth = (visits * 99 + 99) / 100
         order by unit, step
        """,
        row => new UsualTime(row.GetString(0), row.GetString(1), TimeSpan.FromMinutes(row.GetInt64(2))), cancellation, closedSince.UtcDateTime,
        (long)fewest);

    public Task<IReadOnlyList<ReportedFact>> Reported(DateTimeOffset closedSince, CancellationToken cancellation) => Query(
        """
        select told.unit, told.fact, count(*), count(*) filter (where told.by = 'Feed'), count(*) filter (where told.by = 'Staff')
          from (select board_row from visit_card where closed_at >= $1 and strpos(board_row, '\u0000') = 0 offset 0) c,
               jsonb_to_recordset(board_row::jsonb -> 'reports') as told (unit text collate "C", fact text collate "C", by text)
         group by 1, 2
         order by 1, 2
        """,
        row => new ReportedFact(row.GetString(0), row.GetString(1), (int)row.GetInt64(2), (int)row.GetInt64(3), (int)row.GetInt64(4)), cancellation,
        closedSince.UtcDateTime);

    public Task<IReadOnlyList<AlertFact>> Alerts(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation) => Query(
        "select rule, unit, severity, shadow, raised_at, taken_at, ended_at, ended_how from visit_alert where raised_at >= $1 and raised_at < $2 "
            + "order by raised_at, visit, rule",
        row => new AlertFact(row.GetString(0), row.GetString(1), (Severity)row.GetInt16(2), row.GetBoolean(3), row.GetFieldValue<DateTimeOffset>(4),
            row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5), row.IsDBNull(6)
                ? null
                : row.GetFieldValue<DateTimeOffset>(6), row.IsDBNull(7) ? null : row.GetString(7)),
        cancellation, from.UtcDateTime, until.UtcDateTime);

    public async Task<IReadOnlyList<Guid>> TakeOverdue(DateTimeOffset before, int count, TimeSpan lease, DateTimeOffset now,
        CancellationToken cancellation)
    {
        const string Take = """
            with due as (
                select visit from visit_card
                 where next_deadline < $1 and (leased_until is null or leased_until <= $2)
                 order by next_deadline
                 limit $3
                   for update skip locked)
            update visit_card c set leased_until = $4 from due where c.visit = due.visit
            returning c.visit, c.next_deadline
            """;
        var taken = await Query(Take, row => (Visit: row.GetGuid(0), Deadline: row.GetFieldValue<DateTimeOffset>(1)), cancellation,
            before.UtcDateTime, now.UtcDateTime, (long)count, (now + lease).UtcDateTime);
        return [.. taken.OrderBy(due => due.Deadline).Select(due => due.Visit)];
    }

    public Task<IReadOnlyList<LoggedMessage>> Newest(long? before, int count, CancellationToken cancellation) => Query(
        """
        select sequence, feed, source, control_id, message_type, received_at, raw, result, reason
          from message_log where sequence < $1 order by sequence desc limit $2
        """,
        row => new LoggedMessage(row.GetInt64(0),
            new MessageRecord(row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5),
                row.GetFieldValue<byte[]>(6)),
            new IntakeOutcome((IntakeResult)row.GetInt16(7), row.IsDBNull(8) ? null : row.GetString(8))),
        cancellation, before ?? long.MaxValue, (long)count);

    public Task<int> Trim(DateTimeOffset before, CancellationToken cancellation) => Delete("message_log", before, cancellation);

    public Task<int> TrimInbox(DateTimeOffset before, CancellationToken cancellation) => Delete("inbox", before, cancellation);

    /// <summary>In pieces: one transaction over a year of messages would hold its locks and its log for minutes.</summary>
    private async Task<int> Delete(string table, DateTimeOffset before, CancellationToken cancellation)
    {
        var sql = $"""
            with gone as (delete from {table} where ctid = any (array(select ctid from {table} where received_at < $1 limit 5000)) returning 1)
            select count(*) from gone
            """;
        var total = 0;
        while (true)
        {
            var gone = await Query(sql, row => (int)row.GetInt64(0), cancellation, before.UtcDateTime);
            total += gone[0];
            if (gone[0] < 5000) return total;
        }
    }

    public Task Ping(CancellationToken cancellation) => Query("select 1 from schema_version limit 1", row => row.GetInt32(0), cancellation);

    private static VisitCard Card(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetBoolean(4), row.IsDBNull(5) ? null : row.GetString(5),
        row.GetString(6), row.GetFieldValue<DateTimeOffset>(7), row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8),
        row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9), row.GetFieldValue<byte[]>(10));

    /// <summary>A query of quoted lexemes: nothing a person types is an operator.</summary>
    private static string Prefixes(IReadOnlyList<string> words)
    {
        var query = new StringBuilder();
        foreach (var word in words)
        {
            if (query.Length > 0) query.Append(" & ");
            query.Append(CultureInfo.InvariantCulture, $"'{word.Replace("\\", "\\\\").Replace("'", "''")}':*");
        }

        return query.ToString();
    }

    internal async Task<IReadOnlyList<T>> Query<T>(string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancellation, params object[] values)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await using var command = new NpgsqlCommand(sql, connection);
            foreach (var value in values)
                command.Parameters.Add(value is DateTime time
                    ? new() { Value = time, NpgsqlDbType = NpgsqlDbType.TimestampTz }
                    : new() { Value = value });
            await command.PrepareAsync(cancellation);
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            var all = new List<T>();
            while (await rows.ReadAsync(cancellation)) all.Add(row(rows));
            return all;
        }
        catch (Exception e) when (e is NpgsqlException or ObjectDisposedException)
        {
            throw PostgresErrors.Explain(e);
        }
    }
}

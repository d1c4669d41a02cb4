using System.Text;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Intake;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Grains.Storage;
using Journey.Storage.Journal;
using Microsoft.Data.Sqlite;

namespace Journey.Storage.Sqlite;

/// <summary>Reads on pooled connections, a few at a time, off the caller's thread: the driver blocks, and a grain's scheduler must not.</summary>
internal sealed class SqliteReader(SqliteFile file, GroupCommit commits) : IReader, IDisposable
{
    private const string Columns =
        "select visit, version, unit, status, on_board, number, search_text, occurred_at, closed_at, next_deadline, board_row from visit_card ";

    private readonly SemaphoreSlim _places = new(Math.Clamp(Environment.ProcessorCount, 2, 8));

    public Task<IReadOnlyList<JournalEntry>> Read(string stream, long afterVersion, int most, CancellationToken cancellation) => Query(
        "select version, recorded_at, command_id, actor, payload from journal where stream = $1 and version > $2 order by version limit $3",
        row => new JournalEntry(stream, row.GetInt64(0), Micros.To(row.GetInt64(1)), Guid.Parse(row.GetString(2)), row.GetString(3),
            Encoding.UTF8.GetBytes(row.GetString(4))),
        cancellation, stream, afterVersion, most);

    public async Task<bool> Knows(MessageKey message, CancellationToken cancellation) =>
        (await Query("select 1 from inbox where source = $1 and message_id = $2", _ => true, cancellation, message.Source,
            message.MessageId)).Count > 0;

    public Task<IReadOnlyList<VisitCard>> OnUnit(string unit, DateTimeOffset closedSince, CancellationToken cancellation) => Query(
        Columns + "where unit = $1 and on_board and coalesce(closed_at, 9223372036854775807) >= $2 order by occurred_at, visit",
        Card, cancellation, unit, Micros.From(closedSince));

    public async Task<BoardMark> Mark(string unit, DateTimeOffset closedSince, CancellationToken cancellation) => (await Query(
        "select count(*), coalesce(sum(version), 0) from visit_card where unit = $1 and on_board and coalesce(closed_at, 9223372036854775807) >= $2",
        row => new BoardMark(row.GetInt64(0), row.GetInt64(1)), cancellation, unit, Micros.From(closedSince)))[0];

    public Task<IReadOnlyList<string>> Units(DateTimeOffset closedSince, CancellationToken cancellation) => Query(
        "select distinct unit from visit_card where on_board and unit <> '' and coalesce(closed_at, 9223372036854775807) >= $1 order by unit",
        row => row.GetString(0), cancellation, Micros.From(closedSince));

    public Task<IReadOnlyList<BedStay>> BedStays(string unit, int perBed, CancellationToken cancellation) => Query(
        """
        select visit, room, bed, since, until
          from (select *, row_number() over (partition by room, bed order by since desc, visit) as nth from bed_stay where unit = $1) s
         where nth <= $2
         order by room, bed, nth
        """,
        row => new BedStay(Guid.Parse(row.GetString(0)), new Stay(
            new Location(unit, row.IsDBNull(1) ? null : row.GetString(1), row.GetString(2)),
            Micros.To(row.GetInt64(3)), row.IsDBNull(4) ? null : Micros.To(row.GetInt64(4)))),
        cancellation, unit, perBed);

    public Task<IReadOnlyList<VisitCard>> ByNumber(string number, CancellationToken cancellation) => Query(
        Columns + "where number = $1 order by occurred_at desc, visit", Card, cancellation, number);

    public Task<IReadOnlyList<VisitCard>> Search(IReadOnlyList<string> words, int count, CancellationToken cancellation)
    {
        var sql = new StringBuilder(Columns);
        var values = new List<object> { count };
        foreach (var word in words)
        {
            sql.Append(values.Count == 1 ? "where " : "and ").Append("instr(' ' || search_text, $").Append(values.Count + 1).Append(") > 0 ");
            values.Add(' ' + word);
        }

        sql.Append("order by closed_at is not null, occurred_at desc, visit limit $1");
        return Query(sql.ToString(), Card, cancellation, [.. values]);
    }

    public Task<IReadOnlyList<UsualTime>> UsualTimes(DateTimeOffset closedSince, int fewest, CancellationToken cancellation) => Query(
        """
        select unit, step, minutes
          from (select spent.value ->> 'unit' as unit, spent.value ->> 'step' as step, spent.value ->> 'minutes' as minutes,
                       row_number() over (partition by spent.value ->> 'unit', spent.value ->> 'step' order by spent.value ->> 'minutes') as nth,
                       count(*) over (partition by spent.value ->> 'unit', spent.value ->> 'step') as visits
                  from visit_card, json_each(board_row, '$.spent') spent
                 where closed_at >= $1) s
         where visits >= $2 and nth = (visits * 99 + 99) / 100
         order by unit, step
        """,
        row => new UsualTime(row.GetString(0), row.GetString(1), TimeSpan.FromMinutes(row.GetInt64(2))), cancellation,
        Micros.From(closedSince), fewest);

    public Task<IReadOnlyList<ReportedFact>> Reported(DateTimeOffset closedSince, CancellationToken cancellation) => Query(
        """
        select told.value ->> 'unit' as unit, told.value ->> 'fact' as fact, count(*), sum(told.value ->> 'by' = 'Feed'), sum(told.value ->> 'by' = 'Staff')
          from visit_card, json_each(board_row, '$.reports') told
         where closed_at >= $1
         group by 1, 2
         order by 1, 2
        """,
        row => new ReportedFact(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4)), cancellation,
        Micros.From(closedSince));

    public Task<IReadOnlyList<AlertFact>> Alerts(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation) => Query(
        "select rule, unit, severity, shadow, raised_at, taken_at, ended_at, ended_how from visit_alert where raised_at >= $1 and raised_at < $2 "
            + "order by raised_at, visit, rule",
        row => new AlertFact(row.GetString(0), row.GetString(1), (Severity)row.GetInt32(2), row.GetBoolean(3), Micros.To(row.GetInt64(4)),
            row.IsDBNull(5) ? null : Micros.To(row.GetInt64(5)), row.IsDBNull(6) ? null : Micros.To(row.GetInt64(6)), row.IsDBNull(7)
                ? null
                : row.GetString(7)),
        cancellation, Micros.From(from), Micros.From(until));

    public async Task<IReadOnlyList<Guid>> TakeOverdue(DateTimeOffset before, int count, TimeSpan lease, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var taken = await Turn(connection => Select(connection,
            """
            update visit_card set leased_until = $4
             where visit in (select visit from visit_card
                              where next_deadline < $1 and (leased_until is null or leased_until <= $2)
                              order by next_deadline limit $3)
            returning visit, next_deadline
            """,
            row => (Visit: Guid.Parse(row.GetString(0)), Deadline: row.GetInt64(1)),
            Micros.From(before), Micros.From(now), count, Micros.From(now + lease)));
        return [.. taken.OrderBy(due => due.Deadline).Select(due => due.Visit)];
    }

    public Task<IReadOnlyList<LoggedMessage>> Newest(long? before, int count, CancellationToken cancellation) => Query(
        """
        select sequence, feed, source, control_id, message_type, received_at, raw, result, reason
          from message_log where sequence < $1 order by sequence desc limit $2
        """,
        row => new LoggedMessage(row.GetInt64(0),
            new MessageRecord(row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), Micros.To(row.GetInt64(5)),
                row.GetFieldValue<byte[]>(6)),
            new IntakeOutcome((IntakeResult)row.GetInt32(7), row.IsDBNull(8) ? null : row.GetString(8))),
        cancellation, before ?? long.MaxValue, count);

    public Task<int> Trim(DateTimeOffset before, CancellationToken cancellation) => Delete(
        "delete from message_log where sequence in (select sequence from message_log where received_at < $1 limit $2)", before, cancellation);

    public Task<int> TrimInbox(DateTimeOffset before, CancellationToken cancellation) => Delete(
        "delete from inbox where (source, message_id) in (select source, message_id from inbox where received_at < $1 limit $2)", before,
        cancellation);

    /// <summary>In pieces, so that commits get their turn in between.</summary>
    private async Task<int> Delete(string sql, DateTimeOffset before, CancellationToken cancellation)
    {
        const int AtOnce = 1000;
        var total = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var gone = await Turn(connection =>
            {
                using var command = Command(connection, sql, [Micros.From(before), AtOnce]);
                return command.ExecuteNonQuery();
            });
            total += gone;
            if (gone < AtOnce) return total;
        }
    }

    public Task Ping(CancellationToken cancellation) => Query("select 1 from schema_version limit 1", row => row.GetInt32(0), cancellation);

    /// <summary>Runs blocking work on a pool thread, a few at a time.</summary>
    public async Task<T> OffThread<T>(Func<T> work, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        try
        {
            return await Task.Run(work, cancellation);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    /// <summary>Runs work that writes on the writer's thread, between two batches.</summary>
    private async Task<T> Turn<T>(Func<SqliteConnection, T> work)
    {
        var turn = new TurnJob<T>(() => Guarded(work));
        await commits.Enqueue(turn);
        return await turn.Done;
    }

    internal Task<IReadOnlyList<T>> Query<T>(string sql, Func<SqliteDataReader, T> row, CancellationToken cancellation, params object[] values) =>
        OffThread(() => Guarded(connection => Select(connection, sql, row, values)), cancellation);

    private T Guarded<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            using var connection = (SqliteConnection)file.OpenConnection();
            return work(connection);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw SqliteErrors.Explain(e, file.Path);
        }
    }

    private static IReadOnlyList<T> Select<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> row, params object[] values)
    {
        using var command = Command(connection, sql, values);
        using var rows = command.ExecuteReader();
        var all = new List<T>();
        while (rows.Read()) all.Add(row(rows));
        return all;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, object[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i + 1}", values[i]);
        return command;
    }

    private static VisitCard Card(SqliteDataReader row) => new(
        Guid.Parse(row.GetString(0)), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetBoolean(4), row.IsDBNull(5)
            ? null
            : row.GetString(5),
        row.GetString(6), Micros.To(row.GetInt64(7)), row.IsDBNull(8) ? null : Micros.To(row.GetInt64(8)),
        row.IsDBNull(9) ? null : Micros.To(row.GetInt64(9)), Encoding.UTF8.GetBytes(row.GetString(10)));
}

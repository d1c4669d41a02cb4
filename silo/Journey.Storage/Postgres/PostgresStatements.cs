using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Grains.Storage;
using Journey.Storage.Journal;
using Npgsql;
using NpgsqlTypes;

namespace Journey.Storage.Postgres;

internal static class PostgresStatements
{
    // Every part sees the same snapshot, so the parts are chained by what the one before returned: a message that was there already returns no row
    // and its commit goes no further. Waiting for another silo's uncommitted row happens inside ON CONFLICT. A message that went in while its version
    // or command was taken calls the function that fails the statement. Rows are inserted in key order so that two writers cannot deadlock.
    // A commit's own line of the log says 0, applied. Only refused commits come back.
    private const string InsertCommits = """
        with input as materialized (
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25) with ordinality
                as i(stream, version, recorded_at, command_id, actor, payload, source, message_id,
                     visit, card_version, unit, status, on_board, number, search_text, occurred_at, closed_at, next_deadline, board_row,
                     feed, sender, control_id, message_type, message_at, raw, position)),
        received as (
            insert into inbox (source, message_id, received_at)
            select source, message_id, recorded_at from input where source is not null order by source, message_id
            on conflict do nothing
            returning source, message_id),
        written as (
            insert into journal (stream, version, recorded_at, command_id, actor, payload)
            select i.stream, i.version, i.recorded_at, i.command_id, i.actor, i.payload
              from input i left join received r on r.source = i.source and r.message_id = i.message_id
             where i.source is null or r.source is not null
             order by i.stream
            on conflict do nothing
            returning stream),
        shown as (
            insert into visit_card as c (visit, version, unit, status, on_board, number, search_text, occurred_at, closed_at, next_deadline, board_row)
            select i.visit, i.card_version, i.unit, i.status, i.on_board, i.number, i.search_text, i.occurred_at, i.closed_at, i.next_deadline, i.board_row
              from input i join written w on w.stream = i.stream
             where i.visit is not null
             order by i.visit
            on conflict (visit) do update
               set version = excluded.version, unit = excluded.unit, status = excluded.status, on_board = excluded.on_board, number = excluded.number,
                   search_text = excluded.search_text, occurred_at = excluded.occurred_at, closed_at = excluded.closed_at,
                   next_deadline = excluded.next_deadline, leased_until = null, board_row = excluded.board_row
             where c.version < excluded.version),
        logged as (
            insert into message_log (feed, source, control_id, message_type, received_at, raw, result)
            select i.feed, i.sender, i.control_id, i.message_type, i.message_at, i.raw, 0
              from input i join written w on w.stream = i.stream
             where i.raw is not null
             order by i.position)
        select i.position, case when r.source is not null then journey_refuse_half_commit() end
          from input i
          left join written w on w.stream = i.stream
          left join received r on r.source = i.source and r.message_id = i.message_id
         where w.stream is null
        """;

    // Later commands of the transaction see what the first one wrote: only a commit that landed, with a card that is shown, changes beds.
    private const string Landed = """
        from unnest($1, $2, $3, $4, $5) as i(visit, card_version, stream, version, command_id)
                join visit_card c on c.visit = i.visit and c.version = i.card_version
                join journal j on j.stream = i.stream and j.version = i.version and j.command_id = i.command_id
        """;

    private const string DeleteStays = $"delete from bed_stay where visit in (select i.visit {Landed})";

    private const string InsertStays = $"""
        insert into bed_stay (visit, position, unit, room, bed, since, until)
        select s.visit, s.position, s.unit, s.room, s.bed, s.since, s.until
          from unnest($6, $7, $8, $9, $10, $11, $12) as s(visit, position, unit, room, bed, since, until)
         where s.visit in (select i.visit {Landed})
        """;

    private const string UpsertAlerts = $"""
        insert into visit_alert (visit, rule, raised_at, unit, severity, shadow, taken_at, ended_at, ended_how)
        select s.visit, s.rule, s.raised_at, s.unit, s.severity, s.shadow, s.taken_at, s.ended_at, s.ended_how
          from unnest($6, $7, $8, $9, $10, $11, $12, $13, $14) as s(visit, rule, raised_at, unit, severity, shadow, taken_at, ended_at, ended_how)
         where s.visit in (select i.visit {Landed})
         order by s.visit, s.rule, s.raised_at
        on conflict (visit, rule, raised_at) do update
           set severity = excluded.severity, shadow = excluded.shadow, taken_at = excluded.taken_at, ended_at = excluded.ended_at, ended_how = excluded.ended_how
        """;

    private const string InsertLines = """
        insert into message_log (feed, source, control_id, message_type, received_at, raw, result, reason)
        select feed, source, control_id, message_type, received_at, raw, result, reason
          from unnest($1, $2, $3, $4, $5, $6, $7, $8) with ordinality
            as i(feed, source, control_id, message_type, received_at, raw, result, reason, position)
         order by position
        """;

    private const string SelectWhyRefused = """
        select i.position,
               exists (select from journal j where j.stream = i.stream and j.command_id = i.command_id),
               exists (select from inbox b where b.source = i.source and b.message_id = i.message_id)
          from unnest($1, $2, $3, $4) with ordinality as i(stream, command_id, source, message_id, position)
        """;

    public static NpgsqlBatchCommand Commits(AppendJob[] jobs)
    {
        Commit[] commits = [.. jobs.Select(job => job.Commit)];
        var command = new NpgsqlBatchCommand(InsertCommits);
        var p = command.Parameters;
        p.Add(Texts(commits, c => c.Stream));
        p.Add(Column(commits, NpgsqlDbType.Bigint, c => c.Version));
        p.Add(Column(commits, NpgsqlDbType.TimestampTz, c => c.RecordedAt.UtcDateTime));
        p.Add(Column(commits, NpgsqlDbType.Uuid, c => c.CommandId));
        p.Add(Texts(commits, c => c.Actor));
        p.Add(Column(commits, NpgsqlDbType.Jsonb, c => Bytes(c.Payload)));
        p.Add(Texts(commits, c => c.Message?.Source));
        p.Add(Texts(commits, c => c.Message?.MessageId));
        p.Add(Column(commits, NpgsqlDbType.Uuid, c => c.Card?.Visit));
        p.Add(Column(commits, NpgsqlDbType.Bigint, c => c.Card?.Version));
        p.Add(Texts(commits, c => c.Card?.Unit));
        p.Add(Texts(commits, c => c.Card?.Status));
        p.Add(Column(commits, NpgsqlDbType.Boolean, c => c.Card?.OnBoard));
        p.Add(Texts(commits, c => c.Card?.Number));
        p.Add(Texts(commits, c => c.Card?.SearchText));
        p.Add(Column(commits, NpgsqlDbType.TimestampTz, c => c.Card?.OccurredAt.UtcDateTime));
        p.Add(Column(commits, NpgsqlDbType.TimestampTz, c => c.Card?.ClosedAt?.UtcDateTime));
        p.Add(Column(commits, NpgsqlDbType.TimestampTz, c => c.Card?.NextDeadline?.UtcDateTime));
        p.Add(Column(commits, NpgsqlDbType.Text, c => c.Card is { } card ? Bytes(card.Row) : null));
        p.Add(Texts(commits, c => c.Line?.Feed));
        p.Add(Texts(commits, c => c.Line?.Source));
        p.Add(Texts(commits, c => c.Line?.ControlId));
        p.Add(Texts(commits, c => c.Line?.Type));
        p.Add(Column(commits, NpgsqlDbType.TimestampTz, c => c.Line?.ReceivedAt.UtcDateTime));
        p.Add(Column(commits, NpgsqlDbType.Bytea, c => c.Line is { } line ? Bytes(line.Raw) : null));
        return command;
    }

    public static NpgsqlBatchCommand LeaveBeds(AppendJob[] moves) => Moves(DeleteStays, moves);

    public static NpgsqlBatchCommand Stays(AppendJob[] moves)
    {
        var command = Moves(InsertStays, moves);
        var p = command.Parameters;
        (Guid Visit, int Position, Stay Stay)[] stays =
            [.. moves.Select(job => job.Commit.Card!).SelectMany(card => card.Beds!.Value.Select((stay, position) => (card.Visit, position, stay)))];
        p.Add(Column(stays, NpgsqlDbType.Uuid, s => s.Visit));
        p.Add(Column(stays, NpgsqlDbType.Integer, s => s.Position));
        p.Add(Texts(stays, s => s.Stay.Location.Unit));
        p.Add(Texts(stays, s => s.Stay.Location.Room));
        p.Add(Texts(stays, s => s.Stay.Location.Bed));
        p.Add(Column(stays, NpgsqlDbType.TimestampTz, s => s.Stay.Since.UtcDateTime));
        p.Add(Column(stays, NpgsqlDbType.TimestampTz, s => s.Stay.Until?.UtcDateTime));
        return command;
    }

    public static NpgsqlBatchCommand Alerts(AppendJob[] alerted)
    {
        var command = Moves(UpsertAlerts, alerted);
        var p = command.Parameters;
        (Guid Visit, AlertFact Alert)[] alerts =
            [.. alerted.Select(job => job.Commit.Card!).SelectMany(card => card.Alerts!.Value.Select(alert => (card.Visit, alert)))];
        p.Add(Column(alerts, NpgsqlDbType.Uuid, a => a.Visit));
        p.Add(Texts(alerts, a => a.Alert.Rule));
        p.Add(Column(alerts, NpgsqlDbType.TimestampTz, a => a.Alert.RaisedAt.UtcDateTime));
        p.Add(Texts(alerts, a => a.Alert.Unit));
        p.Add(Column(alerts, NpgsqlDbType.Smallint, a => (short)a.Alert.Severity));
        p.Add(Column(alerts, NpgsqlDbType.Boolean, a => a.Alert.Shadow));
        p.Add(Column(alerts, NpgsqlDbType.TimestampTz, a => a.Alert.TakenAt?.UtcDateTime));
        p.Add(Column(alerts, NpgsqlDbType.TimestampTz, a => a.Alert.EndedAt?.UtcDateTime));
        p.Add(Texts(alerts, a => a.Alert.EndedHow));
        return command;
    }

    public static NpgsqlBatchCommand Lines(LogJob[] jobs)
    {
        var command = new NpgsqlBatchCommand(InsertLines);
        var p = command.Parameters;
        p.Add(Texts(jobs, j => j.Message.Feed));
        p.Add(Texts(jobs, j => j.Message.Source));
        p.Add(Texts(jobs, j => j.Message.ControlId));
        p.Add(Texts(jobs, j => j.Message.Type));
        p.Add(Column(jobs, NpgsqlDbType.TimestampTz, j => j.Message.ReceivedAt.UtcDateTime));
        p.Add(Column(jobs, NpgsqlDbType.Bytea, j => Bytes(j.Message.Raw)));
        p.Add(Column(jobs, NpgsqlDbType.Smallint, j => (short)j.Outcome.Result));
        p.Add(Texts(jobs, j => j.Outcome.Reason));
        return command;
    }

    /// <summary>Some thirty pages of text that does not compress.</summary>
    public static NpgsqlCommand Probe() => new("""
        insert into message_log (feed, source, control_id, message_type, received_at, raw, result)
        select '', '', '', '', now(), convert_to(string_agg(md5(random()::text), ''), 'UTF8'), 0 from generate_series(1, 8192)
        """);

    public static NpgsqlCommand WhyRefused(List<AppendJob> refused)
    {
        AppendJob[] jobs = [.. refused];
        var command = new NpgsqlCommand(SelectWhyRefused);
        command.Parameters.Add(Texts(jobs, j => j.Commit.Stream));
        command.Parameters.Add(Column(jobs, NpgsqlDbType.Uuid, j => j.Commit.CommandId));
        command.Parameters.Add(Texts(jobs, j => j.Commit.Message?.Source));
        command.Parameters.Add(Texts(jobs, j => j.Commit.Message?.MessageId));
        return command;
    }

    private static NpgsqlBatchCommand Moves(string sql, AppendJob[] moves)
    {
        Commit[] commits = [.. moves.Select(job => job.Commit)];
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(Column(commits, NpgsqlDbType.Uuid, c => c.Card!.Visit));
        command.Parameters.Add(Column(commits, NpgsqlDbType.Bigint, c => c.Card!.Version));
        command.Parameters.Add(Texts(commits, c => c.Stream));
        command.Parameters.Add(Column(commits, NpgsqlDbType.Bigint, c => c.Version));
        command.Parameters.Add(Column(commits, NpgsqlDbType.Uuid, c => c.CommandId));
        return command;
    }

    internal static NpgsqlParameter Texts<TRow>(TRow[] rows, Func<TRow, string?> value) => Column(rows, NpgsqlDbType.Text, value);

    internal static NpgsqlParameter Column<TRow, T>(TRow[] rows, NpgsqlDbType type, Func<TRow, T> value) =>
        new NpgsqlParameter<T[]> { TypedValue = Array.ConvertAll(rows, row => value(row)), NpgsqlDbType = NpgsqlDbType.Array | type };

    private static byte[] Bytes(ReadOnlyMemory<byte> memory) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(memory, out var array) && array.Offset == 0 && array.Count == array.Array!.Length
            ? array.Array
            : memory.ToArray();
}

using Journey.Storage.Journal;
using Npgsql;
using NpgsqlTypes;

namespace Journey.Storage.Postgres;

internal static class PostgresStatements
{
    // Every part sees the same snapshot, so the parts are chained by what the one before returned: a message that was there already returns no row
    // and its commit goes no further. Waiting for another silo's uncommitted row happens inside ON CONFLICT. A message that went in while its version
    // or command was taken calls the function that fails the statement. Rows are inserted in key order so that two writers cannot deadlock.
    // A commit's own line of the log says 0, applied. Of beds only what differs is written: a stay that ended, one that began, one that was taken
    // back. Only refused commits come back.
    private const string InsertCommits = """
        with input as materialized (
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26) with ordinality
                as i(stream, version, recorded_at, command_id, actor, payload, source, message_id,
                     visit, card_version, unit, status, on_board, number, search_text, occurred_at, closed_at, next_deadline, board_row, stays,
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
             where c.version < excluded.version
            returning c.visit),
        lain as (
            insert into bed_stay as b (visit, position, unit, room, bed, since, until)
            select s.visit, s.position, s.unit, s.room, s.bed, s.since, s.until
              from unnest($27, $28, $29, $30, $31, $32, $33) as s(visit, position, unit, room, bed, since, until) join shown using (visit)
             order by s.visit, s.position
            on conflict (visit, position) do update
               set unit = excluded.unit, room = excluded.room, bed = excluded.bed, since = excluded.since, until = excluded.until
             where (b.unit, b.room, b.bed, b.since, b.until) is distinct from (excluded.unit, excluded.room, excluded.bed, excluded.since, excluded.until)),
        taken_back as (
            delete from bed_stay b using input i join shown using (visit) where b.visit = i.visit and b.position >= i.stays),
        alerted as (
            insert into visit_alert (visit, rule, raised_at, unit, severity, shadow, taken_at, ended_at, ended_how)
            select a.visit, a.rule, a.raised_at, a.unit, a.severity, a.shadow, a.taken_at, a.ended_at, a.ended_how
              from unnest($34, $35, $36, $37, $38, $39, $40, $41, $42)
                as a(visit, rule, raised_at, unit, severity, shadow, taken_at, ended_at, ended_how) join shown using (visit)
             order by a.visit, a.rule, a.raised_at
            on conflict (visit, rule, raised_at) do update
               set severity = excluded.severity, shadow = excluded.shadow, taken_at = excluded.taken_at, ended_at = excluded.ended_at,
                   ended_how = excluded.ended_how),
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

    public static readonly Statement<CommitRows> Commits = new Statement<CommitRows>(InsertCommits)
        .With(NpgsqlDbType.Text, r => r.Commits, c => c.Stream)
        .With(NpgsqlDbType.Bigint, r => r.Commits, c => c.Version)
        .With(NpgsqlDbType.TimestampTz, r => r.Commits, c => c.RecordedAt.UtcDateTime)
        .With(NpgsqlDbType.Uuid, r => r.Commits, c => c.CommandId)
        .With(NpgsqlDbType.Text, r => r.Commits, c => c.Actor)
        .With(NpgsqlDbType.Jsonb, r => r.Commits, c => c.Payload)
        .With(NpgsqlDbType.Text, r => r.Commits, c => c.Message?.Source)
        .With(NpgsqlDbType.Text, r => r.Commits, c => c.Message?.MessageId)
        .With(NpgsqlDbType.Uuid, r => r.Commits, c => c.Card?.Visit)
        .With(NpgsqlDbType.Bigint, r => r.Commits, c => c.Card?.Version)
        .With(NpgsqlDbType.Text, r => r.Commits, c => c.Card?.Unit)
        .With(NpgsqlDbType.Text, r => r.Commits, c => c.Card?.Status)
        .With(NpgsqlDbType.Boolean, r => r.Commits, c => c.Card?.OnBoard)
        .With(NpgsqlDbType.Text, r => r.Commits, c => c.Card?.Number)
        .With(NpgsqlDbType.Text, r => r.Commits, c => c.Card?.SearchText)
        .With(NpgsqlDbType.TimestampTz, r => r.Commits, c => c.Card?.OccurredAt.UtcDateTime)
        .With(NpgsqlDbType.TimestampTz, r => r.Commits, c => c.Card?.ClosedAt?.UtcDateTime)
        .With(NpgsqlDbType.TimestampTz, r => r.Commits, c => c.Card?.NextDeadline?.UtcDateTime)
        .With(NpgsqlDbType.Text, r => r.Commits, c => c.Card?.Row)
        .With(NpgsqlDbType.Integer, r => r.Commits, c => c.Card?.Beds?.Length)
        .With(NpgsqlDbType.Text, r => r.Commits, c => c.Line?.Feed)
        .With(NpgsqlDbType.Text, r => r.Commits, c => c.Line?.Source)
        .With(NpgsqlDbType.Text, r => r.Commits, c => c.Line?.ControlId)
        .With(NpgsqlDbType.Text, r => r.Commits, c => c.Line?.Type)
        .With(NpgsqlDbType.TimestampTz, r => r.Commits, c => c.Line?.ReceivedAt.UtcDateTime)
        .With(NpgsqlDbType.Bytea, r => r.Commits, c => c.Line?.Raw)
        .With(NpgsqlDbType.Uuid, r => r.Stays, s => s.Visit)
        .With(NpgsqlDbType.Integer, r => r.Stays, s => s.Position)
        .With(NpgsqlDbType.Text, r => r.Stays, s => s.Stay.Location.Unit)
        .With(NpgsqlDbType.Text, r => r.Stays, s => s.Stay.Location.Room)
        .With(NpgsqlDbType.Text, r => r.Stays, s => s.Stay.Location.Bed)
        .With(NpgsqlDbType.TimestampTz, r => r.Stays, s => s.Stay.Since.UtcDateTime)
        .With(NpgsqlDbType.TimestampTz, r => r.Stays, s => s.Stay.Until?.UtcDateTime)
        .With(NpgsqlDbType.Uuid, r => r.Alerts, a => a.Visit)
        .With(NpgsqlDbType.Text, r => r.Alerts, a => a.Alert.Rule)
        .With(NpgsqlDbType.TimestampTz, r => r.Alerts, a => a.Alert.RaisedAt.UtcDateTime)
        .With(NpgsqlDbType.Text, r => r.Alerts, a => a.Alert.Unit)
        .With(NpgsqlDbType.Smallint, r => r.Alerts, a => (short)a.Alert.Severity)
        .With(NpgsqlDbType.Boolean, r => r.Alerts, a => a.Alert.Shadow)
        .With(NpgsqlDbType.TimestampTz, r => r.Alerts, a => a.Alert.TakenAt?.UtcDateTime)
        .With(NpgsqlDbType.TimestampTz, r => r.Alerts, a => a.Alert.EndedAt?.UtcDateTime)
        .With(NpgsqlDbType.Text, r => r.Alerts, a => a.Alert.EndedHow);

    public static readonly Statement<LogJob[]> Lines = new Statement<LogJob[]>(InsertLines)
        .With(NpgsqlDbType.Text, j => j.Message.Feed)
        .With(NpgsqlDbType.Text, j => j.Message.Source)
        .With(NpgsqlDbType.Text, j => j.Message.ControlId)
        .With(NpgsqlDbType.Text, j => j.Message.Type)
        .With(NpgsqlDbType.TimestampTz, j => j.Message.ReceivedAt.UtcDateTime)
        .With(NpgsqlDbType.Bytea, j => j.Message.Raw)
        .With(NpgsqlDbType.Smallint, j => (short)j.Outcome.Result)
        .With(NpgsqlDbType.Text, j => j.Outcome.Reason);

    public static readonly Statement<AppendJob[]> WhyRefused = new Statement<AppendJob[]>(SelectWhyRefused)
        .With(NpgsqlDbType.Text, j => j.Commit.Stream)
        .With(NpgsqlDbType.Uuid, j => j.Commit.CommandId)
        .With(NpgsqlDbType.Text, j => j.Commit.Message?.Source)
        .With(NpgsqlDbType.Text, j => j.Commit.Message?.MessageId);

    /// <summary>Some thirty pages of text that does not compress.</summary>
    public static NpgsqlCommand Probe() => new("""
        insert into message_log (feed, source, control_id, message_type, received_at, raw, result)
        select '', '', '', '', now(), convert_to(string_agg(md5(random()::text), ''), 'UTF8'), 0 from generate_series(1, 8192)
        """);
}

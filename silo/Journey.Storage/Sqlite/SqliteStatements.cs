using System.Text;
using Journey.Contracts.Intake;
using Journey.Contracts.Visits;
using Journey.Grains.Storage;
using Microsoft.Data.Sqlite;

namespace Journey.Storage.Sqlite;

/// <summary>The writer's prepared statements.</summary>
internal sealed partial class SqliteStatements(SqliteConnection connection) : IDisposable
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<SqliteCommand> _all = [];
    private SqliteCommand? _begin, _commit, _rollback, _receive, _forget, _append, _hasCommand, _show, _leaveBeds, _stay, _alert, _log;

    public void Begin() => Run(ref _begin, "begin immediate");

    public void Commit() => Run(ref _commit, "commit");

    public void Rollback() => Run(ref _rollback, "rollback");

    public bool Receive(MessageKey message, DateTimeOffset at) => Run(ref _receive,
        "insert into inbox (source, message_id, received_at) values ($1, $2, $3) on conflict do nothing",
        message.Source, message.MessageId, Micros.From(at)) == 1;

    public void Forget(MessageKey message) => Run(ref _forget,
        "delete from inbox where source = $1 and message_id = $2", message.Source, message.MessageId);

    public bool Append(Commit commit) => Run(ref _append,
        """
        insert into journal (stream, version, recorded_at, command_id, actor, payload) values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing
        """,
        commit.Stream, commit.Version, Micros.From(commit.RecordedAt), commit.CommandId.ToString("D"), commit.Actor,
        Strict.GetString(commit.Payload.Span)) == 1;

    public bool HasCommand(Commit commit)
    {
        var command = Prepare(ref _hasCommand, "select exists (select 1 from journal where stream = $1 and command_id = $2)",
            [commit.Stream, commit.CommandId.ToString("D")]);
        return (long)command.ExecuteScalar()! == 1;
    }

    /// <summary>Shows the card unless a newer one is shown already; with it which beds the visit is and was in, and its alerts.</summary>
    public void Show(VisitCard card)
    {
        if (!ShowRow(card)) return;
        foreach (var a in card.Alerts ?? [])
            Run(ref _alert,
                """
                insert into visit_alert (visit, rule, raised_at, unit, severity, shadow, taken_at, ended_at, ended_how) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                on conflict (visit, rule, raised_at) do update
                   set severity = excluded.severity, shadow = excluded.shadow, taken_at = excluded.taken_at, ended_at = excluded.ended_at, ended_how = excluded.ended_how
                """,
                card.Visit.ToString("D"), a.Rule, Micros.From(a.RaisedAt), a.Unit, (long)a.Severity, a.Shadow
                    ? 1L
                    : 0L, Micros.From(a.TakenAt), Micros.From(a.EndedAt), a.EndedHow);
        if (card.Beds is { } beds) Stays(card, beds);
    }

    private void Stays(VisitCard card, System.Collections.Immutable.ImmutableArray<Stay> beds)
    {
        Run(ref _leaveBeds, "delete from bed_stay where visit = $1", card.Visit.ToString("D"));
        for (var i = 0; i < beds.Length; i++)
        {
            var (location, since, until) = beds[i];
            Run(ref _stay, "insert into bed_stay (visit, position, unit, room, bed, since, until) values ($1, $2, $3, $4, $5, $6, $7)",
                card.Visit.ToString("D"), (long)i, location.Unit, location.Room, location.Bed, Micros.From(since), Micros.From(until));
        }
    }

    private bool ShowRow(VisitCard card) => Run(ref _show,
        """
        insert into visit_card (visit, version, unit, status, on_board, number, search_text, occurred_at, closed_at, next_deadline, board_row)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (visit) do update
           set version = excluded.version, unit = excluded.unit, status = excluded.status, on_board = excluded.on_board, number = excluded.number,
               search_text = excluded.search_text, occurred_at = excluded.occurred_at, closed_at = excluded.closed_at,
               next_deadline = excluded.next_deadline, leased_until = null, board_row = excluded.board_row
         where visit_card.version < excluded.version
        """,
        card.Visit.ToString("D"), card.Version, card.Unit, card.Status, card.OnBoard ? 1L : 0L, card.Number, card.SearchText,
        Micros.From(card.OccurredAt), Micros.From(card.ClosedAt), Micros.From(card.NextDeadline), Strict.GetString(card.Row.Span)) == 1;

    public void Log(MessageRecord message, IntakeOutcome outcome) => Run(ref _log,
        """
        insert into message_log (feed, source, control_id, message_type, received_at, raw, result, reason)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        message.Feed, message.Source, message.ControlId, message.Type, Micros.From(message.ReceivedAt), message.Raw.ToArray(), (long)outcome.Result,
        outcome.Reason);

    public void Dispose()
    {
        foreach (var command in _all) command.Dispose();
    }

    private int Run(ref SqliteCommand? command, string sql, params ReadOnlySpan<object?> values) =>
        Prepare(ref command, sql, values).ExecuteNonQuery();

    private SqliteCommand Prepare(ref SqliteCommand? command, string sql, ReadOnlySpan<object?> values)
    {
        if (command is null)
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            _all.Add(command);
        }

        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}

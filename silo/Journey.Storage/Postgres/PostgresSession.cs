using Journey.Storage.Journal;
using Npgsql;

namespace Journey.Storage.Postgres;

/// <summary>
/// A connection for writing and what was prepared on it. Making a command with its fifty parameters anew for each batch costs more than writing a
/// small batch, so what was prepared once is only given other rows.
/// </summary>
internal sealed class PostgresSession(NpgsqlConnection connection) : IAsyncDisposable
{
    private readonly Dictionary<(bool Commits, bool Lines), Prepared> _prepared = [];

    public NpgsqlConnection Connection => connection;

    public bool IsUsable => connection.State == System.Data.ConnectionState.Open;

    /// <summary>Writes all of it in one round trip and one transaction. The first result says which commits were refused.</summary>
    public async Task<NpgsqlDataReader> Execute(CommitRows commits, LogJob[] lines, AuditJob[] audits)
    {
        if (audits.Length > 0)
        {
            // Nothing of a feed: what is to be recorded differs from batch to batch.
            var mixed = new Prepared(connection, commits, lines, PostgresAudit.Commands(audits));
            return await mixed.Execute(commits, lines);
        }

        var parts = (commits.Commits.Length > 0, lines.Length > 0);
        if (!_prepared.TryGetValue(parts, out var prepared)) _prepared[parts] = prepared = new Prepared(connection, commits, lines, []);
        return await prepared.Execute(commits, lines);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>Commands of one batch up to its end are one implicit transaction: no BEGIN, no COMMIT, one round trip.</summary>
    private sealed class Prepared
    {
        private readonly NpgsqlBatch _batch;
        private readonly NpgsqlBatchCommand? _commits, _lines;
        private bool _isPrepared;

        public Prepared(NpgsqlConnection connection, CommitRows commits, LogJob[] lines, IEnumerable<NpgsqlBatchCommand> more)
        {
            _batch = new NpgsqlBatch(connection);
            if (commits.Commits.Length > 0) _batch.BatchCommands.Add(_commits = PostgresStatements.Commits.Make());
            if (lines.Length > 0) _batch.BatchCommands.Add(_lines = PostgresStatements.Lines.Make());
            foreach (var command in more) _batch.BatchCommands.Add(command);
        }

        public async Task<NpgsqlDataReader> Execute(CommitRows commits, LogJob[] lines)
        {
            if (_commits is not null) PostgresStatements.Commits.Fill(_commits, commits);
            if (_lines is not null) PostgresStatements.Lines.Fill(_lines, lines);
            // Asks the server once for each connection and statement.
            if (!_isPrepared) await _batch.PrepareAsync();
            _isPrepared = true;
            return await _batch.ExecuteReaderAsync();
        }
    }
}

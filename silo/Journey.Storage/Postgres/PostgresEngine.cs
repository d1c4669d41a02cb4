using Journey.Grains.Storage;
using Journey.Storage.Journal;
using Npgsql;

namespace Journey.Storage.Postgres;

/// <summary>Writes a batch in one round trip and one transaction.</summary>
internal sealed class PostgresEngine(NpgsqlDataSource source, int writers) : IEngine
{
    public string Name => "postgresql";

    public int Writers => writers;

    public bool Blocks => false;

    public int MaxBatch => 512;

    public bool NothingLanded(Exception exception) => PostgresErrors.NothingLanded(exception);

    public StorageException Explain(Exception exception) => PostgresErrors.Explain(exception);

    /// <summary>As much as a batch may want, taken back: the table is made longer all the same if there is room, and vacuum finds it.</summary>
    public async Task Probe(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var command = PostgresStatements.Probe();
        command.Connection = connection;
        command.Transaction = transaction;
        await command.ExecuteNonQueryAsync(cancellation);
        await transaction.RollbackAsync(cancellation);
    }

    public async ValueTask Write(IReadOnlyList<Job> jobs)
    {
        AppendJob[] commits = [.. jobs.OfType<AppendJob>()];
        LogJob[] lines = [.. jobs.OfType<LogJob>()];
        AuditJob[] audits = [.. jobs.OfType<AuditJob>()];
        await using var connection = await source.OpenConnectionAsync();
        List<AppendJob> refused;
        try
        {
            refused = await Write(connection, commits, lines, audits);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrors.HalfCommit && jobs.Count == 1)
        {
            refused = [commits[0]];
        }

        if (refused.Count > 0) await Classify(connection, refused);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Returns the commits that were refused; the others and all log lines are durable.</summary>
    private static async Task<List<AppendJob>> Write(NpgsqlConnection connection, AppendJob[] commits, LogJob[] lines, AuditJob[] audits)
    {
        // Commands of one batch up to its end are one implicit transaction: no BEGIN, no COMMIT, one round trip.
        await using var batch = new NpgsqlBatch(connection);
        if (commits.Length > 0) batch.BatchCommands.Add(PostgresStatements.Commits(commits));
        AppendJob[] moves = [.. commits.Where(job => job.Commit.Card is { Beds: not null })];
        if (moves.Length > 0)
        {
            batch.BatchCommands.Add(PostgresStatements.LeaveBeds(moves));
            batch.BatchCommands.Add(PostgresStatements.Stays(moves));
        }

        AppendJob[] alerted = [.. commits.Where(job => job.Commit.Card is { Alerts: not null })];
        if (alerted.Length > 0) batch.BatchCommands.Add(PostgresStatements.Alerts(alerted));
        if (lines.Length > 0) batch.BatchCommands.Add(PostgresStatements.Lines(lines));
        foreach (var command in PostgresAudit.Commands(audits)) batch.BatchCommands.Add(command);
        // Asks the server once for each connection and statement.
        await batch.PrepareAsync();
        await using var rows = await batch.ExecuteReaderAsync();
        var refused = new List<AppendJob>();
        if (commits.Length > 0)
        {
            while (await rows.ReadAsync()) refused.Add(commits[(int)rows.GetInt64(0) - 1]);
        }

        // Errors of later commands, and of the commit itself, surface only when everything has been read.
        while (await rows.NextResultAsync()) { }
        await rows.CloseAsync();
        foreach (var job in commits) job.Result = AppendResult.Appended;
        return refused;
    }

    /// <summary>
    /// Learns why: the batch is committed, so whoever was in the way is visible. When this fails only the refused commits' outcome is unknown;
    /// the others stay appended.
    /// </summary>
    private static async Task Classify(NpgsqlConnection connection, List<AppendJob> refused)
    {
        try
        {
            await using var command = PostgresStatements.WhyRefused(refused);
            command.Connection = connection;
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                refused[(int)rows.GetInt64(0) - 1].Result = rows.GetBoolean(1) ? AppendResult.DuplicateCommand
                    : rows.GetBoolean(2) ? AppendResult.DuplicateMessage
                    : AppendResult.VersionConflict;
            }
        }
        catch (Exception e)
        {
            var explained = PostgresErrors.Explain(e);
            foreach (var job in refused) job.Error = explained;
        }
    }
}

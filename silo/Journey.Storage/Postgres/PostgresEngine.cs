using System.Collections.Concurrent;
using Journey.Grains.Storage;
using Journey.Storage.Journal;
using Npgsql;

namespace Journey.Storage.Postgres;

/// <summary>Writes a batch in one round trip and one transaction.</summary>
internal sealed class PostgresEngine(NpgsqlDataSource source, int writers) : IEngine
{
    /// <summary>At most one for each writer, as many as ever wrote at a time.</summary>
    private readonly ConcurrentBag<PostgresSession> _idle = [];

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
        if (!_idle.TryTake(out var session) || !session.IsUsable)
        {
            if (session is not null) await session.DisposeAsync();
            session = new PostgresSession(await source.OpenConnectionAsync());
        }

        try
        {
            List<AppendJob> refused;
            try
            {
                refused = await Write(session, commits, lines, audits);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrors.HalfCommit && jobs.Count == 1)
            {
                refused = [commits[0]];
            }

            if (refused.Count > 0) await Classify(session.Connection, refused);
        }
        catch (Exception)
        {
            await session.DisposeAsync();
            throw;
        }

        _idle.Add(session);
    }

    public async ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var session)) await session.DisposeAsync();
    }

    /// <summary>Returns the commits that were refused; the others and all log lines are durable.</summary>
    private static async Task<List<AppendJob>> Write(PostgresSession session, AppendJob[] commits, LogJob[] lines, AuditJob[] audits)
    {
        await using var rows = await session.Execute(CommitRows.From(commits), lines, audits);
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
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { PostgresStatements.WhyRefused.Make([.. refused]) } };
            await using var rows = await batch.ExecuteReaderAsync();
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

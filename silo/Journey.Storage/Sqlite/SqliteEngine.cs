using Journey.Contracts.Intake;
using Journey.Grains.Storage;
using Journey.Storage.Journal;
using Microsoft.Data.Sqlite;

namespace Journey.Storage.Sqlite;

/// <summary>Writes a batch as one transaction, on the one writer's thread.</summary>
internal sealed class SqliteEngine(SqliteFile file) : IEngine
{
    private static readonly IntakeOutcome Applied = new(IntakeResult.Applied);
    private const int ProbeBytes = 1024 * 1024;

    private SqliteConnection? _connection;
    private SqliteStatements? _statements;

    public string Name => "sqlite";

    public int Writers => 1;

    public bool Blocks => true;

    public int MaxBatch => 1024;

    public bool NothingLanded(Exception exception) => SqliteErrors.NothingLanded(exception);

    public StorageException Explain(Exception exception) => SqliteErrors.Explain(exception, file.Path);

    /// <summary>
    /// A file beside the database, synced: as much as a batch may want. The database itself would find room in pages it has already.
    /// </summary>
    public async Task Probe(CancellationToken cancellation)
    {
        await using var probe = new FileStream(file.Path + "-probe", FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0,
            FileOptions.DeleteOnClose);
        await probe.WriteAsync(new byte[ProbeBytes], cancellation);
        probe.Flush(flushToDisk: true);
    }

    public ValueTask Write(IReadOnlyList<Job> jobs)
    {
        var write = Open();
        try
        {
            write.Begin();
            foreach (var job in jobs)
            {
                if (job is AppendJob append) append.Result = Append(write, append.Commit);
                else if (job is LogJob line) write.Log(line.Message, line.Outcome);
                else if (job is AuditJob audit) write.Audit(audit);
            }

            write.Commit();
            return ValueTask.CompletedTask;
        }
        catch (Exception e)
        {
            // Closing rolls back whatever is open, also what a failed commit left; the next batch starts on a fresh connection.
            if (NothingLanded(e)) write.Rollback();
            else Close();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    /// <summary>Nobody else writes meanwhile, so what a look-up finds stays so until the commit.</summary>
    private static AppendResult Append(SqliteStatements write, Commit commit)
    {
        if (commit.Message is { } message && !write.Receive(message, commit.RecordedAt))
            return write.HasCommand(commit) ? AppendResult.DuplicateCommand : AppendResult.DuplicateMessage;
        if (!write.Append(commit))
        {
            if (commit.Message is { } received) write.Forget(received);
            return write.HasCommand(commit) ? AppendResult.DuplicateCommand : AppendResult.VersionConflict;
        }

        if (commit.Card is { } card) write.Show(card);
        if (commit.Line is { } line) write.Log(line, Applied);
        return AppendResult.Appended;
    }

    private SqliteStatements Open()
    {
        _connection ??= file.OpenDurable();
        return _statements ??= new SqliteStatements(_connection);
    }

    private void Close()
    {
        _statements?.Dispose();
        _connection?.Dispose();
        _statements = null;
        _connection = null;
    }
}

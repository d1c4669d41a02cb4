using System.Diagnostics;
using Journey.Contracts.Audit;
using Journey.Contracts.Intake;
using Journey.Contracts.Visits;
using Journey.Domain.Audit;
using Journey.Grains.Storage;

namespace Journey.Storage.Journal;

/// <summary>What waits in the queue for a writer.</summary>
internal abstract class Job
{
    /// <summary>When it was made, as <see cref="Stopwatch.GetTimestamp"/> says it.</summary>
    public long Since { get; } = Stopwatch.GetTimestamp();

    /// <summary>Tells the producer. Called once, after the batch is durable or has failed.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

/// <summary>
/// One producer's commit. The engine sets <see cref="Result"/>, or <see cref="Error"/> when only this commit's outcome could not be learned.
/// </summary>
internal sealed class AppendJob(Commit commit) : Job
{
    private readonly TaskCompletionSource<AppendResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Commit Commit { get; } = commit;

    public AppendResult Result { get; set; }

    public Exception? Error { get; set; }

    public Task<AppendResult> Done => _done.Task;

    public override void Complete()
    {
        if (Error is null) _done.TrySetResult(Result);
        else _done.TrySetException(Error);
    }

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}

/// <summary>One line for the message log.</summary>
internal sealed class LogJob(MessageRecord message, IntakeOutcome outcome) : Job
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MessageRecord Message { get; } = message;

    public IntakeOutcome Outcome { get; } = outcome;

    public Task Done => _done.Task;

    public override void Complete() => _done.TrySetResult();

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}

/// <summary>Entries of one chain of the audit trail and the head they lead to; of all chains, the first ones of a trail that begins.</summary>
internal sealed class AuditJob(IReadOnlyList<AuditRow> rows, IReadOnlyList<AuditHead> heads, bool begins = false) : Job
{
    private static readonly string Expire = AuditText<AuditAction>.ToWord(AuditAction.Expire);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<AuditRow> Rows { get; } = rows;

    public IReadOnlyList<AuditHead> Heads { get; } = heads;

    public bool Begins { get; } = begins;

    /// <summary>Whether what the head's base says is gone is to be removed with it.</summary>
    public bool Removes => Rows.Any(row => row.Action == Expire);

    public Task Done => _done.Task;

    public override void Complete() => _done.TrySetResult();

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}

/// <summary>
/// Something else that must happen on the one writer of an embedded database, between two batches. What it throws is its caller's own.
/// </summary>
internal sealed class TurnJob<T>(Func<T> turn) : TurnJob
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _error;

    public Task<T> Done => _done.Task;

    public override void Run()
    {
        try
        {
            _result = turn();
        }
        catch (Exception e)
        {
            _error = e;
        }
    }

    public override void Complete()
    {
        if (_error is null) _done.TrySetResult(_result!);
        else _done.TrySetException(_error);
    }

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}

internal abstract class TurnJob : Job
{
    public abstract void Run();
}

using System.Collections.Concurrent;
using Journey.Contracts.Visits;
using Journey.Grains.Storage;
using Journey.Storage;

namespace Journey.Grains.Tests;

/// <summary>How the store shall fail, for whom. Each fault is used up once.</summary>
public sealed class Faults
{
    private readonly ConcurrentDictionary<string, (Fault Fault, int After)> _planned = [];

    /// <summary>
    /// The next append to a stream that begins with <paramref name="stream"/> fails so, once <paramref name="after"/> went well; "read " before it
    /// means the next read.
    /// </summary>
    public void Next(string stream, Fault fault, int after = 0) => _planned[stream] = (fault, after);

    /// <summary>Whether the fault has yet to happen.</summary>
    public bool IsAhead(string stream) => _planned.ContainsKey(stream);

    internal Fault Take(string stream)
    {
        foreach (var (key, plan) in _planned)
        {
            if (!stream.StartsWith(key, StringComparison.Ordinal)) continue;
            if (plan.After > 0) _planned[key] = plan with { After = plan.After - 1 };
            else if (_planned.TryRemove(key, out _)) return plan.Fault;
        }

        return Fault.None;
    }
}

public enum Fault
{
    None,

    /// <summary>Fails, and nothing was written.</summary>
    BeforeWriting,

    /// <summary>Fails after it was written: the answer is lost, the commit is not.</summary>
    AfterWriting,

    /// <summary>Does not fail: it is written before anybody could wait for it.</summary>
    AtOnce,

    /// <summary>Another activation did the same under another id just before: its version is taken.</summary>
    Overtaken,

    /// <summary>Another activation carried out this very command just before.</summary>
    DoneElsewhere,

    /// <summary>The code before the store has a bug.</summary>
    Bug,
}

internal sealed class FaultyJournal(IJournal inner, Faults faults) : IJournal
{
    public async Task<AppendResult> Append(Commit commit)
    {
        var fault = faults.Take(commit.Stream);
        if (fault == Fault.BeforeWriting) throw new StorageException("The store is away.");
        if (fault == Fault.Bug) throw new InvalidOperationException("A bug.");
        if (fault == Fault.Overtaken) await inner.Append(commit with { CommandId = Guid.NewGuid(), Message = null, Line = null });
        if (fault == Fault.DoneElsewhere) await inner.Append(commit);
        var result = await inner.Append(commit);
        return fault == Fault.AfterWriting ? throw new StorageException("The store did not answer.") : result;
    }

    public Task<IReadOnlyList<JournalEntry>> Read(string stream, long afterVersion, int most, CancellationToken cancellation) =>
        faults.Take("read " + stream) == Fault.None
        ? inner.Read(stream, afterVersion, most, cancellation)
        : throw new StorageException("The store is away.");

    public Task<bool> Knows(MessageKey message, CancellationToken cancellation = default) => inner.Knows(message, cancellation);
}

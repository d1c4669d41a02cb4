using System.Collections.Concurrent;
using Journey.Contracts.Visits;
using Journey.Grains.Storage;
using Journey.Storage;

namespace Journey.Grains.Tests;

/// <summary>How the store shall fail, for whom. Each fault is used up once.</summary>
public sealed class Faults
{
    private readonly ConcurrentDictionary<string, Fault> planned = [];

    /// <summary>The next append to a stream that begins with <paramref name="stream"/> fails so; "read " before it means the next read.</summary>
    public void Next(string stream, Fault fault) => planned[stream] = fault;

    internal Fault Take(string stream)
    {
        foreach (var (key, fault) in planned)
            if (stream.StartsWith(key, StringComparison.Ordinal) && planned.TryRemove(key, out _)) return fault;
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
}

internal sealed class FaultyJournal(IJournal inner, Faults faults) : IJournal
{
    public async Task<AppendResult> Append(Commit commit)
    {
        var fault = faults.Take(commit.Stream);
        if (fault == Fault.BeforeWriting) throw new StorageException("The store is away.");
        var result = await inner.Append(commit);
        return fault == Fault.AfterWriting ? throw new StorageException("The store did not answer.") : result;
    }

    public Task<IReadOnlyList<JournalEntry>> Read(string stream, long afterVersion, int most, CancellationToken cancellation) =>
        faults.Take("read " + stream) == Fault.None ? inner.Read(stream, afterVersion, most, cancellation) : throw new StorageException("The store is away.");

    public Task<bool> Knows(MessageKey message, CancellationToken cancellation = default) => inner.Knows(message, cancellation);
}

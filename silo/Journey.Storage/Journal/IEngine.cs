using Journey.Contracts.Audit;
using Journey.Contracts.Intake;
using Journey.Contracts.Visits;
using Journey.Domain.Audit;
using Journey.Grains.Storage;

namespace Journey.Storage.Journal;

/// <summary>What differs between the databases when writing. Everything else about sharing a commit is <see cref="GroupCommit"/>'s.</summary>
internal interface IEngine : IAsyncDisposable
{
    /// <summary>For metric tags: <c>postgresql</c> or <c>sqlite</c>.</summary>
    string Name { get; }

    /// <summary>How many transactions may be under way at a time.</summary>
    int Writers { get; }

    /// <summary>True when writing blocks, and so wants a thread of its own instead of the pool's.</summary>
    bool Blocks { get; }

    int MaxBatch { get; }

    /// <summary>
    /// Writes the jobs in one transaction and sets each <see cref="AppendJob.Result"/>. No two of them share a stream, a message or a card.
    /// When it throws, none of them landed or nobody knows; <see cref="NothingLanded"/> says which.
    /// </summary>
    ValueTask Write(IReadOnlyList<Job> jobs);

    /// <summary>Whether the database refused the batch because of what was in it: nothing landed, and a part of it may be accepted.</summary>
    bool NothingLanded(Exception exception);

    /// <summary>
    /// Throws when there is no room to write. Asked only while batches fail: without it nobody would know that a disk has room again until the next
    /// message.
    /// </summary>
    Task Probe(CancellationToken cancellation);

    /// <summary>The exception for the producers: what happened and what to check.</summary>
    StorageException Explain(Exception exception);
}

/// <summary>What differs when reading.</summary>
internal interface IReader : ICards
{
    Task<IReadOnlyList<JournalEntry>> Read(string stream, long afterVersion, int most, CancellationToken cancellation);

    Task<bool> Knows(MessageKey message, CancellationToken cancellation);

    Task<IReadOnlyList<LoggedMessage>> Newest(long? before, int count, CancellationToken cancellation);

    Task<int> Trim(DateTimeOffset before, CancellationToken cancellation);

    Task<int> TrimInbox(DateTimeOffset before, CancellationToken cancellation);

    /// <summary>Throws when the database does not answer.</summary>
    Task Ping(CancellationToken cancellation);
}

/// <summary>What differs when reading the audit trail.</summary>
internal interface IAuditReader
{
    Task<IReadOnlyList<AuditHead>> Heads(CancellationToken cancellation);

    Task<IReadOnlyList<AuditRow>> After(int chain, long sequence, int count, CancellationToken cancellation);

    Task<IReadOnlyList<int>> Chains(CancellationToken cancellation);

    Task<IReadOnlyList<AuditRow>> Find(AuditQuery query, CancellationToken cancellation);
}

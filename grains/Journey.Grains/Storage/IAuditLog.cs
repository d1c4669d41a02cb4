using Journey.Contracts.Audit;
using Journey.Domain.Audit;

namespace Journey.Grains.Storage;

/// <summary>The audit trail's rows: written once, never changed.</summary>
public interface IAuditLog
{
    /// <summary>
    /// Writes the rows and the head they lead to, together or not at all, durable when the task completes; with them it removes what the head's base
    /// says is gone. Throws when a row of that place exists already, or when the store failed: the outcome is then unknown, and only reading the head
    /// tells.
    /// </summary>
    Task Append(IReadOnlyList<AuditRow> rows, AuditHead head);

    /// <summary>Writes the first row and the head of all chains, if nothing at all was recorded yet; else does nothing.</summary>
    Task Begin(IReadOnlyList<AuditRow> rows, IReadOnlyList<AuditHead> heads);

    Task<IReadOnlyList<AuditHead>> Heads(CancellationToken cancellation = default);

    /// <summary>Rows of a chain after <paramref name="sequence"/>, in order, at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<AuditRow>> After(int chain, long sequence, int count, CancellationToken cancellation = default);

    /// <summary>Chains that have rows.</summary>
    Task<IReadOnlyList<int>> Chains(CancellationToken cancellation = default);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<AuditRow>> Find(AuditQuery query, CancellationToken cancellation = default);
}

/// <summary>What seals the heads of the audit trail.</summary>
/// <param name="Bytes">Null when none is configured: the heads then bear no seal.</param>
public sealed record AuditKey(byte[]? Bytes);

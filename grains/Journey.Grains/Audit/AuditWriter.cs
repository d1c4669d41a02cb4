using Journey.Contracts.Audit;
using Journey.Domain.Audit;
using Journey.Grains.Storage;

namespace Journey.Grains.Audit;

/// <summary>Writes into the trail where no silo runs: what a command does to the store is recorded like everything else.</summary>
public static class AuditWriter
{
    /// <summary>
    /// Durable when it returns true. False when no chain is as it was left: nothing is added that would cover up what was done to it.
    /// </summary>
    public static async Task<bool> Record(IAuditLog log, AuditKey key, AuditEntry entry, CancellationToken cancellation = default)
    {
        if ((await log.Heads(cancellation)).Count == 0)
        {
            var starts = Enumerable.Range(0, AuditChains.Count).Select(n => AuditChain.Start(n, key.Bytes)).ToArray();
            var first = Array.ConvertAll(starts, start => AuditChain.Link(start, AuditChain.Beginning(start.Chain, entry.At)));
            await log.Begin(first, [.. starts.Zip(first, (start, row) => AuditChain.Sealed(AuditChain.After(start, row), key.Bytes))]);
        }

        foreach (var head in await log.Heads(cancellation))
        {
            if (!AuditChain.IsGenuine(head, key.Bytes)) continue;
            var end = await log.After(head.Chain, Math.Max(head.Base, head.Sequence - 1), 2, cancellation);
            if (end.Count != 1 || !end[0].Hash.AsSpan().SequenceEqual(head.Hash)) continue;
            var row = AuditChain.Link(head, entry);
            await log.Append([row], AuditChain.Sealed(AuditChain.After(head, row), key.Bytes));
            return true;
        }

        return false;
    }
}

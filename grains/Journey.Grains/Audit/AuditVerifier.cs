using Journey.Contracts.Audit;
using Journey.Domain.Audit;
using Journey.Grains.Storage;

namespace Journey.Grains.Audit;

/// <summary>What a walk over the whole trail found.</summary>
/// <param name="Heads">Where the chains end: kept elsewhere, they show later that nothing before was taken away.</param>
public sealed record AuditReport(long Entries, IReadOnlyList<AuditHead> Heads, IReadOnlyList<AuditFault> Faults);

/// <summary>Walks every chain in pages while others go on writing.</summary>
public static class AuditVerifier
{
    private const int Page = 2000;

    public static async Task<AuditReport> Run(IAuditLog log, AuditKey key, CancellationToken cancellation = default)
    {
        var heads = await log.Heads(cancellation);
        var chains = await log.Chains(cancellation);
        // Nothing was ever recorded.
        if (heads.Count == 0 && chains.Count == 0) return new(0, [], []);
        var (entries, faults) = (0L, new List<AuditFault>());
        foreach (var chain in Enumerable.Range(0, AuditChains.Count).Union(heads.Select(h => h.Chain)).Union(chains).Order())
        {
            var (count, found) = await Walk(log, chain, key, cancellation);
            entries += count;
            faults.AddRange(found);
        }

        return new(entries, await log.Heads(cancellation), faults);
    }

    private static async Task<(long Entries, IReadOnlyList<AuditFault> Faults)> Walk(IAuditLog log, int chain, AuditKey key, CancellationToken cancellation)
    {
        while (true)
        {
            var start = await Head(log, chain, cancellation);
            var check = new AuditCheck(chain, start, key.Bytes);
            // From before the first place: a row that stands in front of the chain is none of it.
            var last = long.MinValue;
            while (true)
            {
                var page = await log.After(chain, last, Page, cancellation);
                foreach (var row in page) check.Take(row);
                if (page.Count > 0) last = page[^1].Sequence;
                if (page.Count == Page) continue;
                // Rows first, then the head: it moves with them, so it cannot be behind.
                var end = await Head(log, chain, cancellation);
                if (end?.Base != start?.Base) break;
                if (end is not null && end.Sequence > check.Last && (await log.After(chain, last, 1, cancellation)).Count > 0) continue;
                return (check.Entries, check.End(end));
            }
        }
    }

    private static async Task<AuditHead?> Head(IAuditLog log, int chain, CancellationToken cancellation) => (await log.Heads(cancellation)).FirstOrDefault(h => h.Chain == chain);
}

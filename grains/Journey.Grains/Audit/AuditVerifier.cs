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

    /// <param name="kept">Heads that somebody outside kept: each must still be a place of the trail, or be past its retention.</param>
    public static async Task<AuditReport> Run(IAuditLog log, AuditKey key, IReadOnlyList<KeptHead>? kept = null,
        CancellationToken cancellation = default)
    {
        var heads = await log.Heads(cancellation);
        var chains = await log.Chains(cancellation);
        var (entries, faults) = (0L, new List<AuditFault>());
        foreach (var chain in Enumerable.Range(0, AuditChains.Count).Union(heads.Select(h => h.Chain)).Union(chains).Order())
        {
            var (count, found) = await Walk(log, chain, key, cancellation);
            entries += count;
            faults.AddRange(found);
        }

        foreach (var head in kept ?? [])
            if (await Compare(log, head, cancellation) is { } fault) faults.Add(fault);
        return new(entries, await log.Heads(cancellation), faults);
    }

    /// <summary>
    /// A whole trail may be an older one put back, or one made anew by who has the key too: only what was seen of it from outside tells.
    /// </summary>
    private static async Task<AuditFault?> Compare(IAuditLog log, KeptHead kept, CancellationToken cancellation)
    {
        var row = (await log.After(kept.Chain, kept.Sequence - 1, 1, cancellation)).FirstOrDefault(r => r.Sequence == kept.Sequence);
        if (row is not null) return row.Hash.AsSpan().SequenceEqual(kept.Hash.AsSpan())
            ? null
            : new(kept.Chain, kept.Sequence, "is not the one whose hash was kept: the trail was made anew");
        var head = await Head(log, kept.Chain, cancellation);
        if (head is not null && kept.Sequence < head.Base) return null;
        if (head is not null && kept.Sequence == head.Base && head.BaseHash.AsSpan().SequenceEqual(kept.Hash.AsSpan())) return null;
        return new(kept.Chain, kept.Sequence, "was there when its hash was kept, and is not now: the trail was cut, or an older one was put back");
    }

    private static async Task<(long Entries, IReadOnlyList<AuditFault> Faults)> Walk(IAuditLog log, int chain, AuditKey key,
        CancellationToken cancellation)
    {
        while (true)
        {
            var start = await Head(log, chain, cancellation);
            var check = new AuditCheck(chain, start, key.Bytes);
            // From before the first place, so that a row in front of the chain is found too: it is not part of it.
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

    private static async Task<AuditHead?> Head(IAuditLog log, int chain, CancellationToken cancellation) =>
        (await log.Heads(cancellation)).FirstOrDefault(h => h.Chain == chain);
}

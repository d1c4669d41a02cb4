using System.Collections.Immutable;
using Journey.Contracts.Audit;
using Journey.Domain.Audit;
using Journey.Grains.Storage;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Journey.Grains.Audit;

/// <summary>Reads the trail for the gateway, which holds no key to the database.</summary>
/// <remarks>Reentrant: it has no state, so no invariant can break between two awaits.</remarks>
[StatelessWorker, Reentrant, GrainType("audit-reader")]
internal sealed class AuditReaderGrain(IAuditLog log, IOptions<AuditOptions> options) : Grain, IAuditReaderGrain
{
    private const int Most = 1000;

    public async Task<ImmutableArray<RecordedEntry>> Find(AuditQuery query) =>
        [.. (await log.Find(query with { Count = Math.Clamp(query.Count, 1, Most) })).Select(AuditChain.Read)];

    public Task<int> RetentionDays() => Task.FromResult(options.Value.RetentionDays);
}

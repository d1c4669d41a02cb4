using Journey.Contracts.Audit;
using Journey.Domain.Audit;
using Journey.Grains.Storage;

namespace Journey.Storage.Journal;

/// <summary>The audit trail of one database: its entries share transactions with the journal's commits.</summary>
internal sealed class AuditLog(GroupCommit commits, IAuditReader reader) : IAuditLog
{
    public Task Append(IReadOnlyList<AuditRow> rows, AuditHead head) => rows.Count == 0 ? Task.CompletedTask : Write(new AuditJob(rows, [head]));

    public Task Begin(IReadOnlyList<AuditRow> rows, IReadOnlyList<AuditHead> heads) => Write(new AuditJob(rows, heads, begins: true));

    public Task<IReadOnlyList<AuditHead>> Heads(CancellationToken cancellation = default) => reader.Heads(cancellation);

    public Task<IReadOnlyList<AuditRow>> After(int chain, long sequence, int count, CancellationToken cancellation = default) =>
        reader.After(chain, sequence, count, cancellation);

    public Task<IReadOnlyList<int>> Chains(CancellationToken cancellation = default) => reader.Chains(cancellation);

    public Task<IReadOnlyList<AuditRow>> Find(AuditQuery query, CancellationToken cancellation = default) => reader.Find(query, cancellation);

    private async Task Write(AuditJob job)
    {
        await commits.Enqueue(job);
        await job.Done;
    }
}

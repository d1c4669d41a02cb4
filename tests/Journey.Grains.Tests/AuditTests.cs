using Journey.Contracts;
using Journey.Contracts.Audit;
using Journey.Domain.Audit;
using Journey.Grains.Audit;
using Journey.Grains.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Grains.Tests;

[Collection(nameof(ClusterTests))]
public sealed class AuditTests(Cluster cluster)
{
    [Fact]
    public async Task Entries_of_many_callers_share_commits_and_each_is_there_when_its_caller_is_answered()
    {
        // Each a person of their own: to find 400 of one 400 times takes longer than a call may on a busy machine.
        await Task.WhenAll(Enumerable.Range(0, 400).Select(async n =>
        {
            var person = $"staff/{Guid.NewGuid():N}";
            var entry = Entry(person);
            await Chain(n).Record(entry);
            Assert.Equal(entry.Id, Assert.Single(await Find(person, 10)).Id);
        }));
        await Intact();
    }

    [Theory, InlineData(Fault.BeforeWriting), InlineData(Fault.AfterWriting)]
    public async Task A_write_that_fails_fails_its_callers_and_the_chain_goes_on_whole(Fault fault)
    {
        var person = $"staff/{Guid.NewGuid():N}";
        await Chain(1).Record(Entry(person));
        cluster.Faults.Next("audit/1", fault);
        var told = Failures();
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => Chain(1).Record(Entry(person)));
        Assert.True(Failures() > told, "an operator is told nothing");
        await Eventually(async () =>
        {
            await Chain(1).Record(Entry(person));
            return true;
        });
        Assert.Equal(fault == Fault.BeforeWriting ? 2 : 3, (await Find(person, 10)).Count);
        await Intact();
    }

    private static double Failures() => Meters.Read(null).Single(m => m.Name == "journey.audit.failures").Value;

    [Fact]
    public async Task A_write_that_is_done_at_once_holds_up_nobody_who_comes_later()
    {
        var person = $"staff/{Guid.NewGuid():N}";
        await Chain(2).Record(Entry(person));
        cluster.Faults.Next("audit/2", Fault.AtOnce);
        await Chain(2).Record(Entry(person));
        await Chain(2).Record(Entry(person)).WaitAsync(TimeSpan.FromSeconds(10), Stop);
        Assert.Equal(3, (await Find(person, 10)).Count);
    }

    [Fact]
    public async Task What_is_past_its_retention_is_removed_the_chain_says_so_and_is_still_whole()
    {
        var (old, recent, now) = ($"staff/{Guid.NewGuid():N}", $"staff/{Guid.NewGuid():N}", cluster.Clock.GetUtcNow());
        // Whatever other tests put in front of them.
        while (await Chain(3).Expire(now.AddYears(1)) > 1) { }
        var before = (await Log.Heads(Stop)).Single(h => h.Chain == 3).Base;
        for (var n = 0; n < 5; n++) await Chain(3).Record(Entry(old) with { At = now.AddYears(-9) });
        for (var n = 0; n < 5; n++) await Chain(3).Record(Entry(recent));

        await Chain(3).Expire(now.AddYears(1));

        Assert.Empty(await Find(old, 10));
        Assert.Empty(await Find(recent, 10));
        var checkpoint = (await Log.Find(new() { Action = AuditAction.Expire, Count = 1 }, Stop)).Select(AuditChain.Read).Single();
        Assert.True((await Log.Heads(Stop)).Single(h => h.Chain == 3).Base >= before + 10);
        Assert.StartsWith("through ", checkpoint.Entry.Detail, StringComparison.Ordinal);
        await Intact();
        await Chain(3).Record(Entry(recent));
        await Intact();
    }

    [Fact]
    public async Task Each_chain_begins_with_an_entry_that_says_so()
    {
        for (var n = 0; n < AuditChains.Count; n++) await Chain(n).Record(Entry($"staff/{Guid.NewGuid():N}"));
        Assert.All(await Log.Heads(Stop), head => Assert.True(head.Sequence > 1));
        // Whatever retention has left of it.
        var first = (await Log.After(0, 0, 1, Stop)).Select(AuditChain.Read).Single().Entry;
        Assert.Equal((Journey.Contracts.Actor.System.Id, AuditChains.Beginning), (first.Who.Id, first.Operation));
        await Intact();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IAuditLog Log => cluster.Silos[0].ServiceProvider.GetRequiredService<IAuditLog>();

    private IAuditGrain Chain(int n) => cluster.Grains.GetGrain<IAuditGrain>(AuditChains.Key(n % AuditChains.Count));

    private async Task<IReadOnlyList<AuditEntry>> Find(string person, int count) =>
        [.. (await cluster.Grains.GetGrain<IAuditReaderGrain>(0).Find(new() { Person = person, Count = count })).Select(e => e.Entry)];

    private async Task Intact() =>
        Assert.Empty((await AuditVerifier.Run(Log, cluster.Silos[0].ServiceProvider.GetRequiredService<AuditKey>(), cancellation: Stop)).Faults);

    private static async Task Eventually(Func<Task<bool>> so)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (await so()) return;
            }
            catch (OutcomeUnknownException) when (attempt < 50)
            {
                // The activation that failed is on its way out.
            }
        }
    }

    private AuditEntry Entry(string person) => new()
    {
        Id = Guid.NewGuid(), At = cluster.Clock.GetUtcNow(), Who = new AuditParty(person), Action = AuditAction.ReadVisit, Operation = "GET /test",
        Outcome = AuditOutcome.Done,
    };
}

internal sealed class FaultyAuditLog(IAuditLog inner, Faults faults) : IAuditLog
{
    public async Task Append(IReadOnlyList<AuditRow> rows, AuditHead head)
    {
        var fault = faults.Take(AuditChains.Key(head.Chain));
        if (fault == Fault.BeforeWriting) throw new Journey.Storage.StorageException("The store is away.");
        if (fault == Fault.Bug) throw new InvalidOperationException("A bug.");
        if (fault is Fault.Overtaken or Fault.DoneElsewhere) await inner.Append(rows, head);
        // Away from the grain's own scheduler, which is waited on.
        if (fault == Fault.AtOnce) Task.Run(() => inner.Append(rows, head)).GetAwaiter().GetResult();
        else await inner.Append(rows, head);
        if (fault == Fault.AfterWriting) throw new Journey.Storage.StorageException("The store did not answer.");
    }

    public Task Begin(IReadOnlyList<AuditRow> rows, IReadOnlyList<AuditHead> heads) => inner.Begin(rows, heads);

    public Task<IReadOnlyList<AuditHead>> Heads(CancellationToken cancellation = default) => inner.Heads(cancellation);

    public Task<IReadOnlyList<AuditRow>> After(int chain, long sequence, int count, CancellationToken cancellation = default) =>
        faults.Take("read " + AuditChains.Key(chain)) == Fault.None
        ? inner.After(chain, sequence, count, cancellation)
        : throw new Journey.Storage.StorageException("The store is away.");

    public Task<IReadOnlyList<int>> Chains(CancellationToken cancellation = default) => inner.Chains(cancellation);

    public Task<IReadOnlyList<AuditRow>> Find(AuditQuery query, CancellationToken cancellation = default) => inner.Find(query, cancellation);
}

using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Access;
using Orleans.Core.Internal;

namespace Journey.Grains.Tests;

/// <summary>From what a gateway tells of somebody's looking to the privacy officer's list, on two silos.</summary>
[Collection(nameof(ClusterTests))]
public sealed class LooksTests(Cluster cluster)
{
    private static readonly Actor Officer = new("employee/prue", "Prue Officer");
    private readonly Actor _who = new("employee/" + Guid.NewGuid().ToString("N"), "Nora Nurse");

    private IFindingsGrain Findings => cluster.Grains.GetGrain<IFindingsGrain>(FindingKeys.All);

    private DateTimeOffset Now => cluster.Clock.GetUtcNow();

    [Fact]
    public async Task What_is_found_stands_on_the_list_once_however_often_it_is_told_and_wherever_the_grains_live()
    {
        var visit = Guid.NewGuid();
        var command = Note(Opened(visit, LookSigns.SameSurname));
        await Looks().Note(command);
        await Looks().Note(command);
        await Looks().Cast<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        await Looks().Note(command);
        await Looks().Note(Note(Opened(visit, LookSigns.SameSurname)));
        var entry = Assert.Single(await Mine());
        Assert.Equal((FindingRule.SameSurname, visit, "ED", _who, "sub", (FindingJudgement?)null),
            (entry.Finding.Rule, entry.Finding.Visit, entry.Finding.Unit, entry.Finding.By, entry.Finding.Account, entry.Judgement));
    }

    [Theory]
    [InlineData(Fault.BeforeWriting, "looks/"), InlineData(Fault.AfterWriting, "looks/"), InlineData(Fault.BeforeWriting, FindingKeys.All),
        InlineData(Fault.AfterWriting, FindingKeys.All)]
    public async Task What_the_store_does_not_take_is_told_again_and_found_once(Fault fault, string stream)
    {
        var command = Note(Opened(Guid.NewGuid(), LookSigns.Hidden), Opened(Guid.NewGuid(), LookSigns.OwnRecord));
        cluster.Faults.Next(stream, fault);
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => Looks().Note(command));
        await Looks().Note(command);
        Assert.Equal([FindingRule.OwnRecord, FindingRule.Hidden],
            (await Mine()).Select(e => e.Finding.Rule).OrderByDescending(r => r == FindingRule.OwnRecord));
    }

    [Fact]
    public async Task What_counts_goes_along_into_another_week()
    {
        var visit = Guid.NewGuid();
        await Looks().Note(Note(Opened(visit, LookSigns.SameSurname)));
        cluster.Clock.Advance(TimeSpan.FromDays(15));
        await Looks().Note(Note(Opened(visit, LookSigns.SameSurname)));
        await Looks().Note(Note(Opened(Guid.NewGuid(), LookSigns.SameSurname)));
        Assert.Equal(2, (await Mine()).Length);
    }

    [Fact]
    public async Task A_glass_that_was_broken_to_look_is_told_to_whoever_watches_when_its_time_has_come()
    {
        var (looked, helped) = (Guid.NewGuid(), Guid.NewGuid());
        await Looks().Note(Note(Broke(looked), Broke(helped)));
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        await Looks().Note(Note(new Look(Guid.NewGuid(), LookKind.Did, Now, helped)));
        cluster.Clock.Advance(cluster.Policy.Snooping.Glass - TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(5));
        using var watcher = new FindingWatcher(cluster);
        await watcher.Start();
        Assert.Empty(MineIn(watcher.Last));
        cluster.Clock.Advance(TimeSpan.FromSeconds(6));
        var entry = Assert.Single(await Eventually.See("the finding", () => Task.FromResult(MineIn(watcher.Last)), mine => mine.Length > 0));
        Assert.Equal((FindingRule.GlassUnused, looked), (entry.Finding.Rule, entry.Finding.Visit));
        Assert.Single(await Mine());
    }

    [Fact]
    public async Task A_finding_is_judged_by_another_and_the_judgement_can_be_taken_back()
    {
        await Looks().Note(Note(Opened(Guid.NewGuid(), LookSigns.Hidden)));
        var finding = Assert.Single(await Mine()).Finding.Id;
        Assert.Equal(RefusalCodes.FindingUnknown, (await Findings.Judge(Judges(Guid.NewGuid(), FindingVerdict.HadReason))).Refusal?.Code);
        Assert.Equal(RefusalCodes.FindingOwn, (await Findings.Judge(Judges(finding, FindingVerdict.HadReason) with { By = _who })).Refusal?.Code);

        var judges = Judges(finding, FindingVerdict.HadReason);
        Assert.Equal(OutcomeKind.Accepted, (await Findings.Judge(judges)).Kind);
        await Findings.Cast<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        Assert.Equal(OutcomeKind.Repeated, (await Findings.Judge(judges)).Kind);
        Assert.Equal(OutcomeKind.Unchanged, (await Findings.Judge(Judges(finding, FindingVerdict.HadReason))).Kind);
        Assert.Equal((FindingVerdict.HadReason, Officer), Assert.Single(await Mine()).Judgement is { } judged
            ? (judged.Verdict, judged.By)
            : default);
        await Findings.Judge(Judges(finding, null));
        Assert.Null(Assert.Single(await Mine()).Judgement);
    }

    [Fact]
    public async Task What_was_not_told_is_counted_once()
    {
        var (before, id) = ((await Findings.Read()).Lost, Feed.NewId());
        await Findings.NoteLoss(id, 7);
        await Findings.NoteLoss(id, 7);
        Assert.Equal((before + 7, true), ((await Findings.Read()).Lost, (await Findings.Read()).LostAt is not null));
    }

    private ILooksGrain Looks() => cluster.Grains.GetGrain<ILooksGrain>(LookKeys.For(_who.Id, Now));

    private NoteLooks Note(params Look[] looks) => new(Feed.NewId(), _who, "sub", [Role.Nurse], [.. looks]);

    private Look Opened(Guid visit, LookSigns signs) => new(Guid.NewGuid(), LookKind.Opened, Now, visit, Guid.NewGuid(), "ED", signs);

    private Look Broke(Guid visit) => new(Guid.NewGuid(), LookKind.BrokeGlass, Now, visit);

    private static JudgeFinding Judges(Guid finding, FindingVerdict? verdict) => new(Feed.NewId(), Officer, "prue", finding, verdict);

    private async Task<ImmutableArray<FindingEntry>> Mine() => MineIn(await Findings.Read());

    private ImmutableArray<FindingEntry> MineIn(FindingList list) => [.. list.Entries.Where(entry => entry.Finding.By.Id == _who.Id)];

    private sealed class FindingWatcher(Cluster cluster) : IFindingObserver, IDisposable
    {
        private IFindingObserver? _reference;
        private FindingList _last = null!;

        public FindingList Last => Volatile.Read(ref _last);

        public async Task Start()
        {
            _reference = cluster.Grains.CreateObjectReference<IFindingObserver>(this);
            Volatile.Write(ref _last, await cluster.Grains.GetGrain<IFindingsGrain>(FindingKeys.All).Watch(_reference));
        }

        public Task FindingsChanged(FindingList list)
        {
            Volatile.Write(ref _last, list);
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            if (_reference is not null) cluster.Grains.DeleteObjectReference<IFindingObserver>(_reference);
        }
    }
}

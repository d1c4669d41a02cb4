using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Orleans.Core.Internal;

namespace Journey.Grains.Tests;

/// <summary>Once a shift one task asks a unit's charge nurse to look after those who have probably left.</summary>
[Collection(nameof(ClusterTests))]
public sealed class VerifyTaskTests(Cluster cluster)
{
    private readonly string _unit = "ED" + Guid.NewGuid().ToString("N")[..6].ToUpperInvariant();

    private string ChargeNurse => StaffKeys.Role(StaffRoles.ChargeNurse, _unit);

    [Fact]
    public async Task One_task_of_the_unit_goes_when_nobody_is_left_and_comes_again_in_the_next_shift()
    {
        await BeginShift();
        using var list = new ListWatcher(cluster, ChargeNurse);
        await list.Start();
        var (first, second) = (await Silent(), await Silent());
        var task = await Told(list, "2 to verify on " + _unit);
        Assert.Equal((_unit, default(VisitId), new PatientRef()), (task.Unit, task.Visit, task.Patient));
        Assert.Equal(NextShift, task.Owed.DueAt);

        // Late enough that their own next silence is not yet due when the next shift begins.
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await StillHere(first);
        Assert.Equal(task.Owed.Id, (await Told(list, "1 to verify on " + _unit)).Owed.Id);
        await StillHere(second);
        await Told(list, null);

        // It was done: who joins them in the same shift waits for the next.
        await Silent();
        await Eventually.See("the row to verify", () => cluster.Board(_unit).Read(), b => b.Rows.Count(r => r.IsProbablyGone) == 1);
        Assert.Null(TaskIn(await cluster.Grains.GetGrain<IOwedListGrain>(ChargeNurse).Read()));
        await BeginShift(list);
        Assert.NotEqual(task.Owed.Id, (await Told(list, "1 to verify on " + _unit)).Owed.Id);
    }

    [Fact]
    public async Task A_board_that_was_restarted_asks_neither_again_nor_too_little()
    {
        await BeginShift();
        var (done, left) = (await Silent(), await Silent());
        var before = await Owed("2 to verify on " + _unit);
        await Restart();
        Assert.Equal(before, await Owed("2 to verify on " + _unit));

        await StillHere(done);
        await StillHere(left);
        await Owed(null);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await Silent();
        await Restart();
        await Eventually.See("the row to verify", () => cluster.Board(_unit).Read(), b => b.Rows.Count(r => r.IsProbablyGone) == 1);
        await Owed(null);
    }

    private static ListItem? TaskIn(OwedList list) => list.Items.SingleOrDefault(i => i.Owed.Kind == OwedKind.Verify);

    private Task<OwedList> See(Func<Task<OwedList>> look, string? says) =>
        Eventually.See(says ?? "no task", look, l => TaskIn(l)?.Says == says, l => TaskIn(l)?.Says ?? "none");

    private async Task<ListItem> Told(ListWatcher list, string? says) => TaskIn(await See(list.Soon, says))!;

    private async Task<ListItem?> Owed(string? says) => TaskIn(await See(cluster.Grains.GetGrain<IOwedListGrain>(ChargeNurse).Read, says));

    private DateTimeOffset NextShift => cluster.Policy.Shifts.At(cluster.Clock.GetUtcNow(), cluster.Policy.TimeZone).Ends;

    /// <summary>To the first minute of the next shift. Watches anew whoever's lease ran out meanwhile, as a gateway renews its own.</summary>
    private async Task BeginShift(ListWatcher? list = null)
    {
        if (list is not null)
        {
            // So near to it that the lease outlasts it: what is told then is told by the board's own clock.
            cluster.Clock.Advance(NextShift - cluster.Clock.GetUtcNow() - TimeSpan.FromSeconds(30));
            await list.Start();
        }

        cluster.Clock.Advance(NextShift - cluster.Clock.GetUtcNow() + TimeSpan.FromSeconds(1));
    }

    /// <summary>Somebody of whom nothing was heard since half a day.</summary>
    private async Task<VisitId> Silent()
    {
        var feed = new Feed(cluster) { Unit = _unit };
        await cluster.Intake.Receive(feed.Arrive(feed.Now.AddHours(-13)));
        return await feed.Visit();
    }

    private Task StillHere(VisitId visit) =>
        cluster.Visit(visit).Verify(new Verify(Feed.NewId(), Feed.Nurse, cluster.Clock.GetUtcNow(), Verified.Here));

    private Task Restart() => cluster.Board(_unit).Cast<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken).AsTask();
}

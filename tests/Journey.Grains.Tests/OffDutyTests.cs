using Journey.Contracts;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;

namespace Journey.Grains.Tests;

/// <summary>E3 on two silos: a shift that ends or runs out, also while a silo dies, leaves nobody a patient that they have left.</summary>
[Collection(nameof(ClusterTests))]
public sealed class OffDutyTests(Cluster cluster)
{
    private readonly Person _nurse = new("staff/" + Guid.NewGuid().ToString("N"), "Nurse Invented");

    private IStaffGrain Staff => cluster.Grains.GetGrain<IStaffGrain>(StaffKeys.All);

    [Fact]
    public async Task A_shift_that_is_ended_leaves_its_patients_on_whichever_silo_they_are()
    {
        var visits = new List<(Feed Feed, VisitId Visit)>();
        for (var i = 0; i < 6; i++) visits.Add(await Nursed(TimeSpan.FromHours(12)));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var boss = new Actor("staff/ida", "Ida Roy");
        var end = Feed.NewId();
        Assert.Equal(OutcomeKind.Accepted, (await Staff.EndShift(end, boss, _nurse.Id, visits[0].Feed.Unit, StaffRoles.Nurse)).Kind);
        var at = cluster.Clock.GetUtcNow();
        foreach (var (_, visit) in visits)
        {
            var row = await Unowned(visit);
            Assert.True(row.NurseSaid!.At <= at);
            var line = (await cluster.Visit(visit).Timeline()).Single(l => l.Kind == "NurseWentOff");
            Assert.Equal((boss.Id, boss.Name), (line.By.Id, line.By.Name));
        }
    }

    [Fact]
    public async Task A_shift_that_runs_out_leaves_them_by_itself_also_when_a_silo_died_meanwhile()
    {
        var (_, visit) = await Nursed(TimeSpan.FromHours(1));
        var until = cluster.Clock.GetUtcNow() + TimeSpan.FromHours(1);
        await cluster.StopSilo(cluster.Silos[^1]);
        await cluster.StartSilo();
        cluster.Clock.Advance(TimeSpan.FromMinutes(61));
        await Unowned(visit);
        var line = (await cluster.Visit(visit).Timeline()).Single(l => l.Kind == "NurseWentOff");
        Assert.True((line.OccurredAt - until).Duration() < TimeSpan.FromSeconds(30), $"{line.OccurredAt} and not {until}");
        Assert.Equal(Actor.System.Id, line.By.Id);
    }

    private async Task<(Feed, VisitId)> Nursed(TimeSpan shift)
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive(bed: "1"));
        var id = await feed.Visit();
        await cluster.Visit(id).Assign(new Assign(Feed.NewId(), Feed.Nurse, feed.Now, CareRole.Nurse, _nurse));
        if ((await Staff.OnDuty(null)).All(s => s.Who.Id != _nurse.Id))
            await Staff.BeginShift(Feed.NewId(), Feed.Nurse, new Shift(_nurse, StaffRoles.Nurse, feed.Unit, feed.Now, feed.Now + shift));
        return (feed, id);
    }

    /// <summary>Boards and silos look by the cluster's clock, which only moves when it is told to.</summary>
    private async Task<VisitRow> Unowned(VisitId visit) => (await Eventually.See("nobody is the nurse", async () =>
    {
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        return await cluster.Visit(visit).Row();
    }, row => row!.Nurse is null, row => $"{row!.Nurse?.Name}"))!;
}

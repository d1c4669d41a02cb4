using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;

namespace Journey.Grains.Tests;

/// <summary>A lock that staff set on a visit is on all visits of the person, whatever fails on the way, and whoever they turn out to be.</summary>
[Collection(nameof(ClusterTests))]
public sealed class StaffLockTests(Cluster cluster) : PersonScenario(cluster)
{
    [Theory, InlineData(PrivacyLock.Safety), InlineData(PrivacyLock.Confidential), InlineData(PrivacyLock.NoInformation)]
    public async Task It_reaches_the_visit_beside_it_and_one_that_has_ended_and_is_on_the_one_that_begins_later(PrivacyLock which)
    {
        await Arrive(Who("P1", "Moss"), 600, At("V0", Ed, "0", PatientClass.Outpatient));
        await Discharge(Who("P1", "Moss"), 500, At("V0", Ed, "0", PatientClass.Outpatient));
        var (here, beside) = await Two();
        Assert.Equal(OutcomeKind.Accepted, (await Lock(here, true, which)).Kind);
        // Acknowledged, it holds there.
        Assert.Equal([which], (await here.Row())!.Locks);
        await Holds(which, here, beside, await VisitOf("P1", "V0"));
        await Arrive(Who("P1", "Moss"), 0, At("V3", Ward, "3", PatientClass.Outpatient));
        Assert.Equal([which], (await (await VisitOf("P1", "V3")).Row())!.Locks);
        await Eventually.See("boards that know it", async () => (await Cluster.Board(Ed).Read()).Rows.Concat((await Cluster.Board(Ward).Read()).Rows)
            .ToArray(), rows => rows.Length >= 3 && rows.All(r => r.IsHidden));
        Assert.All(await Cluster.Grains.GetGrain<ISearchGrain>(0).Search("moss", 200),
            row => Assert.True(row.IsHidden || row.Number?.EndsWith(Run, StringComparison.Ordinal) != true));
        await Lock(beside, false, which);
        await Eventually.See("no lock anywhere",
            async () => (await Task.WhenAll(new[] { here, beside, await VisitOf("P1", "V0"), await VisitOf("P1", "V3") }.Select(v => v.Row())))
                .Where(row => row!.IsHidden), rows => !rows.Any());
    }

    [Theory, InlineData("patient/"), InlineData("visit/")]
    public async Task What_could_not_be_told_is_told_when_the_visit_looks_again(string stream)
    {
        var (here, beside) = await Two();
        await Fails(stream == "patient/" ? stream + (await Root("P1")).Value.ToString("N") : stream + beside.GetPrimaryKey().ToString("N"),
            () => Lock(here, true));
        Assert.Empty((await beside.Row())!.Locks);
        Cluster.Clock.Advance(TimeSpan.FromSeconds(10));
        await Holds(PrivacyLock.Safety, here, beside);
    }

    [Fact]
    public async Task A_silo_that_dies_before_the_person_was_told_keeps_nobody_from_being_told()
    {
        var (here, beside) = await Two();
        var id = new VisitId(here.GetPrimaryKey());
        await Sleep(here);
        await Cluster.PlaceOn(Cluster.Silos[^1], () => Cluster.Visit(id).Row());
        await Fails("patient/" + (await Root("P1")).Value.ToString("N"), () => Lock(Cluster.Visit(id), true));
        await Cluster.StopSilo(Cluster.Silos[^1]);
        await Cluster.StartSilo();
        Assert.Empty((await beside.Row())!.Locks);
        Cluster.Clock.Advance(TimeSpan.FromSeconds(10));
        await Holds(PrivacyLock.Safety, beside, Cluster.Visit(id));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_merge_takes_the_locks_of_either_over(bool isLockedOnPrior)
    {
        await Arrive(Who("P1", "Moss"), 60, At("V1", Ed, "1"));
        await Arrive(Who("P2", "Moos"), 50, At("V2", Ward, "2", PatientClass.Outpatient));
        var (one, two) = (await VisitOf("P1", "V1"), await VisitOf("P2", "V2"));
        await Lock(isLockedOnPrior ? two : one, true);
        await Eventually.See("who knows it", async () => (await Cluster.Patient(Id(isLockedOnPrior ? "P2" : "P1")).Read())!.Patient.Locks,
            locks => locks is not null);
        await MergeInto(Who("P1", "Moss"), "P2");
        await Holds(PrivacyLock.Safety, one, two);
        await Lock(one, false);
        await Eventually.See("no lock", async () => (await two.Row())!.Locks, locks => locks.IsEmpty);
        // Sent again it locks nothing again.
        await MergeInto(Who("P1", "Moss"), "P2");
        Assert.Empty((await one.Row())!.Locks);
    }

    [Fact]
    public async Task A_visit_that_is_moved_to_another_person_locks_them_too()
    {
        await Arrive(Who("P1", "Moss"), 60, At("V1", Ed, "1"));
        await Arrive(Who("P2", "Other"), 50, At("V2", Ward, "2", PatientClass.Outpatient));
        var (moved, theirs) = (await VisitOf("P1", "V1"), await VisitOf("P2", "V2"));
        await Lock(moved, true);
        await Holds(PrivacyLock.Safety, moved);
        await MoveVisit(Who("P2", "Other"), "P1", "V1", 0);
        await Holds(PrivacyLock.Safety, moved, theirs);
    }

    [Fact]
    public async Task Taken_back_within_its_time_it_is_lifted_everywhere()
    {
        var (here, beside) = await Two();
        var command = new SetLock(NewId(), Nurse, Now, PrivacyLock.Safety, true, null);
        await here.SetLock(command);
        await Holds(PrivacyLock.Safety, here, beside);
        Assert.Equal(OutcomeKind.Repeated, (await here.SetLock(command)).Kind);
        Assert.Equal(OutcomeKind.Accepted, (await here.Undo(new Undo(NewId(), Nurse, Now, command.Id))).Kind);
        await Eventually.See("no lock", async () => (await beside.Row())!.Locks, locks => locks.IsEmpty);
        Assert.Empty((await here.Row())!.Locks);
    }

    /// <summary>An emergency visit, and treatment that goes on beside it.</summary>
    private async Task<(IVisitGrain Here, IVisitGrain Beside)> Two()
    {
        await Arrive(Who("P1", "Moss"), 60, At("V1", Ed, "1"));
        await Arrive(Who("P1", "Moss"), 50, At("V2", Ward, null, PatientClass.Recurring));
        return (await VisitOf("P1", "V1"), await VisitOf("P1", "V2"));
    }

    private async Task<IVisitGrain> VisitOf(string person, string number) =>
        Cluster.Visit((await Visits(person)).Single(v => v.Number == number + Run).Visit);

    private Task<Outcome> Lock(IVisitGrain visit, bool on, PrivacyLock which = PrivacyLock.Safety) =>
        visit.SetLock(new SetLock(NewId(), Nurse, Now, which, on, "asked for it"));

    private static async Task Holds(PrivacyLock which, params IVisitGrain[] visits)
    {
        foreach (var visit in visits)
            await Eventually.See("the lock, and that the person knows of it", async () => (await visit.Row())!,
                row => row.Locks.SequenceEqual([which])
                    && row.Patient.Locks?.IsHeld(which) == true, row => $"{string.Join(' ', row.Locks)}; {row.Patient.Locks}");
    }

    /// <summary>Does it, and returns when the next append to the stream, by whoever that is, has failed.</summary>
    private async Task Fails(string stream, Func<Task<Outcome>> deed)
    {
        Cluster.Faults.Next(stream, Fault.BeforeWriting);
        Assert.Equal(OutcomeKind.Accepted, (await deed()).Kind);
        await Eventually.See("the failure", () => Task.FromResult(Cluster.Faults.IsAhead(stream)), isAhead => !isAhead);
    }

    private static async Task Sleep(IVisitGrain visit) => await visit.Cast<Orleans.Core.Internal.IGrainManagementExtension>().DeactivateOnIdle();
}

using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Care;
using Journey.Contracts.Visits;

namespace Journey.Grains.Tests;

/// <summary>What the visit checks of who calls, on two silos.</summary>
[Collection(nameof(ClusterTests))]
public sealed class AccessTests(Cluster cluster)
{
    private const Scope Care = Scope.Units | Scope.Assigned;

    [Fact]
    public async Task Without_a_caller_only_what_feeds_and_boards_say_is_heard()
    {
        Cluster.AsNobody.Value = true;
        var (feed, visit) = await Arrived();
        await visit.Review();
        await visit.Update(new Update(Feed.NewId(), Feed.Actor, feed.Now, feed.Details(), null, null));
        Assert.Equal(RefusalCodes.AccessDenied, await Refused(visit.Read));
        Assert.Equal(RefusalCodes.AccessDenied, await Refused(visit.Timeline));
        Assert.Equal(RefusalCodes.AccessDenied, await Refused(() => visit.Contact(new Contact(Feed.NewId(), Feed.Nurse, feed.Now))));
    }

    [Fact]
    public async Task Staff_of_the_unit_and_who_is_assigned_are_admitted_others_break_the_glass()
    {
        var (feed, visit) = await Arrived();
        Nurse("in", feed.Unit).Enter();
        Assert.NotNull(await visit.Read());
        Nurse("out", "4W").Enter();
        Assert.Equal(RefusalCodes.GlassRequired, await Refused(visit.Read));
        Assert.Equal(RefusalCodes.GlassRequired, await Refused(() => visit.Contact(new Contact(Feed.NewId(), Feed.Nurse, feed.Now))));
        Nurse("in", feed.Unit).Enter();
        await visit.Assign(new Assign(Feed.NewId(), Feed.Nurse, feed.Now, CareRole.Provider, new Person("staff/out", "Out")));
        Nurse("out", "4W").Enter();
        Assert.NotNull(await visit.Read());
    }

    [Fact]
    public async Task The_unit_a_patient_left_is_admitted_no_more()
    {
        var (feed, visit) = await Arrived();
        await cluster.Intake.Receive(feed.Transfer("4W" + feed.Unit, "12"));
        Nurse("in", feed.Unit).Enter();
        Assert.Equal(RefusalCodes.GlassRequired, await Refused(visit.Read));
        Nurse("new", "4W" + feed.Unit).Enter();
        Assert.NotNull(await visit.Read());
    }

    [Fact]
    public async Task A_confidential_visit_answers_outsiders_as_one_that_is_not_there()
    {
        var (feed, visit) = await Arrived(confidential: true);
        var none = cluster.Visit(new VisitId(Guid.NewGuid()));
        Nurse("out", "4W").Enter();
        Assert.Null(await none.Read());
        Assert.Equal(VisitAccess.Unknown, await Refusal(visit.Read));
        var command = new Contact(Feed.NewId(), Feed.Nurse, feed.Now);
        Assert.Equal((await none.Contact(command)).Refusal, await Refusal(() => visit.Contact(command)));
        (Nurse("charge", feed.Unit) with { Roles = [Role.ChargeNurse] }).Enter();
        Assert.NotNull(await visit.Read());
    }

    [Fact]
    public async Task A_family_reaches_its_page_and_nothing_else()
    {
        var (_, visit) = await Arrived();
        (Nurse("family", "") with { Scope = Scope.Link }).Enter();
        Assert.Equal(FamilyDoor.NoSuchLink, (await visit.FamilyPage(Feed.NewId(), new FamilyKey("AB"), null, null)).Door);
        Assert.Equal(RefusalCodes.AccessDenied, await Refused(visit.Read));
    }

    [Fact]
    public async Task Breaking_the_glass_stands_on_the_list_opens_the_visit_and_ends()
    {
        var (feed, visit) = await Arrived(confidential: true);
        var who = Nurse("out-" + feed.Number, "4W");
        var (glass, grant) = (cluster.Grains.GetGrain<IGlassGrain>(GlassKeys.All), Feed.NewId());
        var command = new BreakGlass(grant, new Actor(who.Staff, who.Name), feed.Now, who.Id, "emergency", "found on the floor");
        (who with { Scope = Scope.House | Scope.Confidential }).Enter();
        Assert.Equal(OutcomeKind.Accepted, (await glass.Break(await feed.Visit(), command)).Kind);
        Assert.Equal(OutcomeKind.Repeated, (await glass.Break(await feed.Visit(), command)).Kind);

        var entry = Assert.Single((await glass.Read()).Entries, e => e.Grant == grant.Value);
        Assert.Equal((GlassState.Opened, feed.Unit, true, "found on the floor", (GlassReview?)null), (entry.State, entry.Unit, entry.Confidential, entry.Note, entry.Review));
        who.Enter();
        Assert.NotNull(await visit.Read());
        Assert.Contains(await visit.Timeline(), line => line.Kind == "GlassBroken" && line.By.Id == who.Staff);
        Nurse("another", "4W").Enter();
        Assert.Equal(VisitAccess.Unknown, await Refusal(visit.Read));
        who.Enter();
        cluster.Clock.Advance(cluster.Policy.Glass.Lasts);
        Assert.Equal(VisitAccess.Unknown, await Refusal(visit.Read));

        (Nurse("privacy", "") with { Roles = [Role.PrivacyOfficer], Scope = Scope.House | Scope.Confidential }).Enter();
        Assert.Equal(OutcomeKind.Accepted, (await glass.Review(new ReviewGlass(Feed.NewId(), new Actor("staff/privacy"), feed.Now, grant.Value, GlassVerdict.Justified, null))).Kind);
        entry = Assert.Single((await glass.Read()).Entries, e => e.Grant == grant.Value);
        Assert.Equal(GlassVerdict.Justified, entry.Review?.Verdict);
    }

    [Fact]
    public async Task An_attempt_that_opens_nothing_is_on_the_list_too()
    {
        var (glass, grant) = (cluster.Grains.GetGrain<IGlassGrain>(GlassKeys.All), Feed.NewId());
        var outcome = await glass.Break(new VisitId(Guid.NewGuid()), new BreakGlass(grant, Feed.Nurse, cluster.Clock.GetUtcNow(), "kim", "emergency", null));
        Assert.Equal(RefusalCodes.VisitUnknown, outcome.Refusal?.Code);
        Assert.Equal(GlassState.Refused, Assert.Single((await glass.Read()).Entries, e => e.Grant == grant.Value).State);
    }

    private async Task<(Feed, IVisitGrain)> Arrived(bool confidential = false)
    {
        var feed = new Feed(cluster);
        var message = feed.Arrive();
        if (confidential) message = message with { Steps = [.. message.Steps.Select(s => s is Contracts.Intake.About about ? about with { Patient = about.Patient with { Confidential = true } } : s)] };
        await cluster.Intake.Receive(message);
        return (feed, cluster.Visit(await feed.Visit()));
    }

    private static Caller Nurse(string name, string unit) => new(name, "staff/" + name, name, [Role.Nurse], [unit], Care);

    private static async Task<Refusal> Refusal<T>(Func<Task<T>> call) => (await Assert.ThrowsAsync<AccessRefusedException>(call)).Refusal;

    private static async Task<string> Refused<T>(Func<Task<T>> call) => (await Refusal(call)).Code;
}

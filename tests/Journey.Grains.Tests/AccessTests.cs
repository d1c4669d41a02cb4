using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Families;
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
        Assert.Equal((GlassState.Opened, feed.Unit, true, "found on the floor", (GlassReview?)null),
            (entry.State, entry.Unit, entry.Confidential, entry.Note, entry.Review));
        who.Enter();
        Assert.NotNull(await visit.Read());
        Assert.Contains(await visit.Timeline(), line => line.Kind == "GlassBroken" && line.By.Id == who.Staff);
        Nurse("another", "4W").Enter();
        Assert.Equal(VisitAccess.Unknown, await Refusal(visit.Read));
        who.Enter();
        cluster.Clock.Advance(cluster.Policy.Glass.Lasts);
        Assert.Equal(VisitAccess.Unknown, await Refusal(visit.Read));

        (Nurse("privacy", "") with { Roles = [Role.PrivacyOfficer], Scope = Scope.House | Scope.Confidential }).Enter();
        Assert.Equal(OutcomeKind.Accepted,
            (await glass
                .Review(new ReviewGlass(Feed.NewId(), new Actor("staff/privacy"), feed.Now, grant.Value, GlassVerdict.Justified, null))).Kind);
        entry = Assert.Single((await glass.Read()).Entries, e => e.Grant == grant.Value);
        Assert.Equal(GlassVerdict.Justified, entry.Review?.Verdict);
    }

    [Fact]
    public async Task What_is_refused_leaves_no_line()
    {
        var (feed, _) = await Arrived();
        var glass = cluster.Grains.GetGrain<IGlassGrain>(GlassKeys.All);
        var before = (await glass.Read()).Version;
        var command = new BreakGlass(Feed.NewId(), new Actor("staff/kim-" + feed.Number), cluster.Clock.GetUtcNow(), "kim", "emergency", "asked to");
        Assert.Equal(RefusalCodes.VisitUnknown, (await glass.Break(new VisitId(Guid.NewGuid()), command)).Refusal?.Code);
        Assert.Equal(RefusalCodes.GlassReasonUnknown, (await glass.Break(await feed.Visit(), command with { Reason = "curious" })).Refusal?.Code);
        Assert.Equal(RefusalCodes.GlassNoteMissing, (await glass.Break(await feed.Visit(), command with { Note = null })).Refusal?.Code);
        Assert.Equal(before, (await glass.Read()).Version);
    }

    [Fact]
    public async Task Who_breaks_it_often_is_on_the_list_and_in_the_trail_at_once_and_then_stopped()
    {
        var glass = cluster.Grains.GetGrain<IGlassGrain>(GlassKeys.All);
        var (feed, _) = await Arrived();
        var (who, visit) = (new Actor("staff/often-" + feed.Number, "Often"), await feed.Visit());
        var told = 0;
        for (var n = 1; n <= cluster.Policy.Glass.Limit; n++)
        {
            Assert.Null(
                (await glass
                    .Break(visit, new BreakGlass(Feed.NewId(), who, cluster.Clock.GetUtcNow(), "sub-" + feed.Number, "emergency", "again"))).Refusal);
            var volume = (await glass.Read()).Volumes.SingleOrDefault(v => v.By == who);
            Assert.Equal(n >= cluster.Policy.Glass.Alert ? n : null, volume?.Count);
            if (volume is not null) told++;
            cluster.Clock.Advance(TimeSpan.FromSeconds(3));
        }

        var stopped = new BreakGlass(Feed.NewId(), who, cluster.Clock.GetUtcNow(), "sub-" + feed.Number, "emergency", "again");
        Assert.Equal(RefusalCodes.GlassLimit, (await glass.Break(visit, stopped)).Refusal?.Code);
        Assert.True((await glass.Read()).Volumes.Single(v => v.By == who).IsLimit);
        var trail = await cluster.Grains.GetGrain<Contracts.Audit.IAuditReaderGrain>(0).Find(new() { Person = "sub-" + feed.Number, Count = 100 });
        Assert.Equal(told, trail.Length);
        Assert.All(trail, e => Assert.Equal((Contracts.Audit.AuditAction.BreakGlass, GlassKeys.Volume), (e.Entry.Action, e.Entry.Operation)));
        Assert.Equal("10 times within an hour", trail[0].Entry.Detail);

        cluster.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null((await glass.Break(visit, stopped)).Refusal);
    }

    private async Task<(Feed, IVisitGrain)> Arrived(bool confidential = false)
    {
        var feed = new Feed(cluster);
        var message = feed.Arrive();
        if (confidential)
            message = message with
            {
                Steps = [.. message.Steps.Select(s => s is Contracts.Intake.About about
                    ? about with { Patient = about.Patient with { Confidential = true } }
                    : s)]
            };
        await cluster.Intake.Receive(message);
        return (feed, cluster.Visit(await feed.Visit()));
    }

    private static Caller Nurse(string name, string unit) => new(name, "staff/" + name, name, [Role.Nurse], [unit], Care);

    private static async Task<Refusal> Refusal<T>(Func<Task<T>> call) => (await Assert.ThrowsAsync<AccessRefusedException>(call)).Refusal;

    private static async Task<string> Refused<T>(Func<Task<T>> call) => (await Refusal(call)).Code;
}

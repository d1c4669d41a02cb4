using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Visits;
using Journey.Domain.Access;
using Journey.Domain.Facts;
using Journey.Domain.Policies;
using Journey.Domain.Visits;

namespace Journey.Domain.Tests.Access;

public sealed class GlassTests
{
    private static readonly Caller Sam = new("sam", "nurse/8", "Sam Ortiz", [Role.Nurse], ["4W"], Scope.Units | Scope.Assigned);

    [Fact]
    public void Breaking_the_glass_opens_the_visit_for_as_long_as_the_policy_says()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Break(10));
        Assert.Null(VisitAccess.Obstacle(Sam, spec.Row, Spec.At(69)));
        Assert.Equal(RefusalCodes.GlassRequired, VisitAccess.Obstacle(Sam, spec.Row, Spec.At(70))?.Code);
    }

    [Fact]
    public void A_row_made_after_the_grant_ended_does_not_hold_it()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Break(10), new Journey.Contracts.Visits.Contact(default, Say.Nurse, Spec.At(80)));
        Assert.Empty(spec.Row.Glass);
    }

    [Fact]
    public void A_reason_that_the_policy_does_not_know_opens_nothing() =>
        Assert.Equal(RefusalCodes.GlassReasonUnknown, new Spec().Given(Say.Arrive(0)).When(Break(1, "curious")).Refused);

    [Fact]
    public void A_visit_that_is_not_there_cannot_be_opened() => Assert.Equal(RefusalCodes.VisitUnknown, new Spec().When(Break(1)).Refused);

    [Fact]
    public void A_visit_that_has_ended_can_be_opened() => Assert.Null(new Spec().Given(Say.Arrive(0), Say.Discharge(5)).When(Break(10)).Refused);

    [Fact]
    public void A_review_is_recorded_and_may_be_changed()
    {
        var spec = new Spec().Given(Say.Arrive(0), Break(1));
        var grant = spec.Last.Value;
        spec.Given(Review(2, grant, GlassVerdict.FollowUp), Review(3, grant, GlassVerdict.Justified));
        Assert.Equal([GlassVerdict.FollowUp, GlassVerdict.Justified],
            spec.Commits.SelectMany(c => c.Events).OfType<GlassReviewed>().Select(r => r.Verdict));
    }

    [Fact]
    public void Nobody_reviews_what_they_did_themselves()
    {
        var spec = new Spec().Given(Say.Arrive(0), Break(1));
        Assert.Equal(RefusalCodes.GlassOwn, spec.When(Review(2, spec.Last.Value, GlassVerdict.Justified) with { By = Say.Other }).Refused);
    }

    [Fact]
    public void A_grant_that_is_not_there_cannot_be_reviewed() =>
        Assert.Equal(RefusalCodes.GlassUnknown, new Spec().Given(Say.Arrive(0)).When(Review(1, Guid.Empty, GlassVerdict.Justified)).Refused);

    [Fact]
    public void Grants_survive_a_snapshot()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Break(10));
        Assert.Equal(spec.Visit.Glass, VisitSnapshotJson.Read(VisitSnapshotJson.Write(spec.Visit))!.Glass);
    }

    [Fact]
    public void A_snapshot_from_before_there_were_grants_has_none()
    {
        var written = System.Text.Json.Nodes.JsonNode.Parse(VisitSnapshotJson.Write(new Spec().Given(Say.Arrive(0)).Visit))!.AsObject();
        Assert.True(written.Remove("glass"));
        Assert.Empty(VisitSnapshotJson.Read(System.Text.Encoding.UTF8.GetBytes(written.ToJsonString()))!.Glass);
    }

    [Fact]
    public void The_list_shows_first_what_nobody_has_reviewed()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        var log = GlassLog.Empty.Fold(Say.Nurse, new GlassAsked(first, Spec.Id, "emergency", null, Spec.At(1)))
            .Fold(Say.Nurse, new GlassOpened(first, "ED", true, Spec.At(61)))
            .Fold(Say.Other, new GlassAsked(second, Spec.Id, "consult", "asked by the ward", Spec.At(0)))
            .Fold(Say.Other, new GlassRefused(second, RefusalCodes.VisitUnknown))
            .Fold(Say.Feed, new GlassJudged(first, GlassVerdict.Justified, Spec.At(5), null));
        var list = log.List(PolicyReader.Default, Spec.At(6), 5).Entries;
        Assert.Equal([second, first], list.Select(e => e.Grant));
        Assert.Equal((GlassState.Refused, null), (list[0].State, list[0].Review));
        Assert.Equal((GlassState.Opened, "ED", GlassVerdict.Justified), (list[1].State, list[1].Unit, list[1].Review!.Verdict));
    }

    [Fact]
    public void A_person_may_so_often_within_an_hour_and_no_more()
    {
        var log = Often(Say.Nurse, 10, every: 5);
        var policy = PolicyReader.Default;
        Assert.Equal(RefusalCodes.GlassLimit, GlassDecider.Obstacle(log, Asks(Say.Nurse), policy, Spec.At(45.5))?.Code);
        Assert.Null(GlassDecider.Obstacle(log, Asks(Say.Other), policy, Spec.At(45.5)));
        Assert.Null(GlassDecider.Obstacle(log, Asks(Say.Nurse), policy, Spec.At(60)));
        foreach (var nothing in (string?[])[null, " ", ".", "....... ", "x", "ok"])
            Assert.Equal(RefusalCodes.GlassNoteMissing,
                GlassDecider.Obstacle(GlassLog.Empty, Asks(Say.Nurse) with { Note = nothing }, policy, Spec.At(1))?.Code);
        Assert.Equal(RefusalCodes.GlassReasonUnknown,
            GlassDecider.Obstacle(GlassLog.Empty, Asks(Say.Nurse) with { Reason = "curious" }, policy, Spec.At(1))?.Code);
    }

    [Fact]
    public void Who_breaks_it_often_is_told_of_until_all_of_it_is_reviewed()
    {
        var policy = PolicyReader.Default;
        Assert.Empty(Often(Say.Nurse, 3, every: 1).List(policy, Spec.At(9), 1).Volumes);
        Assert.Empty(Often(Say.Nurse, 8, every: 25).List(policy, Spec.At(999), 1).Volumes);
        var log = Often(Say.Nurse, 4, every: 15);
        Assert.Equal([new GlassVolume(Say.Nurse, 4, Spec.At(0), Spec.At(45), false)], log.List(policy, Spec.At(999), 1).Volumes);
        Assert.True(Assert.Single(Often(Say.Nurse, 10, every: 1).List(policy, Spec.At(9), 1).Volumes).IsLimit);
        foreach (var entry in log.Entries)
        {
            Assert.NotEmpty(GlassDecider.Volumes(log, policy));
            log = log.Fold(Say.Other, new GlassJudged(entry.Grant, GlassVerdict.Justified, Spec.At(99), null));
        }

        Assert.Empty(GlassDecider.Volumes(log, policy));
    }

    [Fact]
    public void A_site_names_its_own_limit()
    {
        static PolicyReading Read(string glass) => PolicyReader.Read($"name: x\nversion: 1\nextends: default\nglass: {{ {glass} }}\n");
        Assert.Equal((20, 6), Read("limit: 20, alert: 6") is { Policy.Glass: var glass } ? (glass.Limit, glass.Alert) : default);
        Assert.Equal((2, 2), Read("limit: 2") is { Policy.Glass: var few } ? (few.Limit, few.Alert) : default);
        Assert.NotEmpty(Read("limit: 0").Errors);
        Assert.NotEmpty(Read("limit: 3, alert: 4").Errors);
    }

    private static GlassLog Often(Contracts.Actor by, int times, double every) =>
        Enumerable.Range(0, times).Aggregate(GlassLog.Empty,
            (log, n) => log.Fold(by, new GlassAsked(Guid.NewGuid(), Spec.Id, "emergency", "here", Spec.At(n * every))));

    private static BreakGlass Asks(Contracts.Actor by) => new(new(Guid.NewGuid()), by, Spec.At(0), "sub", "emergency", "found on the floor");

    [Fact]
    public void A_site_names_its_own_reasons_and_duration()
    {
        var read = PolicyReader.Read(
            "name: x\nversion: 1\nextends: default\nglass: { lasts: 15 min, reasons: [ { key: code-blue, says: Code blue } ] }\n");
        Assert.Equal([], read.Errors);
        Assert.Equal(TimeSpan.FromMinutes(15), read.Policy!.Glass.Lasts);
        Assert.Equal([new GlassReason("code-blue", "Code blue")], read.Policy.Glass.Reasons);
    }

    private static BreakGlass Break(double at, string reason = "emergency") => new(default, Say.Other, Spec.At(at), Sam.Id, reason, null);

    private static ReviewGlass Review(double at, Guid grant, GlassVerdict verdict) => new(default, Say.Nurse, Spec.At(at), grant, verdict, null);
}

using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Domain.Access;
using Journey.Domain.Policies;

namespace Journey.Domain.Tests.Access;

public sealed class FindingTests
{
    private static readonly Actor Officer = new("employee/1", "Prue Officer");
    private static readonly Guid Visit = Guid.NewGuid();

    [Fact]
    public void What_nobody_has_judged_comes_first_and_the_newest_of_that()
    {
        var (old, newer, judged) = (Found(1), Found(2), Found(3));
        var list = Log(old, newer, judged).Fold(Officer, new FindingJudged(judged.Id, FindingVerdict.HadReason, Spec.At(4))).List(Spec.At(5), 7);
        Assert.Equal([newer.Id, old.Id, judged.Id], list.Entries.Select(e => e.Finding.Id));
        Assert.Equal(new FindingJudgement(FindingVerdict.HadReason, Officer, Spec.At(4)), list.Entries[2].Judgement);
        Assert.Equal((2, 7), (list.Open, list.Version));
    }

    [Fact]
    public void What_may_still_be_settled_stands_on_the_list_when_its_time_has_come()
    {
        var glass = Found(1) with { Rule = FindingRule.GlassUnused, StandsFrom = Spec.At(61) };
        var log = Log(glass);
        Assert.Empty(log.List(Spec.At(60), 1).Entries);
        Assert.Equal(Spec.At(61), log.NextAfter(Spec.At(60)));
        Assert.Equal(RefusalCodes.FindingUnknown, log.Decide(Judges(glass.Id), Spec.At(60)).Refusal?.Code);
        Assert.Single(log.List(Spec.At(61), 1).Entries);
        Assert.Null(log.NextAfter(Spec.At(61)));
        Assert.Empty(log.Fold(Officer, new FindingListed(glass with { IsSettled = true })).List(Spec.At(99), 1).Entries);
    }

    [Fact]
    public void What_is_known_is_no_news_what_grew_is_and_what_was_judged_is_done_with()
    {
        var volume = Found(1) with { Rule = FindingRule.Volume, Count = 31, Usual = 30 };
        Assert.Equal([volume], FindingLog.Empty.NewsOf([volume]));
        Assert.Empty(FindingLog.Empty.NewsOf([volume with { IsSettled = true }]));
        var log = Log(volume);
        Assert.Empty(log.NewsOf([volume]));
        Assert.Single(log.NewsOf([volume with { Count = 62 }]));
        Assert.Empty(log.Fold(Officer, new FindingJudged(volume.Id, FindingVerdict.HadReason, Spec.At(4))).NewsOf([volume with { Count = 62 }]));
    }

    [Fact]
    public void Nobody_judges_what_they_looked_at_themselves_under_whichever_account()
    {
        var log = Log(Found(1));
        var id = log.Entries[0].Finding.Id;
        Assert.Null(log.Decide(Judges(id), Spec.At(2)).Refusal);
        Assert.Equal(RefusalCodes.FindingOwn, log.Decide(Judges(id) with { By = Say.Nurse }, Spec.At(2)).Refusal?.Code);
        Assert.Equal(RefusalCodes.FindingOwn, log.Decide(Judges(id) with { Account = "sub-7" }, Spec.At(2)).Refusal?.Code);
        Assert.Equal(RefusalCodes.FindingUnknown, log.Decide(Judges(Guid.NewGuid()), Spec.At(2)).Refusal?.Code);
    }

    [Fact]
    public void A_judgement_can_be_changed_and_taken_back()
    {
        var found = Found(1);
        var log = Log(found).Fold(Officer, new FindingJudged(found.Id, FindingVerdict.HadReason, Spec.At(2)))
            .Fold(Officer, new FindingJudged(found.Id, FindingVerdict.FollowUp, Spec.At(3)));
        Assert.Equal(FindingVerdict.FollowUp, Assert.Single(log.List(Spec.At(4), 1).Entries).Judgement!.Verdict);
        Assert.Null(Assert.Single(log.Fold(Officer, new FindingReopened(found.Id)).List(Spec.At(4), 1).Entries).Judgement);
    }

    [Fact]
    public void How_good_a_rule_is_follows_from_what_was_judged_of_it()
    {
        var found = Enumerable.Range(1, 5).Select(n => Found(n)).Append(Found(9) with { Rule = FindingRule.Hidden }).ToArray();
        var log = Log(found);
        for (var n = 0; n < 4; n++) log =
            log.Fold(Officer, new FindingJudged(found[n].Id, n == 0 ? FindingVerdict.FollowUp : FindingVerdict.HadReason, Spec.At(20)));
        var rules = log.List(Spec.At(30), 1).Rules;
        Assert.Equal(new FindingPrecision(FindingRule.SameSurname, 1, 3, 1), rules.Single(r => r.Rule == FindingRule.SameSurname));
        Assert.Equal(new FindingPrecision(FindingRule.Hidden, 1, 0, 0), rules.Single(r => r.Rule == FindingRule.Hidden));
        Assert.Equal(Enum.GetValues<FindingRule>(), rules.Select(r => r.Rule));
    }

    [Fact]
    public void Judged_ones_are_forgotten_the_oldest_first_and_open_ones_never()
    {
        var found = Enumerable.Range(0, FindingLog.RememberedJudged + 5).Select(n => Found(n)).ToArray();
        var open = Found(0);
        var log = Log([open, .. found]);
        foreach (var (finding, n) in found.Select((f, n) => (f, n)))
            log = log.Fold(Officer, new FindingJudged(finding.Id, FindingVerdict.HadReason, Spec.At(1000 + n)));
        Assert.Equal(FindingLog.RememberedJudged + 1, log.Entries.Length);
        Assert.NotNull(log.Find(open.Id));
        Assert.Null(log.Find(found[4].Id));
        Assert.NotNull(log.Find(found[5].Id));
    }

    [Fact]
    public void Of_very_many_open_ones_the_list_shows_the_newest_and_says_how_many_there_are()
    {
        var list = Log([.. Enumerable.Range(0, FindingLog.ShownOpen + 7).Select(n => Found(n))]).List(Spec.At(999), 1);
        Assert.Equal((FindingLog.ShownOpen, FindingLog.ShownOpen + 7), (list.Entries.Length, list.Open));
        Assert.Equal(Spec.At(FindingLog.ShownOpen + 6), list.Entries[0].Finding.At);
    }

    [Fact]
    public void What_no_rule_has_weighed_is_counted()
    {
        var list = FindingLog.Empty.Fold(Actor.System, new LooksLost(3, Spec.At(1))).Fold(Actor.System, new LooksLost(4, Spec.At(2)))
            .List(Spec.At(9), 2);
        Assert.Equal((7, Spec.At(2)), (list.Lost, list.LostAt));
    }

    [Fact]
    public void A_site_names_its_own_numbers_and_rules_and_nothing_that_cannot_be()
    {
        static PolicyReading Read(string snooping) => PolicyReader.Read($"name: x\nversion: 1\nextends: default\nsnooping: {{ {snooping} }}\n");
        var own = Read(
            "patients: { nurse: 12 }, times: 4, after: 2 d, glass: 30 min, searches: 5, without: [browsing, same-surname]").Policy!.Snooping;
        Assert.Equal((12, 60, 4, TimeSpan.FromDays(2), TimeSpan.FromMinutes(30), 5),
            (own.Patients[Role.Nurse], own.Patients[Role.Provider], own.Times, own.After, own.Glass, own.Searches));
        Assert.Equal([FindingRule.Browsing, FindingRule.SameSurname], own.Without);
        foreach (var wrong in (string[])["patients: { nurse: 0 }", "patients: { wall-display: 5 }", "times: 1", "after: 10 min", "glass: 10 s",
            "glass: 2 d", "searches: 1", "without: [curiosity]", "volume: 7"])
            Assert.NotEmpty(Read(wrong).Errors);
        Assert.Equal((60, 100),
            (PolicyReader.Default.Snooping.PatientsOf([]), PolicyReader.Default.Snooping.PatientsOf([Role.Nurse, Role.FamilyLiaison])));
    }

    private static FindingLog Log(params Finding[] findings) =>
        findings.Aggregate(FindingLog.Empty, (log, finding) => log.Fold(finding.By, new FindingListed(finding)));

    private static Finding Found(double at) =>
        new(Guid.NewGuid(), FindingRule.SameSurname, Say.Nurse, "sub-7", Spec.At(at), Spec.At(at), Visit, "ED");

    private static JudgeFinding Judges(Guid finding) => new(new(Guid.NewGuid()), Officer, "sub-1", finding, FindingVerdict.HadReason);
}

using Journey.Contracts.Access;
using Journey.Gateway.Cluster.Wire;

namespace Journey.Gateway.Live.Views;

/// <summary>The list as the public contract has it.</summary>
internal static class FindingViews
{
    /// <summary>Of fewer judged ones nothing is reckoned.</summary>
    private const int Handful = 5;

    public static Api.FindingList List(FindingList list) =>
        new(CareViews.Each(list.Entries, Entry), CareViews.Each(list.Rules, Rule), list.Open, list.Lost, list.LostAt, list.AsOf, list.Version);

    private static Api.Finding Entry(FindingEntry entry)
    {
        var f = entry.Finding;
        return new(
            f.Id, WireName<FindingRule>.Dashed(f.Rule), Says(f), f.By.Name ?? f.By.Id, f.Account, f.At, f.Visit,
            f.Unit.Length > 0 ? f.Unit : null, f.Count,
            entry.Judgement is { } j ? new(WireName<FindingVerdict>.Dashed(j.Verdict), j.By.Name ?? j.By.Id, j.At) : null);
    }

    private static Api.FindingRule Rule(FindingPrecision p)
    {
        var judged = p.HadReason + p.FollowedUp;
        return new(WireName<FindingRule>.Dashed(p.Rule), Name(p.Rule), p.Open, p.HadReason, p.FollowedUp, judged < Handful
            ? null
            : 100 * p.FollowedUp / judged);
    }

    private static string Name(FindingRule rule) => rule switch
    {
        FindingRule.Volume => "Many patients in one shift",
        FindingRule.SameSurname => "Same surname",
        FindingRule.OwnRecord => "Own record",
        FindingRule.Hidden => "Confidential patient",
        FindingRule.AfterCare => "Long after the visit ended",
        FindingRule.GlassUnused => "Glass broken only to look",
        FindingRule.Browsing => "Searches that open nobody",
        _ => WireName<FindingRule>.Dashed(rule),
    };

    private static string Says(Finding f) => f.Rule switch
    {
        FindingRule.Volume => $"Opened {f.Count} patients in one shift whom they have no part in; up to {f.Usual} are usual",
        FindingRule.SameSurname => "Opened a patient who bears their surname, and has no part in the visit",
        FindingRule.OwnRecord => "Opened what seems to be their own record: the patient bears their full name",
        FindingRule.Hidden => "Opened a confidential patient, and has no part in the visit",
        FindingRule.AfterCare => "Opened a visit long after it ended, and had no part in it",
        FindingRule.GlassUnused => "Broke the glass, and did nothing in the visit but look",
        FindingRule.Browsing => $"Searched {f.Count} times in a row, and opened nobody",
        _ => WireName<FindingRule>.Dashed(f.Rule),
    };
}

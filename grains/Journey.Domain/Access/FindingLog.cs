using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Access;

namespace Journey.Domain.Access;

/// <summary>What became of findings, as the privacy officer's list keeps it. Persisted by the names given here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(FindingListed), "findings.listed.v1")]
[JsonDerivedType(typeof(FindingJudged), "findings.judged.v1")]
[JsonDerivedType(typeof(FindingReopened), "findings.reopened.v1")]
[JsonDerivedType(typeof(LooksLost), "findings.looks-lost.v1")]
public abstract record FindingEvent
{
    public static readonly EventCodec<FindingEvent> Codec = new EventListCodec<FindingEvent>(AccessJsonContext.Default.EventListFindingEvent);

    private protected FindingEvent() { }
}

/// <summary>Found, grown or settled: as it stands since.</summary>
public sealed record FindingListed(Finding Finding) : FindingEvent;
public sealed record FindingJudged(Guid Finding, FindingVerdict Verdict, DateTimeOffset At) : FindingEvent;

/// <summary>The judgement was taken back.</summary>
public sealed record FindingReopened(Guid Finding) : FindingEvent;

/// <summary>So many accesses no rule has weighed.</summary>
public sealed record LooksLost(long Count, DateTimeOffset At) : FindingEvent;

/// <summary>Every finding that nobody has judged, and the latest that somebody has.</summary>
public sealed record FindingLog(ImmutableArray<FindingEntry> Entries, long Lost, DateTimeOffset? LostAt)
{
    /// <summary>How many judged ones are shown and reckoned with; the journal keeps all.</summary>
    public const int RememberedJudged = 200;

    /// <summary>How many open ones the list holds. Whoever has more to judge has a rule to correct first.</summary>
    public const int ShownOpen = 100;

    public static readonly FindingLog Empty = new([], 0, null);

    public FindingEntry? Find(Guid finding) => Entries.FirstOrDefault(entry => entry.Finding.Id == finding);

    /// <summary>What of this the log does not know yet. What was judged is done with: it does not come back for having grown.</summary>
    public IEnumerable<Finding> NewsOf(ImmutableArray<Finding> findings) => findings.Where(finding => Find(finding.Id) switch
    {
        null => !finding.IsSettled,
        { Judgement: null } known => known.Finding.Count < finding.Count || known.Finding.IsSettled != finding.IsSettled,
        _ => false,
    });

    /// <summary>Nobody judges what they looked at themselves.</summary>
    public Decision<FindingEvent> Decide(JudgeFinding command, DateTimeOffset now)
    {
        if (Find(command.Finding) is not { Finding: var finding, Judgement: var judged } || !Stands(finding, now))
            return new Refusal(RefusalCodes.FindingUnknown, "No such finding.");
        if (finding.By.Id == command.By.Id || finding.Account == command.Account)
            return new Refusal(RefusalCodes.FindingOwn, "Somebody else judges what you looked at.");
        if (judged?.Verdict == command.Verdict) return default;
        return command.Verdict is { } verdict ? new FindingJudged(command.Finding, verdict, now) : new FindingReopened(command.Finding);
    }

    public FindingLog Fold(Actor by, FindingEvent e) => e switch
    {
        FindingListed l => Find(l.Finding.Id) is null
            ? this with { Entries = Entries.Add(new(l.Finding)) }
            : Change(l.Finding.Id, entry => entry with { Finding = l.Finding }),
        FindingJudged j => Forget(Change(j.Finding, entry => entry with { Judgement = new(j.Verdict, by, j.At) })),
        FindingReopened r => Change(r.Finding, entry => entry with { Judgement = null }),
        LooksLost x => this with { Lost = Lost + x.Count, LostAt = x.At },
        _ => throw new InvalidOperationException($"No rule for the event {e.GetType().Name}."),
    };

    public FindingList List(DateTimeOffset now, long version)
    {
        var standing = Entries.Where(entry => Stands(entry.Finding, now)).OrderByDescending(entry => entry.Finding.At).ToArray();
        var open = standing.Where(entry => entry.Judgement is null).ToArray();
        return new(
            [.. open.Take(ShownOpen), .. standing.Where(entry => entry.Judgement is not null)],
            [.. Enum.GetValues<FindingRule>().Select(rule => Precision(rule, standing))], open.Length, Lost, LostAt, now, version);
    }

    /// <summary>When the next one comes to stand on the list; null when none is on its way.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var (finding, _) in Entries)
            if (!finding.IsSettled && finding.StandsFrom > now && (next is null || finding.StandsFrom < next)) next = finding.StandsFrom;
        return next;
    }

    private static bool Stands(Finding finding, DateTimeOffset now) => !finding.IsSettled && finding.StandsFrom <= now;

    private static FindingPrecision Precision(FindingRule rule, FindingEntry[] standing)
    {
        var of = standing.Where(entry => entry.Finding.Rule == rule).ToArray();
        return new(rule, of.Count(entry => entry.Judgement is null), of.Count(entry => entry.Judgement?.Verdict == FindingVerdict.HadReason),
            of.Count(entry => entry.Judgement?.Verdict == FindingVerdict.FollowUp));
    }

    private FindingLog Change(Guid finding, Func<FindingEntry, FindingEntry> change) =>
        this with { Entries = [.. Entries.Select(entry => entry.Finding.Id == finding ? change(entry) : entry)] };

    /// <summary>What was settled in time is of no use to anybody; of what was judged the oldest goes.</summary>
    private static FindingLog Forget(FindingLog log)
    {
        var settled = log.Entries.RemoveAll(entry => entry.Finding.IsSettled);
        var judged = settled.Where(entry => entry.Judgement is not null).OrderBy(entry => entry.Judgement!.At).ToArray();
        return log with { Entries = settled.RemoveRange(judged.Take(Math.Max(0, judged.Length - RememberedJudged))) };
    }
}

using System.Collections.Immutable;

namespace Journey.Contracts.Access;

/// <summary>Why somebody's looking is worth a question. The names are stored and configured: never renamed, never reused.</summary>
[GenerateSerializer, Alias("finding.rule.v1")]
public enum FindingRule
{
    /// <summary>Opened far more patients in a shift than is usual.</summary>
    Volume,
    SameSurname,
    OwnRecord,
    /// <summary>Opened a patient who is confidential, without a part in the visit.</summary>
    Hidden,
    /// <summary>Opened a visit long after it ended, without a part in it.</summary>
    AfterCare,
    /// <summary>Broke the glass, and did nothing but look.</summary>
    GlassUnused,
    /// <summary>Searched again and again, and opened nobody.</summary>
    Browsing,
}

[GenerateSerializer, Alias("finding.verdict.v1")]
public enum FindingVerdict
{
    /// <summary>There was a reason: a false alarm.</summary>
    HadReason,
    FollowUp,
}

/// <summary>Something a rule found in what one person looked at. Holds ids and no particulars of patients.</summary>
/// <param name="Id">Made of person, rule and what it is about: found again it is the same.</param>
/// <param name="By">Whose looking it is.</param>
/// <param name="Account">As the trail knows them.</param>
/// <param name="At">When it was found, or was last found to have grown.</param>
/// <param name="StandsFrom">From when on it stands on the list; until then what it is about may yet be settled.</param>
/// <param name="Visit">Null for what is about several.</param>
/// <param name="Unit">Where the visit stood; empty for what is about several.</param>
/// <param name="Count">How many patients were opened, or searches made; 1 for what is about one visit.</param>
/// <param name="Usual">From how many on it is more than usual; null where nothing is counted.</param>
[GenerateSerializer, Immutable, Alias("finding.v1")]
public sealed record Finding(
    [property: Id(0)] Guid Id, [property: Id(1)] FindingRule Rule, [property: Id(2)] Actor By, [property: Id(3)] string Account,
    [property: Id(4)] DateTimeOffset At, [property: Id(5)] DateTimeOffset StandsFrom,
    [property: Id(6)] Guid? Visit = null, [property: Id(7)] string Unit = "", [property: Id(8)] int Count = 1, [property: Id(9)] int? Usual = null)
{
    /// <summary>What it was about was settled before it stood on the list.</summary>
    [Id(10)] public bool IsSettled { get; init; }
}

[GenerateSerializer, Immutable, Alias("finding.judgement.v1")]
public sealed record FindingJudgement([property: Id(0)] FindingVerdict Verdict, [property: Id(1)] Actor By, [property: Id(2)] DateTimeOffset At);

/// <param name="Judgement">Null while nobody has judged it.</param>
[GenerateSerializer, Immutable, Alias("finding.entry.v1")]
public sealed record FindingEntry([property: Id(0)] Finding Finding, [property: Id(1)] FindingJudgement? Judgement = null);

/// <summary>How good a rule is, from what was judged of it lately.</summary>
[GenerateSerializer, Immutable, Alias("finding.precision.v1")]
public sealed record FindingPrecision([property: Id(0)] FindingRule Rule, [property: Id(1)] int Open, [property: Id(2)] int HadReason,
    [property: Id(3)] int FollowedUp);

/// <summary>The privacy officer's list: what nobody has judged first, newest first.</summary>
/// <param name="Open">How many nobody has judged, of which the list holds the newest.</param>
/// <param name="Lost">How many accesses no rule has weighed, because a gateway had more than it could tell. All are in the trail.</param>
/// <param name="LostAt">When that was last so; null when it never was.</param>
[GenerateSerializer, Immutable, Alias("finding.list.v1")]
public sealed record FindingList(
    [property: Id(0)] ImmutableArray<FindingEntry> Entries, [property: Id(1)] ImmutableArray<FindingPrecision> Rules, [property: Id(2)] int Open,
    [property: Id(3)] long Lost, [property: Id(4)] DateTimeOffset? LostAt,
    [property: Id(5)] DateTimeOffset AsOf, [property: Id(6)] long Version);

/// <summary>The privacy officer says what came of a finding. A later judgement takes the place of an earlier one.</summary>
/// <param name="Account">Who judges, as the trail knows them: nobody judges what is about themselves.</param>
/// <param name="Verdict">Null takes a judgement back.</param>
[GenerateSerializer, Immutable, Alias("finding.judge.v1")]
public sealed record JudgeFinding([property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] string Account,
    [property: Id(3)] Guid Finding, [property: Id(4)] FindingVerdict? Verdict);

/// <summary>A gateway process that watches the list.</summary>
[Alias("journey.finding-observer")]
public interface IFindingObserver : IGrainObserver
{
    [Alias("findings-changed")] Task FindingsChanged(FindingList list);
}

/// <summary>What the rules found, and what came of it. Key: <see cref="FindingKeys.All"/>.</summary>
[Alias("journey.findings"), Answers(Askers.Gateways)]
public interface IFindingsGrain : IGrainWithStringKey
{
    /// <summary>Takes what is news of these; what is known already changes nothing.</summary>
    [Alias("take"), Answers(Askers.House)] Task Take(CommandId id, ImmutableArray<Finding> findings);

    /// <summary>So many accesses were not told: a gateway had more than it could.</summary>
    [Alias("note-loss")] Task NoteLoss(CommandId id, long count);
    [Alias("judge")] Task<Outcome> Judge(JudgeFinding command);
    [Alias("read")] Task<FindingList> Read();

    /// <summary>Subscribes for <see cref="Boards.BoardKeys.Lease"/>; renew before it ends.</summary>
    [Alias("watch")] Task<FindingList> Watch(IFindingObserver observer);
}

public static class FindingKeys
{
    public const string All = "findings/all";

    public static Guid Id(FindingRule rule, string staff, string about) =>
        NameBasedGuid.Create(NameBasedGuid.Namespace, "finding", rule.ToString(), staff, about);
}

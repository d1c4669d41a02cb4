namespace Journey.Api;

/// <summary>What rules found in what people looked at, for the privacy officer: what nobody has judged first. Holds no patient but by id.</summary>
/// <param name="Entries">What nobody has judged first, newest first.</param>
/// <param name="Rules">How good each rule is.</param>
/// <param name="Open">How many nobody has judged; the list holds the newest of them.</param>
/// <param name="Lost">How many accesses no rule has weighed, because a gateway had more than it could tell. All are in the audit trail.</param>
/// <param name="LostAt">When that was last so; null when it never was.</param>
/// <param name="AsOf">The server's time when this was true.</param>
/// <param name="Version">Grows with every change of the list.</param>
public sealed record FindingList(
    IReadOnlyList<Finding> Entries, IReadOnlyList<FindingRule> Rules, int Open, long Lost, DateTimeOffset? LostAt, DateTimeOffset AsOf, long Version);

/// <summary>Something that a rule found in what one person looked at.</summary>
/// <param name="Id">Stable; found again it is the same.</param>
/// <param name="Rule">Such as <c>same-surname</c>.</param>
/// <param name="Says">Why it is worth a question, as a sentence without its end.</param>
/// <param name="By">Whose looking it is, as screens know them.</param>
/// <param name="Account">As the audit trail knows them.</param>
/// <param name="At">When it was found.</param>
/// <param name="VisitId">Null for what is about several.</param>
/// <param name="Unit">Where the visit stood; null where that is not known, or it is about several.</param>
/// <param name="Count">How many patients, or searches; 1 for what is about one visit.</param>
/// <param name="Judgement">Null while nobody has judged it.</param>
public sealed record Finding(
    Guid Id, string Rule, string Says, string By, string Account, DateTimeOffset At, Guid? VisitId, string? Unit, int Count,
    FindingJudgement? Judgement);

/// <summary>Whether there was a reason.</summary>
/// <param name="Verdict"><c>had-reason</c> or <c>follow-up</c>.</param>
/// <param name="By">Who judged it.</param>
/// <param name="At">When.</param>
public sealed record FindingJudgement(string Verdict, string By, DateTimeOffset At);

/// <summary>How good a rule is.</summary>
/// <param name="Key">One of <see cref="FindingRules"/>.</param>
/// <param name="Says">Its name.</param>
/// <param name="Open">How many of its findings nobody has judged.</param>
/// <param name="HadReason">How many, of those judged lately, had a reason: false alarms.</param>
/// <param name="FollowedUp">How many were to be followed up.</param>
/// <param name="Precision">Percent of those judged that were to be followed up, 0–100; null where too few were judged to say.</param>
public sealed record FindingRule(string Key, string Says, int Open, int HadReason, int FollowedUp, int? Precision);

/// <summary><c>POST /api/v1/findings/{finding}/judgement</c>.</summary>
/// <param name="Verdict">One of <see cref="FindingVerdicts"/>; <c>open</c> takes a judgement back. Required.</param>
public sealed record JudgeFindingRequest([OneOf(typeof(FindingVerdicts))] string? Verdict);

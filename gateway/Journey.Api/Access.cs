namespace Journey.Api;

/// <summary>Who is signed in.</summary>
/// <param name="SignIn">False where nobody can sign in: then everybody is staff at the desk.</param>
/// <param name="Roles">Such as <c>charge-nurse</c>.</param>
/// <param name="Units">Codes of their units; <c>*</c> is every one.</param>
/// <param name="IdleSeconds">Signed out after so long without doing anything.</param>
public sealed record Me(bool SignIn, string Id, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Units, int IdleSeconds);

/// <summary>One's own grant on a visit: opened by breaking the glass, until then.</summary>
public sealed record GlassGrant(Guid Id, string Reason, DateTimeOffset At, DateTimeOffset Until);

/// <summary>What may be given as a reason, and how long a grant lasts.</summary>
public sealed record GlassTerms(IReadOnlyList<GlassReason> Reasons, int Minutes);

public sealed record GlassReason(string Key, string Says);

/// <summary><c>POST /api/v1/visits/{id}/glass</c>.</summary>
/// <param name="Reason">A key of <see cref="GlassTerms"/>.</param>
/// <param name="Note">In one's own words; required.</param>
public sealed record GlassRequest(string? Reason, string? Note = null);

/// <summary><c>POST /api/v1/glass/{grant}/review</c>. <paramref name="Verdict"/>: <c>justified</c>, <c>not-justified</c>, <c>follow-up</c>.</summary>
public sealed record GlassReviewRequest(string? Verdict, string? Remark = null);

/// <summary>Who broke the glass, for the privacy officer: those not reviewed first. Holds no patient.</summary>
public sealed record GlassList(IReadOnlyList<GlassEntry> Entries, DateTimeOffset AsOf, long Version)
{
    /// <summary>Who broke it more often within an hour than is usual, as long as something of it is not reviewed.</summary>
    public IReadOnlyList<GlassVolume> Volumes { get; init; } = [];
}

/// <summary>Somebody broke the glass often.</summary>
/// <param name="From">The first time of them; all were within an hour.</param>
/// <param name="IsLimit">As often as anybody may: further ones were refused.</param>
public sealed record GlassVolume(string By, int Count, DateTimeOffset From, DateTimeOffset To, bool IsLimit);

/// <param name="State"><c>asked</c>, <c>opened</c> or <c>refused</c>.</param>
/// <param name="Unit">Where the visit stood; empty while not known.</param>
public sealed record GlassEntry(
    Guid Grant, Guid VisitId, string State, string By, string Reason, string? Note, DateTimeOffset At, string Unit, bool Confidential, DateTimeOffset? Until, GlassReview? Review);

public sealed record GlassReview(string Verdict, string By, DateTimeOffset At, string? Remark);

/// <summary>Somebody, or a wall's screen, is signed in.</summary>
/// <param name="Who">The account.</param>
/// <param name="Until">It ends then, whatever is done. Whoever does nothing is logged off before, which is not known here.</param>
/// <param name="Address">Where from.</param>
public sealed record OpenSession(
    string Id, string Who, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Units, DateTimeOffset Since, DateTimeOffset Until, string? Address);

/// <summary><c>POST /api/v1/sessions/{session}/end</c>.</summary>
public sealed record EndSessionRequest(string? Reason);

/// <summary>What a screen shows that wants to become a wall.</summary>
public sealed record WallCode(string Code, DateTimeOffset Until);

/// <param name="State"><c>waiting</c>, <c>admitted</c> or <c>unknown</c>: then another code is asked for.</param>
/// <param name="Unit">Whose wall it is, once admitted.</param>
public sealed record WallState(string State, string? Unit);

/// <summary><c>POST /api/v1/walls</c>.</summary>
/// <param name="Code">As the screen shows it; case, spaces and dashes do not count.</param>
/// <param name="Name">Where it hangs, for the list.</param>
public sealed record WallRequest(string? Code, string? Name, string? Unit);

namespace Journey.Api;

/// <summary>Who is signed in.</summary>
/// <param name="SignIn">False where nobody can sign in: then everybody is staff at the desk.</param>
/// <param name="Id">Stable id of the account, as the audit trail writes it.</param>
/// <param name="Name">As screens show it.</param>
/// <param name="Roles">Such as <c>charge-nurse</c>.</param>
/// <param name="Units">Codes of their units; <c>*</c> is every one.</param>
/// <param name="IdleSeconds">Signed out after so long without doing anything.</param>
public sealed record Me(bool SignIn, string Id, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Units, int IdleSeconds);

/// <summary>One's own grant on a visit: opened by breaking the glass, until then.</summary>
/// <param name="Id">Names the grant for its review.</param>
/// <param name="Reason">A key of <see cref="GlassTerms"/>.</param>
/// <param name="At">When the glass was broken.</param>
/// <param name="Until">The visit is open to them until then.</param>
public sealed record GlassGrant(Guid Id, string Reason, DateTimeOffset At, DateTimeOffset Until);

/// <summary>What may be given as a reason, and how long a grant lasts.</summary>
/// <param name="Reasons">What may be chosen.</param>
/// <param name="Minutes">How long a grant lasts, in minutes.</param>
public sealed record GlassTerms(IReadOnlyList<GlassReason> Reasons, int Minutes);

/// <summary>One reason for which the glass may be broken.</summary>
/// <param name="Key">Sent as <see cref="GlassRequest.Reason"/>, such as <c>emergency</c>.</param>
/// <param name="Says">What a person reads.</param>
public sealed record GlassReason(string Key, string Says);

/// <summary><c>POST /api/v1/visits/{id}/glass</c>.</summary>
/// <param name="Reason">A key of <see cref="GlassTerms"/>.</param>
/// <param name="Note">In one's own words; required.</param>
public sealed record GlassRequest([TextLimit(Limits.GlassReason)] string? Reason, [TextLimit(Limits.Note)] string? Note = null);

/// <summary><c>POST /api/v1/glass/{grant}/review</c>.</summary>
/// <param name="Verdict">One of <see cref="GlassVerdicts"/>; required.</param>
/// <param name="Remark">At most 300 characters; null when there is none.</param>
public sealed record GlassReviewRequest([OneOf(typeof(GlassVerdicts))] string? Verdict, [TextLimit(Limits.Note)] string? Remark = null);

/// <summary>Who broke the glass, for the privacy officer: those not reviewed first. Holds no patient.</summary>
/// <param name="Entries">Those not reviewed first.</param>
/// <param name="AsOf">The server's time when this was true.</param>
/// <param name="Version">Grows with every change of the list.</param>
public sealed record GlassList(IReadOnlyList<GlassEntry> Entries, DateTimeOffset AsOf, long Version)
{
    /// <summary>Who broke it more often within an hour than is usual, as long as something of it is not reviewed.</summary>
    public IReadOnlyList<GlassVolume> Volumes { get; init; } = [];
}

/// <summary>Somebody broke the glass often.</summary>
/// <param name="By">Who, as screens know them.</param>
/// <param name="Count">How often within the hour.</param>
/// <param name="From">The first time of them; all were within an hour.</param>
/// <param name="To">The last time of them.</param>
/// <param name="IsLimit">As often as anybody may: further ones were refused.</param>
public sealed record GlassVolume(string By, int Count, DateTimeOffset From, DateTimeOffset To, bool IsLimit);

/// <summary>One breaking of the glass, for the privacy officer.</summary>
/// <param name="Grant">Names it for its review.</param>
/// <param name="VisitId">The visit. Reading it is recorded as reading any other is.</param>
/// <param name="State"><c>asked</c>, <c>opened</c> or <c>refused</c>.</param>
/// <param name="By">Who broke it, as screens know them.</param>
/// <param name="Reason">A key of <see cref="GlassTerms"/>.</param>
/// <param name="Note">In their own words.</param>
/// <param name="At">When.</param>
/// <param name="Unit">Where the visit stood; empty while not known.</param>
/// <param name="Confidential">Whether the patient was confidential.</param>
/// <param name="Until">Until when the visit was open to them; null when it was not opened.</param>
/// <param name="Review">What the privacy officer found; null while nobody has looked.</param>
public sealed record GlassEntry(
    Guid Grant, Guid VisitId, string State, string By, string Reason, string? Note, DateTimeOffset At, string Unit, bool Confidential,
    DateTimeOffset? Until, GlassReview? Review);

/// <summary>What the privacy officer found of a breaking of the glass.</summary>
/// <param name="Verdict">One of <see cref="GlassVerdicts"/>.</param>
/// <param name="By">Who reviewed it.</param>
/// <param name="At">When.</param>
/// <param name="Remark">In their own words; null when there is none.</param>
public sealed record GlassReview(string Verdict, string By, DateTimeOffset At, string? Remark);

/// <summary>Somebody, or a wall's screen, is signed in.</summary>
/// <param name="Id">Names the session when it is ended.</param>
/// <param name="Who">The account.</param>
/// <param name="Name">As screens know them; of a wall, where it hangs.</param>
/// <param name="Roles">As <see cref="Me.Roles"/>.</param>
/// <param name="Units">As <see cref="Me.Units"/>.</param>
/// <param name="Since">When they signed in.</param>
/// <param name="Until">It ends then, whatever is done. Whoever does nothing is logged off before, which is not known here.</param>
/// <param name="Address">Where from.</param>
public sealed record OpenSession(
    string Id, string Who, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Units, DateTimeOffset Since, DateTimeOffset Until,
    string? Address);

/// <summary><c>POST /api/v1/sessions/{session}/end</c>.</summary>
/// <param name="Reason">For the audit trail, at most 200 characters; required.</param>
public sealed record EndSessionRequest([TextLimit(Limits.Line)] string? Reason);

/// <summary>What a screen shows that wants to become a wall.</summary>
/// <param name="Code">What a person types in to admit the screen. Case, spaces and dashes do not count.</param>
/// <param name="Until">The code is good until then.</param>
public sealed record WallCode(string Code, DateTimeOffset Until);

/// <summary>Whether a screen was admitted.</summary>
/// <param name="State"><c>waiting</c>, <c>admitted</c> or <c>unknown</c>: then another code is asked for.</param>
/// <param name="Unit">Whose wall it is, once admitted.</param>
public sealed record WallState(string State, string? Unit);

/// <summary><c>POST /api/v1/walls</c>.</summary>
/// <param name="Code">As the screen shows it; case, spaces and dashes do not count.</param>
/// <param name="Name">Where it hangs, for the list.</param>
/// <param name="Unit">Code of the unit whose wall it becomes; required.</param>
public sealed record WallRequest(
    [TextLimit(Limits.WallCode)] string? Code, [TextLimit(Limits.WallName)] string? Name, [TextLimit(Limits.Unit)] string? Unit);

using Journey.Contracts;
using Journey.Contracts.Access;

namespace Journey.Domain.Facts;

/// <param name="Grant">The command's id.</param>
/// <param name="Holder">Whose grant it is.</param>
/// <param name="Until">It opens the visit until then.</param>
public sealed record GlassBroken(Guid Grant, string Holder, string Reason, [property: Sensitive] string? Note, DateTimeOffset Until) : VisitEvent;

public sealed record GlassReviewed(Guid Grant, GlassVerdict Verdict, [property: Sensitive] string? Remark) : VisitEvent;

using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Domain.Policies;

namespace Journey.Domain.Visits;

/// <param name="Grant">The command's id.</param>
/// <param name="Holder">Whose grant it is.</param>
/// <param name="Until">It opens the visit until then.</param>
public sealed record GlassBroken(Guid Grant, string Holder, string Reason, [property: Sensitive] string? Note, DateTimeOffset Until) : VisitEvent;

public sealed record GlassReviewed(Guid Grant, GlassVerdict Verdict, [property: Sensitive] string? Remark) : VisitEvent;

/// <summary>Decides grants. Whether a role may ask for one at all is the policy table's to say; a visit that has ended may be opened too.</summary>
internal static class GlassDecider
{
    public static Decision Break(BreakGlass command, Policy policy, DateTimeOffset now) => policy.Glass.Reasons.Any(r => r.Key == command.Reason)
        ? Decision.Accept(new GlassBroken(command.Id.Value, command.Holder, command.Reason, command.Note, now + policy.Glass.Lasts))
        : Decision.Refuse(RefusalCodes.GlassReasonUnknown, $"The reason is one of {string.Join(", ", policy.Glass.Reasons.Select(r => r.Key))}.");

    /// <summary>Nobody judges what they did themselves.</summary>
    public static Decision Review(Visit visit, ReviewGlass command) => visit.Glass.FirstOrDefault(g => g.Id == command.Grant) switch
    {
        null => Decision.Refuse(RefusalCodes.GlassUnknown, "No such grant on this visit."),
        { By.Id: var by } when by == command.By.Id => Decision.Refuse(RefusalCodes.GlassOwn, "Somebody else reviews what you did."),
        _ => Decision.Accept(new GlassReviewed(command.Grant, command.Verdict, command.Remark)),
    };
}

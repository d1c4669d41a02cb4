using System.Collections.Immutable;

namespace Journey.Domain.Policies;

/// <summary><c>glass</c>: opening a visit in need that one has no part in.</summary>
public sealed record GlassPolicy
{
    /// <summary><c>lasts</c>: how long a grant opens the visit, at most a day.</summary>
    public TimeSpan Lasts { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>
    /// <c>after</c>: how long a visit that has ended stays open to those it was open to, a day to ten years; whoever needs it later breaks the glass.
    /// What somebody still owes keeps it open.
    /// </summary>
    public TimeSpan After { get; init; } = Contracts.Visits.VisitAccess.KeptOpen;

    /// <summary><c>limit</c>: how often one person may within an hour, 1–1000.</summary>
    public int Limit { get; init; } = 10;

    /// <summary>
    /// <c>alert</c>: from how often within an hour on the privacy officer is told of one person, 1–1000, not more than <see cref="Limit"/>.
    /// </summary>
    public int Alert { get; init; } = 4;

    /// <summary><c>reasons</c>: what may be given as the reason; the privacy officer reads it.</summary>
    public ImmutableArray<Contracts.Access.GlassReason> Reasons { get; init; } =
        [new("emergency", "Emergency: the patient needs me now"), new("covering", "I cover for somebody of the care team"),
            new("consult", "I was asked for advice"), new("safety", "Somebody's safety is at stake")];
}

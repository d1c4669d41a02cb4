using System.Collections.Immutable;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Policies;

namespace Journey.Domain.Patients;

/// <summary>
/// How the visits of one person stand to each other. Follows from their list alone, so that a message that comes late, is taken back, or merges two
/// persons sets it right by itself: nobody is in two places.
/// </summary>
public static class Relations
{
    /// <summary>By how much an emergency visit may seem to begin after the admission that continues it: two servers, two clocks.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>The links that hold; none of them ends.</summary>
    public static ImmutableArray<LinkChange> Of(ImmutableArray<VisitEntry> visits, Policy policy)
    {
        var links = ImmutableArray.CreateBuilder<LinkChange>();
        var continued = new HashSet<Contracts.VisitId>();
        foreach (var admission in visits.Where(v => v.IsInpatient && v.Class != PatientClass.Emergency && v.State is VisitEntryState.Open or VisitEntryState.Closed).OrderBy(v => v.OpenedAt))
        {
            var before = visits.LastOrDefault(v => v.Visit != admission.Visit && !continued.Contains(v.Visit) && IsContinuedBy(v, admission, policy));
            if (before is null) continue;
            continued.Add(before.Visit);
            links.Add(Link(before, admission, LinkKind.AdmittedTo, admission.OpenedAt));
        }

        var here = visits.Where(v => v.State == VisitEntryState.Open && v.Class != PatientClass.Unknown && !continued.Contains(v.Visit)).ToArray();
        if (here.Length == 0) return links.ToImmutable();
        var holder = here.OrderByDescending(Rank).ThenByDescending(PlacedAt).ThenByDescending(v => v.OpenedAt).First();
        foreach (var other in here)
        {
            if (other.Visit != holder.Visit && !MayGoOnBeside(other, holder)) links.Add(Link(other, holder, LinkKind.ElsewhereAs, PlacedAt(holder)));
            // Who came again and left again did not stay behind under the visit before, even when nobody said that it had ended.
            else if (visits.LastOrDefault(v => v.State == VisitEntryState.Closed && IsStay(v) && !continued.Contains(v.Visit) && PlacedAt(v) > PlacedAt(other)) is { } since) links.Add(Link(other, since, LinkKind.ElsewhereAs, PlacedAt(since)));
        }

        return links.ToImmutable();
    }

    private static LinkChange Link(VisitEntry from, VisitEntry to, LinkKind kind, DateTimeOffset at) =>
        new(from.Visit, to.Visit, kind, at, false) { Number = to.Number ?? to.Account, Unit = to.Location?.Unit };

    /// <summary>What begins and what ends between two sets of links.</summary>
    public static ImmutableArray<LinkChange> Difference(ImmutableArray<LinkChange> before, ImmutableArray<LinkChange> after) =>
    [
        .. before.Where(b => !after.Any(a => IsSame(a, b))).Select(b => b with { Ends = true }),
        .. after.Where(a => !before.Any(b => IsSame(a, b))),
    ];

    public static bool IsSame(LinkChange a, LinkChange b) => a.From == b.From && a.To == b.To && a.Kind == b.Kind;

    private static bool IsContinuedBy(VisitEntry emergency, VisitEntry admission, Policy policy)
    {
        if (emergency.Class != PatientClass.Emergency || emergency.State is not (VisitEntryState.Open or VisitEntryState.Closed)) return false;
        if (emergency.State == VisitEntryState.Closed && !(emergency.ClosedAt > admission.OpenedAt)) return false;
        if (emergency.OpenedAt > admission.OpenedAt + Skew) return false;
        if (emergency.Location?.Facility is { } one && admission.Location?.Facility is { } other && !string.Equals(one, other, StringComparison.OrdinalIgnoreCase)) return false;
        var isPlanned = emergency.Planned is { } planned && admission.Location is { } bed && planned.Unit == bed.Unit && planned.Room == bed.Room && planned.Bed == bed.Bed;
        return isPlanned || admission.OpenedAt - emergency.OpenedAt <= policy.LinkWithin;
    }

    /// <summary>A bed is the person's until they leave it, whatever they are registered for meanwhile.</summary>
    private static int Rank(VisitEntry visit) => visit.Location is { Bed.Length: > 0 } || IsStay(visit) ? 1 : 0;

    private static bool IsStay(VisitEntry visit) => visit.Class is PatientClass.Emergency or PatientClass.Inpatient or PatientClass.Observation or PatientClass.Obstetrics;

    /// <summary>Treatment that recurs goes on beside a stay; it shows nobody in two beds, for it has none.</summary>
    private static bool MayGoOnBeside(VisitEntry visit, VisitEntry holder) => visit.Class == PatientClass.Recurring && visit.Location is null && Rank(holder) > 0;

    private static DateTimeOffset PlacedAt(VisitEntry visit) => visit.PlacedAt ?? visit.OpenedAt;
}

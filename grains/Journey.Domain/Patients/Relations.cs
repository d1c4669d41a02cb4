using System.Collections.Immutable;
using Journey.Contracts;
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

    /// <summary>
    /// How long before the admission the emergency visit may have been closed: registration ends the one before it enters the other.
    /// </summary>
    private static readonly TimeSpan Handover = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Two visits of one number that went on at the same time, which are one; null when there are none. A number that is used again after the end
    /// names another visit.
    /// </summary>
    public static (VisitEntry Older, VisitEntry Younger)? Twice(ImmutableArray<VisitEntry> visits)
    {
        for (var i = 0; i < visits.Length; i++)
            for (var j = i + 1; j < visits.Length; j++)
                if (visits[i].Number is { } number && number == visits[j].Number && !AreApart(visits[i].NumberOf, visits[j].NumberOf)
                    && visits[i].State != VisitEntryState.Revoked && visits[j].State != VisitEntryState.Revoked
                    && !(visits[i].ClosedAt <= visits[j].OpenedAt))
                    return (visits[i], visits[j]);
        return null;
    }

    /// <summary>
    /// Whether the same number is another one, because others gave it: some part of the authority is said by both, and differs. A number without one
    /// may be anybody's.
    /// </summary>
    public static bool AreApart(string? authority, string? other) =>
        authority is not null && other is not null && authority != other
        && authority.Split('&').Zip(other.Split('&')).Any(part => part is { First.Length: > 0, Second.Length: > 0 } && part.First != part.Second);

    /// <summary>One entry of what two said of the same visit.</summary>
    public static VisitEntry Both(VisitEntry older, VisitEntry younger)
    {
        var placed = younger.PlacedAt >= older.PlacedAt || older.PlacedAt is null ? younger : older;
        var classed = younger.Class != PatientClass.Unknown && !(older.ClassSaidAt > younger.ClassSaidAt) ? younger : older;
        var ended = older.ClosedAt is null ? younger : older;
        var isOver = ended is { State: VisitEntryState.Closed, ClosedAt: { } at } && !(placed.PlacedAt > at);
        return older with
        {
            EmergencyUnit = older.EmergencyUnit ?? younger.EmergencyUnit,
            Left = older.Left ?? younger.Left,
            State = isOver ? VisitEntryState.Closed : older.State == VisitEntryState.Expected && younger.State == VisitEntryState.Expected
                ? VisitEntryState.Expected
                : VisitEntryState.Open,
            ClosedAt = isOver ? ended.ClosedAt : null,
            ClosedSaidAt = isOver ? ended.ClosedSaidAt : null,
            DepartedAs = isOver
                ? ended.DepartedAs
                : DepartureKind.Unknown,
            OpenedAt = older.State == VisitEntryState.Expected ? younger.OpenedAt : older.OpenedAt,
            Account = older.Account ?? younger.Account,
            Class = classed.Class,
            ClassSaidAt = classed.ClassSaidAt,
            Location = placed.Location,
            PlacedAt = placed.PlacedAt,
            Planned = older.Planned ?? younger.Planned,
            IsInpatient = older.IsInpatient || younger.IsInpatient,
            IsAdmitted = older.IsAdmitted || younger.IsAdmitted,
        };
    }

    /// <summary>The links that hold; none of them ends.</summary>
    public static ImmutableArray<LinkChange> Find(ImmutableArray<VisitEntry> visits, Policy policy)
    {
        // Nearly everybody has one.
        if (visits.Length < 2) return [];
        var links = ImmutableArray.CreateBuilder<LinkChange>();
        var continued = new HashSet<Contracts.VisitId>();
        foreach (var admission in visits.Where(v => v.IsInpatient && !IsInEmergency(v, policy)
            && v.State is VisitEntryState.Open or VisitEntryState.Closed).OrderBy(v => v.OpenedAt))
        {
            var before = visits.LastOrDefault(v => v.Visit != admission.Visit && !continued.Contains(v.Visit) && IsContinuedBy(v, admission, policy));
            if (before is null) continue;
            continued.Add(before.Visit);
            links.Add(Link(before, admission, LinkKind.AdmittedTo, admission.OpenedAt));
        }

        foreach (var plan in visits.Where(v => v.PlannedAt is not null))
            if (visits.LastOrDefault(v => IsPlanOf(v, plan, policy)) is { } admitted)
                links.Add(Link(plan, admitted, LinkKind.FulfilledBy, admitted.PlacedAt!.Value));
            else if (visits.LastOrDefault(v => IsPlannedFor(v, plan, links, policy)) is { } boarder)
                links.Add(Link(boarder, plan, LinkKind.PlannedTo, plan.PlannedAt!.Value < boarder.OpenedAt
                    ? boarder.OpenedAt
                    : plan.PlannedAt.Value));

        var here = visits.Where(v => v is { State: VisitEntryState.Open, Left: null } && !PatientDecider.IsIncomplete(v)
            && !continued.Contains(v.Visit)).ToArray();
        if (here.Length == 0) return links.ToImmutable();
        var holder = here.OrderByDescending(Rank).ThenByDescending(PlacedAt).ThenByDescending(v => v.OpenedAt).First();
        foreach (var other in here)
        {
            if (other.Visit != holder.Visit && !MayGoOnBeside(other, holder)) links.Add(Link(other, holder, LinkKind.ElsewhereAs, PlacedAt(holder)));
            // Who came again and left again did not stay behind under the visit before, even when nobody said that it had ended.
            else if (visits.LastOrDefault(v => v is { State: VisitEntryState.Closed, PlacedAt: not null } && IsStay(v) && !continued.Contains(v.Visit)
                && PlacedAt(v) > PlacedAt(other)) is { } since) links.Add(Link(other, since, LinkKind.ElsewhereAs, PlacedAt(since)));
        }

        return links.ToImmutable();
    }

    /// <summary>
    /// An admission under a number of its own is planned for whoever is in the emergency department, as it was when it began there.
    /// </summary>
    private static bool IsPlannedFor(VisitEntry emergency, VisitEntry plan, IEnumerable<LinkChange> links, Policy policy) =>
        IsInEmergency(emergency, policy) && emergency.Visit != plan.Visit && IsOneFacility(emergency, plan.Planned ?? plan.Location)
        && (plan.State == VisitEntryState.Expected && emergency is { State: VisitEntryState.Open, Left: null }
            || links.Any(l => l.From == emergency.Visit && l.To == plan.Visit))
        && plan.PlannedAt >= emergency.OpenedAt - Skew && plan.PlannedAt - emergency.OpenedAt <= policy.LinkWithin;

    /// <summary>The admission that was planned under a number of its own took place under that of a visit which went on.</summary>
    private static bool IsPlanOf(VisitEntry visit, VisitEntry plan, Policy policy) =>
        plan.State == VisitEntryState.Expected && visit.Visit != plan.Visit && visit.State is VisitEntryState.Open or VisitEntryState.Closed
        && visit.PlacedAt > plan.PlannedAt
        && visit.OpenedAt <= plan.PlannedAt + Skew && visit.Location is { } place
        && (place.Unit == plan.Planned?.Unit || (visit.IsInpatient || visit.IsAdmitted) && !IsInEmergency(visit, policy));

    /// <summary>An emergency visit, or one of which another class is said while the patient lies there.</summary>
    private static bool IsInEmergency(VisitEntry visit, Policy policy) =>
        visit.Class == PatientClass.Emergency || visit.EmergencyUnit is { } unit
        && (visit.Location is not { } place || place.Unit == unit || policy.Place(place).Department == Department.Emergency);

    private static bool IsOneFacility(VisitEntry visit, Contracts.Location? other) =>
        visit.Location?.Facility is not { } one || other?.Facility is not { } facility
        || string.Equals(one, facility, StringComparison.OrdinalIgnoreCase);

    private static LinkChange Link(VisitEntry from, VisitEntry to, LinkKind kind, DateTimeOffset at) =>
        new(from.Visit, to.Visit, kind, at, false) { Number = to.Number ?? to.Account, Unit = (to.Location ?? to.Planned)?.Unit };

    /// <summary>What begins and what ends between two sets of links.</summary>
    public static ImmutableArray<LinkChange> Difference(ImmutableArray<LinkChange> before, ImmutableArray<LinkChange> after) => [
        .. before.Where(b => !after.Any(a => IsSame(a, b))).Select(b => b with { Ends = true }),
        // The same link from another time on is told anew.
        .. after.Where(a => !before.Any(b => IsSame(a, b) && (a.At == b.At || a.Kind == LinkKind.ElsewhereAs))),
    ];

    public static bool IsSame(LinkChange a, LinkChange b) => a.From == b.From && a.To == b.To && a.Kind == b.Kind;

    private static bool IsContinuedBy(VisitEntry emergency, VisitEntry admission, Policy policy)
    {
        if (!IsInEmergency(emergency, policy) || emergency.State is not (VisitEntryState.Open or VisitEntryState.Closed)) return false;
        if (emergency.OpenedAt > admission.OpenedAt + Skew) return false;
        if (!IsOneFacility(emergency, admission.Location)) return false;
        var isPlanned = emergency.Planned is { } planned && admission.Location is { } bed && planned with { Facility = bed.Facility } == bed;
        var left = emergency.Left
            ?? (emergency is { State: VisitEntryState.Closed, ClosedAt: { } closed } ? new Leaving(closed, emergency.DepartedAs) : null);
        if (left is not null && !(left.At > admission.OpenedAt) && !IsHandover(left, admission, isPlanned, policy)) return false;
        return isPlanned || admission.OpenedAt - emergency.OpenedAt <= policy.LinkWithin;
    }

    /// <summary>
    /// Closed first, and admitted then: one journey when the end was said to be an admission, the bed was planned, or nothing else was said and it
    /// was just before.
    /// </summary>
    private static bool IsHandover(Leaving left, VisitEntry admission, bool isPlanned, Policy policy)
    {
        var between = admission.OpenedAt - left.At;
        return left.How switch
        {
            DepartureKind.Admitted => between <= policy.LinkWithin,
            DepartureKind.Unknown or DepartureKind.Other or DepartureKind.Transferred => between <= (isPlanned ? policy.LinkWithin : Handover),
            _ => false,
        };
    }

    /// <summary>A bed is the person's until they leave it, whatever they are registered for meanwhile.</summary>
    private static int Rank(VisitEntry visit) => visit.Location is { Bed.Length: > 0 } || IsStay(visit) ? 1 : 0;

    private static bool IsStay(VisitEntry visit) =>
        visit.Class is PatientClass.Emergency or PatientClass.Inpatient or PatientClass.Observation or PatientClass.Obstetrics;

    /// <summary>Treatment that recurs goes on beside a stay; it shows nobody in two beds, for it has none.</summary>
    private static bool MayGoOnBeside(VisitEntry visit, VisitEntry holder) =>
        visit.Class == PatientClass.Recurring && visit.Location is null && Rank(holder) > 0;

    private static DateTimeOffset PlacedAt(VisitEntry visit) => visit.PlacedAt ?? visit.OpenedAt;
}

using Journey.Contracts.Access;

namespace Journey.Contracts.Visits;

/// <summary>
/// Who is admitted to a visit: the one rule, by which the visit itself decides and by which a search leaves out what its answer must not tell of.
/// </summary>
public static class VisitAccess
{
    public static readonly Refusal GlassRequired =
        new(RefusalCodes.GlassRequired, "You have no part in this visit. In need, break the glass: it asks for a reason and is reviewed.");

    public static readonly Refusal NotByGlass =
        new(RefusalCodes.AccessDenied,
            "Breaking the glass opens a visit for a while. Whoever is responsible for it gives it to somebody, hands it over and sets its locks; "
                + "questions, promises and requests are owned by somebody of its care team: name one.");

    /// <summary>The same as for a visit that is not there.</summary>
    public static readonly Refusal Unknown = new(RefusalCodes.VisitUnknown, "No such visit is known.");

    /// <summary>Told to staff alone: to a family it is a visit that is not there.</summary>
    public static readonly Refusal Erased = new(RefusalCodes.VisitErased, "What was known of this visit was erased.");

    /// <summary>
    /// For how long a visit that has ended stays open to those it was open to, unless the policy says otherwise (<c>glass.after</c>): questions come
    /// after the day, and a month later nobody asks.
    /// </summary>
    public static readonly TimeSpan KeptOpen = TimeSpan.FromDays(30);

    /// <summary>Why the caller is not admitted to the visit as it stands; null when they are.</summary>
    public static Refusal? Obstacle(Caller caller, VisitRow visit, DateTimeOffset now)
    {
        if (GroundOf(caller, visit, now) is not null) return null;
        var scope = caller.Scope;
        if (scope == Scope.None) return Caller.Denied;
        // The unit's others see a bed that is taken, so that there is somebody is no secret to them; to all else it is.
        if (IsHidden(caller, visit)) return scope.HasFlag(Scope.Assigned) && caller.Covers(visit.Unit) && IsSeenInBed(visit)
            ? GlassRequired
            : Unknown;
        return scope.HasFlag(Scope.Assigned) ? GlassRequired : Caller.Denied;
    }

    /// <summary>On what ground the caller is admitted to the visit as it stands, the nearest one; null when they are not.</summary>
    public static Ground? GroundOf(Caller caller, VisitRow visit, DateTimeOffset now)
    {
        var (scope, hidden) = (caller.Scope, IsHidden(caller, visit));
        if (scope.HasFlag(Scope.Link)) return Ground.Link;
        var isOver = IsOver(caller, visit, now);
        if (!isOver && scope.HasFlag(Scope.Assigned) && HasPart(caller, visit)) return Ground.Assigned;
        // Whoever is in charge of the unit is responsible for those who are hidden, too.
        if (!isOver && scope.HasFlag(Scope.Units)
            && (hidden ? caller.Covers(visit.Unit) && caller.Roles.Contains(Role.ChargeNurse) : caller.Covers(visit.Unit)
                || caller.Covers(visit.Plan?.To?.Unit))) return Ground.Unit;
        if (!isOver && scope.HasFlag(Scope.House) && !hidden) return Ground.House;
        return scope.HasFlag(Scope.Assigned) && Grant(caller, visit, now) is not null ? Ground.Glass : null;
    }

    /// <summary>The caller's own grant that is in force; null when none is.</summary>
    public static GlassGrant? Grant(Caller caller, VisitRow visit, DateTimeOffset now)
    {
        if (visit.Glass.IsDefaultOrEmpty) return null;
        foreach (var grant in visit.Glass)
            if (grant.Holder == caller.Id && grant.Until > now) return grant;
        return null;
    }

    /// <summary>Whether a board shows somebody in a bed, whoever it is.</summary>
    public static bool IsSeenInBed(VisitRow visit) => visit is { Status: VisitStatus.Present or VisitStatus.OnLeave, Location.Bed.Length: > 0 };

    /// <summary>Care has ended long ago, and nobody owes anything any more. A card of an earlier version does not say when it closes.</summary>
    private static bool IsOver(Caller caller, VisitRow visit, DateTimeOffset now) =>
        visit.DepartedAt is { } left && (visit.ClosesAt ?? left + KeptOpen) <= now && visit.Owed.IsDefaultOrEmpty
        && !caller.Scope.HasFlag(Scope.Confidential);

    private static bool IsHidden(Caller caller, VisitRow visit) => visit.Patient.Confidential && !caller.Scope.HasFlag(Scope.Confidential);

    private static bool HasPart(Caller caller, VisitRow visit)
    {
        if (caller.Is(visit.Nurse) || caller.Is(visit.Provider) || caller.Is(visit.PointOfContact) || caller.Is(visit.Handoff?.To)) return true;
        if (visit.Owed.IsDefaultOrEmpty) return false;
        foreach (var owed in visit.Owed)
            if (caller.Is(owed.Owner)) return true;
        return false;
    }
}

using Journey.Contracts.Visits;

namespace Journey.Contracts.Access;

/// <summary>
/// Who is admitted to a visit: the one rule, by which the visit itself decides and by which a search leaves out what its answer must not tell of.
/// </summary>
public static class VisitAccess
{
    public static readonly Refusal Denied = new(RefusalCodes.AccessDenied, "Your role does not allow this.");
    public static readonly Refusal GlassRequired = new(RefusalCodes.GlassRequired, "You have no part in this visit. In need, break the glass: it asks for a reason and is reviewed.");

    /// <summary>The same as for a visit that is not there.</summary>
    public static readonly Refusal Unknown = new(RefusalCodes.VisitUnknown, "No such visit is known.");

    /// <summary>Why the caller is not admitted to the visit as it stands; null when they are.</summary>
    public static Refusal? Obstacle(Caller caller, VisitRow visit, DateTimeOffset now)
    {
        var scope = caller.Scope;
        if (scope == Scope.None) return Denied;
        if (scope.HasFlag(Scope.Link)) return null;
        if (scope.HasFlag(Scope.Assigned) && (HasPart(caller, visit) || Grant(caller, visit, now) is not null)) return null;
        var onUnit = caller.Covers(visit.Unit) || caller.Covers(visit.Plan?.To?.Unit);
        if (visit.Patient.Confidential && !scope.HasFlag(Scope.Confidential))
        {
            // Responsible for the unit. The unit's others see a bed that is taken, so that there is somebody is no secret to them; to all else it is.
            if (scope.HasFlag(Scope.Units) && caller.Covers(visit.Unit) && caller.Roles.Contains(Role.ChargeNurse)) return null;
            return scope.HasFlag(Scope.Assigned) && caller.Covers(visit.Unit) && IsSeenInBed(visit) ? GlassRequired : Unknown;
        }

        if (scope.HasFlag(Scope.House) || (scope.HasFlag(Scope.Units) && onUnit)) return null;
        return scope.HasFlag(Scope.Assigned) ? GlassRequired : Denied;
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

    private static bool HasPart(Caller caller, VisitRow visit)
    {
        if (caller.Is(visit.Nurse) || caller.Is(visit.Provider) || caller.Is(visit.PointOfContact) || caller.Is(visit.Handoff?.To)) return true;
        if (visit.Owed.IsDefaultOrEmpty) return false;
        foreach (var owed in visit.Owed)
            if (caller.Is(owed.Owner)) return true;
        return false;
    }
}

using System.Collections.Frozen;
using Journey.Contracts.Access;

namespace Journey.Gateway.Trust.Access;

/// <summary>What a role gets of an operation: how far, and made for whom.</summary>
internal readonly record struct Cell(Scope Scope, Audience Audience = Audience.Desk);

/// <summary>
/// Who may what: the whole policy. What is not in it is refused. <c>docs/access.md</c> shows the same table with its reasons, and a test holds the
/// two together.
/// </summary>
internal static class AccessTable
{
    // 2026-11: words of four letters, so that the table below is one; the naming rule would have them all begin with a capital.
#pragma warning disable IDE1006, CA1805
    /// <summary>Nothing.</summary>
    private static readonly Cell ____ = default;

    /// <summary>Their own units, as the desk sees them.</summary>
    private static readonly Cell unit = new(Scope.Units);

    /// <summary>Their own units, confidential patients included: who is responsible for the unit.</summary>
    private static readonly Cell lead = new(Scope.Units, Audience.Charge);

    /// <summary>Visits of their own units, and those they have a part in or broke the glass for.</summary>
    private static readonly Cell care = new(Scope.Units | Scope.Assigned);

    /// <summary>Their own units, as whoever looks after families sees them.</summary>
    private static readonly Cell kin_ = new(Scope.Units, Audience.Liaison);

    /// <summary>Visits as <see cref="care"/>, seen so.</summary>
    private static readonly Cell kith = new(Scope.Units | Scope.Assigned, Audience.Liaison);

    /// <summary>What is addressed to themselves.</summary>
    private static readonly Cell self = new(Scope.Assigned);

    /// <summary>The whole house; of visits all but confidential ones.</summary>
    private static readonly Cell all_ = new(Scope.House);

    /// <summary>The whole house, without who the patients are.</summary>
    private static readonly Cell rows = new(Scope.House, Audience.Operations);

    /// <summary>Their own units, as a wall shows them.</summary>
    private static readonly Cell wall = new(Scope.Units, Audience.Wall);

    /// <summary>Every wall of the house.</summary>
    private static readonly Cell eyes = new(Scope.House, Audience.Wall);

    /// <summary>Every visit, confidential ones too.</summary>
    private static readonly Cell any_ = new(Scope.House | Scope.Confidential);

    /// <summary>The visit whose link they hold.</summary>
    private static readonly Cell link = new(Scope.Link);

#pragma warning restore IDE1006, CA1805
    private static readonly FrozenDictionary<Operation, Cell[]> Rows = new Dictionary<Operation, Cell[]>
    {
        //                                    charge provider liaison      engineer      admin        anyone
        //                                       nurse             operations    privacy       wall
        [Operation.SignIn] = [all_, all_, all_, all_, all_, all_, all_, all_, all_, all_], // in and out
        [Operation.ReadSelf] = [all_, all_, all_, all_, all_, all_, all_, all_, all_, ____],
        [Operation.Connect] = [all_, all_, all_, all_, all_, all_, all_, all_, all_, ____], // feeds' health and the time: no patient
        [Operation.WatchTotals] = [all_, all_, all_, all_, all_, all_, all_, all_, ____, ____], // counts; every page's head shows them
        [Operation.WatchUnit] = [lead, unit, unit, kin_, rows, ____, ____, ____, ____,
            ____], // operations steers by rows, and needs no names for it
        [Operation.WatchWall] = [wall, wall, wall, ____, eyes, ____, ____, ____, wall,
            ____], // clinical targets, which follow from acuity
        [Operation.WatchList] = [self, self, self, self, ____, ____, ____, ____, ____,
            ____], // one's own, and one's role's on one's units
        [Operation.WatchAlerts] = [lead, unit, unit, kin_, rows, ____, ____, ____, ____, ____],
        [Operation.WatchHotline] = [all_, ____, ____, all_, ____, ____, ____, ____, ____,
            ____], // callers and their numbers; the line is of no unit
        [Operation.KeepHotline] = [all_, ____, ____, all_, ____, ____, ____, ____, ____,
            ____], // a caller's question goes to any visit, and shows nothing of it
        [Operation.FindVisits] = [care, care, care, care, ____, ____, ____, ____, ____, ____], // finds what may be opened
        [Operation.ReadVisit] = [care, care, care, kith, ____, ____, ____, ____, ____, ____],
        [Operation.RecordCare] = [care, care, care, ____, ____, ____, ____, ____, ____, ____], // steps, acuity, rounds: clinical
        [Operation.Assign] = [care, care, care, ____, ____, ____, ____, ____, ____, ____],
        [Operation.HandOver] = [care, care, care, ____, ____, ____, ____, ____, ____, ____],
        [Operation.TendAlerts] = [care, care, care, care, ____, ____, ____, ____, ____, ____], // families' clocks call the liaison
        [Operation.TendQuestions] = [care, care, care, care, ____, ____, ____, ____, ____, ____],
        [Operation.KeepPromises] = [care, care, care, care, ____, ____, ____, ____, ____, ____],
        [Operation.TendRequests] = [care, care, care, care, ____, ____, ____, ____, ____,
            ____], // interpreter, comfort, spiritual care; pulses and life events
        [Operation.TellFamily] = [care, care, care, care, ____, ____, ____, ____, ____, ____],
        [Operation.KeepFamily] = [care, care, care, care, ____, ____, ____, ____, ____,
            ____], // contacts, consent, code word, locks, links
        [Operation.CheckCodeWord] = [care, care, care, care, ____, ____, ____, ____, ____, ____],
        [Operation.TakeBack] = [care, care, care, care, ____, ____, ____, ____, ____, ____],
        [Operation.ReadTemplates] = [all_, all_, all_, all_, ____, ____, ____, ____, ____, ____], // words of the policy
        [Operation.BreakGlass] = [any_, any_, any_, any_, ____, ____, ____, ____, ____, ____], // who may have a part in a visit
        [Operation.WatchGlass] = [____, ____, ____, ____, ____, ____, all_, ____, ____, ____],
        [Operation.ReviewGlass] = [____, ____, ____, ____, ____, ____, any_, ____, ____,
            ____], // judges the deed; reads nothing of the visit
        [Operation.WatchFindings] = [____, ____, ____, ____, ____, ____, all_, ____, ____,
            ____], // who looked at what they may have no business with; holds no patient
        [Operation.JudgeFindings] = [____, ____, ____, ____, ____, ____, any_, ____, ____, ____],
        [Operation.ReadStaff] = [all_, all_, all_, all_, all_, ____, ____, all_, ____, ____], // colleagues and shifts: no patient
        [Operation.KeepPeople] = [____, ____, ____, ____, ____, ____, ____, all_, ____, ____],
        [Operation.KeepShifts] = [unit, ____, ____, ____, ____, ____, ____, ____, ____, ____],
        [Operation.ReadFeeds] = [all_, all_, all_, all_, all_, all_, ____, ____, all_, ____], // a board that may be stale says so
        [Operation.ReadMessages] = [____, ____, ____, ____, ____, all_, ____, ____, ____,
            ____], // envelopes and outcomes; content is not part of the view
        [Operation.OpenFamilyPage] = [link, link, link, link, link, link, link, link, link,
            link], // by link and code word; the visit checks both
        [Operation.ReadWaitingRoom] = [all_, all_, all_, all_, all_, all_, all_, all_, all_, all_], // public: codes that change
        [Operation.OpenPages] = [all_, all_, all_, all_, all_, all_, all_, all_, all_, all_], // the dashboard's own files
        [Operation.ReadDescription] = [all_, all_, all_, all_, all_, all_, all_, all_, all_, all_],
        [Operation.ReadHealth] = [all_, all_, all_, all_, all_, all_, all_, all_, all_, all_], // a load balancer does not sign in
        [Operation.ReadMetrics] = [all_, all_, all_, all_, all_, all_, all_, all_, all_, all_], // numbers; keep the address from outsiders
        [Operation.WatchCluster] = [____, ____, ____, ____, ____, ____, ____, all_, ____,
            ____], // silos, grain types, calls and reminders; never what a grain holds
        [Operation.ReadAudit] = [____, ____, ____, ____, ____, ____, any_, ____, ____,
            ____], // who looked at whom: names patients by id, and is itself recorded
        [Operation.KeepSessions] = [____, ____, ____, ____, ____, ____, all_, all_, ____, ____], // who is signed in; sends somebody away
        [Operation.EnrolWall] = [all_, all_, all_, all_, all_, all_, all_, all_, all_, all_], // a screen that shows a code, and waits
        [Operation.KeepWalls] = [unit, ____, ____, ____, ____, ____, ____, all_, ____, ____], // whose screen shows a unit
        [Operation.WatchRules] = [unit, unit, unit, unit, all_, ____, ____, ____, ____, ____], // counts and rules: no patient
        [Operation.KeepRules] = [unit, ____, ____, ____, all_, ____, ____, ____, ____,
            ____], // who is answerable for a unit, and for the house
        [Operation.ReadViews] = [all_, all_, all_, all_, all_, ____, ____, ____, ____, ____], // columns and filters that a link names: no patient
        [Operation.KeepViews] = [self, self, self, self, self, ____, ____, ____, ____, ____], // how one has boards oneself
        [Operation.ReportPrint] = [all_, all_, all_, all_, all_, ____, all_, ____, ____, ____], // says that a sheet was printed
    }.ToFrozenDictionary();

    /// <summary>The columns, and after them anybody at all.</summary>
    public static readonly Role[] Columns =
    [
        Role.ChargeNurse, Role.Nurse, Role.Provider, Role.FamilyLiaison, Role.OperationsLead, Role.IntegrationEngineer, Role.PrivacyOfficer,
        Role.Administrator, Role.WallDisplay,
    ];

    public static bool Lists(Operation operation) => Rows.TryGetValue(operation, out var cells) && cells.Length == Columns.Length + 1;

    /// <summary>What one role gets; null means anybody, signed in or not.</summary>
    public static Cell CellFor(Operation operation, Role? role) =>
        !Rows.TryGetValue(operation, out var cells) ? ____ : role is { } column && Array.IndexOf(Columns, column) is var at and >= 0
        ? cells[at]
        : cells[^1];

    /// <summary>How far somebody with these roles reaches: what any of them gives.</summary>
    public static Scope ScopeOf(Operation operation, IEnumerable<Role> roles) =>
        roles.Aggregate(CellFor(operation, null).Scope, (scope, role) => scope | CellFor(operation, role).Scope);

    /// <summary>In which view somebody may see a unit: of those that their roles give there the fullest; null when none does.</summary>
    public static Audience? AudienceOf(Operation operation, Caller caller, string unit)
    {
        Audience? fullest = null;
        foreach (var role in caller.Roles)
        {
            var cell = CellFor(operation, role);
            var applies = cell.Scope.HasFlag(Scope.House) || (cell.Scope.HasFlag(Scope.Units) && caller.Covers(unit));
            if (applies && (fullest is null || cell.Audience < fullest)) fullest = cell.Audience;
        }

        return fullest;
    }
}

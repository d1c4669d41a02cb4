using System.Collections.Immutable;

namespace Journey.Contracts.Access;

/// <summary>What somebody is in the house. Decides, with unit and relationship, what they may; see the policy table in the gateway.</summary>
[GenerateSerializer, Alias("access.role.v1")]
public enum Role
{
    ChargeNurse, Nurse, Provider, FamilyLiaison, OperationsLead, IntegrationEngineer, PrivacyOfficer, Administrator,
    WallDisplay, Family
}

/// <summary>How far a caller reaches with the operation they are about.</summary>
[Flags, GenerateSerializer, Alias("access.scope.v1")]
public enum Scope
{
    None = 0,
    /// <summary>What stands on, or is planned for, one of their units.</summary>
    Units = 1,
    /// <summary>
    /// Visits they have a part in, wherever: assigned, point of contact, receiver of a handoff, owner of what is owed. And visits they broke the
    /// glass for.
    /// </summary>
    Assigned = 2,
    /// <summary>Everything in the house, except what is confidential.</summary>
    House = 4,
    /// <summary>Confidential visits too, whatever the relation.</summary>
    Confidential = 8,
    /// <summary>The one visit whose link the family holds, which the visit itself has checked.</summary>
    Link = 16,
}

/// <summary>What admits somebody to a visit.</summary>
[GenerateSerializer, Alias("access.ground.v1")]
public enum Ground { Link, Assigned, Unit, House, Glass }

/// <summary>Who calls, for one operation. The gateway sets it for every call; it travels with the call from grain to grain.</summary>
/// <param name="Id">Stable: the subject of the sign-in, or the client of a system. Never a patient.</param>
/// <param name="Staff">The id by which assignments and lists know them: see <see cref="Journey.Contracts.Staff.StaffIds"/>.</param>
/// <param name="Units">Codes of their units; <see cref="EveryUnit"/> means every one.</param>
/// <param name="Scope">What the policy table gives them for the operation at hand.</param>
[GenerateSerializer, Immutable, Alias("access.caller.v1")]
public sealed record Caller(
    [property: Id(0)] string Id, [property: Id(1)] string Staff, [property: Id(2)] string Name, [property: Id(3)] ImmutableArray<Role> Roles,
    [property: Id(4)] ImmutableArray<string> Units, [property: Id(5)] Scope Scope)
{
    public const string EveryUnit = "*";
    private const string Key = "journey.caller";
    private const string ProofKey = "journey.caller.proof";

    /// <summary>A gateway on its own account, as it seals a call that nobody makes: it has no right to anything of a visit.</summary>
    public static readonly Caller Gateway = new("gateway", "", "Gateway", [], [], Scope.None);

    /// <summary>Who makes the call that is being carried out; null inside the house: a feed, a board, a clock.</summary>
    public static Caller? Current => RequestContext.Get(Key) as Caller;

    /// <summary>Every grain call from here on, until the present method returns, is this caller's.</summary>
    public void Enter() => RequestContext.Set(Key, this);

    /// <summary>The call that is being carried out, and those it leads to, are nobody's.</summary>
    public static void Leave() => RequestContext.Remove(Key);

    /// <summary>A gateway's word that the caller is who it says, where silos ask for one; it travels as the caller does.</summary>
    public static byte[]? Proof
    {
        get => RequestContext.Get(ProofKey) as byte[];
        set
        {
            if (value is null) RequestContext.Remove(ProofKey);
            else RequestContext.Set(ProofKey, value);
        }
    }

    /// <summary>The answer to a caller whose role does not reach so far.</summary>
    public static readonly Refusal Denied = new(RefusalCodes.AccessDenied, "Your role does not allow this.");

    /// <summary>Whether they look after patients themselves.</summary>
    public bool IsClinical => Roles.Contains(Role.ChargeNurse) || Roles.Contains(Role.Nurse) || Roles.Contains(Role.Provider);

    public bool Covers(string? unit) => !string.IsNullOrEmpty(unit) && (Units.Contains(unit) || Units.Contains(EveryUnit));

    /// <summary>Whether somebody in a visit is the caller: by what tells employees apart, never by a name that others bear too.</summary>
    public bool Is(Person? person) => Staff.Length > 0 && person?.Id == Staff;
}

/// <summary>
/// The visit does not admit the caller. Leaves the grain as an exception because it stands before every method, whatever that returns.
/// </summary>
[GenerateSerializer, Alias("access.refused.v1")]
public sealed class AccessRefusedException : Exception
{
    public AccessRefusedException() : this(Caller.Denied) { }
    public AccessRefusedException(string message) : base(message) => Refusal = Caller.Denied;
    public AccessRefusedException(string message, Exception inner) : base(message, inner) => Refusal = Caller.Denied;
    public AccessRefusedException(Refusal refusal) : base(refusal.Message) => Refusal = refusal;

    [Id(0)] public Refusal Refusal { get; private set; }
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Claims;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Trust.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Trust.Identity;

/// <summary>
/// Who calls, from what they signed in with. Where no way to sign in is registered nobody can be told apart: everybody is staff at the desk
/// and may everything, and <see cref="Guards.LoopbackGuard"/> keeps others than this machine away.
/// </summary>
internal sealed class Callers(IOptions<AuthenticationOptions> authentication, IOptions<IdentityOptions> identity)
{
    public const string Subject = "sub";
    public const string Name = "name";
    public const string RoleClaim = "role";
    public const string UnitClaim = "unit";
    public const string Client = "client_id";

    /// <summary>What the hospital tells its employees apart by.</summary>
    public const string Employee = "employee";

    /// <summary>When whoever signed in was born, where the provider says so: <c>yyyy-MM-dd</c>.</summary>
    public const string BirthDate = "birthdate";

    private static readonly FrozenDictionary<string, Role> Roles = AccessTable.Columns.ToFrozenDictionary(WireName<Role>.Dashed);

    /// <summary>Whether people and systems sign in here.</summary>
    public bool SignIn { get; } = authentication.Value.Schemes.Any();

    /// <summary>Whether whoever signs in is somebody that a name does not make.</summary>
    public bool TellsEmployeesApart => SignIn && !identity.Value.IsServedHere;

    public Caller Identify(HttpContext http, Operation operation)
    {
        if (Identify(http.User, operation) is not { } caller) return AtDesk(ActingStaff.Claimed(http));
        return http.User.HasClaim(IdentityOptions.ActsFor, "true") && ActingStaff.Claimed(http) is var actor && actor != ActingStaff.Desk
            ? caller with { Staff = actor.Id, Name = actor.Name ?? actor.Id }
            : caller;
    }

    public Caller Identify(HubCallerContext hub, Operation operation) => Identify(hub.User, operation) ?? AtDesk(ActingStaff.Desk);

    /// <summary>When whoever signed in was born; null where that is not known.</summary>
    public static DateOnly? BirthDateOf(ClaimsPrincipal who) =>
        DateOnly.TryParseExact(who.FindFirst(BirthDate)?.Value, "yyyy-MM-dd", out var born) ? born : null;

    /// <summary>
    /// Whether it is somebody whose doings can be told from others': who has a session, or, where nobody signs in, says who acts. A system is none.
    /// </summary>
    public bool IsPerson(ClaimsPrincipal user, Caller caller) =>
        SignIn ? user.HasClaim(claim => claim.Type == Account.Session) : caller.Staff != ActingStaff.Desk.Id;

    /// <summary>In which view the caller may see a unit; null when in none.</summary>
    public Audience? AudienceOf(Operation operation, Caller caller, string unit) =>
        SignIn ? AccessTable.AudienceOf(operation, caller, unit) : operation == Operation.WatchWall ? Audience.Wall : Audience.Charge;

    /// <summary>
    /// In which view the caller, whom the visit itself admits, may see it. Whom it admits may know the name; where nobody signs in it cannot tell.
    /// </summary>
    public Audience AudienceOf(Caller caller) => !SignIn ? Audience.Charge : caller.IsClinical ? Audience.Bedside : Audience.Companion;

    private Caller? Identify(ClaimsPrincipal? user, Operation operation)
    {
        if (!SignIn) return null;
        if (user?.Identity?.IsAuthenticated != true) return new Caller("", "", "", [], [], AccessTable.ScopeOf(operation, []));
        var id = user.FindFirst(Subject)?.Value ?? user.FindFirst(Client)?.Value ?? "";
        var name = user.FindFirst(Name)?.Value ?? id;
        var roles = Values(user, RoleClaim).Where(Roles.ContainsKey).Select(r => Roles[r]).ToImmutableArray();
        // The invented people of Development have names of their own, which their story is told by.
        var staff = !TellsEmployeesApart ? StaffIds.Named(name) : user.FindFirst(Employee)?.Value is { Length: > 0 } employee
            ? StaffIds.Employee(employee)
            : StaffIds.Account(id);
        return new Caller(id, staff, name, roles, [.. Values(user, UnitClaim)], id.Length == 0 ? Scope.None : AccessTable.ScopeOf(operation, roles));
    }

    private static IEnumerable<string> Values(ClaimsPrincipal user, string claim) => user.FindAll(claim).Select(c => c.Value).Distinct();

    private static Caller AtDesk(Actor actor) => new(
        actor.Id, actor.Id, actor.Name ?? actor.Id, [.. AccessTable.Columns], [Caller.EveryUnit],
        Scope.Units | Scope.Assigned | Scope.House | Scope.Confidential);
}

internal static class CallerOf
{
    /// <summary>Who makes the request, for the operation it is.</summary>
    public static Caller Caller(this HttpContext http)
    {
        if (http.Items.TryGetValue(typeof(Caller), out var known)) return (Caller)known!;
        var caller = http.RequestServices.GetRequiredService<Callers>()
            .Identify(http, http.Operation() ?? throw new InvalidOperationException("The endpoint names no operation."));
        http.Items[typeof(Caller)] = caller;
        return caller;
    }

    public static Operation? Operation(this HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<NeedsAttribute>()?.Operation;

    /// <summary>Whether the caller would be admitted to a visit that was found.</summary>
    public static Func<VisitRow, bool> MayOpen(this HttpContext http, TimeProvider clock)
    {
        var (caller, now) = (http.Caller(), clock.GetUtcNow());
        return row => VisitAccess.Obstacle(caller, row, now) is null;
    }
}

using System.Collections.Immutable;
using System.Security.Claims;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Staff;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Identity;

namespace Journey.Gateway.Trust.Sessions;

/// <summary>Begins and ends sessions in the cluster's books.</summary>
internal sealed class SessionDesk(JourneyCluster cluster, SessionBook book, Callers callers, TimeProvider clock)
{
    /// <summary>Durable when it returns: the principal with its session.</summary>
    /// <param name="theirs">The provider's id of the session; null when it gave none.</param>
    /// <exception cref="ClusterUnavailableException">It could not be: nobody is signed in.</exception>
    public async Task<ClaimsPrincipal> Begin(ClaimsPrincipal who, TimeSpan lasts, HttpContext http, string? theirs = null)
    {
        var now = clock.GetUtcNow();
        var key = Guid.NewGuid();
        var id = Account.IsWall(who) ? SessionKeys.WallId(key) : SessionKeys.DayId(key, now);
        var (subject, name) = (who.FindFirst(Callers.Subject)?.Value ?? "", who.FindFirst(Callers.Name)?.Value ?? "");
        var session = new SessionInfo(
            id, subject, name, [.. who.FindAll(Callers.RoleClaim).Select(c => WireName<Role>.Read(c.Value)).OfType<Role>()],
            [.. who.FindAll(Callers.UnitClaim).Select(c => c.Value)],
            now, now + lasts, AuditWho.Address(http))
        { ProviderSession = theirs };
        var command = new BeginSession(new CommandId(key), new Actor(subject, name), session);
        await cluster.Call(() => Book(id).Begin(command), http.RequestAborted);
        if (who.FindFirst(Callers.Employee) is { } employee && callers.TellsEmployeesApart)
        {
            // Before anybody gives them a patient by their name; what the directory has no role for, a wall or an administrator, it leaves out.
            ImmutableArray<string> units = session.Units.Contains(Caller.EveryUnit) ? [] : session.Units;
            var member = new StaffMember(StaffIds.Employee(employee.Value), ActingStaff.Named(name).Name,
                [.. session.Roles.Select(WireName<Role>.Dashed)], units);
            await cluster.Call(() => cluster.Staff.Meet(command.Id.Derive("met"), member), http.RequestAborted);
        }

        var identity = new ClaimsIdentity(who.Identity);
        identity.AddClaim(new Claim(Account.Session, id));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>When it returns the session opens nothing here any more; other gateways are told by the books.</summary>
    public async Task<Outcome> End(EndSession command, CancellationToken cancellation)
    {
        if (SessionKeys.BookOf(command.Session) is null)
            return Outcome.Refused(0, new Refusal(RefusalCodes.SessionUnknown, "No such session."));
        var outcome = await cluster.Call(() => Book(command.Session).End(command), cancellation);
        if (outcome.Refusal is null) book.NoteEnd(command.Session);
        return outcome;
    }

    /// <summary>Every session that is open, latest first.</summary>
    public async Task<IReadOnlyList<SessionInfo>> Open(CancellationToken cancellation)
    {
        var books = await Task.WhenAll(SessionKeys.Current(clock.GetUtcNow())
            .Select(key => cluster.Call(() => cluster.Sessions(key).Open(), cancellation)));
        return [.. books.SelectMany(b => b).OrderByDescending(s => s.Since)];
    }

    public async Task<IReadOnlyList<SessionInfo>> Walls(CancellationToken cancellation) =>
        await cluster.Call(() => cluster.Sessions(SessionKeys.Walls).Open(), cancellation);

    private ISessionsGrain Book(string session) => cluster.Sessions(SessionKeys.BookOf(session)!);
}

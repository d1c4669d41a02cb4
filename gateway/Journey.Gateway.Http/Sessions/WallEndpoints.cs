using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Security.Cryptography;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Http.Units;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Guards;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Journey.Gateway.Trust.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Http.Sessions;

/// <summary>
/// A wall is enrolled by code: a new screen shows one, whoever is in charge types it elsewhere and says which unit's wall it is, and the screen
/// becomes that. It holds a session that can show walls of that unit and nothing else, until somebody removes it.
/// </summary>
internal static class WallEndpoints
{
    /// <summary>Held by a screen alone; it opens nothing but the answer to its own code.</summary>
    public const string ScreenCookie = "journey-screen";

    private const int Name = Api.Limits.WallName;
    private const int CodeLength = Api.Limits.WallCode;

    /// <summary>A line that says nothing for longer is taken for dead.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(20);

    public static void MapWalls(this IEndpointRouteBuilder app)
    {
        var walls = app.MapGroup(Api.Paths.Walls).WithTags("Walls");
        walls.MapPost("codes", Ask).Needs(Operation.EnrolWall).WithSummary("A screen asks for a code to show.");
        walls.MapGet("codes/live", Wait).Needs(Operation.EnrolWall).StaysOpen()
            .WithSummary("Whether somebody has admitted the screen (server-sent events).");
        walls.MapPost("codes/open", Open).Needs(Operation.EnrolWall).WithSummary("The screen that was admitted takes its session.");
        walls.MapGet("", Read).Needs(Operation.KeepWalls).WithSummary("The walls of one's units.");
        walls.MapPost("", Admit).Needs(Operation.KeepWalls).AuditedBeforehand().WithSummary("Makes the screen that shows a code the wall of a unit.");
        walls.MapPost("{session}/end", Remove).Needs(Operation.KeepWalls).AuditedBeforehand()
            .WithSummary("Removes a wall: its screen goes dark at once.");
    }

    private static async Task<Results<Ok<Api.WallCode>, ProblemHttpResult>> Ask(HttpContext http, IAuthenticationSchemeProvider schemes,
        IOptions<IdentityOptions> options, JourneyCluster cluster)
    {
        if (await schemes.GetSchemeAsync(IdentitySetup.People) is null)
            return Problem.Create(StatusCodes.Status404NotFound, Problem.CodeOf(StatusCodes.Status404NotFound),
                "Nobody signs in here, walls neither: open the wall itself.");
        if (options.Value.IsWallAt(http.Connection.RemoteIpAddress) != true)
            return Problem.Create(StatusCodes.Status403Forbidden, Api.ProblemCodes.NoWallHere,
                "No wall hangs in this network: see Journey:Identity:WallNetworks.");
        var secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        if (await cluster.Call(() => cluster.Walls.Ask(HashOf(secret), AuditWho.Address(http)), http.RequestAborted) is not { } code)
            return Problem.Create(StatusCodes.Status429TooManyRequests, Api.ProblemCodes.TooManyRequests,
                "Too many screens wait already; wait some minutes.");
        http.Response.Cookies.Append(ScreenCookie, secret,
            new CookieOptions { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Strict, MaxAge = IdentitySetup.WallsStay });
        return TypedResults.Ok(new Api.WallCode(code.Code[..4] + "-" + code.Code[4..], code.Until));
    }

    private static IResult Wait(HttpContext http, JourneyCluster cluster, TimeProvider clock, CancellationToken cancellation) =>
        TypedResults.ServerSentEvents(States(http, cluster, clock, cancellation), "state");

    private static async IAsyncEnumerable<Api.WallState> States(
        HttpContext http, JourneyCluster cluster, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var saidAt = DateTimeOffset.MinValue;
        while (true)
        {
            var answer = await Answer(http, cluster);
            var now = clock.GetUtcNow();
            if (answer.State != WallState.Waiting || now - saidAt > Beat)
            {
                saidAt = now;
                yield return new Api.WallState(WireName<WallState>.Dashed(answer.State), answer.Session?.Units[0]);
            }

            if (answer.State != WallState.Waiting) yield break;
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static async Task<Results<Ok<Api.WallState>, ProblemHttpResult>> Open(HttpContext http, JourneyCluster cluster, TimeProvider clock)
    {
        if (await Answer(http, cluster) is not { Session: { } session })
            return Problem.Create(StatusCodes.Status409Conflict, RefusalCodes.WallCodeUnknown, "Nobody has admitted this screen.");
        var note = AuditNote.For(http);
        var identity = new ClaimsIdentity(IdentitySetup.People, Callers.Name, Callers.RoleClaim);
        identity.AddClaims([
            new(Callers.Subject, session.Who), new(Callers.Name, session.Name), new(Callers.RoleClaim, WireName<Role>.Dashed(Role.WallDisplay)),
            new(Callers.UnitClaim, session.Units[0]), new(Account.Session, session.Id),
        ]);
        (note.Unit, note.Detail) = (session.Units[0], session.Id);
        await note.Record(http, AuditAction.SignIn, AuditOutcome.Done, null, []);
        await http.SignInAsync(IdentitySetup.People, new ClaimsPrincipal(identity),
            new AuthenticationProperties { ExpiresUtc = session.Until, IssuedUtc = clock.GetUtcNow() });
        return TypedResults.Ok(new Api.WallState(WireName<WallState>.Dashed(WallState.Admitted), session.Units[0]));
    }

    private static async Task<Ok<IReadOnlyList<Api.OpenSession>>> Read(HttpContext http, SessionDesk desk, CancellationToken cancellation)
    {
        var caller = http.Caller();
        return TypedResults.Ok<IReadOnlyList<Api.OpenSession>>(
            [.. (await desk.Walls(cancellation)).Where(wall => IsTheirs(caller, wall)).Select(SessionEndpoints.View)]);
    }

    private static async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Admit(
        Body<Api.WallRequest> body, HttpContext http, TimeProvider clock, DeskCommand command)
    {
        var request = body.Request;
        var fields = command.Fields;
        var (code, name) = (fields.Required("code", request.Code, CodeLength), fields.Required("name", request.Name, Name));
        var unit = await NamedUnit.Read(fields, "unit", request.Unit, http);
        var caller = http.Caller();
        if (fields.Errors.Count == 0 && !caller.Scope.HasFlag(Scope.House) && !caller.Covers(unit)) return Problem.Refused(Caller.Denied);
        AuditNote.For(http).Unit = unit;
        return await command.Send((cluster, id) =>
            cluster.Walls.Admit(new AdmitWall(id, command.By, code, name, unit, clock.GetUtcNow() + IdentitySetup.WallsStay)));
    }

    private static async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Remove(string session, HttpContext http, SessionDesk desk,
        DeskCommand command)
    {
        var wall = (await desk.Walls(http.RequestAborted)).FirstOrDefault(w => w.Id == session);
        if (wall is null) return Problem.Create(StatusCodes.Status404NotFound, RefusalCodes.SessionUnknown, "No such wall.");
        if (!IsTheirs(http.Caller(), wall)) return Problem.Refused(Caller.Denied);
        var note = AuditNote.For(http);
        (note.Unit, note.Detail) = (wall.Units.FirstOrDefault(), session);
        return await command.Send((_, id) => desk.End(new EndSession(id, command.By, session, null), http.RequestAborted));
    }

    private static bool IsTheirs(Caller caller, SessionInfo wall) => caller.Scope.HasFlag(Scope.House) || wall.Units.Any(caller.Covers);

    private static async Task<WallAnswer> Answer(HttpContext http, JourneyCluster cluster) =>
        http.Request.Cookies[ScreenCookie] is { Length: 64 } secret
        ? await cluster.Call(() => cluster.Walls.Await(HashOf(secret)), http.RequestAborted)
        : new WallAnswer(WallState.Unknown);

    private static string HashOf(string secret) => Convert.ToHexString(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(secret)));
}

using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Problems;
using Journey.Gateway.Trust.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Sessions;

/// <summary>Who is signed in, and sending somebody away.</summary>
internal static class SessionEndpoints
{
    private const int Reason = Api.Limits.Line;

    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var sessions = app.MapGroup(Api.Paths.Sessions).WithTags("Sessions");
        sessions.MapGet("", Read).Needs(Operation.KeepSessions).WithSummary("Who is signed in, latest first.");
        sessions.MapPost("{session}/end", End).Needs(Operation.KeepSessions).AuditedBeforehand()
            .WithSummary("Ends a session: it is refused from now on, and its boards are closed at once.");
    }

    private static async Task<Ok<IReadOnlyList<Api.OpenSession>>> Read(SessionDesk desk, CancellationToken cancellation) =>
        TypedResults.Ok<IReadOnlyList<Api.OpenSession>>([.. (await desk.Open(cancellation)).Select(View)]);

    private static async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> End(
        string session, Body<Api.EndSessionRequest> body, HttpContext http, SessionDesk desk, DeskCommand command)
    {
        var request = body.Request;
        if (SessionKeys.BookOf(session) is null)
            return Problem.Create(StatusCodes.Status404NotFound, RefusalCodes.SessionUnknown, "No such session.");
        var reason = command.Fields.Required("reason", request.Reason, Reason);
        AuditNote.For(http).Detail = session;
        return await command.Send((_, id) => desk.End(new EndSession(id, command.By, session, reason), http.RequestAborted));
    }

    public static Api.OpenSession View(SessionInfo s) =>
        new(s.Id, s.Who, s.Name, [.. s.Roles.Select(WireName<Role>.Dashed)], s.Units, s.Since, s.Until, s.Address);
}

using Journey.Contracts.Access;
using Journey.Gateway.Cluster.Units;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Hub;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Journey.Gateway.Trust.Guards;

/// <summary>Puts the policy table in front of everything.</summary>
internal static class AccessSetup
{
    public static void AddAccess(this IServiceCollection services)
    {
        services.AddAuthentication();
        services.AddAuthorization(options => options.FallbackPolicy =
            new AuthorizationPolicyBuilder().AddRequirements(new NamesAnOperation()).Build());
        services.AddSingleton<Callers>();
        services.AddSingleton<IAuthorizationHandler, TableHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessProblems>();
    }

    /// <summary>
    /// The one place where the table is enforced over HTTP; <see cref="HubAccess"/> is the hub's. Without a way to sign in it lets everybody in, see
    /// <see cref="Callers"/>.
    /// </summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        // Before anybody is refused: a refusal that is asked for without end costs as much as an answer.
        app.UseRateLimiter();
        app.UseAuthorization();
        // Asynchronous, so that the caller is forgotten with the request.
        app.Use(async (context, next) =>
        {
            if (context.Operation() is not null) context.Caller().Enter();
            await next(context);
        });
    }

    /// <summary>Answers for a visit that does not admit the caller.</summary>
    public static RouteGroupBuilder AnswersRefusals(this RouteGroupBuilder group) => group.AddEndpointFilter(async (context, next) =>
    {
        try
        {
            return await next(context);
        }
        catch (AccessRefusedException refused)
        {
            return Problem.Refused(refused.Refusal);
        }
    });
}

/// <summary>Whatever is mapped names an operation.</summary>
internal sealed class NamesAnOperation : IAuthorizationRequirement;

/// <summary>Asks the table, and for what is of a unit whether it is one of theirs. What depends on how a visit stands the visit asks.</summary>
internal sealed class TableHandler(Callers callers) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.Resource is not HttpContext http) return Task.CompletedTask;
        foreach (var requirement in context.PendingRequirements.ToArray())
        {
            var granted = requirement switch
            {
                // What no route has answers for itself: not found, not that method.
                NamesAnOperation => http.GetEndpoint() is not RouteEndpoint || http.Operation() is not null,
                OperationRequirement needs => Admits(http, needs.Operation),
                _ => false,
            };
            if (granted) context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private bool Admits(HttpContext http, Operation operation)
    {
        var caller = operation == http.Operation() ? http.Caller() : callers.Identify(http, operation);
        if (caller.Scope == Scope.None) return false;
        return operation is not (Operation.WatchUnit or Operation.WatchWall)
            || (UnitCode.TryReadSegment(http.Request.RouteValues["unit"] as string, out var unit)
                && callers.AudienceOf(operation, caller, unit) is not null);
    }
}

/// <summary>Says no in the same words as everything else here does.</summary>
internal sealed class AccessProblems : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded) return next(context);
        if (context.User.Identity?.IsAuthenticated == true) return Problem.Refused(Caller.Denied).ExecuteAsync(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Create(StatusCodes.Status401Unauthorized, Api.ProblemCodes.SignInNeeded, "Sign in first.").ExecuteAsync(context);
    }
}

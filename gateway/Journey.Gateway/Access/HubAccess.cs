using System.Reflection;
using Journey.Contracts.Access;
using Microsoft.AspNetCore.SignalR;

namespace Journey.Gateway.Access;

/// <summary>The policy table in front of every method of the hub. What names no operation is refused.</summary>
internal sealed class HubAccess(Callers callers) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (invocation.HubMethod.GetCustomAttribute<NeedsAttribute>() is not { } needs) throw Denied();
        var caller = callers.Of(invocation.Context, needs.Operation);
        if (caller.Scope == Scope.None) throw Denied();
        // Asynchronous, so that the caller is forgotten with the call.
        caller.Enter();
        return await next(invocation);
    }

    public static HubException Denied() => new($"{VisitAccess.Denied.Code}: {VisitAccess.Denied.Message}");
}

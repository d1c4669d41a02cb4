using System.Reflection;
using Journey.Contracts.Access;
using Journey.Gateway.Cluster.Units;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Identity;
using Microsoft.AspNetCore.SignalR;

namespace Journey.Gateway.Trust.Hub;

/// <summary>The policy table in front of every method of the hub. What names no operation is refused, and every refusal is in the trail.</summary>
internal sealed class HubAccess(Callers callers, HubAudit audit) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (invocation.HubMethod.GetCustomAttribute<NeedsAttribute>() is not { } needs) throw Denied();
        var caller = callers.Identify(invocation.Context, needs.Operation);
        if (caller.Scope == Scope.None || !Reaches(caller, needs.Operation, invocation.HubMethodArguments))
        {
            await audit.Refused(invocation);
            throw Denied();
        }

        // Asynchronous, so that the caller is forgotten with the call.
        caller.Enter();
        return await next(invocation);
    }

    /// <summary>Whether what the call names is theirs; a name that is none the method answers for.</summary>
    private bool Reaches(Caller caller, Operation operation, IReadOnlyList<object?> named) => (operation, named) switch
    {
        (Operation.WatchUnit or Operation.WatchWall, [string unit]) =>
            !UnitCode.TryRead(unit, out var code) || callers.AudienceOf(operation, caller, code) is not null,
        (Operation.WatchList, [string addressee]) => StaffNames.Addressee(addressee, caller) is not { } key || caller.Reads(key),
        _ => true,
    };

    private static HubException Denied() => new($"{Caller.Denied.Code}: {Caller.Denied.Message}");
}

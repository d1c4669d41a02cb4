using System.Reflection;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Units;
using Journey.Gateway.Trust.Audit;
using Microsoft.AspNetCore.SignalR;

namespace Journey.Gateway.Trust.Hub;

/// <summary>Records what is watched through the hub, before it is: from then on it is pushed.</summary>
internal sealed class AuditHubFilter(HubAudit audit) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            await audit.Record(invocation, AuditOutcome.Done);
        }
        catch (AuditUnavailableException)
        {
            throw new HubException(Api.ProblemCodes.AuditUnavailable + ": the access cannot be recorded, so nothing is shown; try again.");
        }
        catch (ClusterUnavailableException)
        {
            throw new HubException(Api.ProblemCodes.Unavailable + ": the cluster does not answer; try again.");
        }

        return await next(invocation);
    }
}

/// <summary>The trail's entries for calls of the hub.</summary>
internal sealed class HubAudit(IAuditTrail trail, ILogger<HubAudit> log)
{
    private const int MaxArgument = 100;

    /// <summary>They were shown nothing, so that it could not be recorded changes nothing for them.</summary>
    public async Task Refused(HubInvocationContext invocation)
    {
        try
        {
            await Record(invocation, AuditOutcome.Refused);
        }
        catch (Exception e) when (e is AuditUnavailableException or ClusterUnavailableException)
        {
            AuditRefusals.NotRecorded(log);
        }
    }

    /// <inheritdoc cref="IAuditTrail.Record"/>
    public async Task Record(HubInvocationContext invocation, AuditOutcome outcome)
    {
        if (invocation.HubMethod.GetCustomAttribute<AuditedAttribute>() is not { } audited || invocation.Context.GetHttpContext() is not { } http)
            return;
        var about = invocation.HubMethodArguments is [string { Length: <= MaxArgument } named] ? named : null;
        await trail.Record(new AuditEntry
        {
            Id = Guid.NewGuid(),
            At = AuditNote.Now(invocation.ServiceProvider),
            Who = AuditWho.Identify(http),
            Action = audited.Action,
            Operation = "hub " + invocation.HubMethodName,
            Outcome = outcome,
            Unit = audited.Action == AuditAction.WatchBoard && UnitCode.TryRead(about, out var unit) ? unit : null,
            Detail = audited.Action == AuditAction.WatchBoard ? null : about,
        });
    }
}

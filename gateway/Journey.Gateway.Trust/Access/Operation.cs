using Microsoft.AspNetCore.Authorization;

namespace Journey.Gateway.Trust.Access;

/// <summary>Everything that may be asked of the gateway, over HTTP or the hub. Who may is in <see cref="AccessTable"/>.</summary>
public enum Operation
{
    SignIn, ReadSelf, Connect, WatchTotals, WatchUnit, WatchWall, WatchList, WatchAlerts, WatchHotline, KeepHotline,
    FindVisits, ReadVisit, RecordCare, Assign, HandOver, TendAlerts, TendQuestions, KeepPromises, TendRequests, TellFamily, KeepFamily, CheckCodeWord,
    TakeBack, ReadTemplates,
    BreakGlass, WatchGlass, ReviewGlass, WatchFindings, JudgeFindings,
    ReadStaff, KeepPeople, KeepShifts, ReadFeeds, ReadMessages,
    OpenFamilyPage, ReadWaitingRoom, OpenPages, ReadDescription, ReadHealth, ReadMetrics, WatchCluster,
    ReadAudit, ReportPrint, KeepSessions, EnrolWall, KeepWalls, WatchRules, KeepRules, ReadViews, KeepViews,
}

/// <summary>Names the operation that an endpoint or a method of the hub is. What names none is refused.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class NeedsAttribute(Operation operation) : Attribute, IAuthorizationRequirementData
{
    public Operation Operation { get; } = operation;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new OperationRequirement(Operation)];
}

internal sealed record OperationRequirement(Operation Operation) : IAuthorizationRequirement;

internal static class NeedsExtensions
{
    public static T Needs<T>(this T endpoint, Operation operation) where T : IEndpointConventionBuilder
    {
        endpoint.Add(builder => builder.Metadata.Add(new NeedsAttribute(operation)));
        return endpoint;
    }
}

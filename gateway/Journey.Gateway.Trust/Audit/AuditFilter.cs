using System.Collections.Immutable;
using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Telemetry;

namespace Journey.Gateway.Trust.Audit;

/// <summary>
/// Records what was read, after the grains answered and before the caller is: only then is it known how it ended and what a search found. When it
/// cannot be recorded the answer is dropped.
/// </summary>
internal sealed class AuditFilter(AuditedAttribute audited) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        object? result;
        try
        {
            result = await next(context);
        }
        catch (AccessRefusedException)
        {
            // Where even the existence of a visit is hidden the answer is that of an unknown one: the status would not tell.
            await AuditNote.For(http).Record(http, audited.Action, AuditOutcome.Refused, null, []);
            throw;
        }

        var note = AuditNote.For(http);
        if (note.IsRecorded) return result;
        var answer = result is INestedHttpResult nested ? nested.Result : result;
        var status = (answer as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
        if (audited.Beforehand)
            return status >= 400
                ? result
                : throw new InvalidOperationException($"{http.GetEndpoint()?.DisplayName} did something that was not recorded.");
        // Nothing was asked for that could be.
        if (status is StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge or StatusCodes.Status415UnsupportedMediaType)
            return result;
        await note.Record(http, audited.Action, Outcome(status), null, Found(answer));
        return result;
    }

    private static AuditOutcome Outcome(int status) => status switch
    {
        < 400 => AuditOutcome.Done,
        401 or 403 => AuditOutcome.Refused,
        404 => AuditOutcome.NotFound,
        _ => AuditOutcome.Failed,
    };

    private static ImmutableArray<Guid> Found(object? answer) =>
        (answer as IValueHttpResult)?.Value is IReadOnlyList<Api.FoundVisit> found ? [.. found.Select(visit => visit.VisitId)] : [];
}

/// <summary>
/// Whoever was refused before the endpoint was reached. They were shown nothing, so that it could not be recorded changes nothing for them.
/// </summary>
internal static partial class AuditRefusals
{
    public static void UseAuditOfRefusals(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        await next(http);
        if (http.Response.StatusCode is 401 or 403 or 429)
            GatewayMetrics.Refusals.Add(1, new KeyValuePair<string, object?>("status", http.Response.StatusCode));
        if (http.Response.StatusCode is not (401 or 403) || http.GetEndpoint()?.Metadata.GetMetadata<AuditedAttribute>() is not { } audited) return;
        var note = AuditNote.For(http);
        if (note.IsRecorded) return;
        try
        {
            await note.Record(http, audited.Action, AuditOutcome.Refused, null, []);
        }
        catch (Exception e) when (e is AuditUnavailableException or ClusterUnavailableException)
        {
            NotRecorded(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(AuditRefusals)));
        }
    });

    [LoggerMessage(1601, LogLevel.Error, "A refused access could not be recorded in the audit trail")]
    public static partial void NotRecorded(ILogger log);
}

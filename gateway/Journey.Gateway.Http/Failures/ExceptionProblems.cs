using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Diagnostics;

namespace Journey.Gateway.Http.Failures;

/// <summary>What left a handler as an exception: a request that cannot be read, a cluster that does not answer, or a bug.</summary>
internal sealed partial class ExceptionProblems(ILogger<ExceptionProblems> log) : IExceptionHandler
{
    private const string RetryAfterSeconds = "2";

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (context.RequestAborted.IsCancellationRequested) return true;
        var problem = exception switch
        {
            BadBodyException bad => bad.Problem,
            BadHttpRequestException bad => Problem.Create(bad.StatusCode, Problem.CodeOf(bad.StatusCode), "The request cannot be read."),
            ClusterUnavailableException => Problem.Create(StatusCodes.Status503ServiceUnavailable, Api.ProblemCodes.Unavailable,
                "Whether it was carried out is not known. Send it again with the same Idempotency-Key."),
            AuditUnavailableException => Problem.Create(StatusCodes.Status503ServiceUnavailable, Api.ProblemCodes.AuditUnavailable,
                "The access cannot be recorded, so nothing was shown or done. Send it again."),
            _ => Problem.Create(StatusCodes.Status500InternalServerError, Api.ProblemCodes.Internal, "Something went wrong on our side."),
        };
        if (problem.StatusCode == StatusCodes.Status503ServiceUnavailable) context.Response.Headers.RetryAfter = RetryAfterSeconds;
        if (problem.StatusCode == StatusCodes.Status500InternalServerError) Failed(log, context.GetEndpoint()?.DisplayName, exception);
        await problem.ExecuteAsync(context);
        return true;
    }

    [LoggerMessage(1101, LogLevel.Error, "{Endpoint} failed")]
    private static partial void Failed(ILogger log, string? endpoint, Exception exception);
}

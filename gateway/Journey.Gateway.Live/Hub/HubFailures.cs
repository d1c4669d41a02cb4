using Microsoft.AspNetCore.SignalR;

namespace Journey.Gateway.Live.Hub;

/// <summary>
/// Logs what fails in the hub. The framework's own dispatcher is kept silent: it logs what a caller is meant to be told (an unknown unit, a
/// cluster that is away) as errors, for every browser, every few seconds.
/// </summary>
internal sealed partial class HubFailures(ILogger<HubFailures> log) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocation);
        }
        catch (Exception e) when (e is not (HubException or OperationCanceledException))
        {
            Failed(log, invocation.HubMethodName, e);
            throw;
        }
    }

    [LoggerMessage(1221, LogLevel.Error, "{Method} of the hub failed")]
    private static partial void Failed(ILogger log, string method, Exception exception);
}

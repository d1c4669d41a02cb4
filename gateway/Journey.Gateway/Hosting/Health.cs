using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Journey.Gateway.Hosting;

/// <summary>Names of the health checks' tags.</summary>
public static class Health
{
    public const string Ready = "ready";

    /// <summary>
    /// The status, and below it what somebody should look at although it works. Why something does not work is in the log: anybody may ask, and what
    /// an exception says is not for everybody.
    /// </summary>
    public static Task Write(HttpContext http, HealthReport report) =>
        http.Response.WriteAsync(string.Join('\n', report.Entries.Values.Where(entry => entry.Status == HealthStatus.Healthy)
            .Select(entry => entry.Description).Where(text => !string.IsNullOrEmpty(text)).Prepend(report.Status.ToString())));
}

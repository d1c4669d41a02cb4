using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Journey.Silo;

/// <summary>
/// The check <c>membership</c>: this silo is a working member of its cluster, neither still joining nor on its way out nor voted out.
/// </summary>
internal sealed class MembershipHealth(ISiloStatusOracle silos) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        silos.CurrentStatus == SiloStatus.Active
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, $"The silo is {silos.CurrentStatus}."));
}

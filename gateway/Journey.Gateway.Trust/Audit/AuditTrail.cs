using Journey.Contracts;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Cluster.Telemetry;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Trust.Audit;

/// <summary>Where an access is recorded.</summary>
internal interface IAuditTrail
{
    /// <summary>Durable when it returns.</summary>
    /// <exception cref="AuditUnavailableException">It could not be made durable: nothing may be shown or done.</exception>
    /// <exception cref="ClusterUnavailableException">Nobody answered: the same.</exception>
    Task Record(AuditEntry entry);
}

/// <summary>
/// The trail has a few chains. They are taken in turn; one that does not answer is passed over for the next, so an entry may stand in two, with one
/// id.
/// </summary>
internal sealed class AuditTrail(JourneyCluster cluster, RefusalSample sample, AuditPace pace, IOptions<GatewayOptions> options, TimeProvider clock)
    : IAuditTrail
{
    private uint _next;

    public Task Record(AuditEntry entry) => sample.Keeps(entry) ? Write(entry) : Task.CompletedTask;

    /// <summary>As <see cref="Record"/>, whoever it is about.</summary>
    public async Task Write(AuditEntry entry)
    {
        var began = clock.GetTimestamp();
        var timeout = TimeSpan.FromSeconds(options.Value.CallTimeoutSeconds);
        for (var attempt = 1; ; attempt++)
        {
            var chain = (int)(Interlocked.Increment(ref _next) % AuditChains.Count);
            try
            {
                await cluster.CallOnce(() => cluster.AuditChain(chain).Record(entry), timeout);
                pace.Took(clock.GetElapsedTime(began));
                return;
            }
            catch (Exception e) when (CallPipeline.IsUncertain(e))
            {
                if (attempt < AuditChains.Count) continue;
                GatewayMetrics.AuditFailed();
                throw e is OutcomeUnknownException ? new AuditUnavailableException(e) : new ClusterUnavailableException(e);
            }
        }
    }
}

/// <summary>What was about to be shown or done could not be recorded.</summary>
internal sealed class AuditUnavailableException(Exception inner) : Exception("The audit trail does not take entries.", inner);

using Journey.Contracts.Intake;
using Journey.Contracts.Visits;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Telemetry;
using Journey.Gateway.Feeds.Profiles;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Feeds.Listening;

/// <summary>Gives messages to the grains, again and again under the same id while nobody knows whether they are durable, but not for long.</summary>
internal sealed partial class MessageIntake(JourneyCluster cluster, IOptions<MllpOptions> options, ILogger<MessageIntake> log)
{
    /// <exception cref="ClusterUnavailableException">Not known to be durable when the time was up.</exception>
    public Task<IntakeOutcome> Receive(FeedMessage message, CancellationToken cancellation) =>
        cluster.CallFor(() => Intake.Receive(message), TimeSpan.FromSeconds(options.Value.RetrySeconds), () => GatewayMetrics.Retries.Add(1),
            cancellation);

    /// <summary>Logs a message that can never be accepted. Its sender is told so even when the log cannot be written.</summary>
    public Task Reject(MessageRecord message, string reason, CancellationToken cancellation) =>
        Log(() => Intake.Reject(message, reason), cancellation);

    /// <summary>Logs a message that was not carried out. False when the log cannot be written.</summary>
    public Task<bool> SetAside(MessageRecord message, IntakeOutcome outcome, CancellationToken cancellation) =>
        Log(() => Intake.SetAside(message, outcome), cancellation);

    private async Task<bool> Log(Func<Task> write, CancellationToken cancellation)
    {
        try
        {
            return await cluster.Call(async () =>
            {
                await write();
                return true;
            }, cancellation);
        }
        catch (Exception e)
        {
            NotLogged(log, e.GetType().Name);
            return false;
        }
    }

    private IIntakeGrain? _intake;

    /// <summary>Kept: making a reference is not free, and there is one for each message.</summary>
    private IIntakeGrain Intake => _intake ??= cluster.Intake;

    [LoggerMessage(1311, LogLevel.Error, "A message that was refused, or failed, could not be written to the message log ({Error})")]
    private static partial void NotLogged(ILogger log, string error);
}

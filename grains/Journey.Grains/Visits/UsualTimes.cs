using System.Collections.Immutable;
using Journey.Domain.Policies;
using Journey.Grains.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Visits;

/// <summary>The policy with how long visits usually stay in a step: read from the cards when the silo starts, and once an hour. Until then, and where it cannot be read, nobody is judged by it.</summary>
internal sealed partial class UsualTimes(ICards cards, Policy policy, TimeProvider clock, ILogger<UsualTimes> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    public Policy Policy { get; private set; } = policy;

    public static async Task<StepNorms> Read(ICards cards, Policy policy, DateTimeOffset now, CancellationToken cancellation = default) => new(
        (await cards.UsualTimes(now - TimeSpan.FromDays(StepNorms.Days), policy.UsualFrom, cancellation)).ToImmutableDictionary(usual => (usual.Unit, usual.Step), usual => usual.Time));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            do await Measure(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private async Task Measure(CancellationToken stopping)
    {
        try
        {
            Policy = Policy with { Norms = await Read(cards, Policy, clock.GetUtcNow(), stopping) };
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            NotMeasured(logger, e);
        }
    }

    [LoggerMessage(2102, LogLevel.Warning, "How long visits usually stay in a step could not be read; what was read before holds for another hour.")]
    private static partial void NotMeasured(ILogger logger, Exception exception);
}

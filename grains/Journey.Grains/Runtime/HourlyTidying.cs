using Microsoft.Extensions.Hosting;

namespace Journey.Grains.Runtime;

/// <summary>Once an hour removes what is past its time. What fails is told by who does it, and tried again in an hour.</summary>
internal abstract class HourlyTidying(TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected TimeProvider Clock { get; } = clock;

    protected abstract Task Tidy(CancellationToken stopping);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Tidy(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops.
        }
    }
}

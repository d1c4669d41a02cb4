using Journey.Contracts.Boards;
using Journey.Contracts.Visits;
using Journey.Grains.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Boards;

/// <summary>
/// The second net under deadlines: looks through the cards for any that passed without its board having poked the visit, because the board
/// is being moved, or was never woken. Bounds lateness without waiting for the cluster to notice that a silo is gone.
/// </summary>
internal sealed partial class DeadlineSweep(ICards cards, IGrainFactory grains, TimeProvider clock, ILogger<DeadlineSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>The board comes first; the sweep takes what is later than this.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private const int AtOnce = 256;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        await Wake();
        while (await Next(timer, stoppingToken))
            try
            {
                await Sweep(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(logger, e);
            }
    }

    private async Task Sweep(CancellationToken stopping)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            var overdue = await cards.TakeOverdue(now - Grace, AtOnce, Lease, now, stopping);
            await Task.WhenAll(overdue.Select(visit => grains.GetGrain<IVisitGrain>(visit).Review()));
            if (overdue.Count < AtOnce) return;
        }
    }

    /// <summary>The hospital wakes every board, and so every deadline.</summary>
    private async Task Wake()
    {
        try
        {
            await grains.GetGrain<IHospitalGrain>(BoardKeys.Hospital).Units();
        }
        catch (Exception e)
        {
            Failed(logger, e);
        }
    }

    private static async Task<bool> Next(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(2301, LogLevel.Warning, "A sweep over the deadlines failed; the next one comes in a second.")]
    private static partial void Failed(ILogger logger, Exception exception);
}

using Journey.Contracts.Staff;
using Journey.Domain.Staff;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Staff;

/// <summary>
/// Who is on duty, as this silo knows it: asked of the directory each second, so that no visit waits for the directory. Until it has answered nobody is known
/// to be off duty.
/// </summary>
internal sealed partial class DutyBook(IGrainFactory grains, TimeProvider clock, ILogger<DutyBook> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private volatile Duty duty = Duty.Unknown;
    private bool failing;

    public Duty Duty => duty;

    /// <summary>The directory says so itself, on its own silo.</summary>
    public void Hear(DutyRoster roster)
    {
        if (roster.Version > duty.Version) duty = new Duty(roster.Version, roster.Shifts);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            do await Ask();
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private async Task Ask()
    {
        try
        {
            if (await grains.GetGrain<IStaffGrain>(StaffKeys.All).Duty(duty.Version) is { } news) Hear(news);
            failing = false;
        }
        catch (Exception e)
        {
            // Once for as long as it lasts.
            if (!failing) NotAsked(logger, e);
            failing = true;
        }
    }

    [LoggerMessage(2105, LogLevel.Warning, "Who is on duty could not be asked; what was known before holds, and it is asked again each second.")]
    private static partial void NotAsked(ILogger logger, Exception exception);
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Journey.Storage.Room;

/// <summary>
/// Looks once a minute how much room there is. Says so when it becomes short, once an hour while it is, and when it is not any more.
/// </summary>
internal sealed partial class RoomWatch(IGauge gauge, RoomLeft room, TimeProvider clock, ILogger<RoomWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Reminder = TimeSpan.FromHours(1);
    private DateTimeOffset? _saidAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            do await Look(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private async Task Look(CancellationToken stopping)
    {
        try
        {
            var now = clock.GetUtcNow();
            room.Take(await gauge.Read(stopping), now);
            if (room.Warning is { } warning && (_saidAt is not { } at || now - at >= Reminder))
            {
                _saidAt = now;
                Short(logger, warning);
            }
            else if (room.Warning is null && _saidAt is not null)
            {
                _saidAt = null;
                Enough(logger);
            }
        }
        catch (Exception e) when (e is StorageException or IOException or UnauthorizedAccessException)
        {
            // That the store does not answer is told elsewhere.
            NotSeen(logger, e.GetType().Name);
        }
    }

    [LoggerMessage(3111, LogLevel.Warning, "{Warning}")]
    private static partial void Short(ILogger logger, string warning);

    [LoggerMessage(3112, LogLevel.Information, "There is room for the database again.")]
    private static partial void Enough(ILogger logger);

    [LoggerMessage(3113, LogLevel.Debug, "How much room the database has could not be seen: {Error}.")]
    private static partial void NotSeen(ILogger logger, string error);
}

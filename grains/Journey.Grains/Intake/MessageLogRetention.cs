using Journey.Grains.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Journey.Grains.Intake;

/// <summary><c>Journey:MessageLog</c>.</summary>
public sealed class MessageLogOptions
{
    public const string Section = "Journey:MessageLog";

    /// <summary>How many days messages are kept as they came, 1–3650; 30 by default. What they meant is in the journal and stays.</summary>
    public int RetentionDays { get; set; } = 30;
}

/// <summary>Deletes old messages from the log once an hour, and says how many: never silently.</summary>
internal sealed partial class MessageLogRetention(IMessageLog log, IOptions<MessageLogOptions> options, TimeProvider clock, ILogger<MessageLogRetention> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Trim(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private async Task Trim(CancellationToken stopping)
    {
        try
        {
            var trimmed = await log.Trim(clock.GetUtcNow() - TimeSpan.FromDays(options.Value.RetentionDays), stopping);
            if (trimmed > 0) Trimmed(logger, trimmed, options.Value.RetentionDays);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(logger, e);
        }
    }

    [LoggerMessage(1401, LogLevel.Information, "{Count} messages older than {Days} days were deleted from the message log.")]
    private static partial void Trimmed(ILogger logger, int count, int days);

    [LoggerMessage(1402, LogLevel.Warning, "Old messages could not be deleted from the message log; tried again in an hour.")]
    private static partial void Failed(ILogger logger, Exception exception);
}

using Journey.Grains.Runtime;
using Journey.Grains.Storage;
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

/// <summary><c>Journey:Inbox</c>.</summary>
public sealed class InboxOptions
{
    public const string Section = "Journey:Inbox";

    /// <summary>
    /// How many days it is remembered which messages were applied, 1–3650, and not fewer than messages are kept; 180 by default. One that is sent
    /// again later than that is taken for new.
    /// </summary>
    public int RetentionDays { get; set; } = 180;
}

/// <summary>A message in the log may be sent again by hand. The inbox must recognise it then, so it is kept at least as long.</summary>
internal sealed class InboxOutlivesTheLog(IOptions<MessageLogOptions> log) : IValidateOptions<InboxOptions>
{
    public ValidateOptionsResult Validate(string? name, InboxOptions options) =>
        options.RetentionDays is < 1 or > 3650 ? ValidateOptionsResult.Fail("Journey:Inbox:RetentionDays must be between 1 and 3650.")
        : options.RetentionDays < log.Value.RetentionDays
            ? ValidateOptionsResult.Fail(
                $"Journey:Inbox:RetentionDays must not be less than Journey:MessageLog:RetentionDays ({log.Value.RetentionDays}).")
            : ValidateOptionsResult.Success;
}

/// <summary>Deletes old messages from the log, and forgets that they were applied, once an hour, and says how many: never silently.</summary>
internal sealed partial class MessageRetention(
    IMessageLog messages, IOptions<MessageLogOptions> log, IOptions<InboxOptions> inbox, TimeProvider clock, ILogger<MessageRetention> logger)
        : HourlyTidying(clock)
{
    protected override async Task Tidy(CancellationToken stopping)
    {
        await Trim("the message log", log.Value.RetentionDays, messages.Trim, stopping);
        await Trim("the inbox", inbox.Value.RetentionDays, messages.TrimInbox, stopping);
    }

    private async Task Trim(string what, int days, Func<DateTimeOffset, CancellationToken, Task<int>> trim, CancellationToken stopping)
    {
        try
        {
            var trimmed = await trim(Clock.GetUtcNow() - TimeSpan.FromDays(days), stopping);
            if (trimmed > 0) Trimmed(logger, trimmed, days, what);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(logger, what, e);
        }
    }

    [LoggerMessage(2401, LogLevel.Information, "{Count} messages older than {Days} days were deleted from {What}.")]
    private static partial void Trimmed(ILogger logger, int count, int days, string what);

    [LoggerMessage(2402, LogLevel.Warning, "Old messages could not be deleted from {What}; tried again in an hour.")]
    private static partial void Failed(ILogger logger, string what, Exception exception);
}

using Journey.Contracts.Intake;
using Journey.Contracts.Visits;

namespace Journey.Grains.Storage;

/// <summary>Every inbound message with its outcome, for the integration engineer. Unreadable ones too.</summary>
public interface IMessageLog
{
    /// <summary>Durable when the task completes; written in the same batches as the journal.</summary>
    Task Append(MessageRecord message, IntakeOutcome outcome);

    /// <summary>Newest first, before <paramref name="before"/> (a sequence; null: from the newest), at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<LoggedMessage>> Newest(long? before, int count, CancellationToken cancellation = default);

    /// <summary>Deletes messages received before <paramref name="before"/>; returns how many.</summary>
    Task<int> Trim(DateTimeOffset before, CancellationToken cancellation = default);

    /// <summary>
    /// Forgets which messages were applied before <paramref name="before"/>, in small steps; returns how many. One of them sent again is taken for
    /// new.
    /// </summary>
    Task<int> TrimInbox(DateTimeOffset before, CancellationToken cancellation = default);
}

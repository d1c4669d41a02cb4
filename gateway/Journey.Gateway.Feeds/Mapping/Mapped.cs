using System.Collections.Immutable;
using Journey.Contracts.Intake;
using Journey.Contracts.Visits;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Mapping;

/// <summary>What became of a message in mapping: something for the intake, or the reason why it can never be accepted.</summary>
/// <param name="MessageAt">MSH-7, if it can be read and believed.</param>
internal sealed record Mapped(MessageRecord Log, FeedMessage? Message, Hl7Error? Error, DateTimeOffset? MessageAt = null)
{
    /// <summary>Codes that no table knows, and times that are not believed.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];
}

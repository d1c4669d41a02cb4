using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Grains.Storage;

namespace Journey.Grains.Streams;

/// <summary>What became of a command.</summary>
/// <param name="Before">The state that it was decided on.</param>
/// <param name="Events">What was written; empty when nothing was.</param>
/// <param name="Refusal">Why it was refused; null when it was not.</param>
internal readonly record struct Execution<TState, TEvent>(OutcomeKind Kind, TState Before, ImmutableArray<TEvent> Events, Refusal? Refusal)
{
    public Outcome ToOutcome(long version) => new(Kind, version, Refusal);
}

/// <summary>A step of a stream that is about to be written.</summary>
internal readonly record struct Transition<TState, TEvent>(TState Before, TState After, ImmutableArray<TEvent> Events, DateTimeOffset At);

/// <summary>What is written together with a commit, or not at all: see <see cref="Commit"/>.</summary>
internal readonly record struct Enclosure(VisitCard? Card, MessageKey? Message, MessageRecord? Line);

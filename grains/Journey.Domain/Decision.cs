using System.Collections.Immutable;
using Journey.Contracts;

namespace Journey.Domain;

/// <summary>What a decider answers to a command: events, or why not. With neither there is nothing to do.</summary>
public readonly struct Decision<TEvent>
{
    private readonly ImmutableArray<TEvent> _events;

    private Decision(ImmutableArray<TEvent> events, Refusal? refusal) => (_events, Refusal) = (events, refusal);

    /// <summary>Empty when there is nothing to do.</summary>
    public ImmutableArray<TEvent> Events => _events.IsDefault ? [] : _events;

    /// <summary>Why nothing is done; null when it is not refused.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Whose deed it is, where the events show that it is not the deed of whoever asked; else null.</summary>
    public Actor? By { get; init; }

    /// <summary>What the decider found out on its way, and the fold of this kind of stream can go on from; null where there is nothing.</summary>
    public object? Foreseen { get; init; }

    public static implicit operator Decision<TEvent>(Refusal refusal) => new([], refusal);

    /// <param name="e">Null: nothing to do.</param>
    public static implicit operator Decision<TEvent>(TEvent? e) => e is null ? default : new([e], null);

    public static implicit operator Decision<TEvent>(ImmutableArray<TEvent> events) => new(events, null);
}

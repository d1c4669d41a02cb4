using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Domain;

namespace Journey.Grains.Storage;

/// <summary>One kind of stream in the journal.</summary>
/// <param name="Name">The stream's name, or how the names of its streams begin.</param>
/// <param name="IsPrefix">Whether there are many of it, each with its key behind the name.</param>
/// <param name="Holds">Whose words it holds.</param>
internal abstract record StreamKind(string Name, bool IsPrefix, Holding Holds)
{
    /// <summary>How its events are written.</summary>
    public abstract EventCodec Json { get; }

    public bool Has(string stream) => IsPrefix ? stream.StartsWith(Name, StringComparison.Ordinal) : stream == Name;
}

/// <inheritdoc />
/// <param name="Start">The state before the first commit.</param>
/// <param name="Codec">How its events are written.</param>
/// <param name="Fold">The state after a commit.</param>
internal sealed record StreamKind<TState, TEvent>(
    string Name, bool IsPrefix, Holding Holds, TState Start, EventCodec<TEvent> Codec, Func<TState, Recorded<TEvent>, TState> Fold)
        : StreamKind(Name, IsPrefix, Holds)
{
    public override EventCodec Json => Codec;

    /// <summary>Whether the state itself still knows a command as carried out. Null: nothing does, and the stream remembers every one.</summary>
    public Func<TState, CommandId, bool>? Remembers { get; init; }

    /// <summary>
    /// How the state is kept as a snapshot; null for streams that are read from their start. What cannot be read comes back as null.
    /// </summary>
    public (Func<TState, byte[]> Write, Func<byte[], TState?> Read)? Snapshots { get; init; }

    public Recorded<TEvent> Read(JournalEntry entry)
    {
        var (by, events) = Codec.Read(entry.Payload.Span);
        return new(entry.Version, entry.CommandId, entry.RecordedAt, by ?? new Actor(entry.Actor), events);
    }

    /// <summary>A stream as it stands in the journal, for whoever only reads it. Version 0 when there is none.</summary>
    public async Task<(TState State, long Version)> Read(IJournal journal, string stream, CancellationToken cancellation = default)
    {
        var (state, version) = (Start, 0L);
        foreach (var entry in await journal.Read(stream, 0, cancellation)) (state, version) = (Fold(state, Read(entry)), entry.Version);
        return (state, version);
    }
}

/// <summary>One commit as the journal has it: all events of one command.</summary>
internal readonly record struct Recorded<TEvent>(long Version, Guid Command, DateTimeOffset At, Actor By, ImmutableArray<TEvent> Events)
{
    /// <summary>See <see cref="Decision{TEvent}.Foreseen"/>; null for what was read.</summary>
    public object? Foreseen { get; init; }
}

/// <summary>Whose words a stream holds, and so what of it goes when a person is erased.</summary>
/// <param name="IsOnePersons">It is of one person, and goes as a whole.</param>
/// <param name="Line">It has lines about many persons, and their sensitive texts go: the property by which the events of one line are told. Null
/// where there are none.</param>
public readonly record struct Holding(bool IsOnePersons, string? Line)
{
    public static readonly Holding OnePerson = new(true, null);

    /// <summary>Beds, staff, sessions, rules: whoever works here, and nothing of who is cared for.</summary>
    public static readonly Holding Nobody;

    /// <summary>An event that names a visit tells whose its line is.</summary>
    public static Holding Lines(string line) => new(false, line);
}

using Journey.Contracts;
using Journey.Grains.Storage;

namespace Journey.Grains.Streams;

/// <summary>A small stream and the state that follows from it, for a grain whose stream needs no snapshot.</summary>
/// <param name="fold">The state after one commit's payload.</param>
/// <param name="fallBehind">See <see cref="Appender"/>.</param>
internal sealed class EventStream<TState>(IJournal journal, Action fallBehind, string stream, TState start, Func<TState, ReadOnlyMemory<byte>, TState> fold)
{
    private readonly HashSet<Guid> done = [];
    private readonly Appender appender = new(journal, fallBehind);

    public TState State { get; private set; } = start;
    public long Version { get; private set; }

    /// <summary>See <see cref="Appender.IsBehind"/>.</summary>
    public bool IsBehind => appender.IsBehind;

    /// <summary>True when this very command was carried out before: what it meets now is its own doing, no refusal.</summary>
    public bool Has(CommandId command) => done.Contains(command.Value);

    public async Task CatchUp(CancellationToken cancellation)
    {
        foreach (var entry in await journal.Read(stream, Version, cancellation))
        {
            // Somebody else may have caught up meanwhile.
            if (entry.Version <= Version) continue;
            (State, Version) = (fold(State, entry.Payload), entry.Version);
            done.Add(entry.CommandId);
        }

        appender.CaughtUp();
    }

    public async Task<OutcomeKind> Append(CommandId command, Actor by, DateTimeOffset now, byte[] payload)
    {
        // Before it is written: what cannot be folded must not become durable, or the stream could never be read again.
        var next = fold(State, payload);
        switch (await appender.Append(new Commit(stream, Version + 1, now, command.Value, by.Id, payload)))
        {
            case AppendResult.Appended:
                (State, Version) = (next, Version + 1);
                done.Add(command.Value);
                return OutcomeKind.Accepted;
            case AppendResult.DuplicateCommand:
                // Perhaps by another activation, with more behind it.
                await CatchUp(CancellationToken.None);
                return OutcomeKind.Repeated;
            default:
                throw appender.FallBehind(null);
        }
    }
}

using Journey.Contracts;

namespace Journey.Grains.Storage;

/// <summary>A small stream and the state that follows from it, for a grain whose stream needs no snapshot. Durable first, folded then.</summary>
/// <param name="fold">The state after one commit's payload.</param>
internal sealed class EventStream<TState>(IJournal journal, IGrainBase grain, string stream, TState start, Func<TState, ReadOnlyMemory<byte>, TState> fold)
{
    private readonly HashSet<Guid> done = [];
    private bool outcomeUnknown;

    public TState State { get; private set; } = start;
    public long Version { get; private set; }

    /// <summary>True when this very command was carried out before: what it meets now is its own doing, no refusal.</summary>
    public bool Has(CommandId command) => done.Contains(command.Value);

    public async Task CatchUp(CancellationToken cancellation)
    {
        foreach (var entry in await journal.Read(stream, Version, cancellation))
        {
            (State, Version) = (fold(State, entry.Payload), entry.Version);
            done.Add(entry.CommandId);
        }
    }

    public async Task<OutcomeKind> Append(CommandId command, Actor by, DateTimeOffset now, byte[] payload)
    {
        if (outcomeUnknown) throw new OutcomeUnknownException();
        AppendResult result;
        try
        {
            result = await journal.Append(new Commit(stream, Version + 1, now, command.Value, by.Id, payload));
        }
        catch (Exception e)
        {
            throw GiveUp(e);
        }

        switch (result)
        {
            case AppendResult.Appended:
                (State, Version) = (fold(State, payload), Version + 1);
                done.Add(command.Value);
                return OutcomeKind.Accepted;
            case AppendResult.DuplicateCommand:
                return OutcomeKind.Repeated;
            default:
                // Another activation wrote meanwhile. The caller retries with the same id and finds a fresh one.
                throw GiveUp(null);
        }
    }

    private OutcomeUnknownException GiveUp(Exception? cause)
    {
        outcomeUnknown = true;
        grain.DeactivateOnIdle();
        return cause is null ? new OutcomeUnknownException() : new OutcomeUnknownException(cause.Message);
    }
}

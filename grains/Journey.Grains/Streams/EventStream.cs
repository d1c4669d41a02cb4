using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Domain;
using Journey.Grains.Storage;

namespace Journey.Grains.Streams;

/// <summary>
/// One stream and the state that follows from it: the shell of every grain that writes events. It recognises what was done already, lets the grain
/// decide, writes the commit, and believes it only then; so memory never holds what is not durable. The grain brings its deciders and tells others
/// what became of it.
/// </summary>
/// <remarks>
/// A commit that another activation was ahead of is decided anew on what that one wrote. Of a commit whose outcome nobody knows only the journal
/// tells: the grain gives up its activation, and the next one reads the stream.
/// </remarks>
internal sealed class EventStream<TState, TEvent>(StreamKind<TState, TEvent> kind, string name, IJournal journal, TimeProvider clock)
{
    private const int MaxAttempts = 3;

    /// <summary>Every command of the stream, where the state does not remember them itself.</summary>
    private readonly HashSet<Guid>? _done = kind.Remembers is null ? [] : null;

    /// <summary>
    /// Ends this activation, so that another one reads the stream. Null for a grain that stays, and has the stream read again before the next
    /// command.
    /// </summary>
    public Action? GiveUp { get; init; }

    /// <summary>Called whenever the state moved on; with true when that was read, and written by another activation.</summary>
    public Action<bool>? Moved { get; init; }

    /// <summary>Where snapshots are kept; null for a kind that has none.</summary>
    public SnapshotShelf? Shelf { get; init; }

    public TState State { get; private set; } = kind.Start;

    public long Version { get; private set; }

    /// <summary>From a commit whose outcome nobody knows until the stream was read again. Nothing is written meanwhile.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>True when this very command was carried out before: what it meets now is its own doing, no refusal.</summary>
    public bool Has(CommandId command) => _done?.Contains(command.Value) ?? kind.Remembers!(State, command);

    /// <summary>What is known beside the journal, for as long as this activation lives.</summary>
    public void Remember(TState state) => State = state;

    /// <summary>Reads the stream. A grain that cannot do that does not come up, and says so in the contract's words.</summary>
    public async Task Open(CancellationToken cancellation)
    {
        try
        {
            // Most streams are short: one read, and no snapshot to look for. A long one has its snapshot and the tail behind it.
            var first = await journal.Read(name, 0, Shelf is null ? int.MaxValue : SnapshotShelf.Every, cancellation);
            if (Shelf is null || first.Count < SnapshotShelf.Every)
            {
                TakeIn(first);
                return;
            }

            if (await Shelf.Load() is { } snapshot && kind.Snapshots!.Value.Read(snapshot.State) is { } state)
                (State, Version) = (state, snapshot.Version);
            TakeIn(await journal.Read(name, Version, cancellation));
        }
        catch (StoreFailure e)
        {
            throw e.ToOutcome();
        }
    }

    /// <summary>Reads what others wrote.</summary>
    public async Task CatchUp(CancellationToken cancellation = default)
    {
        var before = Version;
        TakeIn(await journal.Read(name, Version, cancellation));
        IsBehind = false;
        if (Version > before) Moved?.Invoke(true);
    }

    /// <summary>Carries a command out, once.</summary>
    /// <param name="decide">By the state and the time. Asked again when another activation wrote meanwhile.</param>
    public async Task<Outcome> Execute(CommandId command, Actor by, Func<TState, DateTimeOffset, Decision<TEvent>> decide) =>
        (await Execute(command, by, decide, static (state, decide, now) => decide(state, now))).ToOutcome(Version);

    /// <summary>
    /// Writes what was decided on the state as it stands. When another activation wrote meanwhile its outcome is unknown: the caller asks again.
    /// </summary>
    public async Task<OutcomeKind> Commit(CommandId command, Actor by, ImmutableArray<TEvent> events) =>
        (await Execute(command, by, events, static (_, events, _) => events, attempts: 1)).Kind;

    /// <inheritdoc cref="Execute(CommandId, Actor, Func{TState, DateTimeOffset, Decision{TEvent}})"/>
    /// <param name="with">What the functions need, so that they capture nothing.</param>
    /// <param name="enclose">What is written together with the commit.</param>
    /// <exception cref="OutcomeUnknownException">The store failed, or others were ahead each time.</exception>
    public async Task<Execution<TState, TEvent>> Execute<TWith>(
        CommandId command, Actor by, TWith with, Func<TState, TWith, DateTimeOffset, Decision<TEvent>> decide,
        Func<Transition<TState, TEvent>, TWith, Enclosure>? enclose = null, int attempts = MaxAttempts)
    {
        if (IsBehind && GiveUp is null) await CatchUp();
        for (var attempt = 1; ; attempt++)
        {
            if (IsBehind) throw new OutcomeUnknownException();
            var before = State;
            if (Has(command)) return new(OutcomeKind.Repeated, before, [], null);
            var now = clock.GetRecordedNow();
            var decision = decide(before, with, now);
            if (decision.Refusal is { } refusal) return new(OutcomeKind.Refused, before, [], refusal);
            if (decision.Events is not { IsEmpty: false } events) return new(OutcomeKind.Unchanged, before, [], null);
            by = decision.By ?? by;
            var recorded = new Recorded<TEvent>(Version + 1, command.Value, now, by, events) { Foreseen = decision.Foreseen };
            // What cannot be folded or written must not become durable, or the stream could never be read again. Both come before the write, so that
            // a bug in them is not taken for a broken store.
            var next = kind.Fold(before, recorded);
            var payload = kind.Codec.Write(by, events);
            var enclosed = enclose is null ? default : enclose(new(before, next, events, now), with);
            switch (await Append(new Commit(name, recorded.Version, now, command.Value, by.Id, payload, enclosed.Card, enclosed.Message,
                enclosed.Line)))
            {
                case AppendResult.Appended:
                    Land(recorded, next);
                    return new(OutcomeKind.Accepted, before, events, null);
                case AppendResult.VersionConflict when attempt < attempts:
                    await CatchUp();
                    break;
                case AppendResult.VersionConflict:
                    throw FallBehind(null);
                default:
                    // Perhaps by another activation, with more behind it.
                    await CatchUp();
                    return new(OutcomeKind.Repeated, State, [], null);
            }
        }
    }

    /// <summary>Keeps a snapshot once enough commits came since the last.</summary>
    public async Task SaveSnapshot()
    {
        if (Version - Shelf!.Version >= SnapshotShelf.Every) await Shelf.Save(Version, kind.Snapshots!.Value.Write(State));
    }

    /// <summary>Keeps a snapshot of a long stream before the grain goes to sleep.</summary>
    public async Task SaveLastSnapshot()
    {
        if (!IsBehind && Version >= SnapshotShelf.Every && Version > Shelf!.Version) await Shelf.Save(Version, kind.Snapshots!.Value.Write(State));
    }

    private async Task<AppendResult> Append(Commit commit)
    {
        try
        {
            return await journal.Append(commit);
        }
        catch (StoreFailure e)
        {
            throw FallBehind(e);
        }
        catch (Exception)
        {
            // A bug, and told as one. Whether something was written before it nobody knows either.
            FallBehind(null);
            throw;
        }
    }

    private OutcomeUnknownException FallBehind(StoreFailure? cause)
    {
        IsBehind = true;
        GiveUp?.Invoke();
        return cause?.ToOutcome() ?? new OutcomeUnknownException();
    }

    private void Land(Recorded<TEvent> commit, TState next)
    {
        // In a reentrant grain another command may have read this commit meanwhile, and what came behind it.
        if (commit.Version <= Version) return;
        (State, Version) = (next, commit.Version);
        _done?.Add(commit.Command);
        Moved?.Invoke(false);
    }

    private void TakeIn(IReadOnlyList<JournalEntry> entries)
    {
        foreach (var entry in entries)
        {
            // Somebody else may have read on meanwhile.
            if (entry.Version <= Version) continue;
            (State, Version) = (kind.Fold(State, kind.Read(entry)), entry.Version);
            _done?.Add(entry.CommandId);
        }
    }
}

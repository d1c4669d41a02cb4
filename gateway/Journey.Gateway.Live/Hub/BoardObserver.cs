using System.Collections.Immutable;
using System.Threading.Channels;
using Journey.Contracts.Boards;

namespace Journey.Gateway.Live.Hub;

/// <summary>Something for the relay to take in, in order.</summary>
internal readonly record struct BoardNotice(BoardDelta? Delta, BoardSnapshot? Snapshot, ImmutableArray<UnitSummary> Hospital, bool IsWhole = false,
    BoardRenewal? Renewal = null);

/// <summary>The one observer of this process. A board's grain waits for it, so it only writes to the queue, or notes that it could not.</summary>
internal sealed class BoardObserver(ChannelWriter<BoardNotice> queue, Action<string?> full, Action<string> left) : IBoardObserver
{
    public Task Changed(BoardDelta delta)
    {
        if (!queue.TryWrite(new(delta, null, default))) full(delta.Unit);
        return Task.CompletedTask;
    }

    public Task HospitalChanged(ImmutableArray<UnitSummary> changed)
    {
        if (!queue.TryWrite(new(null, null, changed))) full(null);
        return Task.CompletedTask;
    }

    public Task Left(string unit)
    {
        left(unit);
        return Task.CompletedTask;
    }
}

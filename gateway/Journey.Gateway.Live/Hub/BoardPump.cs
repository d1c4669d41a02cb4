using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using Journey.Contracts.Boards;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Cluster.Telemetry;
using Journey.Gateway.Live.Boards;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Live.Hub;

/// <summary>Takes in deltas and snapshots in order, keeps each watched board, and hands on what changed.</summary>
internal sealed partial class BoardPump(
    ChannelReader<BoardNotice> queue, ConcurrentDictionary<string, WatchedUnit> units, HospitalState hospital, BoardSender sender,
    IOptions<GatewayOptions> options, TimeProvider clock, ILogger log)
{
    private static readonly KeyValuePair<string, object?> Gap = new("cause", "gap");
    private static readonly KeyValuePair<string, object?> Rebuilt = new("cause", "rebuilt");

    public async Task Run(CancellationToken stopping)
    {
        try
        {
            await foreach (var notice in queue.ReadAllAsync(stopping))
            {
                try
                {
                    Take(notice);
                }
                catch (Exception e)
                {
                    Failed(log, e);
                    if ((notice.Delta?.Unit ?? notice.Snapshot?.Unit) is { } unit && units.TryGetValue(unit, out var watched))
                        watched.Lease.MustResubscribe = true;
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Take(BoardNotice notice)
    {
        if (notice.Delta is { } delta) Take(delta);
        else if (notice.Snapshot is { } snapshot) Take(snapshot);
        else if (notice.Renewal is { } renewal) Take(renewal);
        else if (hospital.Take(notice.Hospital, notice.IsWhole) is { Count: > 0 } changed) sender.Units(changed);
    }

    private void Take(BoardDelta delta)
    {
        if (!units.TryGetValue(delta.Unit, out var unit)) return;
        if (unit.State is not { } state)
        {
            unit.Defer(delta);
            return;
        }

        if (state.Has(delta)) return;
        if (!state.IsNext(delta))
        {
            unit.Defer(delta);
            unit.Lease.MustResubscribe = true;
            GatewayMetrics.Resynced.Add(1, Gap);
            return;
        }

        Advance(unit, state, delta);
        CatchUp(unit);
    }

    private void Take(BoardSnapshot snapshot)
    {
        if (!units.TryGetValue(snapshot.Unit, out var unit)) return;
        if (unit.State is { } same && same.Epoch == snapshot.Epoch && same.Version >= snapshot.Version)
        {
            // Nothing is made of what is known.
            if (same.Version == snapshot.Version) Confirm(unit, same.SeenAt(snapshot.AsOf));
            CatchUp(unit);
            return;
        }

        var next = BoardState.From(snapshot, unit.State);
        if (unit.State is not { } state)
        {
            unit.Set(next);
        }
        else if (state.Epoch != next.Epoch)
        {
            GatewayMetrics.Resynced.Add(1, Rebuilt);
            unit.Set(next);
            Quiet(unit, next);
        }
        else
        {
            Advance(unit, BoardStep.To(state, next));
        }

        CatchUp(unit);
    }

    private void Take(BoardRenewal renewal)
    {
        if (!units.TryGetValue(renewal.Unit, out var unit) || unit.State is not { } state) return;
        if (!state.Has(renewal))
        {
            // The last delta was lost, and none after it has shown the gap.
            unit.Lease.MustResubscribe = true;
            GatewayMetrics.Resynced.Add(1, Gap);
        }
        else if (state.Version == renewal.Version)
        {
            Confirm(unit, state.SeenAt(renewal.AsOf));
        }
    }

    private void Confirm(WatchedUnit unit, BoardState board)
    {
        unit.Set(board);
        if (clock.GetUtcNow() - unit.SentAt >= TimeSpan.FromSeconds(options.Value.BoardHeartbeatSeconds)) Quiet(unit, board);
    }

    private void CatchUp(WatchedUnit unit)
    {
        while (unit.State is { } state && unit.TakeNext(state) is { } delta) Advance(unit, state, delta);
    }

    private void Advance(WatchedUnit unit, BoardState before, BoardDelta delta)
    {
        var taken = clock.GetUtcNow();
        Advance(unit, BoardStep.By(before, delta));
        if (delta.Traces is { IsDefault: false } traces) Trace(traces, taken);
    }

    /// <summary>The last span in the trace of each message that the delta carries news of: handed to the watchers' connections.</summary>
    private static void Trace(ImmutableArray<string> traces, DateTimeOffset taken)
    {
        foreach (var trace in traces)
            if (ActivityContext.TryParse(trace, null, isRemote: true, out var message))
                GatewayMetrics.Source.StartActivity("board relay", ActivityKind.Producer, message, startTime: taken)?.Dispose();
    }

    /// <summary>The state first, the sending after: whoever joins in between has both, and the version tells which is which.</summary>
    private void Advance(WatchedUnit unit, BoardStep step)
    {
        unit.Set(step.After);
        sender.Changed(step);
        unit.SentAt = clock.GetUtcNow();
        GatewayMetrics.RelayLag.Record((unit.SentAt - step.After.AsOf).TotalSeconds);
    }

    /// <summary>Says how true a quiet board is; with a new epoch, that it must be fetched anew.</summary>
    private void Quiet(WatchedUnit unit, BoardState board)
    {
        sender.Nothing(board);
        unit.SentAt = clock.GetUtcNow();
    }

    [LoggerMessage(1213, LogLevel.Error, "A board's change could not be relayed; the board is read anew")]
    private static partial void Failed(ILogger log, Exception exception);
}

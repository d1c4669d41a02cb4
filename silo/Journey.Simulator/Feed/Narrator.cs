using Journey.Simulator.Model;
using Microsoft.Extensions.Logging;

namespace Journey.Simulator.Feed;

/// <summary>How a run is told.</summary>
internal sealed record NarratorOptions
{
    /// <summary>Events on their way at once.</summary>
    public int Window { get; init; } = 64;

    /// <summary>Events per second at most, when there is much to catch up with.</summary>
    public int MostPerSecond { get; init; } = 1000;

    /// <summary>Older staff entries than this are left out when a pause is caught up with; what the hospital's system says never is.</summary>
    public TimeSpan EntriesReach { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Where to stop, in the server's time; null for never.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>
/// Tells a run: each event when its time has come, and not before everything it follows from has been acknowledged. Events that concern
/// different patients and beds need not wait for each other, so the past is told over several lines at once and still in order.
/// </summary>
internal sealed partial class Narrator(
    Run run, Timeline timeline, RunState state, IFeedLines lines, IStaffDesk desk, NarratorOptions options, Action<RunState> save,
    TimeProvider clock, ILogger log)
{
    /// <summary>How far ahead the state vouches for the timeline; it is written anew well before that.</summary>
    private static readonly TimeSpan Vouch = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(3);

    private readonly Hl7Rendering _rendering = new(run, timeline);
    private readonly Dictionary<string, Task> _last = [];
    private readonly SemaphoreSlim _window = new(options.Window, options.Window);
    private readonly HashSet<long> _doneAhead = [];
    private readonly Lock _gate = new();
    private readonly long _from = state.Done;
    private RunState _state = state;
    private DateTimeOffset _savedAt;
    private DateTimeOffset _nextSlot;
    private readonly long _began = clock.GetTimestamp();
    private readonly TaskCompletionSource _live = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the past is told and people live from minute to minute.</summary>
    public Task Live => _live.Task;

    /// <summary>Runs until cancelled or until its end; a cancellation saves how far it came and returns.</summary>
    public async Task Tell(CancellationToken cancellation)
    {
        Save(clock.GetUtcNow());
        try
        {
            foreach (var next in run.Hospital.Events())
            {
                if (next.Sequence <= _from) continue;
                var due = timeline.Exact(next.At);
                if (options.Until is { } end && due > end) break;
                await WaitUntil(due, cancellation);
                if (IsStale(next))
                {
                    Done(next.Sequence);
                    continue;
                }

                await Pace(cancellation);
                await _window.WaitAsync(cancellation);
                Dispatch(next, cancellation);
            }

            await Task.WhenAll(_last.Values);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Task.WhenAll(_last.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            Save(clock.GetUtcNow(), final: true);
        }
    }

    private async Task WaitUntil(DateTimeOffset due, CancellationToken cancellation)
    {
        for (var now = clock.GetUtcNow(); now < due; now = clock.GetUtcNow())
        {
            if (!_live.Task.IsCompleted)
            {
                await Task.WhenAll(_last.Values);
                _live.SetResult();
                GoesLive(log, run.Tag, _state.Done, clock.GetElapsedTime(_began).TotalSeconds);
            }

            SaveIfDue(now);
            var wait = due - now;
            await Task.Delay(wait < SaveEvery ? wait : SaveEvery, clock, cancellation);
        }

        SaveIfDue(clock.GetUtcNow());
    }

    private bool IsStale(HospitalEvent next) =>
        _from > 0 && next is StaffEntered { Act: not (StaffAct.Assigned or StaffAct.Triaged) }
        && timeline.Wall(next.At) < clock.GetUtcNow() - options.EntriesReach;

    private async Task Pace(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (_nextSlot < now) _nextSlot = now;
        _nextSlot += TimeSpan.FromSeconds(1.0 / options.MostPerSecond);
        if (_nextSlot - now > TimeSpan.FromMilliseconds(50)) await Task.Delay(_nextSlot - now, clock, cancellation);
    }

    private void Dispatch(HospitalEvent next, CancellationToken cancellation)
    {
        var before = next.Concerns.Select(key => _last.GetValueOrDefault(key)).OfType<Task>().Distinct().ToArray();
        var task = Deliver(next, before, cancellation);
        foreach (var key in next.Concerns) _last[key] = task;
        if (_last.Count <= 4000) return;
        foreach (var (key, _) in _last.Where(l => l.Value.IsCompleted).ToList()) _last.Remove(key);
    }

    /// <summary>Never fails but by cancellation: what goes wrong with one event is counted and told, and the next goes on.</summary>
    private async Task Deliver(HospitalEvent next, Task[] before, CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAll(before);
            if (next is StaffEntered entry) await desk.Enter(entry, timeline, cancellation);
            else if (_rendering.Render(next) is { } message) await lines.Send(message, run.ControlId(next.Sequence), cancellation);
            Done(next.Sequence);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(log, run.ControlId(next.Sequence), e);
            Done(next.Sequence);
        }
        finally
        {
            _window.Release();
        }
    }

    /// <summary>Keeps the mark below which everything is delivered; events are done out of order.</summary>
    private void Done(long sequence)
    {
        lock (_gate)
        {
            _doneAhead.Add(sequence);
            var mark = _state.Done;
            while (_doneAhead.Remove(mark + 1)) mark++;
            _state = _state with { Done = mark };
        }
    }

    private void SaveIfDue(DateTimeOffset now)
    {
        if (now - _savedAt >= SaveEvery) Save(now);
    }

    private void Save(DateTimeOffset now, bool final = false)
    {
        _savedAt = now;
        RunState current;
        lock (_gate) current = _state = _state with { AliveUntil = final ? now : now + Vouch, Pieces = timeline.Pieces };
        try
        {
            save(current);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            NotSaved(log, e);
        }
    }

    [LoggerMessage(5001, LogLevel.Information,
        "Run {Run}: the past is told up to now, event {Done}, in {Seconds:0.0} s; the demo hospital goes on live")]
    private static partial void GoesLive(ILogger log, string run, long done, double seconds);

    [LoggerMessage(5002, LogLevel.Error, "Event {ControlId} could not be delivered")]
    private static partial void Failed(ILogger log, string controlId, Exception e);

    [LoggerMessage(5003, LogLevel.Warning, "The state of the demo could not be written; a restart would begin a new run")]
    private static partial void NotSaved(ILogger log, Exception e);
}

using System.Collections.Concurrent;

namespace Journey.Gateway.Live.Hub;

/// <summary>Wakes who waits for the next change of a unit's board: the pages that are made for one family, or for a waiting room.</summary>
internal sealed class BoardSignals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _next = new();

    /// <summary>Ask before reading: a change after the asking completes it.</summary>
    public Task Next(string unit) => _next.GetOrAdd(unit, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Changed(string unit)
    {
        if (_next.TryRemove(unit, out var waiting)) waiting.TrySetResult();
    }
}

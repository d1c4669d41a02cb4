using Journey.Contracts.Boards;

namespace Journey.Grains.Runtime;

/// <summary>The gateway processes that watch something, each until its lease ends. Telling them never waits and never fails.</summary>
internal sealed class Watchers<TObserver>(TimeProvider clock) where TObserver : notnull
{
    private readonly Dictionary<TObserver, DateTimeOffset> _until = [];

    public int Count => _until.Count;

    public void Add(TObserver observer) => _until[observer] = clock.GetUtcNow() + BoardKeys.Lease;

    public void Remove(TObserver observer) => _until.Remove(observer);

    public void Tell(Func<TObserver, Task> tell)
    {
        var now = clock.GetUtcNow();
        foreach (var (observer, end) in _until)
            if (end < now) _until.Remove(observer);
            else _ = Send(observer, tell);
    }

    private async Task Send(TObserver observer, Func<TObserver, Task> tell)
    {
        try
        {
            await tell(observer);
        }
        catch (Exception)
        {
            // Gone, or too slow to answer. It subscribes anew when it lives, and is answered with a snapshot.
            _until.Remove(observer);
        }
    }
}

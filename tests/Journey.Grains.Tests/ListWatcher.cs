using Journey.Contracts.Staff;

namespace Journey.Grains.Tests;

/// <summary>Watches a list as a gateway does.</summary>
internal sealed class ListWatcher(Cluster cluster, string addressee) : IListObserver, IDisposable
{
    private IListObserver? _reference;
    private OwedList _last = new("", 0, default, []);

    public OwedList Last => Volatile.Read(ref _last);

    public async Task Start()
    {
        _reference = cluster.Grains.CreateObjectReference<IListObserver>(this);
        Volatile.Write(ref _last, await cluster.Grains.GetGrain<IOwedListGrain>(addressee).Watch(_reference));
    }

    public Task ListChanged(OwedList list)
    {
        Volatile.Write(ref _last, list);
        return Task.CompletedTask;
    }

    /// <summary>What was told last. Boards and lists tell a moment later, by the cluster's clock.</summary>
    public Task<OwedList> Soon()
    {
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(20));
        return Task.FromResult(Last);
    }

    public void Dispose()
    {
        if (_reference is not null) cluster.Grains.DeleteObjectReference<IListObserver>(_reference);
    }
}

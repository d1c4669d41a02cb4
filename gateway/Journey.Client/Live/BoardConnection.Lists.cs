using Journey.Api;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Client.Live;

/// <summary>What people and roles owe.</summary>
public sealed partial class BoardConnection
{
    private readonly List<LiveList> _lists = [];

    /// <summary>
    /// Watches what a person or a role owes until <see cref="Release(LiveList)"/>. Whoever watches the same list is given the same one.
    /// </summary>
    /// <param name="addressee">A person's name as boards show it, or a role on a unit: <c>role/charge-nurse@ED</c>.</param>
    /// <returns>The list; its <see cref="LiveList.List"/> is null until it was fetched.</returns>
    public LiveList WatchList(string addressee)
    {
        LiveList? list;
        lock (_gate)
        {
            list = _lists.Find(l => l.Addressee == addressee);
            if (list is null) _lists.Add(list = new LiveList(addressee));
            list.Watchers++;
        }

        if (Connected is { } open && !list.IsCurrent) _ = Fetch(open, list);
        return list;
    }

    /// <summary>One watcher fewer.</summary>
    /// <param name="list">As <see cref="WatchList"/> gave it; once for each time it did.</param>
    public void Release(LiveList list)
    {
        lock (_gate) list.Watchers--;
    }

    private LiveList[] Lists
    {
        get { lock (_gate) return [.. _lists]; }
    }

    private bool AreListsCurrent
    {
        get { lock (_gate) return _lists.TrueForAll(l => l.IsCurrent || l.Watchers == 0); }
    }

    private async Task ResyncLists(HubConnection open)
    {
        foreach (var list in Lists)
        {
            bool isDropped;
            lock (_gate)
            {
                isDropped = list.Watchers == 0;
                if (isDropped) _lists.Remove(list);
            }

            if (isDropped) await open.SendAsync(nameof(IBoardHub.UnwatchList), list.Addressee, _stop.Token);
            else if (!list.IsCurrent) await Fetch(open, list);
        }
    }

    private Task Fetch(HubConnection open, LiveList list) => Fetch(
        open,
        inTime => open.InvokeAsync<OwedList>(nameof(IBoardHub.WatchList), list.Addressee, inTime),
        now =>
        {
            Time.Hint(now.AsOf);
            list.Take(now);
        },
        failed: list.Outdate);

    private void OutdateLists()
    {
        foreach (var list in Lists) list.Outdate();
    }

    private void OnListChanged(OwedList now)
    {
        MarkAlive();
        foreach (var list in Lists)
            if (list.Addressee == now.Addressee) list.Take(now);
    }
}

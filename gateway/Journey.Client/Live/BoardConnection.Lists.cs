using Journey.Api;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Dashboard.Live;

/// <summary>What people and roles owe, over the same connection; and the names that stand on boards.</summary>
public sealed partial class BoardConnection
{
    private readonly List<LiveList> lists = [];

    /// <summary>Everybody named on a board that is shown.</summary>
    public IEnumerable<string> Names => NamesOf("nurse").Concat(NamesOf("provider")).Concat(NamesOf("point-of-contact"));

    public IEnumerable<string> NamesOf(string role) =>
        Shown.Where(b => !b.Wall).SelectMany(b => b.Board!.Rows).Select(r => Words.Say.Holder(r, role)).OfType<string>().Distinct().Order(StringComparer.OrdinalIgnoreCase);

    /// <summary>Watches a person's list, by name, or a role's, until <see cref="Release(LiveList)"/>.</summary>
    public LiveList WatchList(string addressee)
    {
        var list = lists.Find(l => l.Addressee == addressee);
        if (list is null) lists.Add(list = new LiveList(addressee));
        list.Holders++;
        if (hub is { State: HubConnectionState.Connected } open && !list.Current) _ = Fetch(open, list);
        return list;
    }

    public void Release(LiveList list) => list.Holders--;

    private async Task TendLists(HubConnection open)
    {
        foreach (var list in lists.ToArray())
            if (list.Holders == 0)
            {
                lists.Remove(list);
                await open.SendAsync(nameof(IBoardHub.UnwatchList), list.Addressee, stop.Token);
            }
            else if (!list.Current)
            {
                await Fetch(open, list);
            }
    }

    private async Task Fetch(HubConnection open, LiveList list)
    {
        using var inTime = Limited(AnswerWithin);
        try
        {
            var now = await open.InvokeAsync<OwedList>(nameof(IBoardHub.WatchList), list.Addressee, inTime.Token);
            if (hub != open) return;
            time.Hint(now.AsOf);
            Heard();
            list.Take(now);
            Changed?.Invoke();
        }
        catch (Exception problem) when (problem is HubException or InvalidOperationException or IOException or OperationCanceledException)
        {
            if (hub == open) list.Outdate();
            LogNoAnswer(problem.GetType().Name);
        }
    }

    private void OnListChanged(OwedList now)
    {
        Heard();
        foreach (var list in lists)
            if (list.Addressee == now.Addressee) list.Take(now);
    }
}

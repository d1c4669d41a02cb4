using Journey.Api;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Dashboard.Live;

/// <summary>The hotline's queue and the privacy officer's lists, over the same connection.</summary>
public sealed partial class BoardConnection
{
    /// <summary>The non-emergency line.</summary>
    public LiveWhole<Hotline> Hotline { get; } = new(nameof(IBoardHub.WatchHotline), queue => queue.AsOf);

    /// <summary>Who breaks the glass.</summary>
    public LiveWhole<GlassList> Glass { get; } = new(nameof(IBoardHub.WatchGlass), list => list.AsOf);

    /// <summary>Whose looking is worth a question.</summary>
    public LiveWhole<FindingList> Findings { get; } = new(nameof(IBoardHub.WatchFindings), list => list.AsOf);

    public void Watch<T>(LiveWhole<T> whole) where T : class
    {
        whole.Watch();
        if (hub is { State: HubConnectionState.Connected } open && whole.IsMissing) _ = Fetch(open, whole);
    }

    private async Task Tend<T>(HubConnection open, LiveWhole<T> whole) where T : class
    {
        if (whole.IsMissing) await Fetch(open, whole);
    }

    private async Task Fetch<T>(HubConnection open, LiveWhole<T> whole) where T : class
    {
        using var inTime = Limited(AnswerWithin);
        try
        {
            var now = await open.InvokeAsync<T>(whole.WatchMethod, inTime.Token);
            if (hub != open) return;
            time.Hint(whole.AsOf(now));
            Heard();
            whole.Answered(now);
            Changed?.Invoke();
        }
        catch (HubException refused) when (refused.Message.Contains(Denied, StringComparison.Ordinal))
        {
            whole.Refuse();
        }
        catch (Exception problem) when (problem is HubException or InvalidOperationException or IOException or OperationCanceledException)
        {
            LogNoAnswer(problem.GetType().Name);
        }
    }

    private void OnChanged<T>(LiveWhole<T> whole, T now) where T : class
    {
        Heard();
        whole.Take(now);
    }
}

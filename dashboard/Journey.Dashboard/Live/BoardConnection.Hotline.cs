using Journey.Api;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Dashboard.Live;

/// <summary>The hotline's queue, over the same connection. It is told whole each time; the newest is true.</summary>
public sealed partial class BoardConnection
{
    private bool watchingHotline;
    private bool hotlineIsCurrent;

    /// <summary>Null until known.</summary>
    public Hotline? Hotline { get; private set; }

    public event Action? HotlineChanged;

    public void WatchHotline()
    {
        if (watchingHotline) return;
        watchingHotline = true;
        if (hub is { State: HubConnectionState.Connected } open) _ = FetchHotline(open);
    }

    private async Task TendHotline(HubConnection open)
    {
        if (watchingHotline && !hotlineIsCurrent) await FetchHotline(open);
    }

    private async Task FetchHotline(HubConnection open)
    {
        using var inTime = Limited(AnswerWithin);
        try
        {
            var now = await open.InvokeAsync<Hotline>(nameof(IBoardHub.WatchHotline), inTime.Token);
            if (hub != open) return;
            time.Hint(now.AsOf);
            hotlineIsCurrent = true;
            OnHotlineChanged(now);
            Changed?.Invoke();
        }
        catch (Exception problem) when (problem is HubException or InvalidOperationException or IOException or OperationCanceledException)
        {
            LogNoAnswer(problem.GetType().Name);
        }
    }

    private void OnHotlineChanged(Hotline now)
    {
        Heard();
        if (Hotline is not null && now.AsOf < Hotline.AsOf) return;
        Hotline = now;
        HotlineChanged?.Invoke();
    }
}

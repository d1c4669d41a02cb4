using Journey.Api;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Dashboard.Live;

/// <summary>Who breaks the glass, over the same connection, for the privacy officer. It is told whole each time; the newest is true.</summary>
public sealed partial class BoardConnection
{
    private bool watchingGlass;
    private bool glassIsCurrent;

    /// <summary>Null until known.</summary>
    public GlassList? Glass { get; private set; }

    /// <summary>Why it is not told; null while nothing stands against it.</summary>
    public string? GlassRefused { get; private set; }

    public event Action? GlassChanged;

    public void WatchGlass()
    {
        (watchingGlass, GlassRefused) = (true, null);
        if (hub is { State: HubConnectionState.Connected } open) _ = FetchGlass(open);
    }

    private async Task TendGlass(HubConnection open)
    {
        if (watchingGlass && !glassIsCurrent) await FetchGlass(open);
    }

    private async Task FetchGlass(HubConnection open)
    {
        using var inTime = Limited(AnswerWithin);
        try
        {
            var now = await open.InvokeAsync<GlassList>(nameof(IBoardHub.WatchGlass), inTime.Token);
            if (hub != open) return;
            time.Hint(now.AsOf);
            glassIsCurrent = true;
            OnGlassChanged(now);
            Changed?.Invoke();
        }
        catch (HubException refused) when (refused.Message.Contains(Denied, StringComparison.Ordinal))
        {
            // Asking again changes nothing, until somebody else signs in.
            (watchingGlass, GlassRefused) = (false, "This page is the privacy officer's.");
            GlassChanged?.Invoke();
        }
        catch (Exception problem) when (problem is HubException or InvalidOperationException or IOException or OperationCanceledException)
        {
            LogNoAnswer(problem.GetType().Name);
        }
    }

    private void OnGlassChanged(GlassList now)
    {
        Heard();
        if (Glass is not null && now.AsOf < Glass.AsOf) return;
        Glass = now;
        GlassChanged?.Invoke();
    }
}

using Journey.Api;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Client.Live;

/// <summary>What the hub tells whole each time it changes.</summary>
public sealed partial class BoardConnection
{
    /// <summary>The queue of the non-emergency line.</summary>
    public LiveValue<Hotline> Hotline { get; } = new(nameof(IBoardHub.WatchHotline), queue => queue.AsOf);

    /// <summary>Who broke the glass: for the privacy officer.</summary>
    public LiveValue<GlassList> Glass { get; } = new(nameof(IBoardHub.WatchGlass), list => list.AsOf);

    /// <summary>Whose looking is worth a question: for the privacy officer.</summary>
    public LiveValue<FindingList> Findings { get; } = new(nameof(IBoardHub.WatchFindings), list => list.AsOf);

    /// <summary>Watches a value for as long as the connection lives. Asked again after a refusal, it tries again.</summary>
    /// <typeparam name="T">What it tells.</typeparam>
    /// <param name="value"><see cref="Hotline"/>, <see cref="Glass"/> or <see cref="Findings"/>.</param>
    public void Watch<T>(LiveValue<T> value) where T : class
    {
        value.Watch();
        if (Connected is { } open && value.IsMissing) _ = Fetch(open, value);
    }

    private Task Resync<T>(HubConnection open, LiveValue<T> value) where T : class => value.IsMissing ? Fetch(open, value) : Task.CompletedTask;

    private Task Fetch<T>(HubConnection open, LiveValue<T> value) where T : class => Fetch(
        open,
        inTime => open.InvokeAsync<T>(value.Method, inTime),
        now =>
        {
            Time.Hint(value.AsOf(now));
            value.Answered(now);
        },
        _ => value.Refuse());

    private void OnChanged<T>(LiveValue<T> value, T now) where T : class
    {
        MarkAlive();
        value.Take(now);
    }
}

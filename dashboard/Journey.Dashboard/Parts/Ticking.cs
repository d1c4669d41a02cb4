using Journey.Client.Live;
using Microsoft.AspNetCore.Components;

namespace Journey.Dashboard.Parts;

/// <summary>Shows times that pass. It listens to the page's one ticker and is drawn only when its <see cref="Fingerprint"/> has changed.</summary>
public abstract class Ticking : ComponentBase, IDisposable
{
    private long _drawn;

    [Inject] protected Ticker Ticker { get; set; } = null!;

    [Inject] protected ServerTime Time { get; set; } = null!;

    /// <summary>True while a render is for passing time alone.</summary>
    protected bool Ticked { get; private set; }

    /// <summary>Changes whenever a text made from the time would.</summary>
    protected abstract long Fingerprint(DateTimeOffset now);

    protected override void OnInitialized() => Ticker.Beat += OnBeat;

    protected override void OnAfterRender(bool firstRender) => Ticked = false;

    public virtual void Dispose()
    {
        Ticker.Beat -= OnBeat;
        GC.SuppressFinalize(this);
    }

    private void OnBeat()
    {
        var now = Fingerprint(Time.Now);
        if (now == _drawn) return;
        _drawn = now;
        Ticked = true;
        StateHasChanged();
    }
}

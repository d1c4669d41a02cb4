namespace Journey.Grains.Runtime;

/// <summary>Lets a loop wait for whichever comes first: that somebody tells it something, or that a time passes.</summary>
internal sealed class Signal(TimeProvider clock)
{
    private readonly SemaphoreSlim _told = new(0, 1);

    /// <summary>Several before the loop looks are one.</summary>
    public void Set()
    {
        try
        {
            _told.Release();
        }
        catch (SemaphoreFullException)
        {
            // An earlier signal has not been taken yet; one is enough.
        }
    }

    /// <summary>True when it was told.</summary>
    /// <param name="until">At the latest; a time and not a span, so that whatever the loop did before is not waited for on top.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> was requested.</exception>
    public async Task<bool> Wait(DateTimeOffset until, CancellationToken stopping)
    {
        using var waited = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var news = _told.WaitAsync(waited.Token);
        var left = until - clock.GetUtcNow();
        var time = Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, waited.Token);
        // The clock may have passed the time just before the timer started.
        var isNews = news.IsCompleted || clock.GetUtcNow() < until && await Task.WhenAny(news, time) == news;
        stopping.ThrowIfCancellationRequested();
        await waited.CancelAsync();
        return isNews;
    }
}

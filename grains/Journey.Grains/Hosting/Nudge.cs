namespace Journey.Grains.Hosting;

/// <summary>Lets a loop wait for whichever comes first: that somebody tells it something, or that a time passes.</summary>
internal sealed class Nudge(TimeProvider clock)
{
    private readonly SemaphoreSlim told = new(0, 1);

    /// <summary>Several before the loop looks are one.</summary>
    public void Give()
    {
        try
        {
            told.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has not looked yet.
        }
    }

    /// <summary>True when it was told.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> was requested.</exception>
    public async Task<bool> Wait(TimeSpan longest, CancellationToken stopping)
    {
        using var waited = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var news = told.WaitAsync(waited.Token);
        var isNews = await Task.WhenAny(news, Task.Delay(longest, clock, waited.Token)) == news;
        stopping.ThrowIfCancellationRequested();
        await waited.CancelAsync();
        return isNews;
    }
}

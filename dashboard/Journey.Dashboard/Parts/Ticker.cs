namespace Journey.Dashboard.Parts;

/// <summary>The one ticker of the page: once a second while it is visible. Whoever listens draws only when its words would change.</summary>
public sealed class Ticker : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ITimer _timer;

    public Ticker(TimeProvider clock) => _timer = clock.CreateTimer(_ => Beat?.Invoke(), null, Second, Second);

    public event Action? Beat;

    public void Pause() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Resume()
    {
        Beat?.Invoke();
        _timer.Change(Second, Second);
    }

    public void Dispose() => _timer.Dispose();
}

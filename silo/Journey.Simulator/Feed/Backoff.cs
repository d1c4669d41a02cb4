using Journey.Simulator.Model;

namespace Journey.Simulator.Feed;

/// <summary>Longer and longer pauses, never quite the same.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Dice dice)
{
    private int _failures;

    public TimeSpan Next()
    {
        var pause = Math.Min(first.TotalMilliseconds * Math.Pow(2, _failures), longest.TotalMilliseconds);
        _failures = Math.Min(_failures + 1, 30);
        return TimeSpan.FromMilliseconds(pause * (0.6 + 0.4 * dice.Unit()));
    }

    public void Reset() => _failures = 0;
}

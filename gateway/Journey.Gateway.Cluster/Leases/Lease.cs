namespace Journey.Gateway.Cluster.Leases;

/// <summary>
/// An observer's subscription at one grain, which runs out by itself when it is not renewed. Says when it is due, lets one renewal run at a time, and
/// after a failure comes back with growing pauses. To drop it is to forget it.
/// </summary>
/// <remarks>One loop renews; any thread may ask for a new subscription.</remarks>
internal sealed class Lease
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private volatile bool _mustResubscribe = true;
    private DateTimeOffset _renewAt;

    /// <summary>True while there is no subscription, or something was missed: then renewing is not enough.</summary>
    public bool MustResubscribe
    {
        get => _mustResubscribe;
        set => _mustResubscribe = value;
    }

    public bool IsRenewing { get; private set; }

    /// <summary>In a row.</summary>
    public int Failures { get; private set; }

    /// <summary>When the grain last answered; the beginning of time while it has not.</summary>
    public DateTimeOffset RenewedAt { get; private set; }

    /// <summary>At once when something was missed, but not while the grain does not answer.</summary>
    public bool IsDue(DateTimeOffset now) => !IsRenewing && (now >= _renewAt || (MustResubscribe && Failures == 0));

    /// <summary>
    /// Subscribes, renews or resubscribes. Null when it was done or the gateway stops, else what went wrong: the lease is due again after a pause.
    /// </summary>
    /// <param name="renew">Makes the call. Told whether a renewal is not enough.</param>
    /// <param name="every">How soon the next renewal is due.</param>
    public async Task<Exception?> Renew(Func<bool, Task> renew, TimeSpan every, TimeProvider clock, CancellationToken stopping)
    {
        IsRenewing = true;
        try
        {
            var resubscribe = MustResubscribe;
            MustResubscribe = false;
            await renew(resubscribe);
            Renewed(clock.GetUtcNow(), every);
            return null;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            MustResubscribe = true;
            Failures++;
            _renewAt = clock.GetUtcNow() + Pause(Failures);
            return e;
        }
        finally
        {
            IsRenewing = false;
        }
    }

    /// <summary>Somebody has just subscribed, outside of the loop that renews.</summary>
    public void Renewed(DateTimeOffset now, TimeSpan every)
    {
        Failures = 0;
        RenewedAt = now;
        _renewAt = now + every;
    }

    private static TimeSpan Pause(int failures)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(failures, 8));
        return (pause < LongestPause ? pause : LongestPause) * (0.75 + Random.Shared.NextDouble() / 4);
    }
}

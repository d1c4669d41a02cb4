using Journey.Contracts;
using Journey.Gateway.Cluster.Settings;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Cluster.Calls;

/// <summary>
/// The one place that retries. A call that was not answered, or whose outcome the store does not know, may have been carried out: it is
/// made again with the same command id, a bounded number of times, with jitter, and then the caller is told that nobody knows.
/// </summary>
internal sealed class GrainCalls(IOptions<GatewayOptions> options, TimeProvider clock)
{
    /// <summary>
    /// How long the first attempt waits; each after it twice as long. A call that went to a process which has just died or lost its network is answered by nobody, and the cluster has
    /// put another in its place within about three seconds; a cluster that is merely slow is asked less and less often.
    /// </summary>
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <exception cref="ClusterUnavailableException">No attempt was answered.</exception>
    public async Task<T> Run<T>(Func<Task<T>> call, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call().WaitAsync(Patience(attempt), clock, cancellation);
            }
            catch (Exception e) when (IsUncertain(e) && attempt < options.Value.CallAttempts)
            {
                await Task.Delay(Pause(attempt), clock, cancellation);
            }
            catch (Exception e) when (IsUncertain(e))
            {
                throw new ClusterUnavailableException(e);
            }
        }
    }

    /// <summary>Two at once, each as <see cref="Run{T}"/>.</summary>
    public async Task<(T, TOther)> RunBoth<T, TOther>(Func<Task<T>> call, Func<Task<TOther>> other, CancellationToken cancellation = default)
    {
        var (first, second) = (Run(call, cancellation), Run(other, cancellation));
        await Task.WhenAll(first, second);
        return (await first, await second);
    }

    /// <summary>As <see cref="Run{T}"/>, for as long as <paramref name="budget"/> and not counting attempts: for callers who wait in line.</summary>
    /// <exception cref="ClusterUnavailableException">No attempt was answered in time.</exception>
    public async Task<T> RunFor<T>(Func<Task<T>> call, TimeSpan budget, Action again, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call().WaitAsync(Patience(attempt), clock, cancellation);
            }
            catch (Exception e) when (IsUncertain(e))
            {
                if (clock.GetElapsedTime(started) > budget) throw new ClusterUnavailableException(e);
                again();
                await Task.Delay(Pause(attempt), clock, cancellation);
            }
        }
    }

    /// <summary>Whether the call may succeed when it is made again: not answered, not delivered, or not known to be durable.</summary>
    public static bool IsUncertain(Exception e) =>
        e is OutcomeUnknownException or TimeoutException or OrleansException or System.Net.Sockets.SocketException or ObjectDisposedException || IsWithoutSilos(e);

    /// <summary>What a client says that has not met a silo yet: it knows no grains. There is no type to tell it by.</summary>
    private static bool IsWithoutSilos(Exception e) => e is ArgumentException && e.Message.StartsWith("Could not find an implementation for interface", StringComparison.Ordinal);

    private TimeSpan Patience(int attempt)
    {
        var longest = TimeSpan.FromSeconds(options.Value.CallTimeoutSeconds);
        return attempt < 8 && FirstPatience * (1 << (attempt - 1)) is var patience && patience < longest ? patience : longest;
    }

    private static TimeSpan Pause(int attempt)
    {
        var longest = Math.Min(FirstPause.TotalMilliseconds * Math.Pow(2, attempt - 1), LongestPause.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(longest * (0.5 + Random.Shared.NextDouble() / 2));
    }
}

/// <summary>The grains did not answer; whether a command was carried out is not known.</summary>
internal sealed class ClusterUnavailableException(Exception inner) : Exception("The cluster does not answer.", inner);

using Journey.Contracts;
using Journey.Gateway.Cluster.Settings;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace Journey.Gateway.Cluster.Calls;

/// <summary>
/// The one place that retries. A call that was not answered, or whose outcome the store does not know, may have been carried out: it is made again
/// with the same command id and with jitter, up to a number of attempts or a budget of time, and then the caller is told that nobody knows.
/// </summary>
internal sealed class CallPipeline
{
    /// <summary>
    /// How long the first attempt waits; each after it twice as long, to <see cref="GatewayOptions.CallTimeoutSeconds"/>. A call that went to a
    /// process which has just died or lost its network is answered by nobody, and the cluster has put another in its place within about three
    /// seconds; a cluster that is merely slow is asked less and less often.
    /// </summary>
    private static readonly TimeSpan FirstDeadline = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly ResiliencePropertyKey<Limit> LimitKey = new("limit");

    private readonly IOptions<GatewayOptions> _options;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline _retries;

    public CallPipeline(IOptions<GatewayOptions> options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        _retries = new ResiliencePipelineBuilder { TimeProvider = clock }.AddRetry(new RetryStrategyOptions
        {
            // Each call brings its own limit.
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = attempt => new(attempt.Outcome.Exception is { } e && IsUncertain(e)
                && LimitOf(attempt.Context).Allows(attempt.AttemptNumber + 1)),
            DelayGenerator = attempt => new(Pause(attempt.AttemptNumber)),
            OnRetry = attempt =>
            {
                LimitOf(attempt.Context).Again?.Invoke();
                return default;
            },
        }).Build();
    }

    /// <summary>As often as <see cref="GatewayOptions.CallAttempts"/>.</summary>
    /// <exception cref="ClusterUnavailableException">No attempt was answered.</exception>
    public Task<T> Attempts<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        var most = _options.Value.CallAttempts;
        return Run(call, new(made => made < most, null), cancellation);
    }

    /// <summary>Until the budget is spent, however often.</summary>
    /// <exception cref="ClusterUnavailableException">No attempt was answered in time.</exception>
    public Task<T> Within<T>(TimeSpan budget, Func<Task<T>> call, Action again, CancellationToken cancellation)
    {
        var started = _clock.GetTimestamp();
        return Run(call, new(_ => _clock.GetElapsedTime(started) <= budget, again), cancellation);
    }

    /// <summary>Whether the call may succeed when it is made again: not answered, not delivered, or not known to be durable.</summary>
    public static bool IsUncertain(Exception e) =>
        e is OutcomeUnknownException or TimeoutException or OrleansException or System.Net.Sockets.SocketException or ObjectDisposedException
        || IsWithoutSilos(e);

    /// <summary>What a client says that has not met a silo yet: it knows no grains. There is no type to tell it by.</summary>
    private static bool IsWithoutSilos(Exception e) =>
        e is ArgumentException && e.Message.StartsWith("Could not find an implementation for interface", StringComparison.Ordinal);

    private async Task<T> Run<T>(Func<Task<T>> call, Limit limit, CancellationToken cancellation)
    {
        // Whoever has sent a command and gone away has sent it.
        if (cancellation.IsCancellationRequested) return await call().WaitAsync(cancellation);
        try
        {
            // A grain's call cannot be cancelled: the attempt is given up, and what becomes of it nobody waits for.
            return await call().WaitAsync(Deadline(1), _clock, cancellation);
        }
        catch (Exception e) when (IsUncertain(e))
        {
            return await Retry(call, e, limit, cancellation);
        }
    }

    /// <summary>Nearly every call is answered the first time, and the way of a message should not pay for a pipeline that it does not need.</summary>
    /// <param name="first">Why the first attempt failed, with which the pipeline begins.</param>
    private async Task<T> Retry<T>(Func<Task<T>> call, Exception first, Limit limit, CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(LimitKey, limit);
        var attempt = 0;
        try
        {
            return await _retries.ExecuteAsync(
                async _ => ++attempt == 1 ? throw first : await call().WaitAsync(Deadline(attempt), _clock, cancellation), context);
        }
        catch (Exception e) when (IsUncertain(e))
        {
            throw new ClusterUnavailableException(e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private TimeSpan Deadline(int attempt)
    {
        var longest = TimeSpan.FromSeconds(_options.Value.CallTimeoutSeconds);
        return attempt < 8 && FirstDeadline * (1 << (attempt - 1)) is var deadline && deadline < longest ? deadline : longest;
    }

    /// <param name="retry">From 0.</param>
    private static TimeSpan? Pause(int retry)
    {
        var longest = Math.Min(FirstPause.TotalMilliseconds * Math.Pow(2, retry), LongestPause.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(longest * (0.5 + Random.Shared.NextDouble() / 2));
    }

    private static Limit LimitOf(ResilienceContext context) => context.Properties.GetValue(LimitKey, null!);

    /// <param name="Allows">Whether another attempt may follow, after so many.</param>
    /// <param name="Again">Told before it is made.</param>
    private sealed record Limit(Func<int, bool> Allows, Action? Again);
}

/// <summary>The grains did not answer; whether a command was carried out is not known.</summary>
internal sealed class ClusterUnavailableException(Exception inner) : Exception("The cluster does not answer.", inner);

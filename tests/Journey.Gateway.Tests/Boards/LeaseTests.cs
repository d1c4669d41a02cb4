using Journey.Gateway.Cluster.Leases;
using Microsoft.Extensions.Time.Testing;

namespace Journey.Gateway.Tests.Boards;

public sealed class LeaseTests
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _clock = new();
    private readonly Lease _lease = new();

    private bool IsDue => _lease.IsDue(_clock.GetUtcNow());

    [Fact]
    public async Task A_lease_is_due_until_it_is_made_and_again_when_its_time_has_come()
    {
        Assert.True(IsDue && _lease.MustResubscribe);
        Assert.Null(await Renew(resubscribe => Task.CompletedTask));
        Assert.False(IsDue || _lease.MustResubscribe);
        Assert.Equal(_clock.GetUtcNow(), _lease.RenewedAt);
        _clock.Advance(Every);
        Assert.True(IsDue);
    }

    [Fact]
    public async Task Where_something_was_missed_it_is_due_at_once_and_made_anew()
    {
        await Renew(_ => Task.CompletedTask);
        _lease.MustResubscribe = true;
        Assert.True(IsDue);
        var anew = false;
        await Renew(resubscribe => Task.FromResult(anew = resubscribe));
        Assert.True(anew);
        await Renew(resubscribe => Task.FromResult(anew = resubscribe));
        Assert.False(anew);
    }

    [Fact]
    public async Task A_failure_is_told_and_the_pauses_after_it_grow_to_five_seconds()
    {
        Assert.IsType<TimeoutException>(await Renew(_ => throw new TimeoutException()));
        Assert.True(_lease.MustResubscribe);
        Assert.False(IsDue);
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.True(IsDue);
        for (var i = 0; i < 10; i++) await Renew(_ => throw new TimeoutException());
        Assert.Equal(11, _lease.Failures);
        _clock.Advance(TimeSpan.FromSeconds(3.7));
        Assert.False(IsDue);
        _clock.Advance(TimeSpan.FromSeconds(1.3));
        Assert.True(IsDue);
        await Renew(_ => Task.CompletedTask);
        Assert.Equal(0, _lease.Failures);
    }

    [Fact]
    public async Task One_renewal_runs_at_a_time_and_the_gateways_stop_is_no_failure()
    {
        using var stopping = new CancellationTokenSource();
        var renewal = _lease.Renew(_ => Task.Delay(Timeout.Infinite, stopping.Token), Every, _clock, stopping.Token);
        Assert.True(_lease.IsRenewing);
        Assert.False(IsDue);
        await stopping.CancelAsync();
        Assert.Null(await renewal);
        Assert.Equal(0, _lease.Failures);
    }

    private Task<Exception?> Renew(Func<bool, Task> renew) => _lease.Renew(renew, Every, _clock, CancellationToken.None);
}

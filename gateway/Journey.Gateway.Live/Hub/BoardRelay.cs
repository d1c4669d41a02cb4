using System.Collections.Concurrent;
using System.Threading.Channels;
using Journey.Contracts.Boards;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Cluster.Telemetry;
using Journey.Gateway.Live.Boards;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Live.Hub;

/// <summary>
/// Brings the boards' changes from the grains to the browsers. One observer for the whole process; one loop renews its subscriptions and one
/// pump takes in, in order, what arrives. A missed delta shows as a gap in versions and is made good by reading the board anew.
/// </summary>
internal sealed partial class BoardRelay : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The first attempts after a board fell silent: a silo that stands still answers nobody, the gateway knows after about four seconds that it is
    /// out, and a call that waits then still is a board that stands still for longer. A cluster that is merely slow is given the full time after
    /// that.
    /// </summary>
    private static readonly TimeSpan FirstTimeout = TimeSpan.FromSeconds(1.2);
    private const int FirstAttempts = 4;
    private static readonly TimeSpan KeptUnwatched = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(6);
    private const int MaxUnits = 2_000;

    private readonly ConcurrentDictionary<string, WatchedUnit> _units = new();
    private readonly HospitalState _hospital = new();
    private readonly Channel<BoardNotice> _queue;
    private readonly BoardObserver _observer;
    private readonly BoardPump _pump;
    private readonly JourneyCluster _cluster;
    private readonly WatcherLines _lines;
    private readonly IOptions<GatewayOptions> _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<BoardRelay> _log;

    public BoardRelay(JourneyCluster cluster, BoardSender sender, WatcherLines lines, IOptions<GatewayOptions> options, TimeProvider clock,
        ILogger<BoardRelay> log)
    {
        (_cluster, _lines, _options, _clock, _log) = (cluster, lines, options, clock, log);
        _queue = Channel.CreateBounded<BoardNotice>(new BoundedChannelOptions(options.Value.RelayQueue) { SingleReader = true });
        _observer = new BoardObserver(_queue.Writer, Full, Left);
        _pump = new BoardPump(_queue.Reader, _units, _hospital, sender, options, clock, log);
    }

    /// <summary>The board as it stands, from memory once it is watched. Join the group first.</summary>
    public Task<BoardState> Watch(string code, CancellationToken cancellation)
    {
        while (true)
        {
            if (_units.Count >= MaxUnits && !_units.ContainsKey(code)) throw new TimeoutException("Too many units are watched.");
            var unit = _units.GetOrAdd(code, static code => new WatchedUnit(code));
            lock (unit)
            {
                if (unit.IsRemoved) continue;
                unit.WantedAt = _clock.GetUtcNow();
            }

            return unit.State is { } state ? Task.FromResult(state) : unit.First.WaitAsync(CallTimeout * 2, cancellation);
        }
    }

    /// <summary>False when the cluster has not answered for so long that no board can be trusted to be as it is shown.</summary>
    public bool IsCurrent => _clock.GetUtcNow() - _hospital.Lease.RenewedAt < RenewEvery + TrustedFor;

    /// <summary>True when the unit is watched or among the totals last heard; false says nothing yet.</summary>
    public bool Knows(string code) => _units.ContainsKey(code) || _hospital.Has(code);

    /// <summary>The totals of all units, from memory.</summary>
    public async Task<IReadOnlyList<UnitSummary>> Units(CancellationToken cancellation)
    {
        await _hospital.First.WaitAsync(CallTimeout * 2, cancellation);
        return _hospital.All;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pump = _pump.Run(stoppingToken);
        using var timer = new PeriodicTimer(Tick, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) RenewDue(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            await pump;
        }
    }

    private void RenewDue(CancellationToken stopping)
    {
        var now = _clock.GetUtcNow();
        if (_hospital.Lease.IsDue(now)) _ = RenewHospital(stopping);
        foreach (var (_, unit) in _units)
        {
            if (unit.Lease.IsRenewing) continue;
            if (Drop(unit, now)) _ = Unwatch(unit.Code);
            else if (unit.Lease.IsDue(now)) _ = Renew(unit, stopping);
        }
    }

    private async Task Renew(WatchedUnit unit, CancellationToken stopping)
    {
        var failures = unit.Lease.Failures;
        var failure = await unit.Lease.Renew(async resubscribe =>
        {
            var known = resubscribe ? null : unit.State;
            var heard = (known is null ? null : await StillKnown(unit, known, stopping))
                ?? new(null, await Ask(unit, board => board.Watch(Reference), stopping), default);
            await _queue.Writer.WriteAsync(heard, stopping);
        }, RenewEvery, _clock, stopping);
        if (stopping.IsCancellationRequested) return;
        if (failure is null && failures > 0) Back(_log);
        if (failure is not null && failures == 0) Lost(_log, failure.GetType().Name);
    }

    /// <summary>Renews without reading the board. Null when it is to be read: it was rebuilt.</summary>
    private async Task<BoardNotice?> StillKnown(WatchedUnit unit, BoardState known, CancellationToken stopping)
    {
        BoardRenewal renewal;
        try
        {
            renewal = await Ask(unit, board => board.Renew(Reference), stopping);
        }
        catch (Exception e) when (e is not (TimeoutException or OperationCanceledException))
        {
            // During an upgrade a silo of the version before does not know the question. Where it is something else, reading will tell.
            return null;
        }

        if (renewal.Epoch != known.Epoch) return null;
        // A delta that was sent before the answer may come in after it; the pump takes both in their order.
        if (unit.State?.Has(renewal) != true) await Task.Delay(Tick, _clock, stopping);
        return new BoardNotice(null, null, default, Renewal: renewal);
    }

    private Task<T> Ask<T>(WatchedUnit unit, Func<IUnitBoardGrain, Task<T>> call, CancellationToken stopping) =>
        _cluster.CallOnce(() => call(_cluster.Board(unit.Code)), unit.Lease.Failures < FirstAttempts ? FirstTimeout : CallTimeout, stopping);

    private Task RenewHospital(CancellationToken stopping) => _hospital.Lease.Renew(async _ =>
    {
        var units = await _cluster.CallOnce(() => _cluster.Hospital.Watch(Reference), CallTimeout, stopping);
        await _queue.Writer.WriteAsync(new(null, null, units.IsDefault ? [] : units, IsWhole: true), stopping);
    }, RenewEvery, _clock, stopping);

    /// <summary>Gives a unit up when nobody has watched it for a while.</summary>
    private bool Drop(WatchedUnit unit, DateTimeOffset now)
    {
        lock (unit)
        {
            if (unit.Groups.Any(_lines.Any)) unit.WantedAt = now;
            if (now - unit.WantedAt < KeptUnwatched) return false;
            unit.IsRemoved = true;
            _units.TryRemove(unit.Code, out _);
            return true;
        }
    }

    private async Task Unwatch(string code)
    {
        try
        {
            await _cluster.CallOnce(() => _cluster.Board(code).Unwatch(Reference), CallTimeout);
        }
        catch (Exception)
        {
            // The lease runs out by itself.
        }
    }

    private void Full(string? unit)
    {
        GatewayMetrics.Dropped.Add(1);
        if (unit is null) _hospital.Lease.MustResubscribe = true;
        else if (_units.TryGetValue(unit, out var watched)) watched.Lease.MustResubscribe = true;
    }

    private void Left(string unit)
    {
        if (_units.TryGetValue(unit, out var watched)) watched.Lease.MustResubscribe = true;
    }

    private IBoardObserver Reference => _cluster.Observer<IBoardObserver>(_observer);

    private TimeSpan RenewEvery => TimeSpan.FromSeconds(_options.Value.BoardRenewSeconds);

    [LoggerMessage(1211, LogLevel.Warning, "A board's subscription could not be renewed ({Error}); its watchers see how old it is until it can")]
    private static partial void Lost(ILogger log, string error);

    [LoggerMessage(1212, LogLevel.Information, "A board's subscription is renewed again")]
    private static partial void Back(ILogger log);
}

using System.Collections.Concurrent;
using Journey.Contracts.Boards;
using Journey.Contracts.Staff;
using Journey.Domain.Staff;
using Journey.Grains.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Staff;

/// <summary>
/// Who is on duty, as this silo knows it: the directory tells each silo, so that no visit waits for the directory. Until it has been heard nobody is
/// known to be off duty.
/// </summary>
internal sealed partial class DutyBook(IGrainFactory grains, ISiloStatusOracle silos, TimeProvider clock, ILogger<DutyBook> logger)
    : BackgroundService, IDutyObserver
{
    /// <summary>Within the lease, so that one that is lost is not missed for long.</summary>
    private static readonly TimeSpan Renewal = BoardKeys.Lease / 3;
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Listener, bool> _listeners = [];
    private readonly Signal _changed = new(clock);
    private volatile Duty _duty = Duty.Unknown;
    private IDutyObserver? _self;
    private bool _failing;

    public Duty Duty => _duty;

    /// <summary>Has <paramref name="changed"/> called with every change, on the scheduler of the grain that asks.</summary>
    public IDisposable Listen(Action changed) => new Listener(this, changed);

    public void Take(DutyRoster roster)
    {
        if (roster.Version <= _duty.Version) return;
        _duty = new Duty(roster.Version, roster.Shifts, roster.Members.IsDefault ? [] : roster.Members);
        foreach (var listener in _listeners.Keys) listener.Call();
    }

    public Task DutyChanged(DutyRoster roster)
    {
        Take(roster);
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // When the directory's silo is gone, the new activation of the directory has no subscribers: subscribe again at once.
        using var left = new SilosThatLeft(silos, () => { _changed.Set(); return Task.CompletedTask; });
        try
        {
            while (true)
            {
                // The lease begins after this.
                var now = clock.GetUtcNow();
                await _changed.Wait(now + (await Resubscribe() ? Renewal : Retry), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private async Task<bool> Resubscribe()
    {
        try
        {
            _self ??= grains.CreateObjectReference<IDutyObserver>(this);
            if (await grains.GetGrain<IStaffGrain>(StaffKeys.All).WatchDuty(_self, _duty.Version) is { } news) Take(news);
            return !(_failing = false);
        }
        catch (Exception e)
        {
            // Logged once, however long the failure lasts.
            if (!_failing) NotAsked(logger, e);
            return !(_failing = true);
        }
    }

    [LoggerMessage(2105, LogLevel.Warning, "Who is on duty could not be asked; what was known before holds, and it is asked again each second.")]
    private static partial void NotAsked(ILogger logger, Exception exception);

    private sealed class Listener : IDisposable
    {
        private readonly TaskScheduler _scheduler = TaskScheduler.Current;
        private readonly DutyBook _book;
        private readonly Action _onChange;

        public Listener(DutyBook book, Action changed)
        {
            (_book, _onChange) = (book, changed);
            book._listeners.TryAdd(this, true);
        }

        public void Call() => Task.Factory.StartNew(_onChange, CancellationToken.None, TaskCreationOptions.None, _scheduler);

        public void Dispose() => _book._listeners.TryRemove(this, out _);
    }
}

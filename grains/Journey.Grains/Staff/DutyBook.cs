using System.Collections.Concurrent;
using Journey.Contracts.Boards;
using Journey.Contracts.Staff;
using Journey.Domain.Staff;
using Journey.Grains.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Staff;

/// <summary>
/// Who is on duty, as this silo knows it: the directory tells each silo, so that no visit waits for the directory. Until it has been heard nobody is known to be off duty.
/// </summary>
internal sealed partial class DutyBook(IGrainFactory grains, ISiloStatusOracle silos, TimeProvider clock, ILogger<DutyBook> logger) : BackgroundService, IDutyObserver
{
    /// <summary>Within the lease, so that one that is lost is not missed for long.</summary>
    private static readonly TimeSpan Renewal = BoardKeys.Lease / 3;
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Listener, bool> listeners = [];
    private readonly Signal changed = new(clock);
    private volatile Duty duty = Duty.Unknown;
    private IDutyObserver? self;
    private bool failing;

    public Duty Duty => duty;

    /// <summary>Has <paramref name="changed"/> called with every change, on the scheduler of the grain that asks.</summary>
    public IDisposable Listen(Action changed) => new Listener(this, changed);

    public void Take(DutyRoster roster)
    {
        if (roster.Version <= duty.Version) return;
        duty = new Duty(roster.Version, roster.Shifts, roster.Members.IsDefault ? [] : roster.Members);
        foreach (var listener in listeners.Keys) listener.Call();
    }

    public Task DutyChanged(DutyRoster roster)
    {
        Take(roster);
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // When the directory's silo is gone, the new activation of the directory has no subscribers: subscribe again at once.
        using var left = new SilosThatLeft(silos, () => { changed.Set(); return Task.CompletedTask; });
        try
        {
            while (true)
            {
                // The lease begins after this.
                var now = clock.GetUtcNow();
                await changed.Wait(now + (await Resubscribe() ? Renewal : Retry), stoppingToken);
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
            self ??= grains.CreateObjectReference<IDutyObserver>(this);
            if (await grains.GetGrain<IStaffGrain>(StaffKeys.All).WatchDuty(self, duty.Version) is { } news) Take(news);
            return !(failing = false);
        }
        catch (Exception e)
        {
            // Logged once, however long the failure lasts.
            if (!failing) NotAsked(logger, e);
            return !(failing = true);
        }
    }

    [LoggerMessage(2105, LogLevel.Warning, "Who is on duty could not be asked; what was known before holds, and it is asked again each second.")]
    private static partial void NotAsked(ILogger logger, Exception exception);

    private sealed class Listener : IDisposable
    {
        private readonly TaskScheduler scheduler = TaskScheduler.Current;
        private readonly DutyBook book;
        private readonly Action onChange;

        public Listener(DutyBook book, Action changed)
        {
            (this.book, onChange) = (book, changed);
            book.listeners.TryAdd(this, true);
        }

        public void Call() => Task.Factory.StartNew(onChange, CancellationToken.None, TaskCreationOptions.None, scheduler);

        public void Dispose() => book.listeners.TryRemove(this, out _);
    }
}

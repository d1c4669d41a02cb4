using System.Collections.Concurrent;
using System.Collections.Immutable;
using Journey.Contracts.Access;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Trust.Identity;
using Microsoft.AspNetCore.SignalR;

namespace Journey.Gateway.Trust.Sessions;

/// <summary>
/// Which sessions were ended before their time, so that no request pays for asking. The books tell each end at once; what was lost on the way is made
/// good with the next renewal. A gateway that has not heard from the books for a while lets nobody in: it could be somebody who was sent away.
/// </summary>
internal sealed class SessionBook(JourneyCluster cluster, TimeProvider clock) : BackgroundService, ISessionObserver
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, List<HubCallerContext>> _lines = [];
    private readonly ConcurrentDictionary<string, byte> _told = new();
    private readonly Lock _renewing = new();
    private volatile Books _books = new(default, ImmutableDictionary<string, EndedSessions>.Empty, []);
    private Task<Books>? _renewal;

    /// <summary>Whether the session was ended, or is so old that it is over.</summary>
    /// <exception cref="ClusterUnavailableException">Nobody can say.</exception>
    public async ValueTask<bool> IsEnded(string session)
    {
        if (_told.ContainsKey(session)) return true;
        if (SessionKeys.BookOf(session) is not { } key) return true;
        var known = _books;
        if (clock.GetUtcNow() - known.At > TrustedFor || !known.ByKey.ContainsKey(key)) known = await Renew();
        return !known.ByKey.ContainsKey(key) || known.Ended.Contains(session);
    }

    /// <summary>The connection is closed when its session ends.</summary>
    public async Task Attach(HubCallerContext connection)
    {
        if (SessionOf(connection) is not { } session) return;
        lock (_lines)
        {
            if (_lines.TryGetValue(session, out var mine)) mine.Add(connection);
            else _lines[session] = [connection];
        }

        if (await IsEnded(session)) connection.Abort();
    }

    public void Detach(HubCallerContext connection)
    {
        if (SessionOf(connection) is not { } session) return;
        lock (_lines)
        {
            if (_lines.TryGetValue(session, out var mine) && mine.Remove(connection) && mine.Count == 0) _lines.Remove(session);
        }
    }

    /// <summary>Whatever the books say until the next renewal: the session is over, and its boards with it.</summary>
    public void NoteEnd(string session)
    {
        _told.TryAdd(session, 0);
        Close(session);
    }

    Task ISessionObserver.SessionEnded(string session)
    {
        NoteEnd(session);
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RenewEvery, clock);
        try
        {
            do
            {
                try
                {
                    await Renew();
                }
                catch (ClusterUnavailableException)
                {
                    // Tried again with the next tick; whoever comes meanwhile is told.
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Whoever comes while the books are asked waits for that answer: a mute cluster keeps nobody for longer than one call.</summary>
    private Task<Books> Renew()
    {
        lock (_renewing) return _renewal is { IsCompleted: false } ? _renewal : _renewal = Read(_books);
    }

    private async Task<Books> Read(Books seen)
    {
        try
        {
            var now = clock.GetUtcNow();
            var byKey = await Task.WhenAll(SessionKeys.Current(now).Select(async key =>
            {
                var known = seen.ByKey.GetValueOrDefault(key);
                return (key, await cluster.CallOnce(() => cluster.Sessions(key).Watch(cluster.Observer<ISessionObserver>(this), known?.Version ?? -1),
                    CallTimeout) ?? known!);
            }));
            _books = Books.From(now, byKey);
        }
        catch (Exception e) when (CallPipeline.IsUncertain(e))
        {
            throw new ClusterUnavailableException(e);
        }

        // What the books hold need not be kept a second time; what was told while they were read stays until the next time.
        foreach (var session in _told.Keys)
            if (_books.Ended.Contains(session)) _told.TryRemove(session, out _);
        string[] open;
        lock (_lines) open = [.. _lines.Keys.Where(_books.Ended.Contains)];
        foreach (var session in open) Close(session);
        return _books;
    }

    private void Close(string session)
    {
        HubCallerContext[] open;
        lock (_lines) open = _lines.TryGetValue(session, out var mine) ? [.. mine] : [];
        foreach (var connection in open) connection.Abort();
    }

    private static string? SessionOf(HubCallerContext connection) => connection.User?.FindFirst(Account.Session)?.Value;

    private sealed record Books(DateTimeOffset At, ImmutableDictionary<string, EndedSessions> ByKey, ImmutableHashSet<string> Ended)
    {
        public static Books From(DateTimeOffset at, IReadOnlyList<(string Key, EndedSessions Ended)> read) =>
            new(at, read.ToImmutableDictionary(b => b.Key, b => b.Ended), [.. read.SelectMany(b => b.Ended.Sessions)]);
    }
}

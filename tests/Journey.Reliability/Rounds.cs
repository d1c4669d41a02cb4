using System.Diagnostics;
using Journey.Api;
using Journey.Reliability.Faults;
using Journey.Reliability.Load;
using Journey.Reliability.Machines;
using Journey.Reliability.Proofs;
using System.Net.Http.Json;

namespace Journey.Reliability;

/// <summary>What came of one round.</summary>
/// <param name="Messages">Acknowledged.</param>
/// <param name="Resent">How often one was sent again.</param>
/// <param name="SlowestAnswer">From a message's first sending to its AA, the time without a database left out.</param>
/// <param name="SlowestSight">From a message's first sending until the last of its watchers saw it, the same left out.</param>
/// <param name="LatestAlert">By how much an alert was late that was due after everything was mended.</param>
/// <param name="Ends">Processes that ended by themselves.</param>
/// <param name="Wrong">Empty when everything is as it must be.</param>
internal sealed record Outcome(int Messages, int Resent, TimeSpan SlowestAnswer, TimeSpan SlowestSight, TimeSpan LatestAlert, int Ends,
    IReadOnlyList<string> Wrong);

/// <summary>The hospital's traffic on a house, and rounds of it: traffic, a fault, quiet, and what is then true.</summary>
internal sealed class Rounds : IAsyncDisposable
{
    private const int SenderCount = 4;
    private const int WatcherCount = 20;
    private const double MessagesPerSecond = 15;
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(40);

    private readonly House _house;
    private readonly Sender[] _senders;
    private readonly Watcher[] _watchers;
    private readonly Orleans.IClusterClient _cluster;
    private readonly IAsyncDisposable _clusterHost;

    private Rounds(House house, (Orleans.IClusterClient Client, IAsyncDisposable Host) client)
    {
        _house = house;
        (_cluster, _clusterHost) = client;
        var units = Rules.Units;
        // The first has a third of the traffic.
        string[] places = [.. units, .. Enumerable.Repeat(AllFaults.BusiestUnit, units.Count / 2)];
        _senders = [.. Enumerable.Range(1, SenderCount).Select(i => new Sender(i, house.Mllp, places, MessagesPerSecond))];
        _watchers = [.. Enumerable.Range(0, WatcherCount)
            .Select(i => new Watcher(i, house.Urls, [units[i % units.Count], units[(i + 3) % units.Count]]))];
    }

    public static async Task<Rounds> On(House house)
    {
        var rounds = new Rounds(house, await ClusterLink.Open(house.ConnectionString, house.Authority));
        foreach (var watcher in rounds._watchers) watcher.Start();
        return rounds;
    }

    public async Task<Outcome> Run(Fault fault, Random random, double length)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(6));
        var ends = _house.Services.Sum(service => service.Ends);
        foreach (var watcher in _watchers) watcher.Sights.Clear();
        var sending = Task.WhenAll(_senders.Select(sender => sender.Run(stop.Token)));
        await Task.WhenAny(Task.Delay(Before), sending);
        var without = sending.IsFaulted ? TimeSpan.Zero : await fault.Do(new(_house, _cluster, random, length));
        var mended = TimeProvider.System.GetUtcNow();
        await Task.WhenAny(Task.Delay(After), sending);
        foreach (var sender in _senders) sender.End();
        await sending;
        await _house.UntilReady();
        var wrong = await Settle();
        var ledger = new Ledger(_house.ConnectionString, _house.Skew);
        wrong.AddRange(await ledger.Messages(_senders));
        var (alerts, latest) = await ledger.Alerts(_senders, mended);
        wrong.AddRange(alerts);
        var log = _senders.SelectMany(sender => sender.Log).ToArray();
        var outcome = new Outcome(log.Length, _senders.Sum(sender => sender.Resent),
            Less(log.Max(m => Stopwatch.GetElapsedTime(m.SentAt, m.AcceptedAt))), Less(SlowestSight(log)), latest,
            _house.Services.Sum(service => service.Ends) - ends, wrong);
        foreach (var sender in _senders) await sender.Clear(stop.Token);
        return outcome;

        TimeSpan Less(TimeSpan time) => time > without ? time - without : TimeSpan.Zero;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var watcher in _watchers) await watcher.DisposeAsync();
        await _clusterHost.DisposeAsync();
    }

    /// <summary>
    /// Boards and alerts are told after the commit: reads until all of them are right, or tells what is wrong when they do not become so.
    /// </summary>
    private async Task<List<string>> Settle()
    {
        var stays = _senders.SelectMany(sender => sender.Stays).ToArray();
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var wrong = new List<string?>();
            foreach (var watcher in _watchers)
                wrong.Add(watcher.Shown is { } shown
                    ? Truth.Difference("a watcher", Truth.Lines(stays, [.. watcher.Units]), Truth.Lines(shown))
                    : "a watcher has no current board");
            foreach (var gateway in _house.Gateways) wrong.Add(await Read(gateway, stays));
            var differences = wrong.OfType<string>().ToList();
            if (differences.Count == 0 || Stopwatch.GetElapsedTime(started) > Settling) return differences;
            await Task.Delay(200);
        }
    }

    private static async Task<string?> Read(Service gateway, PatientStay[] stays)
    {
        try
        {
            var boards = new List<Board>();
            foreach (var unit in (await gateway.Http.GetFromJsonAsync<List<Unit>>(Paths.Units))!)
                boards.Add((await gateway.Http.GetFromJsonAsync<Board>($"{Paths.Units}/{unit.Code}/board"))!);
            return Truth.Difference(gateway.Name, Truth.Lines(stays, [.. stays.Select(stay => stay.Unit)]), Truth.Lines(boards));
        }
        catch (HttpRequestException e)
        {
            return $"{gateway.Name} does not answer: {e.Message}";
        }
    }

    /// <summary>
    /// A message counts as seen when its board shows it or a later one of the same visit. One whose visit moved on or left before anybody saw it is
    /// not looked for: the settled boards tell of it.
    /// </summary>
    private TimeSpan SlowestSight(Accepted[] log)
    {
        var slowest = TimeSpan.Zero;
        foreach (var watcher in _watchers)
        {
            var sights = watcher.Sights.ToLookup(sight => sight.Visit);
            foreach (var message in log.Where(message => watcher.Units.Contains(message.Unit)))
            {
                var at = sights[message.Visit].Where(sight => sight.Mark >= message.Mark).Select(sight => sight.At)
                    .DefaultIfEmpty(message.SentAt).Min();
                var took = at > message.SentAt ? Stopwatch.GetElapsedTime(message.SentAt, at) : TimeSpan.Zero;
                if (took > slowest) slowest = took;
            }
        }

        return slowest;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Journey.Api;
using Journey.Dashboard.Live;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Reliability.Load;

/// <summary>When a watcher first saw a message's mark on a board.</summary>
internal readonly record struct Sight(string Visit, int Mark, long At);

/// <summary>
/// A browser with boards open. It keeps them by the dashboard's own rules, asks for the time every few seconds, and when its connection is gone or mute it goes to whichever gateway answers,
/// as behind a load balancer.
/// </summary>
internal sealed class Watcher(int number, IReadOnlyList<Uri> gateways, IReadOnlyList<string> units) : IAsyncDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(3);
    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<string, LiveBoard> boards = units.ToDictionary(unit => unit, unit => new LiveBoard(unit, wall: false));
    private readonly Dictionary<Guid, int> seen = [];
    private readonly Lock gate = new();
    private int gateway = number;
    private Task running = Task.CompletedTask;
    private TaskCompletionSource nudge = New();

    public ConcurrentQueue<Sight> Sights { get; } = new();

    /// <summary>How often it had to connect.</summary>
    public int Connects { get; private set; }

    public IReadOnlyList<string> Units => units;

    /// <summary>The units' boards as shown; null while one is not known to be current.</summary>
    public IReadOnlyList<Board>? Shown
    {
        get
        {
            lock (gate) return boards.Values.All(board => board.Current) ? [.. boards.Values.Select(board => board.Board!)] : null;
        }
    }

    public void Start() => running = Run();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        nudge.TrySetResult();
        await running;
        stop.Dispose();
    }

    private async Task Run()
    {
        for (var failures = 0; !stop.IsCancellationRequested; failures++)
        {
            if (failures > 0) await Pause(TimeSpan.FromMilliseconds(Math.Min(4000, 150 * Math.Pow(2, Math.Min(failures, 10))) * (0.5 + Random.Shared.NextDouble() / 2)));
            try
            {
                await using var hub = Build(gateways[gateway++ % gateways.Count]);
                using (var limit = Limited(ConnectWithin)) await hub.StartAsync(limit.Token);
                Connects++;
                while (await Alive(hub))
                {
                    foreach (var board in Behind()) await Fetch(hub, board);
                    failures = 0;
                    await Pause(Heartbeat);
                }

                Outdate();
            }
            catch (Exception) when (!stop.IsCancellationRequested)
            {
                // Not there: the next one.
            }
            catch (OperationCanceledException)
            {
            }

            Outdate();
        }
    }

    private HubConnection Build(Uri url)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(url, Paths.BoardHub), connection =>
        {
            // As the dashboard: one request, which any gateway can take.
            connection.SkipNegotiation = true;
            connection.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets;
        }).Build();
        hub.On<BoardChange>(nameof(IBoardClient.BoardChanged), change => Apply(change));
        hub.Closed += _ =>
        {
            nudge.TrySetResult();
            return Task.CompletedTask;
        };
        return hub;
    }

    private async Task<bool> Alive(HubConnection hub)
    {
        if (hub.State != HubConnectionState.Connected) return false;
        try
        {
            using var limit = Limited(AnswerWithin);
            await hub.InvokeAsync<DateTimeOffset>(nameof(IBoardHub.Now), limit.Token);
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or HubException or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    private async Task Fetch(HubConnection hub, LiveBoard board)
    {
        lock (gate) board.Fetch();
        try
        {
            using var limit = Limited(AnswerWithin);
            var snapshot = await hub.InvokeAsync<Board>(nameof(IBoardHub.WatchUnit), board.Unit, limit.Token);
            lock (gate)
            {
                if (!board.Take(snapshot)) nudge.TrySetResult();
                foreach (var row in board.Board!.Rows) See(row);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HubException or InvalidOperationException or IOException)
        {
            lock (gate) board.Outdate();
        }
    }

    private void Apply(BoardChange change)
    {
        lock (gate)
        {
            if (!boards.TryGetValue(change.Unit, out var board)) return;
            if (!board.Apply(change)) nudge.TrySetResult();
            else if (board.Current)
                foreach (var row in change.Changed) See(row);
        }
    }

    private void See(BoardRow row)
    {
        if (Mark(row) is not { } mark || (seen.TryGetValue(row.VisitId, out var last) && last >= mark)) return;
        seen[row.VisitId] = mark;
        Sights.Enqueue(new(row.VisitNumber!, mark, Stopwatch.GetTimestamp()));
    }

    /// <summary>The number in the physician's name.</summary>
    public static int? Mark(BoardRow row) =>
        row.Provider?.IndexOf("Mark", StringComparison.Ordinal) is { } at and >= 0 && int.TryParse(row.Provider.AsSpan(at + 4), out var mark) ? mark : null;

    private LiveBoard[] Behind()
    {
        lock (gate) return [.. boards.Values.Where(board => !board.Current)];
    }

    private void Outdate()
    {
        lock (gate)
        {
            foreach (var board in boards.Values) board.Outdate();
        }
    }

    private async Task Pause(TimeSpan span)
    {
        await Task.WhenAny(Task.Delay(span, stop.Token), nudge.Task);
        nudge = New();
    }

    private CancellationTokenSource Limited(TimeSpan span)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        limit.CancelAfter(span);
        return limit;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

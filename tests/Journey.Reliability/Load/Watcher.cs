using System.Collections.Concurrent;
using System.Diagnostics;
using Journey.Api;
using Journey.Client.Live;

namespace Journey.Reliability.Load;

/// <summary>When a watcher first saw a message's mark on a board.</summary>
internal readonly record struct Sight(string Visit, int Mark, long At);

/// <summary>
/// A browser with boards open, by the product's own client: when its connection is gone or mute it goes to whichever gateway answers, as behind a
/// load balancer.
/// </summary>
internal sealed class Watcher : IAsyncDisposable
{
    private readonly BoardConnection _connection;
    private readonly LiveBoard[] _boards;
    private readonly Dictionary<Guid, int> _seen = [];
    private readonly Lock _gate = new();

    public Watcher(int number, IReadOnlyList<Uri> gateways, IReadOnlyList<string> units)
    {
        var first = number % gateways.Count;
        _connection = new(new() { Servers = [.. gateways.Skip(first), .. gateways.Take(first)], ConnectWithin = TimeSpan.FromSeconds(3) });
        _boards = [.. units.Select(unit => _connection.Watch(unit))];
        foreach (var board in _boards) board.Changed += () => See(board);
        Units = units;
    }

    public ConcurrentQueue<Sight> Sights { get; } = new();

    public IReadOnlyList<string> Units { get; }

    /// <summary>The units' boards as shown; null while one is not known to be current.</summary>
    public IReadOnlyList<Board>? Shown
    {
        get
        {
            var shown = _boards.Select(board => board.Board).ToList();
            return Array.TrueForAll(_boards, board => board.IsCurrent) ? [.. shown.OfType<Board>()] : null;
        }
    }

    public void Start() => _connection.Start();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>The number in the physician's name.</summary>
    public static int? Mark(BoardRow row) =>
        row.Provider?.IndexOf("Mark", StringComparison.Ordinal) is { } at and >= 0 && int.TryParse(row.Provider.AsSpan(at + 4), out var mark)
        ? mark
        : null;

    private void See(LiveBoard board)
    {
        var now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            foreach (var row in board.Board?.Rows ?? [])
            {
                if (Mark(row) is not { } mark || (_seen.TryGetValue(row.VisitId, out var last) && last >= mark)) continue;
                _seen[row.VisitId] = mark;
                Sights.Enqueue(new(row.VisitNumber!, mark, now));
            }
        }
    }
}

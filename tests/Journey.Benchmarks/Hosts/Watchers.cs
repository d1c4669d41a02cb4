using Journey.Api;
using Journey.Client.Live;

namespace Journey.Benchmarks.Hosts;

/// <summary>
/// Some connections of the product's own client, each watching one unit, JSON over WebSockets as the dashboard does. Many would take the processor
/// from what is measured: see <see cref="FarWatchers"/>.
/// </summary>
internal sealed class Watchers : IAsyncDisposable
{
    private readonly List<BoardConnection> _connections = [];

    /// <param name="seen">Takes the whole board each time it changed.</param>
    public static async Task<Watchers> Watch(Uri url, int count, Func<int, string> unit, Action<Board> seen)
    {
        var watchers = new Watchers();
        var ready = new List<Task>();
        for (var i = 0; i < count; i++)
        {
            var connection = new BoardConnection(new() { Servers = [url] });
            var board = connection.Watch(unit(i));
            var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            board.Changed += () =>
            {
                if (board.Board is { } now) seen(now);
                first.TrySetResult();
            };
            ready.Add(first.Task);
            watchers._connections.Add(connection);
            connection.Start();
        }

        await Task.WhenAll(ready);
        return watchers;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections) await connection.DisposeAsync();
    }
}

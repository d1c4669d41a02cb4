using Journey.Api;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Benchmarks.Hosts;

/// <summary>A change as a watcher of a benchmark reads it: no more than it needs, so that it does not take the processor from what it measures.</summary>
public sealed record SeenChange(string Unit, List<SeenRow> Changed);

public sealed record SeenRow(Guid VisitId, string? Nurse, List<SeenAlert> Alerts);

public sealed record SeenAlert(Guid Id, string Rule, DateTimeOffset RaisedAt, DateTimeOffset DueAt);

/// <summary>
/// Many hub connections, each watching one unit, JSON over WebSockets as the dashboard does. As a browser does, one that could not keep up and was disconnected
/// comes back at once to a fresh board, whose rows are seen like changes.
/// </summary>
internal sealed class Watchers : IAsyncDisposable
{
    private readonly List<HubConnection> connections = [];
    private volatile bool isEnding;

    public static async Task<Watchers> Watch(Uri url, int count, Func<int, string> unit, Action<SeenChange> seen)
    {
        var watchers = new Watchers();
        for (var i = 0; i < count; i++)
        {
            var connection = new HubConnectionBuilder()
                .WithUrl(new Uri(url, Paths.BoardHub), http => (http.SkipNegotiation, http.Transports) = (true, Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets))
                .Build();
            var watched = unit(i);
            connection.Closed += _ => watchers.isEnding ? Task.CompletedTask : Again(connection, watched, seen);
            connection.On(nameof(IBoardClient.BoardChanged), seen);
            watchers.connections.Add(connection);
        }

        await Harness.Workers.Each(count, 16, async i =>
        {
            await watchers.connections[i].StartAsync();
            await watchers.connections[i].InvokeAsync<SeenBoard>(nameof(IBoardHub.WatchUnit), unit(i));
        });
        return watchers;
    }

    private static async Task Again(HubConnection connection, string unit, Action<SeenChange> seen)
    {
        await connection.StartAsync();
        seen(new(unit, (await connection.InvokeAsync<SeenBoard>(nameof(IBoardHub.WatchUnit), unit)).Rows));
    }

    public int Connected => connections.Count(c => c.State == HubConnectionState.Connected);

    public async ValueTask DisposeAsync()
    {
        isEnding = true;
        foreach (var connection in connections) await connection.DisposeAsync();
    }
}

public sealed record SeenBoard(string Unit, long Version, List<SeenRow> Rows);

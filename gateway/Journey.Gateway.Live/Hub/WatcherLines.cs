using System.Collections.Concurrent;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Cluster.Telemetry;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Live.Hub;

/// <summary>
/// Sends to groups without ever waiting for a browser. SignalR's own manager completes a group send when the slowest member has taken it;
/// here each connection has its own backlog, and one that lets it grow too long is closed: it reconnects and starts from a fresh board.
/// </summary>
internal sealed partial class WatcherLines(ILogger<DefaultHubLifetimeManager<BoardHub>> managerLog, ILogger<WatcherLines> log,
    IOptions<GatewayOptions> options)
    : DefaultHubLifetimeManager<BoardHub>(managerLog)
{
    private readonly ConcurrentDictionary<string, Line> _lines = new();
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Line>> _groups = new();

    public bool Any(string group) => _groups.TryGetValue(group, out var members) && !members.IsEmpty;

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        _lines[connection.ConnectionId] = new Line(connection);
        GatewayMetrics.Watchers.Add(1);
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (_lines.TryRemove(connection.ConnectionId, out var line))
        {
            GatewayMetrics.Watchers.Add(-1);
            lock (line)
            {
                line.IsGone = true;
                foreach (var group in line.Groups) Leave(group, connection.ConnectionId);
            }
        }

        return base.OnDisconnectedAsync(connection);
    }

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        if (!_lines.TryGetValue(connectionId, out var line)) return Task.CompletedTask;
        lock (line)
        {
            if (line.IsGone || !line.Groups.Add(groupName)) return Task.CompletedTask;
            _groups.GetOrAdd(groupName, _ => new())[connectionId] = line;
        }

        return Task.CompletedTask;
    }

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        if (!_lines.TryGetValue(connectionId, out var line)) return Task.CompletedTask;
        lock (line)
        {
            if (line.Groups.Remove(groupName)) Leave(groupName, connectionId);
        }

        return Task.CompletedTask;
    }

    public override Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        if (!_groups.TryGetValue(groupName, out var members)) return Task.CompletedTask;
        var message = new SerializedHubMessage(new InvocationMessage(methodName, args));
        foreach (var (_, line) in members) Send(line, message);
        return Task.CompletedTask;
    }

    /// <summary>The number of groups a connection is in, to keep one browser from watching a whole region.</summary>
    public int GroupsOf(string connectionId)
    {
        if (!_lines.TryGetValue(connectionId, out var line)) return 0;
        lock (line) return line.Groups.Count;
    }

    /// <summary>Empty groups stay: their names are a hospital's units, few, and removing one could lose a member who joins meanwhile.</summary>
    private void Leave(string group, string connectionId)
    {
        if (_groups.TryGetValue(group, out var members)) members.TryRemove(connectionId, out _);
    }

    private void Send(Line line, SerializedHubMessage message)
    {
        var write = line.Connection.WriteAsync(message);
        if (write.IsCompletedSuccessfully) return;
        if (Interlocked.Increment(ref line.Waiting) > options.Value.SlowClientBacklog)
        {
            if (Interlocked.Exchange(ref line.Closed, 1) == 0)
            {
                GatewayMetrics.SlowClients.Add(1);
                TooSlow(log);
                line.Connection.Abort();
            }
        }

        _ = Settle(line, write);
    }

    private static async Task Settle(Line line, ValueTask write)
    {
        try
        {
            await write;
        }
        catch (Exception)
        {
            // The connection is gone; SignalR tells so on its own way.
        }
        finally
        {
            Interlocked.Decrement(ref line.Waiting);
        }
    }

    [LoggerMessage(1201, LogLevel.Warning, "A browser did not keep up and was disconnected; it will come back to a fresh board")]
    private static partial void TooSlow(ILogger log);

    private sealed class Line(HubConnectionContext connection)
    {
        public readonly HubConnectionContext Connection = connection;
        public readonly HashSet<string> Groups = [];
        public int Waiting;
        public int Closed;
        public bool IsGone;
    }
}

using System.Collections.Concurrent;
using Journey.Contracts.Visits;
using Journey.Gateway.Cluster.Telemetry;
using Journey.Gateway.Feeds.Mapping;
using Journey.Gateway.Feeds.Monitoring;
using Journey.Gateway.Feeds.Profiles;
using Journey.Hl7;
using Journey.Hl7.Mllp;

namespace Journey.Gateway.Feeds.Listening;

/// <summary>What is known of each open connection: its feed, once it has said something, and the time of its last message.</summary>
internal sealed partial class FeedConnections(FeedDirectory directory, FeedMonitor monitor, MessageIntake intake, Refusals refusals,
    TimeProvider clock, ILogger<FeedConnections> log) : IMllpObserver
{
    private readonly ConcurrentDictionary<long, State> _open = new();

    public void Opened(MllpConnectionInfo connection)
    {
        var state = StateFor(connection);
        if (directory.OnlyOf(connection) is { } only) Is(state, only);
        Connected(log, connection.Id);
    }

    public void Closed(MllpConnectionInfo connection, MllpCloseReason reason, long ignoredBytes)
    {
        if (_open.TryRemove(connection.Id, out var state))
        {
            if (state.Feed is { } feed) monitor.Disconnected(feed);
            else if (!state.IsNobodys) monitor.Stranger(-1);
        }

        Disconnected(log, connection.Id, reason, ignoredBytes);
    }

    public void Refused(MllpConnectionInfo connection, string why) => NotAccepted(log, connection.Id, why);

    /// <summary>A message that was too long to be taken in is still one the integration engineer looks for.</summary>
    public void Oversized(MllpConnectionInfo connection, long length, ReadOnlyMemory<byte> head)
    {
        var header = Hl7Message.FindHeader(head);
        var feed = header is null ? null : directory.Find(header.SendingApplication, header.SendingFacility, connection);
        if (feed is null && directory.AreListed && !refusals.MayLog()) return;
        var record = header is null
            ? new MessageRecord(directory.Nobody, "", "", "", clock.GetUtcNow(), head)
            : MessageMapper.Record(header, feed is null ? Refusals.Kept(header) : head, feed?.Name ?? directory.Nobody, clock.GetUtcNow());
        _ = intake.Reject(record, $"Longer than accepted: {length} bytes.", CancellationToken.None);
    }

    public void HandlerFailed(MllpConnectionInfo connection, Exception exception) => Failed(log, connection.Id, exception);

    /// <summary>Notes a message of a connection; answers with the time of the one before it.</summary>
    public DateTimeOffset? Heard(MllpConnectionInfo connection, FeedProfile feed, DateTimeOffset receivedAt)
    {
        var state = StateFor(connection);
        Is(state, feed);
        monitor.Heard(feed, receivedAt);
        return state.LastMessageAt;
    }

    /// <summary>A message of a connection was refused because it is no feed's. The connection is no sign of life of any.</summary>
    public void Turned(MllpConnectionInfo connection, string why)
    {
        var state = StateFor(connection);
        if (state.IsNobodys) return;
        if (state.Feed is { } before) monitor.Disconnected(before);
        else monitor.Stranger(-1);
        (state.Feed, state.IsNobodys) = (null, true);
        NobodysMessage(log, connection.Id, why);
    }

    public void Said(MllpConnectionInfo connection, DateTimeOffset messageAt)
    {
        if (_open.TryGetValue(connection.Id, out var state)) state.LastMessageAt = messageAt;
    }

    /// <summary>Notes what a message showed of its feed: how old it was, what it says that no table knows, and what cannot be.</summary>
    public void Noted(FeedProfile feed, Mapped mapped, DateTimeOffset receivedAt)
    {
        mapped = monitor.Dispositions?.Judge(mapped) ?? mapped;
        foreach (var finding in mapped.Findings)
            (finding.Code is null ? GatewayMetrics.Unbelieved : GatewayMetrics.UnknownCodes)
                .Add(1, new KeyValuePair<string, object?>("field", finding.Field));
        monitor.Noted(feed, mapped, receivedAt);
    }

    private State StateFor(MllpConnectionInfo connection)
    {
        if (_open.TryGetValue(connection.Id, out var known)) return known;
        monitor.Stranger(1);
        return _open[connection.Id] = new State();
    }

    private void Is(State state, FeedProfile feed)
    {
        if (ReferenceEquals(state.Feed, feed)) return;
        if (state.Feed is { } before) monitor.Disconnected(before);
        else if (!state.IsNobodys) monitor.Stranger(-1);
        (state.Feed, state.IsNobodys) = (feed, false);
        monitor.Connected(feed);
    }

    [LoggerMessage(1301, LogLevel.Information, "MLLP connection {Connection} opened")]
    private static partial void Connected(ILogger log, long connection);

    [LoggerMessage(1302, LogLevel.Information, "MLLP connection {Connection} closed: {Reason}, {Ignored} bytes outside of messages")]
    private static partial void Disconnected(ILogger log, long connection, MllpCloseReason reason, long ignored);

    [LoggerMessage(1303, LogLevel.Warning, "MLLP connection {Connection} was not accepted: {Why}")]
    private static partial void NotAccepted(ILogger log, long connection, string why);

    [LoggerMessage(1304, LogLevel.Error, "MLLP connection {Connection}: a message was answered with AE because handling it failed")]
    private static partial void Failed(ILogger log, long connection, Exception exception);

    [LoggerMessage(1305, LogLevel.Warning, "MLLP connection {Connection}: a message was refused, and so are others like it: {Why}")]
    private static partial void NobodysMessage(ILogger log, long connection, string why);

    /// <summary>Used by one connection, one frame at a time.</summary>
    private sealed class State
    {
        public FeedProfile? Feed;
        public bool IsNobodys;
        public DateTimeOffset? LastMessageAt;
    }
}

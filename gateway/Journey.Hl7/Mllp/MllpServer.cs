using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Journey.Hl7.Mllp;

/// <summary>
/// Listens for MLLP connections. Each connection is handled in order and independently of the others; nothing a sender does, and no
/// exception of the handler, ends the listener.
/// </summary>
public sealed class MllpServer : IAsyncDisposable
{
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(5);
    private static long _lastConnection;

    private readonly ConcurrentDictionary<long, (MllpConnection Connection, Task Run)> _connections = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private Socket? _listener;
    private ITimer? _watchdog;
    private Task _accepting = Task.CompletedTask;
    private int _open;
    private long _lastControlId;

    /// <summary>Creates a listener; <see cref="Start"/> opens it.</summary>
    /// <param name="options">How it behaves; checked here.</param>
    /// <param name="handler">Receives the frames.</param>
    /// <param name="clock">Clock for time-outs and acknowledgement times; the system's by default.</param>
    /// <param name="observer">Hears about connections; nobody by default.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public MllpServer(MllpServerOptions options, IMllpHandler handler, TimeProvider? clock = null, IMllpObserver? observer = null)
    {
        options.Validate();
        (Options, Handler, Clock, Observer) = (options, handler, clock ?? TimeProvider.System, observer ?? SilentMllpObserver.Instance);
    }

    /// <summary>Where it listens, with the real port when 0 was asked for; null before <see cref="Start"/>.</summary>
    public IPEndPoint? LocalEndPoint { get; private set; }

    /// <summary>Connections open now, those still agreeing on TLS included.</summary>
    public int ConnectionCount => Volatile.Read(ref _open);

    internal MllpServerOptions Options { get; }

    internal IMllpHandler Handler { get; }

    internal TimeProvider Clock { get; }

    internal IMllpObserver Observer { get; }

    /// <summary>Opens the port and begins to accept connections.</summary>
    /// <exception cref="MllpListenException">The port is in use, forbidden or not of this machine.</exception>
    /// <exception cref="InvalidOperationException">Started or stopped before.</exception>
    public void Start()
    {
        lock (_gate)
        {
            if (_listener is not null || _stopping.IsCancellationRequested) throw new InvalidOperationException("A listener is started once.");
            _listener = Listen();
            LocalEndPoint = (IPEndPoint)_listener.LocalEndPoint!;
            var period = WatchdogPeriod();
            _watchdog = Clock.CreateTimer(_ => Watch(), null, period, period);
            _accepting = Accept(_listener);
        }
    }

    /// <summary>
    /// Stops: no new connections, no more reading; frames read before are handled and acknowledged. What is not done in time is broken off
    /// unacknowledged, so that its sender sends it again.
    /// </summary>
    /// <param name="drain">How long to wait for frames in hand.</param>
    public async Task StopAsync(TimeSpan drain)
    {
        lock (_gate)
        {
            if (!_stopping.IsCancellationRequested) _stopping.Cancel();
            _listener?.Dispose();
        }

        await _accepting;
        foreach (var (connection, _) in _connections.Values) connection.BeginDrain();
        var all = Task.WhenAll(_connections.Values.Select(c => c.Run));
        if (drain > TimeSpan.Zero) await all.WaitAsync(drain, Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (connection, _) in _connections.Values) connection.Abort(MllpCloseReason.Stopped);

        // A handler that ignores its token must not keep the process from ending.
        await all.WaitAsync(AbortPatience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_watchdog is not null) await _watchdog.DisposeAsync();
    }

    /// <summary>Stops with five seconds for frames in hand.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.FromSeconds(5));

    internal string NextControlId() => $"J{Clock.GetUtcNow():yyyyMMddHHmmss}{Interlocked.Increment(ref _lastControlId):D6}";

    private Socket Listen()
    {
        var socket = new Socket(Options.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (Options.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            socket.Bind(new IPEndPoint(Options.Address, Options.Port));
            socket.Listen(Options.Backlog);
            return socket;
        }
        catch (SocketException cause)
        {
            socket.Dispose();
            throw new MllpListenException(Options.Address, Options.Port, cause);
        }
    }

    private async Task Accept(Socket listener)
    {
        await Task.Yield();
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Open(await listener.AcceptAsync(_stopping.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // Out of descriptors, or the sender left before it was accepted: neither is a reason to stop listening.
                await Task.Delay(AcceptPause, Clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Open(Socket socket)
    {
        var info = new MllpConnectionInfo(Interlocked.Increment(ref _lastConnection), Remote(socket));
        var isKnown = info.Remote is IPEndPoint { Address: var address } && Options.Reserves?.Invoke(address) == true;
        if (Obstacle(info, isKnown) is { } obstacle)
        {
            socket.Dispose();
            MllpMetrics.Refused.Add(1);
            Tell(o => o.Refused(info, obstacle));
            return;
        }

        Interlocked.Increment(ref _open);

        MllpMetrics.Connections.Add(1);
        var connection = new MllpConnection(this, socket, info) { IsKnown = isKnown };
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[info.Id] = (connection, gone.Task);
        _ = Run(connection, gone);
    }

    /// <summary>Connections are accepted one after the other, so what is counted here does not grow meanwhile.</summary>
    private string? Obstacle(MllpConnectionInfo info, bool isKnown)
    {
        if (_open >= Options.MaxConnections) return $"{Options.MaxConnections} connections are open already.";
        var strangers = Options.MaxConnections - Options.ReservedConnections;
        if (!isKnown && strangers < Options.MaxConnections && _connections.Values.Count(c => !c.Connection.IsKnown) >= strangers)
            return $"{strangers} connections of unknown senders are open already.";
        if (info.Remote is not IPEndPoint { Address: var address }) return null;
        var most = isKnown ? Math.Max(Options.MaxConnections / 2, Options.MaxConnectionsPerAddress) : Options.MaxConnectionsPerAddress;
        return _connections.Values.Count(c => c.Connection.Info.Remote is IPEndPoint other && other.Address.Equals(address)) >= most
            ? $"{most} connections of this address are open already."
            : null;
    }

    private async Task Run(MllpConnection connection, TaskCompletionSource gone)
    {
        try
        {
            await Task.Yield();
            await connection.RunAsync();
        }
        finally
        {
            _connections.TryRemove(connection.Info.Id, out _);
            Interlocked.Decrement(ref _open);
            MllpMetrics.Connections.Add(-1);
            gone.SetResult();
        }
    }

    internal void Tell(Action<IMllpObserver> what)
    {
        try
        {
            what(Observer);
        }
        catch (Exception)
        {
            // An observer is a bystander: its bug is not the sender's problem.
        }
    }

    private void Watch()
    {
        var now = Clock.GetTimestamp();
        foreach (var (connection, _) in _connections.Values) connection.Watch(now);
    }

    /// <summary>A quarter of the shortest time-out, between 25 ms and a second: one timer for all connections, none per frame.</summary>
    private TimeSpan WatchdogPeriod()
    {
        var times = new[]
        {
            Options.IdleTimeout, Options.FirstFrameTimeout, Options.FrameTimeout, Options.HandlerTimeout, Options.SendTimeout,
            Options.Tls?.HandshakeTimeout ?? TimeSpan.FromSeconds(10),
        };
        var shortest = times.Where(t => t > TimeSpan.Zero).DefaultIfEmpty(TimeSpan.FromSeconds(4)).Min();
        return TimeSpan.FromMilliseconds(Math.Clamp(shortest.TotalMilliseconds / 4, 25, 1000));
    }

    private static EndPoint? Remote(Socket socket)
    {
        try
        {
            return socket.RemoteEndPoint;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}

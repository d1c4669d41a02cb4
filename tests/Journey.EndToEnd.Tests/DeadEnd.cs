using System.Net;
using System.Net.Sockets;

namespace Journey.EndToEnd.Tests;

/// <summary>
/// An address where no mail server and no gateway is: <c>refused</c>, <c>broken</c> (hangs up), <c>silent</c> (never says a word), <c>garbage</c>
/// (says what no protocol knows).
/// </summary>
internal sealed class DeadEnd : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, Ports.Free());
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public DeadEnd(string how)
    {
        if (how != "refused") _listener.Start();
        Port = how == "refused" ? Ports.Free() : ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = how == "refused" ? Task.CompletedTask : Serve(how);
    }

    public int Port { get; }

    /// <summary>How often somebody came.</summary>
    public int Calls => _calls;

    private int _calls;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task Serve(string how)
    {
        try
        {
            while (true) _ = Meet(await _listener.AcceptTcpClientAsync(_stop.Token), how);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Meet(TcpClient client, string how)
    {
        Interlocked.Increment(ref _calls);
        using (client)
        {
            try
            {
                if (how == "garbage") await client.GetStream().WriteAsync("\0\u00ff lorem ipsum\r\n\r\n"u8.ToArray(), _stop.Token);
                if (how != "broken") await Task.Delay(Timeout.Infinite, _stop.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // Whoever came is gone, or the test is over.
            }
        }
    }
}

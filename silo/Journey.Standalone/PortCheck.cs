using System.Net;
using System.Net.Sockets;
using Journey.Gateway.Feeds;
using Journey.Silo;
using Microsoft.Extensions.Options;

namespace Journey.Standalone;

/// <summary>
/// Tries the ports before anything starts. They are opened last, when the silo is up; found in use only then, a half-started silo is torn down and
/// what it complains of buries the one sentence that helps.
/// </summary>
internal sealed class PortCheck(IConfiguration configuration, IOptions<MllpOptions> mllp) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var url in (configuration["urls"] ?? StandaloneHost.DefaultUrl).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = BindingAddress.Parse(url);
            if (!address.IsUnixPipe && !address.IsNamedPipe) Try(Address(address.Host), address.Port, "HTTP", "--urls or ASPNETCORE_URLS");
        }

        if (mllp.Value.Enabled) Try(IPAddress.Parse(mllp.Value.Address), mllp.Value.Port, "MLLP", "Journey__Mllp__Port");
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Try(IPAddress address, int port, string use, string setting)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new StartException($"{use} port {port} on {address} is in use: stop the program that listens there, or choose another port ({setting}).");
        }
    }

    private static IPAddress Address(string host) => IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address
        : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback : IPAddress.Any;
}

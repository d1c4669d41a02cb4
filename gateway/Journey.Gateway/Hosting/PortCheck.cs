using System.Net;
using System.Net.Sockets;
using Journey.Gateway.Feeds.Profiles;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Hosting;

/// <summary>
/// Tries the ports before anything starts. They are opened last, when the cluster has answered or the silo is up; found in use only then, what is
/// torn down complains and buries the one sentence that helps.
/// </summary>
internal sealed class PortCheck(IConfiguration configuration, IOptions<MllpOptions> mllp) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var url in (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
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
        catch (SocketException e)
        {
            throw new OptionsValidationException(setting, typeof(MllpOptions), [$"{use} port {port} on {address} {Why(e)} ({setting})."]);
        }
    }

    private static string Why(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "is in use: stop the program that listens there, or choose another port",
        SocketError.AccessDenied => "may not be opened by this user: choose a port above 1023, or grant the right",
        SocketError.AddressNotAvailable => "cannot be opened, because this machine has no such address: choose one that it has",
        _ => $"cannot be opened ({e.SocketErrorCode}): choose another",
    };

    private static IPAddress Address(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address
        : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback : IPAddress.Any;
}

using System.Net;
using System.Net.Sockets;

namespace Journey.Silo;

/// <summary>Ports for a silo that talks to nobody but itself: any that are free, so that two standalones can run side by side.</summary>
internal static class LocalPorts
{
    public static (int Silo, int Gateway) Free()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}

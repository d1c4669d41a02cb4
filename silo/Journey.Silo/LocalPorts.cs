using System.Net;
using System.Net.Sockets;

namespace Journey.Silo;

/// <summary>
/// A port for a silo that talks to nobody but itself: any that is free, so that two standalones can run side by side. It lies below those that
/// systems give to outgoing connections (32768 and up on Linux), one of which could otherwise take it before the silo does.
/// </summary>
internal static class LocalPorts
{
    private const int First = 20_000;
    private const int Last = 32_000;

    public static int Free()
    {
        using var listener = Listen();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static TcpListener Listen()
    {
        for (var attempt = 1; ; attempt++)
        {
            var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(First, Last));
            try
            {
                listener.Start();
                return listener;
            }
            catch (SocketException) when (attempt < 100)
            {
                listener.Dispose();
            }
        }
    }
}

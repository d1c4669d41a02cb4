using System.Net;
using System.Net.Sockets;

namespace Journey.Testing;

/// <summary>
/// Ports for what listens later, in this process or in another. None is of the range that the system gives to outgoing connections (from 32,768):
/// such a port may be taken between here and the process that is to listen there. Nor of those that Orleans' own test clusters choose from (from
/// 22,300).
/// </summary>
public static class Ports
{
    private const int First = 12_000, Count = 8_000;
    private static int _next = Random.Shared.Next(Count);

    /// <summary>A port on which nobody listens, at no address; given once.</summary>
    public static int Free()
    {
        for (var tried = 0; tried < Count; tried++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Any, port) { ExclusiveAddressUse = true };
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's; the next.
            }
        }

        throw new InvalidOperationException($"Somebody listens on every port from {First} to {First + Count - 1}.");
    }
}

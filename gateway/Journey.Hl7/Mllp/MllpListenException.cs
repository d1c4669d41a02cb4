using System.Net;
using System.Net.Sockets;

namespace Journey.Hl7.Mllp;

/// <summary>The listener could not be opened; the message names the address, the port and what to do about it.</summary>
public sealed class MllpListenException : IOException
{
    internal MllpListenException(IPAddress address, int port, SocketException cause)
        : base($"MLLP cannot listen on {new IPEndPoint(address, port)}: {Advice(port, cause)}", cause) =>
        (Address, Port, SocketError) = (address, port, cause.SocketErrorCode);

    /// <summary>The address asked for.</summary>
    public IPAddress Address { get; }

    /// <summary>The port asked for.</summary>
    public int Port { get; }

    /// <summary>What the system said.</summary>
    public SocketError SocketError { get; }

    private static string Advice(int port, SocketException cause) => cause.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse =>
            $"another program is using port {port}. Stop it, or configure another MLLP port.",
        SocketError.AccessDenied =>
            $"the system does not allow this process to use port {port}. Choose a port of 1024 or higher, or grant the right to bind low ports.",
        SocketError.AddressNotAvailable =>
            "this machine does not have that address. Configure one of its own addresses, or 0.0.0.0 for all of them.",
        _ => $"{cause.Message}. Check the MLLP address and port in the configuration.",
    };
}

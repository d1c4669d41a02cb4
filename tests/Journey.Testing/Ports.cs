using System.Net;
using System.Net.Sockets;

namespace Journey.Testing;

/// <summary>
/// Ports for what listens later, in this process or in another. None is of the range that the system gives to outgoing connections (from 32,768):
/// such a port may be taken between here and the process that is to listen there. Nor of those that Orleans' own test clusters choose from (from
/// 22,300). Test processes run side by side, so each takes a block of its own and holds it for as long as it lives.
/// </summary>
public static class Ports
{
    /// <summary>So many ports a process has in turn.</summary>
    public const int PerBlock = 500;

    private const int Lowest = 12_000, Blocks = 16;
    private static readonly Block Own = Block.Take();
    private static int _next = Random.Shared.Next(PerBlock);

    /// <summary>A port on which nobody listens, at no address; no other test process is given it while this one lives.</summary>
    public static int Free()
    {
        for (var tried = 0; tried < PerBlock; tried++)
        {
            var port = Own.First + (int)((uint)Interlocked.Increment(ref _next) % PerBlock);
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

        throw new InvalidOperationException($"Somebody listens on every port from {Own.First} to {Own.First + PerBlock - 1}.");
    }

    /// <summary>
    /// Ports of one process. Its file is locked and not only there: the system unlocks it when the process ends, however it ends.
    /// </summary>
    public sealed class Block : IDisposable
    {
        private readonly FileStream _held;

        private Block(int first, FileStream held) => (First, _held) = (first, held);

        public int First { get; }

        /// <exception cref="InvalidOperationException">Other processes hold all of them.</exception>
        public static Block Take()
        {
            for (var number = 0; number < Blocks; number++)
                try
                {
                    var file = Path.Combine(Path.GetTempPath(), $"journey-test-ports-{number}");
                    return new(Lowest + number * PerBlock, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
                }
                catch (IOException)
                {
                    // Another process holds it.
                }

            throw new InvalidOperationException($"{Blocks} processes hold all blocks of ports; one of them may have been left running.");
        }

        public void Dispose() => _held.Dispose();
    }
}

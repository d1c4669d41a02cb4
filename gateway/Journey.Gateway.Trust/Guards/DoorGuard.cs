using System.Net;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Cluster.Telemetry;
using Journey.Gateway.Trust.Network;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Trust.Guards;

/// <summary>
/// Who tries links that are none. A link's secret has 192 bits: nobody guesses one, so no door need be locked, and one that locked for an address
/// would lock for everybody behind it. Whoever goes on trying waits longer for each answer, and a link that is one opens at once meanwhile. Wrong
/// code words a visit counts by itself, for each link and contact.
/// </summary>
internal sealed partial class DoorGuard(IOptions<GatewayOptions> options, TimeProvider clock, ILogger<DoorGuard> log)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Of so many addresses at a time, all others count as one.</summary>
    private const int MostAddresses = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, (int Count, DateTimeOffset Until)> _misses = [];

    /// <summary>A link was brought that is none: over when the answer may be given.</summary>
    public Task Missed(HttpContext http)
    {
        GatewayMetrics.DoorMisses.Add(1);
        var address = RemoteNetwork.PrefixOf(http.Connection.RemoteIpAddress);
        var over = Count(address) - options.Value.DoorMisses;
        if (over <= 0) return Task.CompletedTask;
        GatewayMetrics.DoorDelays.Add(1);
        if (over == 1) Guessing(log, address, options.Value.DoorMisses);
        return Task.Delay(Delay(over), clock, http.RequestAborted);
    }

    /// <summary>Twice as long each time, to the longest.</summary>
    public static TimeSpan Delay(int over) => over > 10 ? Longest : TimeSpan.FromTicks(Math.Min(Longest.Ticks, Shortest.Ticks << (over - 1)));

    private int Count(IPAddress address)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (!_misses.ContainsKey(address) && _misses.Count >= MostAddresses)
            {
                foreach (var old in _misses.Where(m => m.Value.Until <= now).Select(m => m.Key).ToArray()) _misses.Remove(old);
                if (_misses.Count >= MostAddresses) address = IPAddress.None;
            }

            var known = _misses.GetValueOrDefault(address);
            known = known.Until <= now ? (1, now + Window) : (known.Count + 1, known.Until);
            _misses[address] = known;
            return known.Count;
        }
    }

    [LoggerMessage(1701, LogLevel.Warning,
        "The address {Address} brought more than {Misses} links of the family page that are none; it waits longer for each further answer. Somebody "
            + "may be guessing")]
    private static partial void Guessing(ILogger log, IPAddress address, int misses);
}

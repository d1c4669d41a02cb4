using System.Globalization;
using System.Net;
using Journey.Contracts;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Cluster.Telemetry;
using Journey.Gateway.Trust.Network;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Trust.Audit;

/// <summary>
/// Which refusals of those whom nobody knows stand in the trail. Each is a durable row, and whoever needs no account to be refused could write as
/// many as they like: the first of an address are written, of more one entry an interval says how many. Whoever signed in is told of every time.
/// </summary>
/// <remarks>Thread-safe. Bounded: of so many addresses at a time, all others count as one.</remarks>
internal sealed class RefusalSample(IOptions<GatewayOptions> options)
{
    private const int MostAddresses = 1000;
    private const string Sum = "and ";
    private static readonly AuditParty Many = new(AuditWho.Nobody);

    private readonly Lock _gate = new();
    private readonly Dictionary<(IPAddress Network, string Who), Tally> _tallies = [];

    private sealed class Tally
    {
        public int Written;
        public long Withheld;
        public AuditEntry? Last;
    }

    /// <summary>Whether the entry is to be written; if not it is counted.</summary>
    public bool Keeps(AuditEntry entry)
    {
        if (entry.Outcome is not (AuditOutcome.Refused or AuditOutcome.NotFound) || !IsStranger(entry.Who)) return true;
        var key = (RemoteNetwork.PrefixOf(IPAddress.TryParse(entry.Who.Address, out var address) ? address : null), entry.Who.Id);
        lock (_gate)
        {
            if (!_tallies.TryGetValue(key, out var tally))
            {
                var isOneOfTooMany = _tallies.Count >= MostAddresses;
                if (isOneOfTooMany) (key, entry) = ((IPAddress.None, Many.Id), entry with { Who = Many });
                if (!isOneOfTooMany || !_tallies.TryGetValue(key, out tally)) _tallies[key] = tally = new Tally();
            }

            if (tally.Written < options.Value.RefusalsRecorded)
            {
                tally.Written++;
                return true;
            }

            (tally.Withheld, tally.Last) = (tally.Withheld + 1, entry);
        }

        GatewayMetrics.RefusalsSummed.Add(1);
        return false;
    }

    /// <summary>
    /// What was withheld since the last time, an entry for each address. An address that was quiet is forgotten: of its next refusals the first are
    /// written again.
    /// </summary>
    public IReadOnlyList<AuditEntry> Take(DateTimeOffset now)
    {
        lock (_gate)
        {
            AuditEntry[] sums = [.. _tallies.Values.Where(t => t.Withheld > 0).Select(t => Told(t.Last!, t.Withheld, now))];
            foreach (var key in _tallies.Where(t => t.Value.Withheld == 0).Select(t => t.Key).ToArray()) _tallies.Remove(key);
            foreach (var tally in _tallies.Values) (tally.Withheld, tally.Last) = (0, null);
            return sums;
        }
    }

    private static AuditEntry Told(AuditEntry last, long withheld, DateTimeOffset now) => withheld == 1 ? last : last with
    {
        Id = Guid.NewGuid(),
        At = now,
        Detail = string.Create(CultureInfo.InvariantCulture, $"{Sum}{withheld - 1} more"),
        // Whoever is nobody asked for what they liked; a contact's link is to one visit.
        Visit = last.Who.Id is AuditWho.Nobody or Actor.FamilyId ? null : last.Visit,
    };

    public static bool IsSum(AuditEntry entry) => entry.Detail?.StartsWith(Sum, StringComparison.Ordinal) == true && IsStranger(entry.Who);

    /// <summary>Nobody, or somebody with a link of the family page: needs no account.</summary>
    private static bool IsStranger(AuditParty who) => who.Id == AuditWho.Nobody || who.Id.StartsWith(Actor.FamilyId, StringComparison.Ordinal);
}

/// <summary>Writes the sums, every ten minutes and when the gateway stops.</summary>
internal sealed class RefusalSums(RefusalSample sample, AuditTrail trail, TimeProvider clock, ILogger<RefusalSums> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Write();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Write();
        }
    }

    /// <summary>What cannot be written is counted by the metrics all the same.</summary>
    private async Task Write()
    {
        var now = clock.GetUtcNow();
        foreach (var sum in sample.Take(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond))))
        {
            try
            {
                await trail.Write(sum);
            }
            catch (Exception e) when (e is AuditUnavailableException or ClusterUnavailableException)
            {
                AuditRefusals.NotRecorded(log);
                return;
            }
        }
    }
}

using Journey.Contracts;
using Journey.Contracts.Intake;
using Journey.Gateway.Feeds.Mapping;

namespace Journey.Gateway.Feeds.Monitoring;

/// <summary>
/// Which facilities one feed sends for each unit code. Two hospitals that both call a unit <c>ED</c> would share one board. Safe to use from several
/// threads.
/// </summary>
internal sealed class UnitFacilities
{
    private const int MaxUnits = 500;
    private const int MaxFacilities = 5;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SortedSet<string>> _units = new(StringComparer.OrdinalIgnoreCase);

    public void Note(Mapped mapped)
    {
        if (mapped.Message is not { } message) return;
        foreach (var step in message.Steps)
            if (step is About { Command.Details.Location: { Unit.Length: > 0, Facility.Length: > 0 } place }) Note(place);
    }

    /// <summary>One sentence for each unit code that comes from more than one facility.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_gate)
                return [.. _units.Where(unit => unit.Value.Count > 1).OrderBy(unit => unit.Key, StringComparer.Ordinal)
                    .Select(unit =>
                        $"The unit {unit.Key} comes from more than one facility ({string.Join(", ", unit.Value)}): they share one board. Give each a unit of its own in the policy (facility, sentAs), or set Place:Unit of the feed to a field that tells them apart.")];
        }
    }

    private void Note(Location place)
    {
        lock (_gate)
        {
            if (!_units.TryGetValue(place.Unit, out var facilities))
            {
                if (_units.Count == MaxUnits) return;
                _units.Add(place.Unit, facilities = new(StringComparer.OrdinalIgnoreCase));
            }

            if (facilities.Count < MaxFacilities) facilities.Add(place.Facility!);
        }
    }
}

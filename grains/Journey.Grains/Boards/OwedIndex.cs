using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;

namespace Journey.Grains.Boards;

/// <summary>What the visits of one board owe, by whom, and whose list changed since that was last asked.</summary>
internal sealed class OwedIndex
{
    private readonly Dictionary<VisitId, ImmutableArray<(string Addressee, ListItem Item)>> byVisit = [];
    private readonly HashSet<string> changed = [];

    public void Set(VisitId visit, VisitRow? row)
    {
        var before = byVisit.GetValueOrDefault(visit, []);
        var now = row is null ? [] : OwedBy.Of(row).ToImmutableArray();
        if (before.SequenceEqual(now)) return;
        if (now.IsEmpty) byVisit.Remove(visit);
        else byVisit[visit] = now;
        foreach (var entry in before.Except(now).Concat(now.Except(before))) changed.Add(entry.Addressee);
    }

    public ImmutableArray<ListItem> Of(string addressee) => [.. byVisit.Values.SelectMany(items => items).Where(i => i.Addressee == addressee).Select(i => i.Item)];

    public string[] TakeChanged()
    {
        var addressees = changed.ToArray();
        changed.Clear();
        return addressees;
    }
}

using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Domain.Policies;

namespace Journey.Grains.Boards;

/// <summary>What one board and its visits owe, by whom, and whose list changed since that was last asked. No I/O, no clock.</summary>
internal sealed class OwedIndex(string unit, Policy policy)
{
    private readonly Dictionary<VisitId, ImmutableArray<(string Addressee, ListItem Item)>> byVisit = [];
    private readonly Dictionary<VisitId, Unverified> unverified = [];
    private readonly HashSet<string> changed = [];
    private ImmutableArray<RuleView> noise = [];
    private ImmutableArray<ListItem> told = [];

    public void Set(VisitId visit, VisitRow? row)
    {
        if (Unverified(row) is { } asked) unverified[visit] = asked;
        else unverified.Remove(visit);
        var before = byVisit.GetValueOrDefault(visit, []);
        var now = row is null ? [] : OwedBy.Of(row).ToImmutableArray();
        if (before.SequenceEqual(now)) return;
        if (now.IsEmpty) byVisit.Remove(visit);
        else byVisit[visit] = now;
        foreach (var entry in before.Except(now).Concat(now.Except(before))) changed.Add(entry.Addressee);
    }

    public ImmutableArray<ListItem> Of(string addressee, DateTimeOffset now)
    {
        ImmutableArray<ListItem> owed = [.. byVisit.Values.SelectMany(items => items).Where(i => i.Addressee == addressee).Select(i => i.Item)];
        return addressee == VerifyTask.Addressee(unit) ? owed.AddRange(Tasks(now)) : owed;
    }

    /// <summary>The rules that are above their budget here.</summary>
    public void SetNoise(ImmutableArray<RuleView> rules) => noise = rules;

    public string[] TakeChanged(DateTimeOffset now)
    {
        var tasks = Tasks(now);
        if (!tasks.SequenceEqual(told)) changed.Add(VerifyTask.Addressee(unit));
        told = tasks;
        var addressees = changed.ToArray();
        changed.Clear();
        return addressees;
    }

    /// <summary>When time alone changes what is owed: what the unit owes as a whole is asked for anew in the next shift. Null when it owes nothing.</summary>
    public DateTimeOffset? ChangesAt(DateTimeOffset now) => !noise.IsEmpty || unverified.Values.Any(row => row.Until is null) ? policy.Shifts.At(now, policy.TimeZone).Ends : null;

    /// <summary>What the unit owes as a whole.</summary>
    private ImmutableArray<ListItem> Tasks(DateTimeOffset now) =>
        [.. VerifyTask.Of(unit, unverified.Values, policy, now) is { } verify ? [verify] : Array.Empty<ListItem>(), .. noise.Select(rule => RuleTask.Of(rule, policy, now))];

    /// <summary>The row of a version that did not say since when has stood there always.</summary>
    private static Unverified? Unverified(VisitRow? row) => row switch
    {
        null => null,
        { IsProbablyGone: true, Unverified: not { Until: null } } => new(default, null),
        _ => row.Unverified,
    };
}

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
    private readonly Dictionary<VisitId, ImmutableArray<(string Addressee, ListItem Item)>> _byVisit = [];
    private readonly Dictionary<VisitId, Unverified> _unverified = [];
    private readonly HashSet<string> _changed = [];
    private ImmutableArray<RuleView> _noise = [];
    private ImmutableArray<ListItem> _told = [];

    public void Set(VisitId visit, VisitRow? row)
    {
        if (Unverified(row) is { } asked) _unverified[visit] = asked;
        else _unverified.Remove(visit);
        var before = _byVisit.GetValueOrDefault(visit, []);
        var now = row is null ? [] : Domain.Alerts.OwedBy.ItemsOf(row).ToImmutableArray();
        if (before.SequenceEqual(now)) return;
        if (now.IsEmpty) _byVisit.Remove(visit);
        else _byVisit[visit] = now;
        foreach (var entry in before.Except(now).Concat(now.Except(before))) _changed.Add(entry.Addressee);
    }

    public ImmutableArray<ListItem> OwedBy(string addressee, DateTimeOffset now)
    {
        ImmutableArray<ListItem> owed = [.. _byVisit.Values.SelectMany(items => items).Where(i => i.Addressee == addressee).Select(i => i.Item)];
        return addressee == VerifyTask.Addressee(unit) ? owed.AddRange(Tasks(now)) : owed;
    }

    /// <summary>The rules that are above their budget here.</summary>
    public void SetNoise(ImmutableArray<RuleView> rules) => _noise = rules;

    public string[] TakeChanged(DateTimeOffset now)
    {
        var tasks = Tasks(now);
        if (!tasks.SequenceEqual(_told)) _changed.Add(VerifyTask.Addressee(unit));
        _told = tasks;
        var addressees = _changed.ToArray();
        _changed.Clear();
        return addressees;
    }

    /// <summary>
    /// When time alone changes what is owed: what the unit owes as a whole is asked for anew in the next shift. Null when it owes nothing.
    /// </summary>
    public DateTimeOffset? ChangesAt(DateTimeOffset now) =>
        !_noise.IsEmpty || _unverified.Values.Any(row => row.Until is null) ? policy.Shifts.At(now, policy.TimeZone).Ends : null;

    /// <summary>What the unit owes as a whole.</summary>
    private ImmutableArray<ListItem> Tasks(DateTimeOffset now) =>
        [.. VerifyTask.For(unit, _unverified.Values, policy, now) is { } verify
            ? [verify]
            : Array.Empty<ListItem>(), .. _noise.Select(rule => RuleTask.For(rule, policy, now))];

    /// <summary>The row of a version that did not say since when has stood there always.</summary>
    private static Unverified? Unverified(VisitRow? row) => row switch
    {
        null => null,
        { IsProbablyGone: true, Unverified: not { Until: null } } => new(default, null),
        _ => row.Unverified,
    };
}

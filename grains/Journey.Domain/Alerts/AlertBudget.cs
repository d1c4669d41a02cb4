using System.Collections.Immutable;
using Journey.Contracts.Alerts;
using Journey.Contracts.Visits;

namespace Journey.Domain.Alerts;

/// <summary>
/// So many alerts a nurse can act on in an hour; what comes above it is told to the charge nurse as one digest. Never the safety tier, and
/// once an alert was put into a digest it stays there: nobody is called back and forth.
/// </summary>
public sealed class AlertBudget(int perHour)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly Dictionary<Guid, (string Nurse, DateTimeOffset RaisedAt, bool Digested)> _seen = [];

    /// <summary>The row with the alerts over its nurse's budget marked.</summary>
    public VisitRow Mark(VisitRow row, DateTimeOffset now)
    {
        if (row.Alerts.IsEmpty) return row;
        ImmutableArray<AlertView>.Builder? marked = null;
        for (var i = 0; i < row.Alerts.Length; i++)
            if (IsDigested(row.Alerts[i], now))
            {
                marked ??= row.Alerts.ToBuilder();
                marked[i] = row.Alerts[i] with { Digested = true };
            }

        return marked is null ? row : row with { Alerts = marked.ToImmutable() };
    }

    private bool IsDigested(AlertView alert, DateTimeOffset now)
    {
        if (alert.Safety || alert.Severity < Severity.Warning || alert.Responsible is not { } nurse) return false;
        if (_seen.TryGetValue(alert.Id, out var before) && before.Nurse == nurse.Id) return before.Digested;
        foreach (var (old, entry) in _seen)
            if (entry.RaisedAt < now - Hour) _seen.Remove(old);
        var digested = _seen.Values.Count(s => s.Nurse == nurse.Id && !s.Digested) >= perHour;
        _seen[alert.Id] = (nurse.Id, alert.RaisedAt, digested);
        return digested;
    }
}

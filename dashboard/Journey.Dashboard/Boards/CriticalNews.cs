using Journey.Api;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Boards;

/// <summary>Says critical alerts that are new, once; not those found on opening the board.</summary>
internal sealed class CriticalNews
{
    private HashSet<Guid>? _said;

    /// <summary>What is to be said now; null when nothing is new.</summary>
    public string? Of(Board board)
    {
        var critical = board.Rows.Where(r => !BoardQuery.IsToVerify(r))
            .SelectMany(r => r.Alerts.Where(a => a is { Severity: Severities.Critical, State: AlertStates.Raised }).Select(a => (Row: r, Alert: a)))
            .ToList();
        var fresh = _said is null ? [] : critical.Where(c => !_said.Contains(c.Alert.Id)).ToList();
        _said = [.. critical.Select(c => c.Alert.Id)];
        return fresh.Count == 0 ? null : string.Join(". ", fresh.Select(c => $"Critical: {c.Alert.Says}, {Say.Who(c.Row)}"));
    }
}

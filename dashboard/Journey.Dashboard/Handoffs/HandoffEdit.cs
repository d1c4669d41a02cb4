using Journey.Api;

namespace Journey.Dashboard.Handoffs;

/// <summary>A handoff as it is being written: the visit's own draft, edited by whoever hands over.</summary>
public sealed class HandoffEdit(HandoffContent draft)
{
    public static IReadOnlyList<(string Value, string Says)> Severities { get; } = [("stable", "Stable"), ("watcher", "Watcher"), ("unstable", "Unstable")];

    public string Severity { get; set; } = Severities.Select(s => s.Value).FirstOrDefault(s => draft.Illness.StartsWith(s, StringComparison.OrdinalIgnoreCase)) ?? "watcher";

    /// <summary>A word why.</summary>
    public string? Why { get; set; } = draft.Illness.Split([',', ':'], 2) is [_, var why] ? why.Trim() : null;

    public string? Summary { get; set; } = draft.Summary;

    /// <summary>One to a line.</summary>
    public string? Actions { get; set; } = string.Join('\n', draft.Actions);

    public string? Awareness { get; set; } = draft.Awareness;

    public bool IsReady => !string.IsNullOrWhiteSpace(Summary);

    public HandoffContent Content => new(
        string.IsNullOrWhiteSpace(Why) ? Severity : $"{Severity}, {Why.Trim()}", Summary?.Trim() ?? "",
        [.. (Actions ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)], Awareness?.Trim() ?? "");
}

using Journey.Api;

namespace Journey.Dashboard.Handoffs;

public enum HandoffPart { All, Severity, Rest }

/// <summary>A handoff as it is being written: the visit's own draft, edited by whoever hands over.</summary>
public sealed class HandoffEdit(HandoffContent draft)
{
    public static IReadOnlyList<(string Value, string Says)> Severities { get; } =
        [(Illnesses.Stable, "Stable"), (Illnesses.Watcher, "Watcher"), (Illnesses.Unstable, "Unstable")];

    /// <summary>Null until whoever hands over has chosen: no draft does.</summary>
    public string? Severity { get; set; } =
        Severities.Select(s => s.Value).FirstOrDefault(s => draft.Illness?.StartsWith(s, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>A word why.</summary>
    public string? Why { get; set; } = draft.Illness?.Split([',', ':'], 2) is [_, var why] ? why.Trim() : null;

    public string? Summary { get; set; } = draft.Summary;

    /// <summary>One to a line.</summary>
    public string? Actions { get; set; } = string.Join('\n', draft.Actions);

    public string? Awareness { get; set; } = draft.Awareness;

    public bool IsReady => Severity is not null && !string.IsNullOrWhiteSpace(Summary);

    public HandoffContent Content => new(
        Severity is null || string.IsNullOrWhiteSpace(Why) ? Severity : $"{Severity}, {Why.Trim()}", Summary?.Trim() ?? "",
        [.. (Actions ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)], Awareness?.Trim() ?? "");
}

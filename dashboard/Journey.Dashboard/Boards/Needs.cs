using Journey.Api;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Boards;

/// <summary>What of a row wants somebody's hands first; everything else of it is a number.</summary>
/// <param name="Says">In words.</param>
/// <param name="State">The alert's; null for what is none.</param>
/// <param name="More">How much more there is: alerts, doubts and what is owed.</param>
public sealed record Needs(Level Level, string Says, string? State, bool IsDoubt, int More)
{
    /// <summary>With how much more there is.</summary>
    public string Whole => More > 0 ? $"{Says}, and {More} more" : Says;

    /// <summary>The gravest alert, else a doubt of equal weight, else what is owed next; null when there is nothing.</summary>
    public static Needs? First(BoardRow row, DateTimeOffset now)
    {
        List<Needs> all =
        [
            .. BoardQuery.OpenAlerts(row).Select(a => new Needs(Say.Severity(a.Severity), Words(a), a.State, false, 0)),
            .. Doubts(row).Select(d => new Needs(Level.Near, Say.Doubt(d.Kind), null, true, 0)),
            .. BoardQuery.OwedBesideWord(row).Where(_ => row.Status != VisitStatuses.Departed)
                .Select(o => new Needs(LevelOf(o, now), Say.Owed(o), null, false, 0)),
        ];
        // An alert that somebody has stands behind what nobody has, whatever its weight.
        return all.OrderByDescending(n => n.State is null or AlertStates.Raised).ThenByDescending(n => n.Level).FirstOrDefault() is { } first
            ? first with { More = all.Count - 1 }
            : null;
    }

    /// <summary>What contradicts the row; that somebody has probably left is said in a group of its own.</summary>
    public static IEnumerable<Doubt> Doubts(BoardRow row) => row.Doubts.Where(d => d.Kind is not (DoubtKinds.Silent or DoubtKinds.Elsewhere));

    private static string Words(Alert alert) => alert.Says + (alert.Whom is { } whom ? $": {whom}" : null) + (alert.Safety ? " (safety)" : null);

    private static Level LevelOf(Owed owed, DateTimeOffset now) =>
        owed.DueAt is { } due ? Target.At(owed.Since, due, now).Level : Level.Ok;
}

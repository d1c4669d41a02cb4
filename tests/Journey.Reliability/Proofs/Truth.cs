using Journey.Api;
using Journey.Reliability.Load;

namespace Journey.Reliability.Proofs;

/// <summary>What the boards must show, from what the senders know, and how what is shown differs.</summary>
internal static class Truth
{
    private const int Told = 8;

    /// <summary>One line for each visit that is here: number, unit, bed, last message, alerts.</summary>
    public static string[] Lines(IEnumerable<PatientStay> stays, IReadOnlyCollection<string> units) => [
        .. stays.Where(stay => stay.LeftAt is null && units.Contains(stay.Unit))
            .Select(stay => $"{stay.Number} {stay.Unit} {Room(stay)} mark {stay.Mark} alerts {(stay.IsAdmission ? 0 : 1)}")
            .Order(StringComparer.Ordinal),
    ];

    public static string[] Lines(IEnumerable<Board> boards) => [
        .. boards.SelectMany(board => board.Rows.Where(row => row.Status is not ("departed" or "cancelled"))
            .Select(row =>
                $"{row.VisitNumber} {board.Unit} {row.Bed} mark {Watcher.Mark(row)} alerts {row.Alerts.Count(alert => alert.Rule == Rules.Alert)}"))
                .Order(StringComparer.Ordinal),
    ];

    /// <summary>Null when they agree.</summary>
    public static string? Difference(string who, string[] expected, string[] shown)
    {
        if (expected.SequenceEqual(shown)) return null;
        var (missing, wrong) = (expected.Except(shown).ToArray(), shown.Except(expected).ToArray());
        return $"{who}: {expected.Length} expected, {shown.Length} shown; {missing.Length} missing ({string.Join("; ", missing.Take(Told))}), {wrong.Length} wrong ({string.Join("; ", wrong.Take(Told))})";
    }

    private static string Room(PatientStay stay) => $"{stay.Number[1]}-{stay.Bed}";
}

using Journey.Contracts;
using Journey.Contracts.Visits;

namespace Journey.Gateway.Live.Boards;

/// <summary>
/// Finds patients of one board whose names are easily mistaken: the same family name, or family names one letter apart with the same
/// initial. Locked patients take no part; a warning beside them would say something of a name nobody may know.
/// </summary>
internal static class SimilarNames
{
    public static HashSet<VisitId> Among(IEnumerable<VisitRow> rows)
    {
        var similar = new HashSet<VisitId>();
        var byInitial = rows
            .Where(row => !row.Patient.Confidential && !string.IsNullOrWhiteSpace(row.Patient.FamilyName) && IsHere(row.Status))
            .Select(row => (Row: row, Name: row.Patient.FamilyName!.Trim().ToUpperInvariant()))
            .GroupBy(row => row.Name[0]);
        foreach (var group in byInitial)
        {
            var rowsOfGroup = group.ToArray();
            for (var i = 0; i < rowsOfGroup.Length; i++)
            {
                for (var j = i + 1; j < rowsOfGroup.Length; j++)
                {
                    if (!IsOneApart(rowsOfGroup[i].Name, rowsOfGroup[j].Name) || IsOnePerson(rowsOfGroup[i].Row, rowsOfGroup[j].Row)) continue;
                    similar.Add(rowsOfGroup[i].Row.Visit);
                    similar.Add(rowsOfGroup[j].Row.Visit);
                }
            }
        }

        return similar;
    }

    /// <summary>Whether a change of a row can change who is similar to whom.</summary>
    public static bool Concerns(VisitRow? before, VisitRow? after) =>
        before is null || after is null || before.Patient.FamilyName != after.Patient.FamilyName || before.Patient.Id != after.Patient.Id
        || !Same(before).SequenceEqual(Same(after))
        || before.Patient.Confidential != after.Patient.Confidential || IsHere(before.Status) != IsHere(after.Status);

    /// <summary>Equal, or one letter inserted, left out or replaced.</summary>
    internal static bool IsOneApart(string a, string b)
    {
        if (a.Length > b.Length) (a, b) = (b, a);
        if (b.Length - a.Length > 1) return false;
        var at = a.AsSpan().CommonPrefixLength(b);
        return a.Length == b.Length
            ? at == a.Length || a.AsSpan(at + 1).SequenceEqual(b.AsSpan(at + 1))
            : a.AsSpan(at).SequenceEqual(b.AsSpan(at + 1));
    }

    /// <summary>The same person twice, under two visits, is no mistake to warn of.</summary>
    private static bool IsOnePerson(VisitRow one, VisitRow other) =>
        one.Patient.Id != default && one.Patient.Id == other.Patient.Id || Same(one).Contains(other.Visit) || Same(other).Contains(one.Visit);

    /// <summary>The person's other visits, as far as the row knows of them.</summary>
    private static IEnumerable<VisitId> Same(VisitRow row) =>
        row.Links.IsDefault ? [] : row.Links.Where(link => link.As != LinkKind.MotherOf).Select(link => link.Other);

    private static bool IsHere(VisitStatus status) => status is VisitStatus.Expected or VisitStatus.Present or VisitStatus.OnLeave;
}

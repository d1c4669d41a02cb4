using Journey.Contracts;
using Journey.Contracts.Visits;

namespace Journey.Gateway.Boards;

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
            .Select(row => (row.Visit, row.Patient.Id, Name: row.Patient.FamilyName!.Trim().ToUpperInvariant()))
            .GroupBy(row => row.Name[0]);
        foreach (var group in byInitial)
        {
            var rowsOfGroup = group.ToArray();
            for (var i = 0; i < rowsOfGroup.Length; i++)
            {
                for (var j = i + 1; j < rowsOfGroup.Length; j++)
                {
                    // The same person twice (a closed visit and a new one) is no mistake to warn of.
                    if (rowsOfGroup[i].Id == rowsOfGroup[j].Id || !IsOneApart(rowsOfGroup[i].Name, rowsOfGroup[j].Name)) continue;
                    similar.Add(rowsOfGroup[i].Visit);
                    similar.Add(rowsOfGroup[j].Visit);
                }
            }
        }

        return similar;
    }

    /// <summary>Whether a change of a row can change who is similar to whom.</summary>
    public static bool Concerns(VisitRow? before, VisitRow? after) =>
        before is null || after is null || before.Patient.FamilyName != after.Patient.FamilyName
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

    private static bool IsHere(VisitStatus status) => status is VisitStatus.Expected or VisitStatus.Present or VisitStatus.OnLeave;
}

using Journey.Api;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Shifts;

/// <summary>Whom one nurse has on a unit, and how much that is; those without a nurse are one of these too.</summary>
/// <param name="Nurse">Null of those without one.</param>
/// <param name="Rows">In the order of their beds.</param>
public sealed record Load(string? Nurse, IReadOnlyList<BoardRow> Rows)
{
    /// <summary>Those without a nurse first, then the reader's own, then the others by name.</summary>
    /// <param name="isReader">Whether somebody is the reader.</param>
    public static IReadOnlyList<Load> ByNurse(IEnumerable<BoardRow> rows, Func<string?, bool> isReader) =>
    [
        .. rows.GroupBy(row => row.Nurse).Select(group => new Load(group.Key, [.. group]))
            .OrderBy(load => load.Nurse is not null).ThenBy(load => !isReader(load.Nurse)).ThenBy(load => load.Nurse, NaturalOrder.Instance),
    ];

    /// <summary>As in <c>3 patients · acuity 2, 3, 3 (sum 8) · 2 tasks</c>. An acuity that is not known is said, and not in the sum.</summary>
    public string Says
    {
        get
        {
            var known = Rows.Select(row => row.Acuity).OfType<int>().Order().ToList();
            var unknown = Rows.Count - known.Count;
            var acuities = known.Count == 0 ? null : $"acuity {string.Join(", ", known)}{(known.Count > 1 ? $" (sum {known.Sum()})" : null)}";
            var tasks = Rows.Sum(row => row.Owed.Count);
            return string.Join(" · ", new[]
            {
                Say.Count(Rows.Count, "patient", "patients"), acuities, unknown == 0 || known.Count == 0 ? null : $"{unknown} without acuity",
                tasks == 0 ? null : Say.Count(tasks, "task", "tasks"),
            }.OfType<string>());
        }
    }
}

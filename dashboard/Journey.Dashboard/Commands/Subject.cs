using Journey.Api;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Commands;

/// <summary>Whom something is about: the visit, and how toasts and titles name it.</summary>
/// <param name="Visit">Empty when it is about no visit.</param>
/// <param name="Who">See <see cref="Say.Who(BoardRow)"/>.</param>
public readonly record struct Subject(Guid Visit, string Who)
{
    public static Subject From(BoardRow row) => new(row.VisitId, Say.Who(row));

    /// <summary>Null for what a unit owes as a whole.</summary>
    public static Subject? From(ListItem item) =>
        item is { VisitId: { } visit, Patient: { } patient }
        ? new(visit, Say.Who(patient, Say.Where(item.Room, item.Bed) is { } where ? $"{item.Unit}, {where}" : item.Unit))
        : null;

    /// <param name="who">Somebody or something that has no visit.</param>
    public static Subject Named(string who) => new(Guid.Empty, who);
}

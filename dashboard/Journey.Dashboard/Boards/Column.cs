using System.Collections.Immutable;
using Journey.Api;
using Journey.Dashboard.SignIn;

namespace Journey.Dashboard.Boards;

/// <summary>A column that a board can have.</summary>
/// <param name="Name">One of <see cref="BoardColumns"/>.</param>
/// <param name="Title">Over the column.</param>
/// <param name="Whole">Where there is room for more than the title.</param>
/// <param name="Style">Its class.</param>
/// <param name="Sort">What it sorts by; null when by nothing.</param>
public sealed record Column(string Name, string Title, string Whole, string Style, SortBy? Sort)
{
    /// <summary>Every one, in the order in which they stand unless somebody chooses.</summary>
    public static ImmutableArray<Column> All { get; } =
    [
        new(BoardColumns.Location, "Location", "Location", "bed", SortBy.Bed), new(BoardColumns.Acuity, "A", "Acuity", "acuity", SortBy.Acuity),
        new(BoardColumns.Patient, "Patient", "Patient", "patient", SortBy.Patient),
        new(BoardColumns.Complaint, "Complaint", "Complaint", "complaint", null), new(BoardColumns.Step, "Step", "Step", "step", SortBy.Step),
        new(BoardColumns.Stay, "LOS", "Length of stay", "stay", SortBy.Stay),
        new(BoardColumns.Target, "Next target", "Next target", "target", SortBy.Target),
        new(BoardColumns.Nurse, "Nurse", "Nurse", "team", SortBy.Team), new(BoardColumns.Provider, "Provider", "Provider", "provider", null),
        new(BoardColumns.Plan, "Plan", "Plan, and where they are", "plan", SortBy.Plan),
        new(BoardColumns.Family, "Family", "Family", "family", SortBy.Family),
        new(BoardColumns.Needs, "Needs action", "Needs action", "alerts", SortBy.Alerts), new(BoardColumns.Note, "Note", "Note", "note", null),
    ];

    /// <summary>What is shown unless somebody chooses: all but the note, for which no laptop has room.</summary>
    public static ImmutableArray<string> Usual { get; } = [.. All.Select(c => c.Name).Where(name => name != BoardColumns.Note)];

    /// <summary>As a view asks for them. No column stands there for what is not told to its reader.</summary>
    public static ImmutableArray<Column> Shown(ImmutableArray<string> names, Person person)
    {
        var asked = names.IsDefaultOrEmpty ? Usual : names;
        return [.. asked.Select(name => All.FirstOrDefault(c => c.Name == name)).OfType<Column>().Where(c => c.IsToldTo(person))];
    }

    /// <summary>Whether rows come to somebody with what stands in it.</summary>
    public bool IsToldTo(Person person) => Name switch
    {
        BoardColumns.Acuity or BoardColumns.Target => person.KnowsAcuity,
        BoardColumns.Note or BoardColumns.Complaint => person.IsClinical || person.KnowsAcuity,
        _ => true,
    };
}

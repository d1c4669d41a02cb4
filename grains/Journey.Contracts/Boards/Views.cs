using System.Collections.Immutable;
using Journey.Contracts.Access;

namespace Journey.Contracts.Boards;

/// <summary>A column of a board.</summary>
[GenerateSerializer, Alias("board.column.v1")]
public enum BoardColumn { Location, Acuity, Patient, Complaint, Step, Stay, Target, Nurse, Provider, Plan, Family, Needs, Note }

/// <summary>What a board's lines are in the order of; for most the most pressing first.</summary>
[GenerateSerializer, Alias("board.sort.v1")]
public enum BoardSort { Bed, Patient, Acuity, Step, Target, Stay, Team, Plan, Family, Alerts }

/// <summary>How high a board's lines are; <see cref="Auto"/> is by the pointer and the height of the screen.</summary>
[GenerateSerializer, Alias("board.density.v1")]
public enum BoardDensity { Auto, Dense, Normal, Touch }

/// <summary>Whom a board shows alone.</summary>
[GenerateSerializer, Alias("board.filter.v1")]
public enum BoardFilter { Alerts, Family, Unowned, Owed, Mine, Unseen, Boarding }

/// <summary>A part of a board, which can be folded.</summary>
[GenerateSerializer, Alias("board.section.v1")]
public enum BoardSection { Beds, Hallway, FastTrack, WaitingRoom, Triage, NoBed, Here, EmptyBeds, OnLeave, Expected, Verify, Departed }

/// <summary>What of a board is shown, and how. It names no patient.</summary>
[GenerateSerializer, Immutable, Alias("board.layout.v1")]
public sealed record BoardLayout
{
    /// <summary>In the order in which they stand; empty: the usual ones.</summary>
    [Id(0)] public ImmutableArray<BoardColumn> Columns { get; init; } = [];
    [Id(1)] public BoardSort Sort { get; init; }

    /// <summary>Against the natural direction of what it is sorted by.</summary>
    [Id(2)] public bool IsReversed { get; init; }
    [Id(3)] public BoardDensity Density { get; init; }

    /// <summary>All of them at once have to apply; empty: everybody is shown.</summary>
    [Id(4)] public ImmutableArray<BoardFilter> Only { get; init; } = [];

    /// <summary>1 to 5, one of which applies; empty: every one.</summary>
    [Id(5)] public ImmutableArray<int> Acuities { get; init; } = [];

    /// <summary>Steps of a pathway, one of which applies; empty: every one.</summary>
    [Id(6)] public ImmutableArray<string> Steps { get; init; } = [];

    /// <summary>Of which only the head is shown.</summary>
    [Id(7)] public ImmutableArray<BoardSection> Folded { get; init; } = [BoardSection.Departed];
}

/// <summary>A layout that a person has named.</summary>
/// <param name="Number">From 1, in their book; see <see cref="ViewKeys.Id"/>. Never used again.</param>
/// <param name="Name">In their words, once in their book.</param>
[GenerateSerializer, Immutable, Alias("board.view.v1")]
public sealed record SavedView([property: Id(0)] int Number, [property: Id(1)] string Name, [property: Id(2)] BoardLayout Layout);

/// <summary>How a person has a unit's board: by one of their views, or as they left it.</summary>
/// <param name="View">Of their book; null when it is none of those.</param>
/// <param name="Layout">As they left it; null when it is by a view.</param>
[GenerateSerializer, Immutable, Alias("board.view-choice.v1")]
public sealed record ViewChoice([property: Id(0)] string Unit, [property: Id(1)] int? View, [property: Id(2)] BoardLayout? Layout);

/// <summary>Everything a person keeps of boards, and what units have where a person has chosen nothing.</summary>
/// <param name="Version">Of the person's book; 0 when they keep nothing.</param>
/// <param name="Defaults">Of each unit of which the policy says one.</param>
[GenerateSerializer, Immutable, Alias("board.view-book.v1")]
public sealed record ViewBook(
    [property: Id(0)] long Version, [property: Id(1)] ImmutableArray<SavedView> Views, [property: Id(2)] ImmutableArray<ViewChoice> Choices,
    [property: Id(3)] ImmutableArray<ViewChoice> Defaults);

/// <summary>The views of one person. Key: <see cref="ViewKeys.BookOf(string)"/>.</summary>
[Alias("journey.views"), Answers(Askers.Gateways)]
public interface IViewsGrain : IGrainWithStringKey
{
    [Alias("read")] Task<ViewBook> Read();

    /// <summary>Keeps a layout under a name; what was kept under it is replaced, and its number stays.</summary>
    [Alias("keep")] Task<Outcome> Keep(CommandId id, Actor by, string name, BoardLayout layout);

    /// <summary>A unit that is shown by it is shown as the policy says from then on.</summary>
    [Alias("delete")] Task<Outcome> Delete(CommandId id, Actor by, int number);

    /// <summary>How the person has a unit's board from now on: with neither a view nor a layout as the policy says.</summary>
    [Alias("choose")] Task<Outcome> Choose(CommandId id, Actor by, ViewChoice choice);
}

/// <summary>
/// A view is told by its person's book and its number there. The book is found by whose it is and does not say so; a view's id may stand in an
/// address.
/// </summary>
public static class ViewKeys
{
    public const string Prefix = "views/";
    private const int BookLength = 32;

    /// <param name="person">As the trail knows them: see <see cref="Staff.StaffIds"/>.</param>
    public static string BookOf(string person) => Prefix + NameBasedGuid.Create(NameBasedGuid.Namespace, "views", person).ToString("N");

    public static string Id(string book, int number) => $"{book[Prefix.Length..]}-{number}";

    /// <summary>Null when it is no view's id.</summary>
    public static (string Book, int Number)? Read(string? id) =>
        id is { Length: > BookLength + 1 } && id[BookLength] == '-' && Guid.TryParseExact(id.AsSpan(0, BookLength), "N", out var book)
            && int.TryParse(id.AsSpan(BookLength + 1), System.Globalization.NumberStyles.None, null, out var number)
            ? (Prefix + book.ToString("N"), number)
            : null;
}

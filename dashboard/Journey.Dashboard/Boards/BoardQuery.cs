using System.Collections.Immutable;
using Journey.Api;
using Journey.Dashboard.SignIn;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Boards;

public enum SortBy { Bed, Patient, Acuity, Step, Target, Stay, Team, Plan, Family, Alerts }

/// <summary>
/// What of the board is shown, how and in which order. Order, filters and what is folded stand in the address; the text filter does not, it may be a
/// name.
/// </summary>
public sealed record BoardQuery
{
    /// <summary>In the address for none, where the view that is underneath has some.</summary>
    private const string None = "none";

    public SortBy Sort { get; init; }

    /// <summary>Against the natural direction of the column, which has the most pressing first.</summary>
    public bool Reversed { get; init; }

    /// <summary>Names of columns as they stand; empty: the usual ones.</summary>
    public ImmutableArray<string> Columns { get; init; } = [];
    public string Density { get; init; } = BoardDensities.Auto;

    public ImmutableSortedSet<int> Acuities { get; init; } = [];
    public ImmutableSortedSet<string> Steps { get; init; } = [];
    public bool Alerts { get; init; }
    public bool FamilyWaiting { get; init; }
    public bool Unowned { get; init; }
    public bool Owed { get; init; }
    public bool Mine { get; init; }

    /// <summary>Those whom no provider has seen yet.</summary>
    public bool Unseen { get; init; }

    public bool Boarding { get; init; }

    /// <summary>Of <see cref="BoardSections"/>: of these only the head is shown.</summary>
    public ImmutableSortedSet<string> Folded { get; init; } = [BoardSections.Departed];

    /// <summary>Everybody, in the same order and with the same sections open.</summary>
    public BoardQuery Unfiltered =>
        new() { Sort = Sort, Reversed = Reversed, Columns = Columns, Density = Density, Folded = Folded };

    public bool IsFiltering => Alerts || FamilyWaiting || Unowned || Owed || Mine || Unseen || Boarding || Acuities.Count > 0 || Steps.Count > 0;

    /// <summary>What a view asks for; of words that are not known here nothing is asked.</summary>
    public static BoardQuery Of(BoardLayout layout) => Filtered(new()
    {
        Sort = SortNamed(layout.Sort), Reversed = layout.Reversed, Columns = [.. layout.Columns], Density = layout.Density,
        Acuities = [.. layout.Acuities], Steps = [.. layout.Steps], Folded = [.. layout.Folded],
    }, [.. layout.Only]);

    /// <summary>The same as a view.</summary>
    public BoardLayout ToLayout() => new()
    {
        Sort = Word(Sort), Reversed = Reversed, Columns = Columns, Density = Density, Only = [.. Filters], Acuities = [.. Acuities],
        Steps = [.. Steps], Folded = [.. Folded],
    };

    /// <param name="ground">The view that is underneath: what the address does not say is as there.</param>
    public static BoardQuery Parse(string? sort, string? only, string? acuity, string? step, string? fold, BoardQuery ground)
    {
        var query = only is null ? ground : Filtered(ground, Split(only));
        return query with
        {
            Sort = sort is null ? ground.Sort : SortNamed(sort.TrimStart('-')),
            Reversed = sort is null ? ground.Reversed : sort.StartsWith('-'),
            Acuities = acuity is null
                ? ground.Acuities
                : [.. Split(acuity).Select(a => int.TryParse(a, out var n) ? n : 0).Where(n => n is >= 1 and <= 5)],
            Steps = step is null ? ground.Steps : [.. Split(step)],
            Folded = fold is null ? ground.Folded : [.. Split(fold)],
        };
    }

    /// <param name="ground">See <see cref="Parse"/>. What is built in and is so there too needs no word.</param>
    public IReadOnlyDictionary<string, object?> ToQuery(BoardQuery ground)
    {
        return new Dictionary<string, object?>
        {
            ["sort"] = Said(query => (query.Reversed ? "-" : "") + Word(query.Sort)),
            ["only"] = Said(query => List(query.Filters)),
            ["acuity"] = Said(query => List(query.Acuities.Select(a => $"{a}"))),
            ["step"] = Said(query => List(query.Steps)),
            ["fold"] = Said(query => List(query.Folded)),
        };

        string? Said(Func<BoardQuery, string> text) =>
            text(this) is var own && own == text(new()) && own == text(ground) ? null : own;
    }

    /// <summary>A first tap on a column sorts by it, a second turns it round.</summary>
    public BoardQuery SortedBy(SortBy column) => this with { Sort = column, Reversed = Sort == column && !Reversed };

    /// <summary>Whether order, columns, height of lines and what is folded are the same, whoever is shown.</summary>
    public bool IsArrangedAs(BoardQuery other) => (Sort, Reversed, Density) == (other.Sort, other.Reversed, other.Density)
        && Columns.SequenceEqual(other.Columns) && Folded.SetEquals(other.Folded);

    /// <summary>A section folded, or open again.</summary>
    public BoardQuery Fold(string section) =>
        this with { Folded = Folded.Remove(section) is var less && less.Count < Folded.Count ? less : Folded.Add(section) };

    public bool Matches(BoardRow row, string text, Person person) =>
        (!Alerts || NeedsAction(row))
        && (!FamilyWaiting || IsFamilyWaiting(row))
        && (!Unowned || IsUnowned(row))
        && (!Owed || OwedBesideWord(row).Any())
        && (!Mine || IsMine(row, person))
        && (!Unseen || IsUnseen(row))
        && (!Boarding || IsBoarding(row))
        && (Acuities.Count == 0 || row.Acuity is { } a && Acuities.Contains(a))
        && (Steps.Count == 0 || Steps.Contains(row.Step))
        && Array.TrueForAll(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), word => Mentions(row, word));

    /// <summary>A row's open alerts in the order in which they are shown, the most pressing first.</summary>
    public static IEnumerable<Alert> OpenAlerts(BoardRow row) =>
        row.Alerts.Where(IsOpen).OrderByDescending(a => Say.Severity(a.Severity)).ThenBy(a => a.RaisedAt);

    /// <summary>Whether somebody who left can be found to be here after all; who was admitted under another visit is there.</summary>
    public static bool CanComeBack(BoardRow row) =>
        row is { Status: VisitStatuses.Departed, Withheld: false } && !row.Links.Any(link => link.As is LinkKinds.AdmittedTo or LinkKinds.SameAs);

    /// <summary>Probably gone: in a group of its own, and in no count.</summary>
    public static bool IsToVerify(BoardRow row) => row.ProbablyGone && row.Status != VisitStatuses.Departed;

    /// <summary>Since when somebody is in the house: the door of the whole journey.</summary>
    public static DateTimeOffset? Door(BoardRow row) => row.DoorAt ?? row.ArrivedAt;

    public static bool IsOpen(Alert alert) => alert.State != AlertStates.Resolved;

    /// <summary>An alert calls, and nobody has taken it.</summary>
    public static bool NeedsAction(BoardRow row) => row.Alerts.Any(a => a.State == AlertStates.Raised);

    public static bool IsFamilyWaiting(BoardRow row) => row.Family.WaitingSince is not null;

    /// <summary>Here, and the provider is still ahead; on a ward they are behind everybody.</summary>
    public static bool IsUnseen(BoardRow row) => row.Status == VisitStatuses.Present && row.StepsAhead.Contains(Api.Steps.Seen);

    public static bool IsBoarding(BoardRow row) => row.Status == VisitStatuses.Present && row.Step == Api.Steps.Boarding;

    /// <summary>Here or on leave; of a bed that is merely taken nothing is known that could be acted on.</summary>
    public static bool CanBeActedOn(BoardRow row) => row.Status is VisitStatuses.Present or VisitStatuses.OnLeave && !row.Withheld;

    /// <summary>Nobody is responsible: there is no nurse, or the patient is between two.</summary>
    public static bool IsUnowned(BoardRow row) => row.Status == VisitStatuses.Present && (row.Nurse is null || row.Handoff is not null);

    /// <summary>What is owed beside the next word, which the family's column shows.</summary>
    public static IEnumerable<Owed> OwedBesideWord(BoardRow row) => row.Owed.Where(o => o.Detail != OwedDetails.NextWord);

    public static bool IsMine(BoardRow row, Person person) =>
        person.Is(row.Nurse) || person.Is(row.Provider) || person.Is(row.PointOfContact) || person.Is(row.Handoff?.To);

    private IEnumerable<string> Filters
    {
        get
        {
            if (Alerts) yield return BoardFilters.Alerts;
            if (FamilyWaiting) yield return BoardFilters.Family;
            if (Unowned) yield return BoardFilters.Unowned;
            if (Owed) yield return BoardFilters.Owed;
            if (Mine) yield return BoardFilters.Mine;
            if (Unseen) yield return BoardFilters.Unseen;
            if (Boarding) yield return BoardFilters.Boarding;
        }
    }

    private static BoardQuery Filtered(BoardQuery query, string[] only) => query with
    {
        Alerts = only.Contains(BoardFilters.Alerts),
        FamilyWaiting = only.Contains(BoardFilters.Family),
        Unowned = only.Contains(BoardFilters.Unowned),
        Owed = only.Contains(BoardFilters.Owed),
        Mine = only.Contains(BoardFilters.Mine),
        Unseen = only.Contains(BoardFilters.Unseen),
        Boarding = only.Contains(BoardFilters.Boarding),
    };

    private static SortBy SortNamed(string name) => Enum.TryParse<SortBy>(name, ignoreCase: true, out var by) ? by : SortBy.Bed;

    private static string Word(SortBy by) => by.ToString().ToLowerInvariant();

    private static bool Mentions(BoardRow row, string word) =>
        Has(row.Patient.Name, word) || Has(Say.Bed(row.Room, row.Bed), word) || Has(row.VisitNumber, word) || Has(row.Patient.Number, word)
        || Has(row.Nurse, word)
        || Has(row.Provider, word) || Has(row.PointOfContact, word) || Has(Say.Step(row.Step), word) || Has(row.Service, word)
        || Has(row.Complaint, word) || Has(row.Note, word) || Has(Say.PlaceKind(row), word) || Has(row.Away, word)
        || row.Alerts.Any(a => Has(a.Says, word));

    private static string List(IEnumerable<string> words) => string.Join(',', words) is { Length: > 0 } list ? list : None;

    private static bool Has(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;

    private static string[] Split(string list) =>
        list == None ? [] : list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

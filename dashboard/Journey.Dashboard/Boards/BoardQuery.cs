using System.Collections.Immutable;
using Journey.Api;
using Journey.Dashboard.SignIn;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Boards;

public enum SortBy { Bed, Patient, Acuity, Step, Target, Stay, Team, Plan, Family, Alerts }

/// <summary>
/// What of the board is shown and in which order. Everything in it stands in the address; the text filter does not, it may be a name.
/// </summary>
public sealed record BoardQuery
{
    public SortBy Sort { get; init; }

    /// <summary>Against the natural direction of the column, which has the most pressing first.</summary>
    public bool Reversed { get; init; }

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

    /// <summary>Empty beds are folded away.</summary>
    public bool PatientsOnly { get; init; }
    public bool Departed { get; init; }

    /// <summary>Everybody, in the same order and with the same groups open.</summary>
    public BoardQuery Unfiltered => new() { Sort = Sort, Reversed = Reversed, Departed = Departed, PatientsOnly = PatientsOnly };

    public bool IsFiltering => Alerts || FamilyWaiting || Unowned || Owed || Mine || Unseen || Boarding || Acuities.Count > 0 || Steps.Count > 0;

    public static BoardQuery Parse(string? sort, string? only, string? acuity, string? step, string? show)
    {
        var descending = sort?.StartsWith('-') == true;
        var wanted = Split(only);
        return new()
        {
            Sort = Enum.TryParse<SortBy>(sort?.TrimStart('-'), ignoreCase: true, out var by) ? by : SortBy.Bed,
            Reversed = descending,
            Acuities = [.. Split(acuity).Select(a => int.TryParse(a, out var n) ? n : 0).Where(n => n is >= 1 and <= 5)],
            Steps = [.. Split(step)],
            Alerts = wanted.Contains("alerts"),
            FamilyWaiting = wanted.Contains("family"),
            Unowned = wanted.Contains("unowned"),
            Owed = wanted.Contains("owed"),
            Mine = wanted.Contains("mine"),
            Unseen = wanted.Contains("unseen"),
            Boarding = wanted.Contains(Api.Steps.Boarding),
            Departed = Split(show).Contains("departed"),
            PatientsOnly = Split(show).Contains("patients"),
        };
    }

    public IReadOnlyDictionary<string, object?> ToQuery()
    {
        var only = List((Alerts, "alerts"), (FamilyWaiting, "family"), (Unowned, "unowned"), (Owed, "owed"), (Mine, "mine"), (Unseen, "unseen"),
            (Boarding, Api.Steps.Boarding));
        return new Dictionary<string, object?>
        {
            ["sort"] = Sort == SortBy.Bed && !Reversed ? null : (Reversed ? "-" : "") + Sort.ToString().ToLowerInvariant(),
            ["only"] = only,
            ["acuity"] = Acuities.Count == 0 ? null : string.Join(',', Acuities),
            ["step"] = Steps.Count == 0 ? null : string.Join(',', Steps),
            ["show"] = List((Departed, "departed"), (PatientsOnly, "patients")),
        };
    }

    /// <summary>A first tap on a column sorts by it, a second turns it round.</summary>
    public BoardQuery SortedBy(SortBy column) => this with { Sort = column, Reversed = Sort == column && !Reversed };

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

    private static bool Mentions(BoardRow row, string word) =>
        Has(row.Patient.Name, word) || Has(Say.Bed(row.Room, row.Bed), word) || Has(row.VisitNumber, word) || Has(row.Patient.Number, word)
        || Has(row.Nurse, word)
        || Has(row.Provider, word) || Has(row.PointOfContact, word) || Has(Say.Step(row.Step), word) || Has(row.Service, word)
        || Has(row.Complaint, word) || Has(Say.PlaceKind(row), word) || Has(row.Away, word) || row.Alerts.Any(a => Has(a.Says, word));

    private static string? List(params ReadOnlySpan<(bool On, string Word)> parts)
    {
        List<string> words = [];
        foreach (var (on, word) in parts)
            if (on) words.Add(word);
        return words.Count == 0 ? null : string.Join(',', words);
    }

    private static bool Has(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;

    private static string[] Split(string? list) => list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

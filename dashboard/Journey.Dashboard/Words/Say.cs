using Journey.Api;
using Journey.Client.Live;

namespace Journey.Dashboard.Words;

/// <summary>The words for what arrives as a code. A code without a word of its own is shown as it is, never hidden.</summary>
public static class Say
{
    public static string Step(string step) => step switch
    {
        Steps.Decided => "Decision made",
        Steps.Seen => "Seen by provider",
        _ => Plain(step),
    };

    /// <summary>What a button does that records a step. Leaving asks how first.</summary>
    public static string Reach(string step) => step == Steps.Departed ? "Left…" : ShortStep(step);

    /// <summary>As <see cref="Step"/>, short enough for a button.</summary>
    public static string ShortStep(string step) => step switch { Steps.Decided => "Decided", Steps.Seen => "Seen", _ => Plain(step) };

    public static string Status(string status) => status switch { VisitStatuses.OnLeave => "On leave", _ => Plain(status) };

    public static string Sex(string? sex) =>
        sex?.ToUpperInvariant() switch { "F" => "F", "M" => "M", null or "" => "", "U" => "sex unknown", var other => other };

    public static string Plan(PlannedMove plan) => (plan.Kind, plan.To) switch
    {
        (PlanKinds.Discharge, null) => "Discharge",
        (PlanKinds.Discharge, var to) => $"Discharge to {to}",
        (var kind, null) => Plain(kind),
        (var kind, var to) => $"{Plain(kind)} to {to}",
    };

    public static Level Severity(string severity) =>
        severity switch { Severities.Critical => Level.Over, Severities.Warning => Level.Near, _ => Level.Ok };

    public static string SeverityWord(string severity) => Plain(severity);

    /// <summary>The bed as staff say it; unique within the unit.</summary>
    public static string Bed(string? room, string? bed) => (room, bed) switch
    {
        (null or "", null or "") => "No bed",
        ({ } alone, null or "") => alone,
        (null or "", _) => bed,
        _ when bed.StartsWith(room, StringComparison.OrdinalIgnoreCase) => bed,
        _ => $"{room}-{bed}",
    };

    /// <summary>Where somebody is within the unit, as far as it is known: bed, else room; null when neither is.</summary>
    public static string? Place(BoardRow row) => string.IsNullOrEmpty(row.Bed) && string.IsNullOrEmpty(row.Room) ? null : Bed(row.Room, row.Bed);

    /// <summary>As <see cref="Place"/>, in running text.</summary>
    public static string Where(BoardRow row) => Where(row.Room, row.Bed) ?? "no bed yet";

    /// <summary><c>bed 3</c>, or the room alone; null when neither is known.</summary>
    public static string? Where(string? room, string? bed) =>
        string.IsNullOrEmpty(bed) ? string.IsNullOrEmpty(room) ? null : room : $"bed {Bed(room, bed)}";

    /// <summary>What kind of place it is, where that is worth a word: a treatment room or a ward's bed is what a bed is taken for.</summary>
    public static string? PlaceKind(BoardRow row) => row.PlaceKind is null or PlaceKinds.Treatment or PlaceKinds.Ward ? null : Plain(row.PlaceKind);

    /// <summary>How a visit can end, the frequent first.</summary>
    public static readonly (string Kind, string Says)[] DepartureChoices =
    [
        (Departures.Home, "Home"), (Departures.Admitted, "Admitted"), (Departures.Transferred, "Transferred"),
        (Departures.ObservationThenHome, "Home after observation"), (Departures.LeftBeforeTriage, "Left before triage"),
        (Departures.LeftBeforeEvaluation, "Left before being seen"), (Departures.LeftDuringTreatment, "Left during treatment"),
        (Departures.AgainstAdvice, "Against advice"), (Departures.Expired, "Died"), (Departures.Other, "Other"),
    ];

    /// <summary>How a visit ended; null when nobody said.</summary>
    public static string? Departure(BoardRow row) => row.DepartedAs is not { } kind ? null
        : (Array.Find(DepartureChoices, d => d.Kind == kind).Says ?? Plain(kind)) + (row.EndInferred ? " (concluded)" : null);

    /// <summary>What a row may be wrong about, short enough for a chip.</summary>
    public static string Doubt(string kind) => kind switch
    {
        DoubtKinds.Silent or DoubtKinds.Elsewhere => "Probably gone",
        DoubtKinds.BedShared => "Bed shared",
        DoubtKinds.AfterDeparture => "Heard of after leaving",
        _ => Plain(kind),
    };

    /// <summary>
    /// Another visit of the same person, as the one that is shown sees it. Where somebody came from stays true; where a visit stands that goes on,
    /// only its own page knows.
    /// </summary>
    public static string Link(VisitLink link) => link.As switch
    {
        LinkKinds.AdmittedTo => "admitted, another visit continues this one",
        LinkKinds.AdmittedFrom => $"from {link.Unit}",
        LinkKinds.PlannedTo => "admission planned under another visit",
        LinkKinds.FulfilledBy => "admitted under another visit",
        LinkKinds.ElsewhereAs => "now under another visit",
        LinkKinds.MotherOf => "newborn",
        LinkKinds.ReturnOf => $"returned, earlier on {link.Unit}",
        var other => Plain(other),
    };

    /// <summary>How a feed is, with its name.</summary>
    public static string Feed(Feed feed) =>
        feed.State == FeedStates.Behind ? $"{feed.Name} is {Behind(feed.BehindSeconds)} behind" : $"{feed.Name} {FeedState(feed)}";

    /// <summary>The state alone.</summary>
    public static string FeedState(Feed feed) => feed.State == FeedStates.Unheard ? "no message yet" : feed.State;

    /// <summary>How pressing the state of a feed is.</summary>
    public static Level FeedLevel(Feed feed) => feed.State switch { FeedStates.Down => Level.Over, FeedStates.Live => Level.Ok, _ => Level.Near };

    /// <summary>
    /// Whom a sheet, a toast or a button is about, and where they are: two may share a bed, and one who was moved is still meant. A confidential name
    /// is withheld even from whoever was let in: what is recorded on the page that shows it is still said on the next one.
    /// </summary>
    public static string Who(BoardRow row) => Who(row.Patient, Place(row) is null ? null : Where(row));

    /// <inheritdoc cref="Who(BoardRow)"/>
    public static string Who(Patient patient, string? where) => (patient.Confidential ? "Confidential" : patient.Name, where) switch
    {
        ("", null) => "a patient",
        ("", _) => where,
        (var name, null) => name,
        (var name, _) => $"{name} ({where})",
    };

    /// <summary>A name as a line has room for it: <c>E. Kowalewska-Bryd</c>. One word stays whole.</summary>
    public static string Initial(string name) => name.IndexOf(' ', StringComparison.Ordinal) is > 0 and var first && !name[..first].EndsWith('.')
        ? $"{name[0]}. {name[(first + 1)..]}"
        : name;

    /// <summary>A role in running text: <c>point of contact</c>.</summary>
    public static string Role(string role) => role.Replace('-', ' ');

    /// <summary>Who has the patient in a role; null: nobody.</summary>
    public static string? Holder(BoardRow row, string role) =>
        role switch { CareRoles.Nurse => row.Nurse, CareRoles.Provider => row.Provider, _ => row.PointOfContact };

    public static string Request(string kind) =>
        kind switch { RequestKinds.MentalHealth => "Mental-health referral", RequestKinds.Spiritual => "Spiritual care", _ => Plain(kind) };

    public static string Lock(string which) =>
        which switch { PrivacyLocks.NoInformation => "No information", PrivacyLocks.Safety => "Safety lock", _ => Plain(which) };

    /// <summary>What may be said, at the moment of saying it.</summary>
    public static string MayHear(string consent) => consent switch
    {
        Consents.Nothing => "Nothing. Do not confirm that the patient is here",
        Consents.Condition => "One word of condition: undetermined, good, fair, serious or critical",
        Consents.Progress => "How it goes: where, which step, what comes next. No diagnosis",
        Consents.Full => "Everything the care team would tell",
        var other => Plain(other),
    };

    /// <summary>Something owed, by its kind: never what was asked or promised.</summary>
    public static string Owed(Owed owed, string? says = null) => owed.Kind switch
    {
        OwedKinds.Question => owed.State == QuestionStates.Answered ? "Does the answer satisfy?" : owed.Detail == QuestionKinds.Concern
            ? "Concern"
            : $"{Plain(owed.Detail)} question",
        OwedKinds.Promise => owed.Detail == OwedDetails.NextWord ? "Next family update" : "Promise",
        OwedKinds.Request => Request(owed.Detail),
        OwedKinds.Handoff => owed.State switch
        {
            HandoffStates.Required => "Handoff required",
            HandoffStates.Returned => "Handoff returned with a question",
            _ => "Handoff to read back"
        },
        _ => says ?? Plain(owed.Detail),
    };

    /// <summary>What an alert says: what has not happened in its time, or what is waited for while there is still time.</summary>
    public static string Late(Alert alert) => alert.Late ?? alert.Says;

    /// <summary>What an alert wants of whoever takes it.</summary>
    public static string Wants(Alert alert, BoardRow row) => alert.Kind switch
    {
        AlertKinds.Owner => "Assign a nurse",
        AlertKinds.Family => "Speak with the family, then record it",
        AlertKinds.Question => "See what was asked or promised, and answer it",
        AlertKinds.Request => "Do what was asked for, then record it",
        AlertKinds.Handoff => row.Handoff?.State switch
        {
            HandoffStates.Required => "Offer the handoff to whoever takes over",
            HandoffStates.Returned => "Answer what was asked back, and offer the handoff again",
            _ => "Read the handoff back",
        },
        AlertKinds.Privacy => "Find out who it was, then say what was done",
        _ => alert.Awaits switch
        {
            Awaited.Contact => "See to the patient, then record it",
            Awaited.Left => "Bring the departure on; that they left ends it",
            Awaited.Moved => "Bring the move on; that they are on the ward ends it",
            null => "Do it, then record it on the board",
            var step => $"Do it, then record “{Step(step)}”",
        },
    };

    /// <summary>What saying that something was done records beside it, and what comes of it.</summary>
    public static string Resolves(Alert alert) => alert.Kind switch
    {
        AlertKinds.Family => "Logs a family update now.",
        AlertKinds.Privacy => "Records that you looked into it.",
        _ when alert.Awaits is null or Awaited.Contact => "Records that you were with the patient just now, and no step of the visit.",
        _ => "Records that you were with the patient just now, and no step of the visit: its clock goes on. It calls again when it becomes graver, "
            + "or after as long again as it may take.",
    };

    /// <summary>Since when it is waited for, and until when it might have been: why there is an alert.</summary>
    public static string Waited(Alert alert, Func<DateTimeOffset, string> text) =>
        alert.Since is { } since && alert.DueAt > since ? $"waiting since {text(since)}, due {text(alert.DueAt)}" : $"due {text(alert.DueAt)}";

    /// <summary>What ends an alert that nobody can say is done.</summary>
    public static string Ends(Alert alert) => alert.Kind switch
    {
        AlertKinds.Owner => "a nurse is assigned",
        AlertKinds.Handoff => "whoever takes over reads it back",
        AlertKinds.Question => "the answer, or the promise that is kept",
        _ => "what was asked for is done",
    };

    /// <summary>When whoever has it is called again, whether they named that time or the policy did.</summary>
    public static string Again(DateTimeOffset by, Func<DateTimeOffset, string> text) => $"called again at {text(by)} if it is still open";

    /// <summary>To whom it has been escalated, as in running text; null while to nobody.</summary>
    public static string? Escalated(Alert alert) => alert.EscalatedTo switch
    {
        null => null,
        Rungs.Assigned => alert.Responsible is { } who ? $"escalated to {who}" : "escalated, unassigned",
        var role => $"escalated to {Role(role)}",
    };

    public static string Asker(Asker asker) =>
        asker.Name ?? asker.Kind switch { AskerKinds.Patient => "the patient", AskerKinds.Family => "the family", var other => other };

    /// <summary>Why a board cannot be shown; null when it can.</summary>
    public static string? Refusal(LiveBoard? board) => board?.Refusal switch
    {
        null => null,
        ProblemCodes.UnitUnknown => $"No unit has the code “{board.Unit}”.",
        _ => $"The board of “{board.Unit}” is not open to you.",
    };

    /// <summary>Who calls on the hotline, as far as it is known.</summary>
    public static string Caller(string? name, string? number) => name ?? number ?? "an unknown caller";

    /// <summary>What was typed into a field; null where it is nothing.</summary>
    public static string? Given(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    public static string Plain(string code) =>
        code.Length == 0 ? code : char.ToUpperInvariant(code[0]) + code[1..].Replace('-', ' ').Replace('_', ' ');

    /// <summary>How old what comes is, in its own magnitude: <c>12 min</c>, <c>9 h</c>, <c>3 d</c>.</summary>
    private static string Behind(long seconds) => (seconds / 60) switch
    {
        < 1 => "1 min",
        < 60 and var minutes => $"{minutes} min",
        < 48 * 60 and var minutes => $"{minutes / 60} h",
        var minutes => $"{minutes / (24 * 60)} d",
    };

    public static string Count(int n, string one, string many) => n == 1 ? $"1 {one}" : $"{n} {many}";
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Journey.Api;
using Journey.Dashboard.Live;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Staff;

/// <summary>Whom something is about: the visit, and how toasts and titles name it.</summary>
/// <param name="Who">See <see cref="Say.Who(BoardRow)"/>.</param>
public readonly record struct Subject(Guid Visit, string Who)
{
    public static Subject Of(BoardRow row) => new(row.VisitId, Say.Who(row));

    /// <summary>Null for what a unit owes as a whole.</summary>
    public static Subject? Of(ListItem item) =>
        item is { VisitId: { } visit, Patient: { } patient } ? new(visit, Say.Who(patient, Say.Where(item.Room, item.Bed) is { } where ? $"{item.Unit}, {where}" : item.Unit)) : null;
}

/// <summary>Something a person means to record, before it is sent.</summary>
/// <param name="Visit">Empty when it is about no visit.</param>
/// <param name="Path">Below the visit, such as <c>family/told</c>; a whole address when it is about none.</param>
/// <param name="Says">What a toast says of it once done: a whole phrase, without a diagnosis, that names whom it is about and where they are.</param>
public sealed record Intent(Guid Visit, string Path, string Body, string Says)
{
    public string Address => Visit == Guid.Empty ? Path : $"{Paths.Visits}/{Visit}/{Path}";

    /// <summary>False for what ends or reveals something by itself; the server has the last word on the rest.</summary>
    public bool CanBeUndone { get; init; } = true;

    /// <summary>What takes it back where no visit does; null: the visit's own undo.</summary>
    public Intent? Reverse { get; init; }

    public static Intent Of<T>(Subject about, string path, T body, JsonTypeInfo<T> type, string says) =>
        new(about.Visit, path, JsonSerializer.Serialize(body, type), $"{says}: {about.Who}");

    public static Intent Step(BoardRow row, string step) =>
        new(row.VisitId, "touchpoints", Json(new TouchpointRequest("step", Step: step)), $"{Say.Step(step)}: {Say.Who(row)}");

    /// <param name="at">Null: now.</param>
    public static Intent Left(BoardRow row, string how, DateTimeOffset? at) =>
        new(row.VisitId, "touchpoints", Json(new TouchpointRequest("step", Step: "departed", OccurredAt: at) { How = how }), $"Departed: {Say.Who(row)}");

    /// <param name="what"><c>here</c>, <c>gone</c>, <c>place</c>, <c>nurse</c> or <c>acuity</c>.</param>
    public static Intent Verify(BoardRow row, string what) =>
        new(row.VisitId, "verify", JsonSerializer.Serialize(new VerifyRequest(what), JourneyJson.Default.VerifyRequest), what switch
        {
            "here" when row.Status == "departed" => $"Back on the board: {Say.Who(row)}",
            "here" => $"Still here: {Say.Who(row)}",
            "gone" => $"Has left: {Say.Who(row)}",
            _ => $"Checked, {what} is as shown: {Say.Who(row)}",
        });

    public static Intent Contact(BoardRow row) => new(row.VisitId, "touchpoints", Json(new TouchpointRequest("contact")), $"Checked on {Say.Who(row)}");

    public static Intent Acuity(BoardRow row, int acuity) =>
        new(row.VisitId, "touchpoints", Json(new TouchpointRequest("acuity", Acuity: acuity)), $"Acuity {acuity}: {Say.Who(row)}");

    public static Intent Assign(BoardRow row, string role, string? name) =>
        new(row.VisitId, "assignments", JsonSerializer.Serialize(new AssignmentRequest(role, name), JourneyJson.Default.AssignmentRequest),
            name is null ? $"No {Say.Role(role)} for {Say.Who(row)}" : $"{name} is the {Say.Role(role)} for {Say.Who(row)}");

    public static Intent Told(BoardRow row, FamilyToldRequest? told = null) =>
        new(row.VisitId, "family/told", JsonSerializer.Serialize(told ?? new FamilyToldRequest(), JourneyJson.Default.FamilyToldRequest), $"Family told: {Say.Who(row)}");

    public static Intent Waiting(BoardRow row, string? who = null) =>
        new(row.VisitId, "family/waiting", JsonSerializer.Serialize(new FamilyWaitingRequest(who), JourneyJson.Default.FamilyWaitingRequest), $"Family waits for word: {Say.Who(row)}");

    /// <param name="expectedBy">Null leaves it to the policy.</param>
    /// <param name="takeOver">True: knowing that it is another's.</param>
    public static Intent Acknowledge(Subject about, Guid alert, string says, DateTimeOffset? expectedBy = null, bool takeOver = false) =>
        new(about.Visit, $"alerts/{alert}/acknowledge", JsonSerializer.Serialize(new AcknowledgeRequest(expectedBy, takeOver), JourneyJson.Default.AcknowledgeRequest), $"Yours now: {says}, {about.Who}");

    public static Intent Snooze(BoardRow row, Alert alert, DateTimeOffset until, string reason) =>
        new(row.VisitId, $"alerts/{alert.Id}/snooze", JsonSerializer.Serialize(new SnoozeRequest(until, reason), JourneyJson.Default.SnoozeRequest), $"Snoozed: {alert.Says}, {Say.Who(row)}");

    public static Intent Resolve(BoardRow row, Alert alert, string? action) =>
        new(row.VisitId, $"alerts/{alert.Id}/resolve", JsonSerializer.Serialize(new ResolveRequest(action), JourneyJson.Default.ResolveRequest), $"Resolved: {alert.Says}, {Say.Who(row)}");

    /// <summary>Takes back what the history says was done.</summary>
    public static Intent Undo(Subject about, Guid command, string text) => Undo(about.Visit, command, $"{text}: {about.Who}");

    /// <param name="says">Of what is taken back, with whom it is about.</param>
    public static Intent Undo(Guid visit, Guid command, string says) =>
        new(visit, "undo", JsonSerializer.Serialize(new UndoRequest(command), JourneyJson.Default.UndoRequest), $"Taken back: {says}") { CanBeUndone = false };

    private static string Json(TouchpointRequest touchpoint) => JsonSerializer.Serialize(touchpoint, JourneyJson.Default.TouchpointRequest);
}

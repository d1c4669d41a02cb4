using System.Text.Json;
using Journey.Api;
using Journey.Dashboard.Live;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Staff;

/// <summary>Something a person means to record, before it is sent.</summary>
/// <param name="Path">Below the visit, such as <c>family/told</c>.</param>
/// <param name="Says">What a toast says of it once done: a whole phrase, without a diagnosis, naming the bed rather than the person where it can.</param>
public sealed record Intent(Guid Visit, string Path, string Body, string Says)
{
    public static Intent Step(BoardRow row, string step) =>
        new(row.VisitId, "touchpoints", Json(new TouchpointRequest("step", Step: step)), $"{Say.Step(step)}: {Say.Who(row)}");

    public static Intent Contact(BoardRow row) => new(row.VisitId, "touchpoints", Json(new TouchpointRequest("contact")), $"Checked on {Say.Who(row)}");

    public static Intent Acuity(BoardRow row, int acuity) =>
        new(row.VisitId, "touchpoints", Json(new TouchpointRequest("acuity", Acuity: acuity)), $"Acuity {acuity}: {Say.Who(row)}");

    public static Intent Assign(BoardRow row, string role, string? name) =>
        new(row.VisitId, "assignments", JsonSerializer.Serialize(new AssignmentRequest(role, name), JourneyJson.Default.AssignmentRequest),
            name is null ? $"No {role} for {Say.Who(row)}" : $"{name} is the {role} for {Say.Who(row)}");

    public static Intent Told(BoardRow row, FamilyToldRequest? told = null) =>
        new(row.VisitId, "family/told", JsonSerializer.Serialize(told ?? new FamilyToldRequest(), JourneyJson.Default.FamilyToldRequest), $"Family told: {Say.Who(row)}");

    public static Intent Waiting(BoardRow row, string? who = null) =>
        new(row.VisitId, "family/waiting", JsonSerializer.Serialize(new FamilyWaitingRequest(who), JourneyJson.Default.FamilyWaitingRequest), $"Family waits for word: {Say.Who(row)}");

    public static Intent Acknowledge(BoardRow row, Alert alert) =>
        new(row.VisitId, $"alerts/{alert.Id}/acknowledge", JsonSerializer.Serialize(new AcknowledgeRequest(), JourneyJson.Default.AcknowledgeRequest), $"Yours now: {alert.Says}, {Say.Who(row)}");

    public static Intent Snooze(BoardRow row, Alert alert, DateTimeOffset until, string reason) =>
        new(row.VisitId, $"alerts/{alert.Id}/snooze", JsonSerializer.Serialize(new SnoozeRequest(until, reason), JourneyJson.Default.SnoozeRequest), $"Snoozed: {alert.Says}, {Say.Who(row)}");

    public static Intent Resolve(BoardRow row, Alert alert, string? action) =>
        new(row.VisitId, $"alerts/{alert.Id}/resolve", JsonSerializer.Serialize(new ResolveRequest(action), JourneyJson.Default.ResolveRequest), $"Resolved: {alert.Says}, {Say.Who(row)}");

    public static Intent Undo(Guid visit, Guid command, string says) =>
        new(visit, "undo", JsonSerializer.Serialize(new UndoRequest(command), JourneyJson.Default.UndoRequest), $"Taken back: {says}");

    private static string Json(TouchpointRequest touchpoint) => JsonSerializer.Serialize(touchpoint, JourneyJson.Default.TouchpointRequest);
}

using Journey.Api;
using Journey.Client.Http;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Commands;

/// <summary>Something a person means to record, before it is sent.</summary>
/// <param name="Visit">Empty when it is about no visit.</param>
/// <param name="Says">What a toast says of it once done: a whole phrase, without a diagnosis, that names whom it is about and where they are.</param>
public sealed record Intent(Guid Visit, Command Command, string Says)
{
    /// <summary>False for what ends or reveals something by itself; the server has the last word on the rest.</summary>
    public bool CanBeUndone { get; init; } = true;

    /// <summary>What takes it back where no visit does; null: the visit's own undo.</summary>
    public Intent? Reverse { get; init; }

    /// <param name="says">What was done; whom it is about is added.</param>
    public static Intent About(Subject about, Command command, string says) => new(about.Visit, command, $"{says}: {about.Who}");

    public static Intent Step(BoardRow row, string step) => Touch(row, new(TouchpointKinds.Step, Step: step), $"{Say.Step(step)}: {Say.Who(row)}");

    /// <param name="at">Null: now.</param>
    public static Intent Left(BoardRow row, string how, DateTimeOffset? at) =>
        Touch(row, new(TouchpointKinds.Step, Step: Steps.Departed, OccurredAt: at) { How = how }, $"Departed: {Say.Who(row)}");

    /// <param name="what">One of <see cref="Verified"/>.</param>
    public static Intent Verify(BoardRow row, string what) => new(row.VisitId, VisitCommands.Verify(row.VisitId, new(what)), what switch
    {
        Verified.Here when row.Status == VisitStatuses.Departed => $"Back on the board: {Say.Who(row)}",
        Verified.Here => $"Still here: {Say.Who(row)}",
        Verified.Gone => $"Has left: {Say.Who(row)}",
        _ => $"Checked, {what} is as shown: {Say.Who(row)}",
    });

    public static Intent Contact(BoardRow row) => Touch(row, new(TouchpointKinds.Contact), $"Checked on {Say.Who(row)}");

    public static Intent Acuity(BoardRow row, int acuity) =>
        Touch(row, new(TouchpointKinds.Acuity, Acuity: acuity), $"Acuity {acuity}: {Say.Who(row)}");

    /// <param name="text">Null takes it off.</param>
    public static Intent Note(BoardRow row, string? text) =>
        About(Subject.From(row), VisitCommands.Note(row.VisitId, new(text)), text is null ? "Note taken off" : "Note written");

    public static Intent Assign(BoardRow row, string role, string? name) => new(
        row.VisitId, VisitCommands.Assign(row.VisitId, new(role, name)),
        name is null ? $"No {Say.Role(role)} for {Say.Who(row)}" : $"{name} is the {Say.Role(role)} for {Say.Who(row)}");

    public static Intent Told(BoardRow row, FamilyToldRequest? told = null) =>
        About(Subject.From(row), VisitCommands.TellFamily(row.VisitId, told ?? new()), "Family update logged");

    public static Intent Waiting(BoardRow row, string? who = null) =>
        About(Subject.From(row), VisitCommands.FamilyWaits(row.VisitId, new(who)), "Family is waiting");

    /// <param name="expectedBy">Null leaves it to the policy.</param>
    /// <param name="takeOver">True: knowing that it is another's.</param>
    public static Intent Acknowledge(Subject about, Guid alert, string says, DateTimeOffset? expectedBy = null, bool takeOver = false) =>
        new(about.Visit, VisitCommands.Acknowledge(about.Visit, alert, new(expectedBy, takeOver)), $"Yours now: {says}, {about.Who}");

    public static Intent Snooze(BoardRow row, Alert alert, DateTimeOffset until, string reason) =>
        new(row.VisitId, VisitCommands.Snooze(row.VisitId, alert.Id, new(until, reason)), $"Snoozed: {alert.Says}, {Say.Who(row)}");

    public static Intent Resolve(BoardRow row, Alert alert, string? action) =>
        new(row.VisitId, VisitCommands.Resolve(row.VisitId, alert.Id, new(action)), $"Resolved: {alert.Says}, {Say.Who(row)}");

    /// <summary>Takes back what the history says was done.</summary>
    public static Intent Undo(Subject about, Guid command, string text) => Undo(about.Visit, command, $"{text}: {about.Who}");

    /// <param name="says">Of what is taken back, with whom it is about.</param>
    public static Intent Undo(Guid visit, Guid command, string says) =>
        new(visit, VisitCommands.Undo(visit, new(command)), $"Taken back: {says}") { CanBeUndone = false };

    private static Intent Touch(BoardRow row, TouchpointRequest touchpoint, string says) =>
        new(row.VisitId, VisitCommands.Touchpoint(row.VisitId, touchpoint), says);
}

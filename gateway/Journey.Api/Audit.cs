namespace Journey.Api;

/// <summary>One thing that somebody did, from the audit trail.</summary>
/// <param name="Id">Stable id of the entry.</param>
/// <param name="At">When, by the server's clock.</param>
/// <param name="Says">As a sentence.</param>
/// <param name="Who">Stable id of a person, a family contact or a system.</param>
/// <param name="Name">As screens know them.</param>
/// <param name="Roles">What they were then, such as <c>nurse</c>.</param>
/// <param name="Authority">What allowed it, such as <c>nurse@ED</c>.</param>
/// <param name="Address">Where from: an IP address.</param>
/// <param name="Device">What they used, as far as it said so; null when it did not.</param>
/// <param name="Action">Such as <c>read-visit</c>.</param>
/// <param name="Operation">Such as <c>GET /api/v1/visits/{id}</c>.</param>
/// <param name="Outcome"><c>done</c>, <c>sent</c> (a command; the history has it if it was carried out), <c>not-found</c>, <c>refused</c>,
/// <c>failed</c>.</param>
/// <param name="VisitId">The visit it was about; null when about none.</param>
/// <param name="PatientId">The patient it was about; null when about none.</param>
/// <param name="Unit">Code of the unit it was about; null when about none.</param>
/// <param name="CommandId">The command, as in the visit's history.</param>
/// <param name="Found">Visits that a search showed.</param>
/// <param name="Detail">What else there is to say, without patient data; null when nothing.</param>
public sealed record AuditEntry(
    Guid Id, DateTimeOffset At, string Says, string Who, string? Name, IReadOnlyList<string> Roles, string? Authority, string? Address,
    string? Device, string Action, string Operation,
    string Outcome, Guid? VisitId, Guid? PatientId, string? Unit, Guid? CommandId, IReadOnlyList<Guid> Found, string? Detail);

/// <summary>A page of the audit trail, newest first.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Before">Ask with this for the next page; null on the last.</param>
/// <param name="RetentionDays">How long entries are kept. What was removed stands in the trail itself, as the action <c>expire</c>.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, string? Before, int RetentionDays);

/// <summary>Something is printed.</summary>
/// <param name="Sheet">Which sheet: <c>board</c>, <c>handoffs</c> or <c>audit</c>.</param>
/// <param name="Unit">Of which unit; null when of none.</param>
public sealed record PrintNote([OneOf(typeof(PrintedSheets))] string Sheet, [TextLimit(Limits.Unit)] string? Unit);

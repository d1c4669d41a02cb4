namespace Journey.Api;

/// <summary>One thing that somebody did, from the audit trail.</summary>
/// <param name="Says">As a sentence.</param>
/// <param name="Who">Stable id of a person, a family contact or a system.</param>
/// <param name="Name">As screens know them.</param>
/// <param name="Authority">What allowed it, such as <c>nurse@ED</c>.</param>
/// <param name="Address">Where from: an IP address.</param>
/// <param name="Action">Such as <c>read-visit</c>.</param>
/// <param name="Operation">Such as <c>GET /api/v1/visits/{id}</c>.</param>
/// <param name="Outcome"><c>done</c>, <c>sent</c> (a command; the history has it if it was carried out), <c>not-found</c>, <c>refused</c>, <c>failed</c>.</param>
/// <param name="Found">Visits that a search showed.</param>
/// <param name="CommandId">The command, as in the visit's history.</param>
public sealed record AuditEntry(
    Guid Id, DateTimeOffset At, string Says, string Who, string? Name, IReadOnlyList<string> Roles, string? Authority, string? Address, string? Device, string Action, string Operation,
    string Outcome, Guid? VisitId, Guid? PatientId, string? Unit, Guid? CommandId, IReadOnlyList<Guid> Found, string? Detail);

/// <summary>A page of the audit trail, newest first.</summary>
/// <param name="Before">Ask with this for the next page; null on the last.</param>
/// <param name="RetentionDays">How long entries are kept. What was removed stands in the trail itself, as the action <c>expire</c>.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, string? Before, int RetentionDays);

/// <summary>Something is printed.</summary>
/// <param name="Sheet">Which sheet: <c>board</c>, <c>handoffs</c> or <c>audit</c>.</param>
/// <param name="Unit">Of which unit; null when of none.</param>
public sealed record PrintNote(string Sheet, string? Unit);

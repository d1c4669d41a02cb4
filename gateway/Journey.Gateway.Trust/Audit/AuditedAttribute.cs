using Journey.Contracts.Audit;

namespace Journey.Gateway.Trust.Audit;

/// <summary>
/// Says of an endpoint or a method of the hub what using it is, for the trail. One that bears none holds nothing of patients; a test keeps the list.
/// </summary>
/// <param name="beforehand">The handler records it itself before it does anything (<see cref="AuditNote.Change"/>), because what it does cannot be
/// taken back.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AuditedAttribute(AuditAction action, bool beforehand = false) : Attribute
{
    public AuditAction Action { get; } = action;
    public bool Beforehand { get; } = beforehand;
}

internal static class AuditedEndpoints
{
    /// <summary>Reading: recorded with how it ended before the answer is given; when it cannot be recorded, nothing is answered.</summary>
    public static RouteHandlerBuilder Audited(this RouteHandlerBuilder endpoint, AuditAction action) =>
        endpoint.Audited(new AuditedAttribute(action));

    /// <summary>A change or a disclosure: recorded before it is carried out, with the command's id; how it ended the journal knows.</summary>
    public static RouteHandlerBuilder AuditedBeforehand(this RouteHandlerBuilder endpoint, AuditAction action = AuditAction.Change) =>
        endpoint.Audited(new AuditedAttribute(action, beforehand: true));

    private static RouteHandlerBuilder Audited(this RouteHandlerBuilder endpoint, AuditedAttribute audited) =>
        endpoint.WithMetadata(audited).AddEndpointFilter(new AuditFilter(audited)).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}

namespace Journey.Contracts.Visits;

/// <summary>A step of the journey was reached (triaged, roomed, seen, decided, departed …), seen by staff.</summary>
/// <param name="Step">A step name of the policy pack's pathway for the visit's class; see <see cref="Steps"/>.</param>
/// <param name="How">Of a departure, how; null when not said.</param>
[GenerateSerializer, Immutable, Alias("visit.reach-step.v1")]
public sealed record ReachStep(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] string Step,
    [property: Id(1)] DepartureKind? How = null) : VisitCommand(Id, By, OccurredAt);

/// <summary>A member of staff was with the patient: a waiting-room check or a round.</summary>
[GenerateSerializer, Immutable, Alias("visit.contact.v1")]
public sealed record Contact(CommandId Id, Actor By, DateTimeOffset OccurredAt) : VisitCommand(Id, By, OccurredAt);

/// <summary>Acuity on the site's scale, 1 (most urgent) to 5.</summary>
[GenerateSerializer, Immutable, Alias("visit.set-acuity.v1")]
public sealed record SetAcuity(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] int Level) : VisitCommand(Id, By, OccurredAt);

/// <summary>The line that staff keep on the row of the visit; it goes with the visit's end.</summary>
/// <param name="Text">Null takes it off.</param>
[GenerateSerializer, Immutable, Alias("visit.set-note.v1")]
public sealed record SetNote(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] string? Text) : VisitCommand(Id, By, OccurredAt);

/// <summary>Names the responsible nurse or provider; an empty name leaves the visit un-owned.</summary>
[GenerateSerializer, Immutable, Alias("visit.assign.v1")]
public sealed record Assign(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] CareRole Role, [property: Id(1)] Person? Person)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>Takes back an earlier staff command, as if it had not been given. Feed facts are cancelled by the feed alone.</summary>
[GenerateSerializer, Immutable, Alias("visit.undo.v1")]
public sealed record Undo(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] CommandId Undone) : VisitCommand(Id, By, OccurredAt);

/// <summary>The steps of the built-in pathways. A site's policy pack may name others.</summary>
public static class Steps
{
    public const string Expected = "expected";
    public const string Arrived = "arrived";
    /// <summary>In a hallway bed or a waiting chair: known where, and no treatment room. Stops no clock.</summary>
    public const string Placed = "placed";
    public const string Triaged = "triaged";
    public const string Roomed = "roomed";
    public const string Seen = "seen";
    public const string Decided = "decided";
    public const string Boarding = "boarding";
    public const string Admitted = "admitted";
    public const string TransferPending = "transfer-pending";
    public const string DischargePending = "discharge-pending";
    public const string Departed = "departed";
}

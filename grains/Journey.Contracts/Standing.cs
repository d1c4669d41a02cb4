namespace Journey.Contracts;

/// <summary>Where a visit stands as a whole.</summary>
[GenerateSerializer, Alias("visit.status.v1")]
public enum VisitStatus { Unknown, Expected, Present, OnLeave, Departed, Cancelled, Deleted }

/// <summary>How a visit stands by what staff saw.</summary>
/// <param name="Placing">Where the patient was seen; null when it is not about that.</param>
[GenerateSerializer, Immutable, Alias("patient.standing.v1")]
public sealed record Standing(
    [property: Id(0)] PatientId Patient, [property: Id(1)] VisitStatus Status, [property: Id(2)] SeenByStaff Seen,
    [property: Id(3)] Placing? Placing);

/// <summary>What staff saw of a departure.</summary>
/// <param name="Left">Null: the patient is here.</param>
[GenerateSerializer, Immutable, Alias("patient.seen-by-staff.v1")]
public sealed record SeenByStaff([property: Id(0)] Leaving? Left);

/// <summary>When and how a patient left, as far as it was said.</summary>
[GenerateSerializer, Immutable, Alias("patient.leaving.v1")]
public sealed record Leaving([property: Id(0)] DateTimeOffset At, [property: Id(1)] DepartureKind How);

/// <summary>How a visit ended. The three kinds of leaving early are never summed.</summary>
[GenerateSerializer, Alias("visit.departure-kind.v1")]
public enum DepartureKind
{
    Unknown, Home, Admitted, Transferred, LeftBeforeTriage, LeftBeforeEvaluation, LeftDuringTreatment, AgainstAdvice, Expired,
    ObservationThenHome, Other,
}

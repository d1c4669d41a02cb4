namespace Journey.Contracts;

/// <summary>Something that happened to, or was done for, a visit.</summary>
/// <param name="Id">Idempotency key.</param>
/// <param name="By">Who said so.</param>
/// <param name="OccurredAt">When it happened (EVN-6 or the best the message has), not when it was recorded.</param>
[GenerateSerializer, Immutable, Alias("visit.command.v1")]
public abstract record VisitCommand([property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] DateTimeOffset OccurredAt);

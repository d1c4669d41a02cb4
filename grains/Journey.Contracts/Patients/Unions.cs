using Journey.Contracts.Access;

namespace Journey.Contracts.Patients;

/// <summary>Two identifiers are one person from now on: a message names both, or a merge gives one up.</summary>
/// <param name="Survivor">What the message says of the person, under the identifier that stays.</param>
/// <param name="Prior">The other identifier.</param>
[GenerateSerializer, Immutable, Alias("patient.union.v1")]
public sealed record Union([property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] PatientFacts Survivor, [property: Id(4)] PatientId Prior)
{
    /// <summary>
    /// True when the prior is only another identifier of the person; else it is retired by this, and the message tells who they are.
    /// </summary>
    [Id(5)] public bool IsAlias { get; init; }
}

/// <summary>What a union met.</summary>
[GenerateSerializer, Alias("patient.union-outcome.v1")]
public enum UnionOutcome
{
    /// <summary>Two persons who were known apart are one.</summary>
    United,
    /// <summary>Nobody was known by the prior; it leads to the survivor from now on.</summary>
    NobodyKnown,
    /// <summary>The two were one person before.</summary>
    OneAlready,
    /// <summary>This very union was carried out before.</summary>
    Repeated,
}

/// <summary>
/// Makes one person of two, one union after the other in the whole cluster: of two at once each could make the other's survivor its prior, and nobody
/// would be left. Key 0. A person needs one seldom: when a second identifier of theirs is first heard, and when they are merged.
/// </summary>
[Alias("journey.unions"), Answers(Askers.House)]
public interface IUnionGrain : IGrainWithIntegerKey
{
    [Alias("unite")] Task<UnionOutcome> Unite(Union union);
}

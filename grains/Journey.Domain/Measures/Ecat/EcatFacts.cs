using System.Collections.Immutable;

namespace Journey.Domain.Measures.Ecat;

/// <summary>What one person's record says, as far as the measure asks: no name, no diagnosis, only whether it is one of mental health.</summary>
/// <param name="Born">Null when not known: then no stratum.</param>
public sealed record EcatFacts(DateOnly? Born, ImmutableArray<EcatStay> Stays, ImmutableArray<EcatDecision> Decisions);

/// <summary>What a stay was; one may be several of them.</summary>
[Flags]
public enum EcatKind
{
    None = 0,

    /// <summary>A visit to the emergency department with evaluation and management.</summary>
    Evaluation = 1,

    /// <summary>Triage alone.</summary>
    Triage = 2,

    /// <summary>An inpatient encounter.</summary>
    Inpatient = 4,

    /// <summary>An observation stay.</summary>
    Observation = 8,
}

/// <summary>How far a stay has come.</summary>
public enum EcatProgress { Other, Triaged, Finished }

/// <summary>One encounter.</summary>
/// <param name="LeftUnseen">Coded as left without being seen.</param>
/// <param name="MentalHealth">Whether the principal diagnosis is one of mental health without substance use.</param>
public sealed record EcatStay(
    EcatKind Kind, EcatProgress Progress, DateTimeOffset? Begin, DateTimeOffset? End, ImmutableArray<EcatPlace> Places, bool LeftUnseen,
    bool MentalHealth)
{
    /// <summary>Whether the other began before this and was not over when it began.</summary>
    internal bool IsOverlappedBefore(DateTimeOffset? begin, DateTimeOffset? end) => begin < Begin && (end ?? DateTimeOffset.MaxValue) >= Begin;

    /// <summary>Whether it lies within the other, borders included.</summary>
    internal bool IsDuring(EcatStay other) => Begin >= other.Begin && End <= other.End;

    /// <summary>Whether something that ended then ended at most two hours before this began.</summary>
    internal bool IsShortlyAfter(DateTimeOffset? end) => end < Begin && end >= Begin - EcatMeasure.TriageBefore;
}

/// <summary>Where somebody was during a stay, from when to when.</summary>
public sealed record EcatPlace(EcatPlaceKind Kind, DateTimeOffset? Begin, DateTimeOffset? End);

/// <summary>What a place is to the measure; one may be both.</summary>
[Flags]
public enum EcatPlaceKind
{
    None = 0,

    /// <summary>The emergency department as a whole.</summary>
    Department = 1,

    /// <summary>A treatment room in it.</summary>
    Room = 2,
}

/// <summary>Somebody decided or asked for an admission, and it stands: neither withdrawn nor only planned.</summary>
public sealed record EcatDecision(EcatDecisionKind Kind, DateTimeOffset At);

/// <summary>By what an admission was decided. The start of the inpatient encounter is another way, which the stays tell.</summary>
public enum EcatDecisionKind
{
    /// <summary>An order to admit.</summary>
    AdmitOrder,

    /// <summary>An assessment whose result is "admit".</summary>
    Assessment,

    /// <summary>An order for an inpatient stay, or a bed that was assigned.</summary>
    BedOrder,
}

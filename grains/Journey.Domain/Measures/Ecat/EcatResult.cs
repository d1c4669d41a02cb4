using System.Collections.Immutable;

namespace Journey.Domain.Measures.Ecat;

/// <summary>Which limit a visit went over; any one is enough.</summary>
[Flags]
public enum EcatGates
{
    None = 0,

    /// <summary>1: 61 minutes or more from arrival to the first treatment room.</summary>
    Room = 1,

    /// <summary>2: left without being seen.</summary>
    LeftUnseen = 2,

    /// <summary>3: 241 minutes or more from the decision to admit to leaving the department.</summary>
    Boarding = 4,

    /// <summary>4: 481 minutes or more from arrival to leaving the department.</summary>
    Stay = 8,
}

/// <summary>One visit of the denominator.</summary>
/// <param name="Stratum">1 to 4; null where the person's age is not known.</param>
public sealed record EcatVisit(EcatStay Stay, EcatGates Gates, int? Stratum);

/// <summary>How many visits count, and how many of them in the numerator. The initial population is the denominator.</summary>
public readonly record struct EcatCounts(int Denominator, int Numerator);

/// <summary>What the measure says of one person's visits.</summary>
public sealed record EcatResult(ImmutableArray<EcatVisit> Visits)
{
    /// <summary>1 under 18 without, 2 adults without, 3 under 18 with, 4 adults with a principal diagnosis of mental health.</summary>
    public const int Strata = 4;

    public EcatCounts All => Count(Visits);

    public EcatCounts InStratum(int stratum) => Count(Visits.Where(visit => visit.Stratum == stratum));

    private static EcatCounts Count(IEnumerable<EcatVisit> visits) =>
        visits.Aggregate(new EcatCounts(), (sum, visit) => new(sum.Denominator + 1, sum.Numerator + (visit.Gates == EcatGates.None ? 0 : 1)));
}

using System.Collections.Immutable;

namespace Journey.Domain.Measures.Ecat;

/// <summary>
/// Emergency Care Access and Timeliness (CMS1244, content of 2025): of the visits to an emergency department that ended in a period, those in which
/// somebody waited too long. A proportion; lower is better. Times are compared to the moment: "61 minutes or more" is 61 minutes or more.
/// </summary>
public static class EcatMeasure
{
    /// <summary>Triage that ended at most so long before a visit belongs to it.</summary>
    internal static readonly TimeSpan TriageBefore = TimeSpan.FromMinutes(120);

    private static readonly TimeSpan RoomLimit = TimeSpan.FromMinutes(61);
    private static readonly TimeSpan BoardingLimit = TimeSpan.FromMinutes(241);
    private static readonly TimeSpan StayLimit = TimeSpan.FromMinutes(481);
    private const int Adult = 18;

    /// <param name="from">The first day of the period, in universal time.</param>
    /// <param name="to">Its last day.</param>
    public static EcatResult Evaluate(EcatFacts person, DateOnly from, DateOnly to)
    {
        var record = new Record(person, from, to);
        return new([.. record.Counted.Select(visit => new EcatVisit(visit, record.Gates(visit), Stratum(person, visit, from)))]);
    }

    /// <summary>By the age at the begin of the period, not at the visit.</summary>
    private static int? Stratum(EcatFacts person, EcatStay visit, DateOnly from)
    {
        if (person.Born is not { } born) return null;
        var adult = born.AddYears(Adult) <= from;
        return (visit.MentalHealth, adult) switch { (false, false) => 1, (false, true) => 2, (true, false) => 3, (true, true) => 4 };
    }

    /// <summary>One person's record, seen from one period.</summary>
    private sealed class Record
    {
        private readonly EcatFacts _person;
        private readonly DateOnly _from;
        private readonly DateOnly _to;
        private readonly ImmutableArray<EcatStay> _evaluations;
        private readonly ImmutableArray<EcatStay> _admissions;
        private readonly ImmutableArray<EcatStay> _observations;
        private readonly ImmutableArray<EcatPlace> _departments;
        private readonly ImmutableArray<DateTimeOffset> _decided;

        public Record(EcatFacts person, DateOnly from, DateOnly to)
        {
            (_person, _from, _to) = (person, from, to);
            _evaluations = Finished(EcatKind.Evaluation);
            _admissions = Finished(EcatKind.Inpatient);
            var triages = Of(EcatKind.Triage).Where(stay => stay.Progress != EcatProgress.Other && IsInPeriod(stay.End)).ToImmutableArray();
            Counted = [.. _evaluations.Concat(triages.Where(triage => !_evaluations.Any(visit => IsPartOf(triage, visit)))).Distinct()];
            _observations = [.. Of(EcatKind.Observation).Where(stay => stay.Progress == EcatProgress.Finished && Counted.Any(stay.IsDuring))];
            _departments =
            [
                .. Counted.Concat(triages.Where(triage => Counted.Any(visit => IsPartOf(triage, visit)))).Distinct()
                    .SelectMany(stay => stay.Places).Where(place => place.Kind.HasFlag(EcatPlaceKind.Department)),
            ];
            _decided = [.. _admissions.SelectMany(Decisions)];
        }

        /// <summary>The initial population and the denominator. Several of one person all count.</summary>
        public ImmutableArray<EcatStay> Counted { get; }

        public EcatGates Gates(EcatStay visit)
        {
            var gates = EcatGates.None;
            var (arrived, left) = (Arrived(visit), Left(visit));
            // Who was never in a room does not count here; triage alone has none.
            if (visit.Kind.HasFlag(EcatKind.Evaluation) && arrived <= Roomed(visit) - RoomLimit) gates |= EcatGates.Room;
            if (visit.LeftUnseen) gates |= EcatGates.LeftUnseen;
            if (_observations.Any(stay => stay.IsDuring(visit))) return gates;
            if (_decided.Any(decision => decision <= left - BoardingLimit)) gates |= EcatGates.Boarding;
            if (arrived <= left - StayLimit) gates |= EcatGates.Stay;
            return gates;
        }

        /// <summary>Of all departments that the person was in around this visit the one reached last, as the measure has it.</summary>
        private DateTimeOffset? Arrived(EcatStay visit) => _departments.Where(place => IsAround(place, visit)).Max(place => place.Begin);

        private DateTimeOffset? Left(EcatStay visit) => _departments.Where(place => IsAround(place, visit)).Max(place => place.End);

        private static DateTimeOffset? Roomed(EcatStay visit) =>
            visit.Places.Where(place => place.Kind.HasFlag(EcatPlaceKind.Room)).Min(place => place.Begin);

        private static bool IsAround(EcatPlace place, EcatStay visit) =>
            visit.IsShortlyAfter(place.End) || visit.IsOverlappedBefore(place.Begin, place.End)
            || (visit.Begin < place.Begin && (visit.End ?? DateTimeOffset.MaxValue) >= place.Begin) || place.Begin == visit.Begin;

        /// <summary>Triage within, around, overlapping or at most two hours before a visit is a part of it.</summary>
        private static bool IsPartOf(EcatStay triage, EcatStay visit) =>
            visit.IsOverlappedBefore(triage.Begin, triage.End) || triage.IsDuring(visit) || visit.IsDuring(triage)
            || visit.IsShortlyAfter(triage.End);

        /// <summary>
        /// The last of each way to decide an admission, while the person was in the emergency department before it. Any of them may be the one.
        /// </summary>
        private IEnumerable<DateTimeOffset> Decisions(EcatStay admission)
        {
            if (Before(admission) is not { } visit) yield break;
            foreach (var kind in Enum.GetValues<EcatDecisionKind>())
            {
                if (Last(_person.Decisions.Where(decision => decision.Kind == kind).Select(decision => decision.At), visit) is { } last)
                    yield return last;
            }

            if (Last(_admissions.Select(stay => stay.Begin).OfType<DateTimeOffset>(), visit) is { } admitted) yield return admitted;
        }

        private static DateTimeOffset? Last(IEnumerable<DateTimeOffset> moments, EcatStay visit) =>
            moments.Where(moment => moment >= visit.Begin && moment <= visit.End).Select(moment => (DateTimeOffset?)moment).Max();

        /// <summary>The visit from which somebody was admitted: begun at most a day before, wholly within the period.</summary>
        private EcatStay? Before(EcatStay admission) =>
            _evaluations.Where(visit => visit.Begin < admission.Begin && visit.Begin >= admission.Begin - TimeSpan.FromDays(1)
                && IsInPeriod(visit.Begin)).MaxBy(visit => visit.End);

        private ImmutableArray<EcatStay> Finished(EcatKind kind) =>
            [.. Of(kind).Where(stay => stay.Progress == EcatProgress.Finished && IsInPeriod(stay.End))];

        private IEnumerable<EcatStay> Of(EcatKind kind) => _person.Stays.Where(stay => stay.Kind.HasFlag(kind));

        private bool IsInPeriod(DateTimeOffset? moment) =>
            moment is { } at && DateOnly.FromDateTime(at.UtcDateTime) is var day && day >= _from && day <= _to;
    }
}

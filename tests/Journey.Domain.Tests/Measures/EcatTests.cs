using System.Collections.Immutable;
using Journey.Domain.Measures.Ecat;

namespace Journey.Domain.Tests.Measures;

/// <summary>CMS1244 at its borders. Minutes after the door of one visit on a day in March.</summary>
public sealed class EcatTests
{
    private static readonly DateOnly First = new(2031, 1, 1);
    private static readonly DateOnly Last = new(2031, 12, 31);
    private static readonly DateTimeOffset Door = new(2031, 3, 14, 8, 0, 0, TimeSpan.Zero);

    private static DateTimeOffset At(double minute) => Door.AddMinutes(minute);

    private static EcatPlace Department(double from, double? to) => new(EcatPlaceKind.Department, At(from), to is { } end ? At(end) : null);

    private static EcatStay Visit(double from, double to, params ReadOnlySpan<EcatPlace> places) =>
        new(EcatKind.Evaluation, EcatProgress.Finished, At(from), At(to), places.IsEmpty ? [Department(from, to)] : [.. places], false, false);

    private static EcatStay Triage(double from, double to) =>
        Visit(from, to) with { Kind = EcatKind.Triage, Progress = EcatProgress.Triaged };

    private static EcatStay Inpatient(double from, double to) => new(EcatKind.Inpatient, EcatProgress.Finished, At(from), At(to), [], false, false);

    private static EcatStay Observation(double from, double to) => Inpatient(from, to) with { Kind = EcatKind.Observation };

    private static EcatResult Evaluate(params EcatStay[] stays) => Evaluate([], stays);

    private static EcatResult Evaluate(ImmutableArray<EcatDecision> decisions, params EcatStay[] stays) =>
        EcatMeasure.Evaluate(new(new DateOnly(1980, 5, 5), [.. stays], decisions), First, Last);

    [Theory]
    [InlineData(480, EcatGates.None), InlineData(480.99, EcatGates.None), InlineData(481, EcatGates.Stay)]
    public void A_stay_of_481_minutes_is_too_long(double minutes, EcatGates gates) =>
        Assert.Equal(gates, Assert.Single(Evaluate(Visit(0, minutes)).Visits).Gates);

    [Theory]
    [InlineData(60, EcatGates.None), InlineData(60.99, EcatGates.None), InlineData(61, EcatGates.Room)]
    public void A_room_after_61_minutes_is_too_late(double minute, EcatGates gates) =>
        Assert.Equal(gates, Assert.Single(Evaluate(
            Visit(0, 200, Department(0, 200), new EcatPlace(EcatPlaceKind.Room, At(minute), At(200)))).Visits).Gates);

    [Fact]
    public void Of_several_rooms_the_first_counts_and_of_several_arrivals_the_last()
    {
        EcatPlace[] rooms = [new(EcatPlaceKind.Room, At(150), At(200)), new(EcatPlaceKind.Room, At(100), At(150))];
        Assert.Equal(EcatGates.Room, Evaluate(Visit(0, 200, [Department(0, 200), .. rooms])).Visits[0].Gates);
        Assert.Equal(EcatGates.None, Evaluate(Visit(0, 200, [Department(0, 30), Department(40, 200), .. rooms])).Visits[0].Gates);
    }

    [Fact]
    public void Who_never_had_a_room_does_not_count_by_it() => Assert.Equal(EcatGates.None, Evaluate(Visit(0, 300)).Visits[0].Gates);

    [Theory]
    [InlineData(EcatDecisionKind.AdmitOrder), InlineData(EcatDecisionKind.Assessment), InlineData(EcatDecisionKind.BedOrder)]
    public void Boarding_for_241_minutes_is_too_long_however_it_was_decided(EcatDecisionKind kind)
    {
        EcatStay[] stays = [Visit(0, 400), Inpatient(400, 4000)];
        Assert.Equal(EcatGates.Boarding, Evaluate([new(kind, At(159))], stays).Visits[0].Gates);
        Assert.Equal(EcatGates.None, Evaluate([new(kind, At(160))], stays).Visits[0].Gates);
        // Of one way the last counts.
        Assert.Equal(EcatGates.None, Evaluate([new(kind, At(10)), new(kind, At(200))], stays).Visits[0].Gates);
        // Decided before the visit, or for nobody who was admitted.
        Assert.Equal(EcatGates.None, Evaluate([new(kind, At(-1))], stays).Visits[0].Gates);
        Assert.Equal(EcatGates.None, Evaluate([new(kind, At(10))], Visit(0, 400)).Visits[0].Gates);
    }

    [Fact]
    public void Any_way_to_decide_is_enough_though_another_came_later() =>
        Assert.Equal(EcatGates.Boarding, Evaluate(
            [new(EcatDecisionKind.AdmitOrder, At(10)), new(EcatDecisionKind.BedOrder, At(300))],
            Visit(0, 400), Inpatient(400, 4000)).Visits[0].Gates);

    [Fact]
    public void An_inpatient_who_still_lies_in_the_department_boards()
    {
        Assert.Equal(EcatGates.Boarding, Evaluate(Visit(0, 400), Inpatient(100, 4000)).Visits[0].Gates);
        Assert.Equal(EcatGates.None, Evaluate(Visit(0, 400), Inpatient(200, 4000)).Visits[0].Gates);
        Assert.Equal(EcatGates.None, Evaluate(Visit(0, 400), Inpatient(100, 4000) with { Progress = EcatProgress.Other }).Visits[0].Gates);
    }

    [Fact]
    public void An_admission_more_than_a_day_after_the_door_is_another_matter()
    {
        ImmutableArray<EcatDecision> decided = [new(EcatDecisionKind.AdmitOrder, At(10))];
        Assert.Equal(EcatGates.Boarding, Evaluate(decided, Visit(0, 400), Inpatient(1440, 9000)).Visits[0].Gates);
        Assert.Equal(EcatGates.None, Evaluate(decided, Visit(0, 400), Inpatient(1441, 9000)).Visits[0].Gates);
    }

    [Fact]
    public void Observation_within_the_visit_excuses_boarding_and_stay_only()
    {
        var visit = Visit(0, 600, Department(0, 600), new EcatPlace(EcatPlaceKind.Room, At(70), At(600))) with { LeftUnseen = true };
        Assert.Equal(EcatGates.Room | EcatGates.LeftUnseen | EcatGates.Stay, Evaluate(visit).Visits[0].Gates);
        Assert.Equal(EcatGates.Room | EcatGates.LeftUnseen, Evaluate(visit, Observation(100, 500)).Visits[0].Gates);
        Assert.Equal(EcatGates.Room | EcatGates.LeftUnseen | EcatGates.Stay, Evaluate(visit, Observation(100, 601)).Visits[0].Gates);
        Assert.Equal(EcatGates.Room | EcatGates.LeftUnseen | EcatGates.Stay,
            Evaluate(visit, Observation(100, 500) with { Progress = EcatProgress.Other }).Visits[0].Gates);
    }

    [Theory]
    [InlineData(-200, -120, 1), InlineData(-200, -121, 2), InlineData(-10, 5, 1), InlineData(10, 20, 1), InlineData(-10, 900, 1),
     InlineData(500, 520, 2)]
    public void Triage_before_within_or_around_a_visit_belongs_to_it(double from, double to, int counted) =>
        Assert.Equal(counted, Evaluate(Visit(0, 400), Triage(from, to)).All.Denominator);

    [Fact]
    public void Arrival_is_at_triage_when_the_department_was_reached_there_last()
    {
        var visit = Visit(0, 400, new EcatPlace(EcatPlaceKind.Room, At(20), At(400)));
        Assert.Equal(EcatGates.None, Evaluate(visit).Visits[0].Gates);
        Assert.Equal(EcatGates.Room, Evaluate(visit, Triage(-60, -50)).Visits[0].Gates);
    }

    [Fact]
    public void Several_visits_of_one_person_all_count() =>
        Assert.Equal(new EcatCounts(3, 1), Evaluate(Visit(0, 100), Visit(5000, 5100) with { LeftUnseen = true }, Visit(9000, 9100)).All);

    [Fact]
    public void A_visit_belongs_to_the_day_on_which_it_ends()
    {
        var newYear = (new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero) - Door).TotalMinutes;
        Assert.Equal(1, Evaluate(Visit(newYear - 300, newYear)).All.Denominator);
        Assert.Equal(0, Evaluate(Visit(newYear - 300, newYear - 1)).All.Denominator);
        Assert.Equal(0, Evaluate(Visit(0, 10) with { Progress = EcatProgress.Other }).All.Denominator);
    }

    [Theory]
    [InlineData(2013, 1, 1, false, 2), InlineData(2013, 1, 2, false, 1), InlineData(2013, 1, 1, true, 4), InlineData(2013, 1, 2, true, 3)]
    public void The_stratum_goes_by_the_age_at_the_begin_of_the_period(int year, int month, int day, bool mentalHealth, int stratum)
    {
        var result = EcatMeasure.Evaluate(
            new(new DateOnly(year, month, day), [Visit(0, 600) with { MentalHealth = mentalHealth }], []), First, Last);
        Assert.Equal(
            Enumerable.Range(1, 4).Select(i => i == stratum ? new EcatCounts(1, 1) : new EcatCounts()),
            Enumerable.Range(1, 4).Select(result.InStratum));
    }

    [Fact]
    public void Without_a_date_of_birth_a_visit_counts_and_has_no_stratum()
    {
        var result = EcatMeasure.Evaluate(new(null, [Visit(0, 600)], []), First, Last);
        Assert.Equal(new EcatCounts(1, 1), result.All);
        Assert.All(Enumerable.Range(1, 4), stratum => Assert.Equal(new EcatCounts(), result.InStratum(stratum)));
    }
}

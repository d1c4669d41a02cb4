using Journey.Contracts.Alerts;
using Journey.Domain.Alerts;
using Journey.Domain.Facts;
using static Journey.Domain.Tests.Spec;

namespace Journey.Domain.Tests.Alerts;

public sealed class AlertQualityTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public void Raised_acted_on_ended_by_themselves_time_to_take_and_by_hour()
    {
        var quality = AlertQuality.Measure(
            [
                Fact(0, taken: 4, ended: 10, Resolutions.Acted), Fact(1, taken: 3, ended: 10, Resolutions.Done),
                Fact(2, ended: 10, how: Resolutions.Cleared), Fact(3, taken: 13),
                Fact(4, shadow: true, ended: 10, how: Resolutions.Done),
            ],
            Patience, Week, nurseHours: 10);
        Assert.Equal((4, 1, 2, 1), (quality.Raised, quality.InShadow, quality.ActedOn, quality.ByThemselves));
        // 4, 2 and 10 minutes.
        Assert.Equal((4 * 60.0, 0.4, 5.0 / 14), (quality.MedianSecondsToTake, quality.PerNurseHour, quality.PerShift));
        Assert.Equal((24, 5, 5), (quality.ByHour.Length, quality.ByHour[7], quality.ByHour.Sum()));
        Assert.Empty(quality.OverBudget);
    }

    [Fact]
    public void Where_no_shift_is_recorded_nobody_says_how_many_a_nurse_has() =>
        Assert.Equal((null, null),
            (AlertQuality.Measure([Fact(0)], Patience, Week, null).PerNurseHour, AlertQuality.Measure([Fact(0)], Patience, Week, 0).PerNurseHour));

    [Fact]
    public void Of_less_than_a_shift_or_a_nurse_hour_nothing_is_extrapolated()
    {
        var quality = AlertQuality.Measure([Fact(0), Fact(1), Fact(2)], Patience, TimeSpan.FromHours(2), nurseHours: 0.5);
        Assert.Equal((3.0, 2.0 / 12, null), (quality.PerShift, quality.Shifts, quality.PerNurseHour));
        Assert.Empty(quality.OverBudget);
        Assert.Equal(14, AlertQuality.Measure([Fact(0)], Patience, Week, null).Shifts);
    }

    [Theory]
    [InlineData(Resolutions.Cleared,
        "Only 40 % of 10 were acted on. Most stopped to apply by themselves: whoever keeps the policy can give it a longer target.")]
    [InlineData(Resolutions.Closed,
        "Only 40 % of 10 were acted on. Most were open until the visit ended: record what was done, or turn the rule off here.")]
    [InlineData(Resolutions.PassedOver,
        "Only 40 % of 10 were acted on. Most were passed over: the step is not recorded, or not done in that order. Record it, or end the rule with "
            + "a later step.")]
    public void A_rule_on_which_nobody_acts_says_so_and_what_to_change(string how, string says)
    {
        AlertFact[] alerts = [.. Enumerable.Range(0, 10).Select(i => Fact(i, ended: 30, how: i < 4 ? Resolutions.Done : how))];
        Assert.Equal([says], AlertQuality.Measure(alerts, Patience, Week, 1000).OverBudget);
        Assert.Empty(AlertQuality.Measure(alerts[1..], Patience, Week, 1000).OverBudget);
        // Told of all at once: not yet a shift was counted.
        Assert.Empty(AlertQuality.Measure(alerts, Patience, TimeSpan.FromHours(1), 1000).OverBudget);
    }

    [Fact]
    public void A_rule_that_calls_too_often_says_so() =>
        Assert.Equal(
            ["It calls 1.5 times a nurse-hour, more than 1.0. Whoever keeps the policy can give it a longer target or a narrower class; until then "
                + "it can be put into shadow, on the page Rules."], AlertQuality.Measure([Fact(0), Fact(1), Fact(2)], Patience, Week, 2).OverBudget);

    private static AlertFact Fact(double at, double? taken = null, double? ended = null, string? how = null, bool shadow = false) =>
        new("ed.triage", "ED", Severity.Warning, shadow, At(at), taken is { } t ? At(t) : null, ended is { } e ? At(e) : null, how);
}

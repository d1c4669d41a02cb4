using Journey.Api;
using Journey.Dashboard.Shifts;

namespace Journey.Dashboard.Tests;

/// <summary>What the next hour leaves uncovered.</summary>
public class GapTests
{
    private static readonly Load Noras = new("Nora", [Rows.Here("A")]);

    private static Shift Shift(string name, int from, int until, string role = "nurse") =>
        new(name, role, "ED", Rendered.Now.AddMinutes(from), Rendered.Now.AddMinutes(until));

    private static IReadOnlyList<(Shift Shift, Load Load)> Leaving(params Shift[] shifts) =>
        Gaps.Leaving(shifts, [Noras, new(null, [])], Rendered.Now);

    [Fact]
    public void Who_has_patients_and_goes_within_the_hour_is_said()
    {
        Assert.Equal(Noras, Assert.Single(Leaving(Shift("Nora", -60, 60), Shift("Abe", -60, 5))).Load);
        Assert.Empty(Leaving(Shift("Nora", -60, 61)));
        Assert.Empty(Leaving(Shift("Nora", -60, 0)));
        // On duty in a later shift, or in another role, they stay.
        Assert.Empty(Leaving(Shift("Nora", -60, 30), Shift("Nora", 30, 480)));
        Assert.Empty(Leaving(Shift("Nora", -60, 30), Shift("Nora", -60, 480, "charge-nurse")));
    }

    [Fact]
    public void A_role_that_nobody_has_from_then_on_is_said()
    {
        IReadOnlyList<(string, DateTimeOffset)> Uncovered(params Shift[] shifts) => Gaps.Uncovered(shifts, Rendered.Now);
        Assert.Equal([("nurse", Rendered.Now.AddMinutes(30))], Uncovered(Shift("Nora", -60, 30), Shift("Abe", -60, 20)));
        Assert.Empty(Uncovered(Shift("Nora", -60, 30), Shift("Abe", -60, 90)));
        // Relieved in time, or with a gap of a quarter of an hour.
        Assert.Empty(Uncovered(Shift("Nora", -60, 30), Shift("Abe", 30, 480)));
        Assert.Equal([("nurse", Rendered.Now.AddMinutes(30))], Uncovered(Shift("Nora", -60, 30), Shift("Abe", 45, 480)));
        // Nobody had it before.
        Assert.Empty(Uncovered(Shift("Cara", 30, 480, "charge-nurse")));
        Assert.Equal([("charge-nurse", Rendered.Now.AddMinutes(15)), ("nurse", Rendered.Now.AddMinutes(30))],
            Uncovered(Shift("Nora", -60, 30), Shift("Cara", -60, 15, "charge-nurse")));
    }
}

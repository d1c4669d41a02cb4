using Journey.Api;
using Journey.Dashboard.SignIn;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Alerts;

/// <summary>
/// The alerts that are open on the units that somebody watches, and how many of these are critical, whether somebody has taken them or not. The
/// badge, the units and the page all say these.
/// </summary>
public readonly record struct AlertCounts(int Open, int Critical)
{
    public static AlertCounts Across(IEnumerable<Unit>? units, Person person) =>
        person.Watched(units).Aggregate(default(AlertCounts), (sum, unit) => new(sum.Open + unit.OpenAlerts, sum.Critical + unit.CriticalAlerts));

    /// <param name="shown">How many the reader may see: those of a confidential patient are counted and not shown to everybody, those of care not to
    /// whoever looks after families.</param>
    /// <param name="untaken">How many of these nobody has taken.</param>
    /// <param name="families">The reader looks after families and is told of no clinical clock.</param>
    public string Says(int shown, int untaken, bool families) => Open == 0 ? "No alert is open on the units that you watch." :
        $"{Say.Count(Open, "alert is open", "alerts are open")}, {Critical} critical; {(untaken == 0 ? "all are acknowledged" : $"{untaken} not acknowledged")}."
        + (Open > shown
            ? $" {Say.Count(Open - shown, "is", "are")} {(families ? "for whoever is in charge of care" : "of patients who are not shown to you")}."
            : "");
}

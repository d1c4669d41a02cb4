using Journey.Api;

namespace Journey.Simulator.Loop;

/// <summary>
/// Alerts are seen, and most are taken within minutes; some are put off or acted on at once, some are taken only when they have climbed to the charge
/// nurse or the house supervisor, and a few stay for the person who tries the demo.
/// </summary>
internal sealed class AlertDuty(Floor floor) : IDuty
{
    public IEnumerable<Deed> Look(string unit, BoardRow row) => row.Alerts.SelectMany(alert => Look(unit, row, alert));

    private IEnumerable<Deed> Look(string unit, BoardRow row, Alert alert)
    {
        var dice = floor.Dice("alert", alert.Id);
        var responsible = alert.Responsible ?? row.Nurse ?? floor.Charge(unit);
        var (sees, fate) = (dice.Chance(0.6), dice.Unit());
        if (alert.State == "raised")
        {
            if (sees && alert.SeenAt is null && Since(alert.RaisedAt, floor.Minutes(dice, 0.3, 1.2)))
                yield return Do(row, alert, "see", new Nothing(), responsible);
            var (verb, by, after) = fate switch
            {
                < 0.42 => ("acknowledge", responsible, floor.Minutes(dice, 0.7, 4)),
                < 0.49 => ("snooze", responsible, floor.Minutes(dice, 1, 5)),
                < 0.60 => (alert.Kind == "touchpoint" ? "resolve" : "acknowledge", responsible, floor.Minutes(dice, 1, 6)),
                < 0.80 => ("acknowledge", floor.Charge(unit), floor.Minutes(dice, 6, 13)),
                < 0.92 => ("acknowledge", floor.Supervisor(), floor.Minutes(dice, 16, 24)),
                _ => ("", "", TimeSpan.Zero),
            };
            if (verb.Length > 0 && Since(alert.RaisedAt, after)) yield return Do(row, alert, verb, Body(verb), by);
        }
        else if (alert is { State: "acknowledged", Kind: "touchpoint", Owner: { } owner } && fate < 0.4
            && floor.IsDue("taken " + alert.Id, floor.Minutes(dice, 4, 14)))
        {
            yield return Do(row, alert, "resolve", Body("resolve"), owner);
        }
    }

    private bool Since(DateTimeOffset raised, TimeSpan after) => raised + after <= floor.Now;

    private object Body(string verb) => verb switch
    {
        "snooze" => new SnoozeRequest(floor.Now.AddMinutes(20), "Waiting for results"),
        "resolve" => new ResolveRequest("Spoke with the patient"),
        _ => new AcknowledgeRequest(floor.Now.AddMinutes(15)),
    };

    private Deed Do(BoardRow row, Alert alert, string verb, object body, string by) =>
        new(floor.Key(verb, alert.Id.ToString("N")), Floor.At(row, $"alerts/{alert.Id}/{verb}"), body, by);
}

using Journey.Api;
using Journey.Simulator.Model;

namespace Journey.Simulator.Loop;

/// <summary>
/// What comes up with a patient and family: questions, requests, promises, life events, how they feel; now and then a lock or a hold.
/// </summary>
internal sealed class NeedDuty(Floor floor) : IDuty
{
    /// <summary>Per patient and hour.</summary>
    private static readonly (string Kind, double PerHour)[] Questions =
        [("clinical", 0.16), ("billing", 0.03), ("appointment", 0.03), ("other", 0.03), ("concern", 0.02)];

    private static readonly (string Kind, double PerHour)[] Requests =
        [("comfort", 0.14), ("interpreter", 0.03), ("education", 0.05), ("spiritual", 0.03), ("mental-health", 0.02), ("callback", 0.03),
            ("other", 0.03)];

    public IEnumerable<Deed> Look(string unit, BoardRow row)
    {
        if (row.Status != "present") return [];
        var by = floor.Contact(unit, row);
        return
        [
            .. Questions.SelectMany(q => Arises(row, q.Kind, q.PerHour, by,
                    (at, dice) => ("questions", new QuestionRequest(Asker(row, dice), q.Kind, Phrases.Question(q.Kind, dice), OccurredAt: at)))),
            .. Requests.SelectMany(r => Arises(row, r.Kind, r.PerHour, by,
                (at, dice) => ("requests", new NeedRequest(r.Kind, Asker(row, dice), Phrases.Need(r.Kind, dice), OccurredAt: at)))),
            .. Arises(row, "promise", 0.16, by,
                (at, dice) =>
                    ("promises", new PromiseRequest(Phrases.Promise(dice), at + TimeSpan.FromMinutes(dice.Between(16, 50)), OccurredAt: at))),
            .. Arises(row, "pulse", 0.04, by,
                (_, dice) => ("pulses", new PulseRequest(dice.Chance(0.75) ? dice.Between(4, 5) : dice.Between(1, 3), "round"))),
            .. Arises(row, "life-event", 0.008, by,
                (at, dice) =>
                    ("life-events", new LifeEventRequest(Phrases.LifeEvent(dice),
                        DateOnly.FromDateTime(at.UtcDateTime).AddDays(dice.Between(0, 2))))),
            .. Arises(row, "lock", 0.012, by,
                (_, dice) =>
                    ("family/locks", new LockRequest(dice.Pick(["no-information", "confidential", "safety"]), true, "The patient asked for it"))),
            .. Arises(row, "hold", 0.025, row.Provider
                ?? by, (_, _) => ("family/hold", new HoldRequest(true, "A clinician speaks with the family first"))),
        ];
    }

    /// <summary>So that all there is to see is seen at once, a few patients have what is rare.</summary>
    public IEnumerable<Deed> Opening(IReadOnlyList<(string Unit, BoardRow Row)> rows)
    {
        var chosen = rows.Where(r => r.Row.Status == "present").OrderBy(r => floor.Dice("opening", r.Row.VisitId).Next()).ToArray();
        (string Path, Func<BoardRow, object> Body)[] rare =
        [
            ("family/hold", _ => new HoldRequest(true, "A clinician speaks with the family first")),
            ("family/locks", _ => new LockRequest("no-information", true, "The patient asked for it")),
            ("requests", _ => new NeedRequest("interpreter", new Asker("patient"), "Spanish")),
            ("requests", _ => new NeedRequest("mental-health", new Asker("patient"), "Would like to talk to somebody")),
            ("requests", _ => new NeedRequest("spiritual", new Asker("patient"), "A visit of the chaplain")),
            ("life-events", _ => new LifeEventRequest("Wedding anniversary", DateOnly.FromDateTime(floor.Now.UtcDateTime))),
            ("questions", _ => new QuestionRequest(new Asker("patient"), "billing", "Will my insurance pay for the ambulance?")),
            ("questions", _ => new QuestionRequest(new Asker("patient"), "concern", "Nobody has told me why I must not eat.")),
        ];
        foreach (var ((path, body), (unit, row)) in rare.Zip(chosen))
            yield return new(floor.Key("opening", $"{row.VisitId:N}"), Floor.At(row, path), body(row), floor.Contact(unit, row));
    }

    private IEnumerable<Deed> Arises(BoardRow row, string what, double perHour, string by,
        Func<DateTimeOffset, Dice, (string Path, object Body)> made)
    {
        foreach (var at in floor.Happens($"{what} {row.VisitId}", perHour))
        {
            if (at < row.ArrivedAt) continue;
            var of = $"{row.VisitId:N}-{at.UtcTicks}";
            var (path, body) = made(at, floor.Dice(what, of));
            yield return new(floor.Key(what, of), Floor.At(row, path), body, by);
        }
    }

    private static Asker Asker(BoardRow row, Dice dice) =>
        row.Family.Contacts is { Count: > 0 } family && dice.Chance(0.5) ? new("family", family[0].Name) : new("patient");
}

using Journey.Api;

namespace Journey.Simulator.Loop;

/// <summary>
/// Questions are taken and answered, their askers asked whether that satisfies; promises are kept or broken; requests taken and finished. One in
/// eight is late.
/// </summary>
internal sealed class OwedDuty(Floor floor) : IDuty
{
    public IEnumerable<Deed> Look(string unit, BoardRow row) => row.Owed.SelectMany(owed => owed.Kind switch
    {
        "question" => Question(unit, row, owed),
        "promise" => Promise(row, owed),
        "request" => Request(unit, row, owed),
        _ => [],
    });

    private IEnumerable<Deed> Question(string unit, BoardRow row, Owed owed)
    {
        // An answer that did not satisfy opens it again with another due time.
        var round = $"{owed.Id:N}-{owed.DueAt?.UtcTicks}";
        var dice = floor.Dice("question", round);
        var by = owed.Owner ?? floor.Contact(unit, row);
        var office = owed.Detail is "billing" or "appointment";
        var late = dice.Chance(0.12);
        var takes = office ? floor.Minutes(dice, 5, 25) : late ? floor.Minutes(dice, 32, 45) : floor.Minutes(dice, 1, 6);
        var answers = takes + (office ? floor.Minutes(dice, 15, 70) : floor.Minutes(dice, 2, 10));
        var satisfied = dice.Chance(0.82);
        if (owed.State == "open")
        {
            if (floor.IsDue("open " + round, takes)) yield return Do(row, owed, "questions", "take", round, new TakeRequest(by), by);
            if (floor.IsDue("open " + round, answers))
                yield return Do(row, owed, "questions", "answer", round, new AnswerRequest(Phrases.Answer(owed.Detail, dice)), by);
        }
        else if (owed.State == "answered" && floor.IsDue("answered " + round, floor.Minutes(dice, 3, 16)))
        {
            yield return Do(row, owed, "questions", "confirm", round,
                new ConfirmRequest(satisfied, satisfied ? null : "That is not what I meant."), by);
        }
    }

    private IEnumerable<Deed> Promise(BoardRow row, Owed owed)
    {
        // The next word is kept by giving it: see FamilyDuty.
        if (owed is not { Detail: "promise", DueAt: { } due, Owner: { } owner }) yield break;
        var dice = floor.Dice("promise", owed.Id);
        var fate = dice.Unit();
        if (fate > 0.95) yield break;
        var at = fate < 0.85 ? due - floor.Minutes(dice, 1, 12) : due + floor.Minutes(dice, 2, 12);
        if (at <= floor.Now) yield return Do(row, owed, "promises", "keep", $"{owed.Id:N}", new KeepRequest("As promised"), owner);
    }

    private IEnumerable<Deed> Request(string unit, BoardRow row, Owed owed)
    {
        var round = $"{owed.Id:N}";
        var dice = floor.Dice("request", round);
        var by = owed.Owner ?? floor.Contact(unit, row);
        var takes = dice.Chance(0.12) ? floor.Minutes(dice, 32, 60) : floor.Minutes(dice, 1, 9);
        if (owed.State == "open" && floor.IsDue("open " + round, takes))
            yield return Do(row, owed, "requests", "take", round, new TakeRequest(by), by);
        if (owed.State != "taken" || !floor.IsDue("taken " + round, floor.Minutes(dice, 4, 18))) yield break;
        yield return Do(row, owed, "requests", "finish", round,
            new FinishRequest(Phrases.Outcome(owed.Detail), owed.Detail == "education" ? dice.Chance(0.8) : null), by);
    }

    private Deed Do(BoardRow row, Owed owed, string kind, string verb, string round, object body, string by) =>
        new(floor.Key(verb, round), Floor.At(row, $"{kind}/{owed.Id}/{verb}"), body, by);
}

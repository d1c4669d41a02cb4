using Journey.Api;
using Journey.Simulator.Model;

namespace Journey.Simulator.Loop;

/// <summary>The non-emergency line: about one call in two minutes, answered, given up, called back, or turned into a question of a visit.</summary>
internal sealed class HotlineDuty(Floor floor)
{
    private const double CallsPerHour = 14;

    public IEnumerable<Deed> Look(Hotline line, IReadOnlyList<BoardRow> rows)
    {
        // Two lines, so that two may ring at once.
        foreach (var at in floor.Happens("line one", CallsPerHour).Concat(floor.Happens("line two", CallsPerHour))
            .Where(at => !floor.IsOpening || at > floor.Now.AddMinutes(-1)))
        {
            var dice = floor.Dice("caller", at.UtcTicks);
            yield return new(floor.Key("ring", at.UtcTicks), $"{Paths.Hotline}/calls",
                new CallRequest(dice.Chance(0.8) ? Phrases.Caller(dice) : null, $"555-01{dice.Between(10, 99)}"), Operator(dice));
        }

        foreach (var call in line.Calls)
            if (Next(call, rows) is { } deed) yield return deed;
    }

    private Deed? Next(Call call, IReadOnlyList<BoardRow> rows)
    {
        var dice = floor.Dice("call", call.Id);
        var (fate, by, ends) = (dice.Unit(), call.AnsweredBy ?? call.Owner ?? Operator(dice), dice.Unit());
        switch (call)
        {
            case { State: "ringing" }:
                var (verb, after) = fate switch
                {
                    < 0.78 => ("answer", dice.Between(4, 24)),
                    < 0.92 => ("answer", dice.Between(33, 60)),
                    _ => ("abandon", dice.Between(30, 75))
                };
                return call.RangAt.AddSeconds(after) <= floor.Now ? Do(call, verb, new Nothing(), by) : null;
            case { State: "answered", EndedAt: null } when floor.IsDue("answered " + call.Id, floor.Minutes(dice, 1, 3)):
                if (ends < 0.5 && rows.Count > 0)
                    return Do(call, "question", new CallQuestionRequest(dice.Pick(rows).VisitId, Phrases.Question("other", dice),
                        dice.Pick(["clinical", "other", "appointment", "billing"])), by);
                return Do(call, "callback", new CallbackRequest(call.Number, Phrases.Question("appointment", dice)), by);
            case { State: "callback-due", CallbackBy: { } due }
                when (ends < 0.9 ? due - floor.Minutes(dice, 4, 24) : due + floor.Minutes(dice, 2, 12)) <= floor.Now:
                return Do(call, "called-back", new Nothing(), by);
            // Who gave up is called back, mostly.
            case { State: "abandoned", Number: { } number } when fate < 0.97 && call.EndedAt > floor.Now.AddHours(-1)
                && floor.IsDue("abandoned " + call.Id, floor.Minutes(dice, 1, 4)):
                return Do(call, "callback", new CallbackRequest(number, "Hung up before we answered"), by);
            default:
                return null;
        }
    }

    private static string Operator(Dice dice) => dice.Pick(Staff.Operators).Name;

    private Deed Do(Call call, string verb, object body, string by) =>
        new(floor.Key(verb, $"{call.Id:N}"), $"{Paths.Hotline}/calls/{call.Id}/{verb}", body, by);
}

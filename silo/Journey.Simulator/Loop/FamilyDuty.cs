using Journey.Api;
using Journey.Simulator.Model;

namespace Journey.Simulator.Loop;

/// <summary>What one family is like, as long as it is here.</summary>
/// <param name="IsOnRecord">Staff wrote down whom they may speak with, and a code word.</param>
/// <param name="IsLinked">The first contact has the family page.</param>
internal sealed record FamilyPlan(Guid First, Guid Second, bool IsOnRecord, bool IsLinked, string CodeWord, string Consent, string Language,
    bool NeedsInterpreter)
{
    private static readonly string[] Words =
        ["heron", "lantern", "maple", "harbour", "thimble", "saffron", "bramble", "pebble", "juniper", "kestrel"];

    public static FamilyPlan For(Floor floor, BoardRow row)
    {
        var dice = floor.Dice("family", row.VisitId);
        var (first, second) = (Id(dice), Id(dice));
        var onRecord = dice.Chance(0.8) && row.Family.Contacts.Count > 0;
        var linked = onRecord && dice.Chance(0.5);
        var language = dice.Unit() switch { < 0.72 => "en", < 0.87 => "es", < 0.95 => "de", _ => "pl" };
        var consent = linked || dice.Chance(0.8) ? dice.Chance(0.6) ? "progress" : "full" : dice.Chance(0.7) ? "condition" : "nothing";
        return new(first, second, onRecord, linked, dice.Pick(Words), consent, language, language == "pl" || (language == "es" && dice.Chance(0.4)));
    }

    private static Guid Id(Dice dice) => new([.. BitConverter.GetBytes(dice.Next()), .. BitConverter.GetBytes(dice.Next())]);
}

/// <summary>Nurses and liaisons: whom they may speak with, word to who waits, updates by template and their recall, locks and holds lifted.</summary>
internal sealed class FamilyDuty(Floor floor) : IDuty
{
    private static readonly string[] Topics = ["needs", "tests", "treatment", "delay", "next-step"];
    private readonly Dictionary<Guid, (Guid Update, DateTimeOffset At)> _toRecall = [];

    public IEnumerable<Deed> Look(string unit, BoardRow row)
    {
        if (row.Status != "present") return [];
        var plan = FamilyPlan.For(floor, row);
        var onRecord = plan.IsOnRecord && floor.IsDue($"on record {row.VisitId}", floor.Minutes(floor.Dice("on record", row.VisitId), 0.2, 4));
        // In the demo nothing leaves the house but over the family page: who has no link is told by somebody.
        var mayWrite = onRecord && plan.IsLinked && floor.IsDue($"linked {row.VisitId}", TimeSpan.FromMinutes(15))
            && plan.Consent is "progress" or "full" && row is { OnHold: false, Locks: [] };
        return [.. onRecord ? OnRecord(unit, row, plan) : [], .. Word(unit, row, plan), .. mayWrite ? Updates(row) : [], .. Lift(unit, row)];
    }

    private IEnumerable<Deed> OnRecord(string unit, BoardRow row, FamilyPlan plan)
    {
        var by = floor.Contact(unit, row);
        var (first, second) = (row.Family.Contacts[0], row.Family.Contacts.ElementAtOrDefault(1));
        yield return Do(row, "contact-1", "family/contacts", new ContactRequest(
            first.Name, first.Relation, 1, plan.Language, Phone: "555-0142", Consent: plan.Consent, Spokesperson: true,
            NeedsInterpreter: plan.NeedsInterpreter, Id: plan.First), by);
        if (second is not null)
            yield return Do(row, "contact-2", "family/contacts",
                new ContactRequest(second.Name, second.Relation, 2, plan.Language, Consent: "condition", Id: plan.Second), by);
        yield return Do(row, "code-word", "family/code-word", new CodeWordRequest(plan.CodeWord), by);
    }

    /// <summary>Who waits is told within minutes, or late; a promised word is mostly given in time.</summary>
    private IEnumerable<Deed> Word(string unit, BoardRow row, FamilyPlan plan)
    {
        if (row.Locks.Count > 0) yield break;
        if (row.Family.WaitingSince is { } since)
        {
            var dice = floor.Dice("word", $"{row.VisitId} {since.UtcTicks}");
            if (since + (dice.Chance(0.8) ? floor.Minutes(dice, 2, 9) : floor.Minutes(dice, 17, 30)) <= floor.Now)
                yield return Tell(unit, row, plan, since, dice);
        }
        else if (row.Family is { Promised: true, NextDueAt: { } due })
        {
            var dice = floor.Dice("word", $"{row.VisitId} {due.UtcTicks}");
            var fate = dice.Unit();
            if (fate < 0.95 && (fate < 0.82 ? due - floor.Minutes(dice, 1, 8) : due + floor.Minutes(dice, 3, 14)) <= floor.Now)
                yield return Tell(unit, row, plan, due, dice);
        }
    }

    private Deed Tell(string unit, BoardRow row, FamilyPlan plan, DateTimeOffset of, Dice dice)
    {
        var by = dice.Chance(0.4) ? Floor.Liaison(dice) : floor.Contact(unit, row);
        DateTimeOffset? next = dice.Chance(0.35) ? floor.Now + TimeSpan.FromMinutes(dice.Between(25, 60)) : null;
        return Do(row, $"told-{of.UtcTicks}", "family/told",
            new FamilyToldRequest(row.Family.WaitingWho ?? (row.Family.Contacts is [var first, ..] ? first.Name : null), Phrases.News(dice), next)
            {
                Topics = [dice.Pick(Topics)], Language = plan.Language, TeachBack = dice.Chance(0.3)
                ? dice.Chance(0.85)
                : null, Interpreter = plan.NeedsInterpreter,
            }, by);
    }

    private IEnumerable<Deed> Updates(BoardRow row)
    {
        foreach (var at in floor.Happens($"update {row.VisitId}", 0.5))
        {
            var dice = floor.Dice("update", $"{row.VisitId} {at.UtcTicks}");
            var (recalled, visit) = (dice.Chance(0.15), row.VisitId);
            var body = dice.Chance(0.7) ? new UpdateRequest(row.Plan is null ? "delay" : row.Plan.Kind == "discharge"
                ? "going-home"
                : "moving") : new UpdateRequest(Text: Phrases.Update(dice));
            var by = Floor.Liaison(dice);
            yield return Do(row, $"update-{at.UtcTicks}", "family/updates", body, by) with
            {
                Done = update =>
                {
                    if (recalled) _toRecall[visit] = (update, floor.Now + floor.Minutes(dice, 1, 4));
                },
            };
        }

        if (!_toRecall.TryGetValue(row.VisitId, out var recall) || recall.At > floor.Now) yield break;
        _toRecall.Remove(row.VisitId);
        yield return Do(row, $"recall-{recall.Update:N}", $"family/updates/{recall.Update}/recall", new Nothing(),
            Floor.Liaison(floor.Dice("recall", recall.Update)));
    }

    /// <summary>Once a clinician has spoken with the family the hold ends; a lock stays for hours.</summary>
    private IEnumerable<Deed> Lift(string unit, BoardRow row)
    {
        var dice = floor.Dice("lift", row.VisitId);
        if (row.OnHold && floor.IsDue($"hold {row.VisitId}", floor.Minutes(dice, 15, 40)))
            yield return Do(row, $"lift-{floor.Now.UtcTicks}", "family/hold", new HoldRequest(false, "The family has been spoken with"), row.Provider
                ?? floor.Charge(unit));
        foreach (var locked in row.Locks.Where(l => l != "confidential"))
            if (floor.IsDue($"{locked} {row.VisitId}", floor.Minutes(dice, 100, 240)))
                yield return Do(row, $"unlock-{floor.Now.UtcTicks}", "family/locks", new LockRequest(locked, false, "The patient asked for it"),
                    floor.Contact(unit, row));
    }

    private Deed Do(BoardRow row, string what, string path, object body, string by) =>
        new(floor.Key(what, $"{row.VisitId:N}"), Floor.At(row, path), body, by);
}

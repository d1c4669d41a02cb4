using Journey.Api;
using Journey.Simulator.Feed;

namespace Journey.Simulator.Loop;

/// <summary>
/// Handoffs are read back, some returned with a question first; who goes for a break hands over, and what a move left open is offered.
/// </summary>
internal sealed class HandoffDuty(Floor floor, Func<string, Task<HandoffContent?>> draft)
{
    private const double BreaksPerHour = 0.15;

    public async Task<IReadOnlyList<Deed>> Look(string unit, BoardRow row) => row.Handoff switch
    {
        { State: "offered" } offered => Receive(row, offered),
        { State: "returned" } returned => await OfferAgain(unit, row, returned),
        { State: "required" } required => await OfferWhatIsRequired(unit, row, required),
        _ => await GoOnBreak(unit, row),
    };

    private IReadOnlyList<Deed> Receive(BoardRow row, Handoff offered)
    {
        if (offered.To is not { } to) return [];
        var dice = floor.Dice("handoff", offered.Id);
        var (returns, late) = (dice.Chance(0.15), dice.Chance(0.15));
        if (!floor.IsDue("offered " + offered.Id, late ? floor.Minutes(dice, 13, 24) : floor.Minutes(dice, 1.5, 7))) return [];
        var path = Floor.At(row, $"handoffs/{offered.Id}/{(returns ? "return" : "accept")}");
        return [new(floor.Key(returns ? "return" : "accept", $"{offered.Id:N}"), path, returns
            ? new ReturnRequest("When was the last dose, and who has the family's number?")
            : new AcceptRequest(HandoverWords.ReadBack), to)];
    }

    private async Task<IReadOnlyList<Deed>> OfferAgain(string unit, BoardRow row, Handoff returned)
    {
        var dice = floor.Dice("again", returned.Id);
        if (!floor.IsDue("returned " + returned.Id, floor.Minutes(dice, 1, 6)) || await draft(Floor.At(row, "handoffs/draft")) is not { } content)
            return [];
        var answered = content with { Awareness = (content.Awareness + " Last dose an hour ago; the number is on the board.").Trim() };
        return [Offer(unit, row, $"{returned.Id:N}", returned.From, returned.To, answered, returned.Role)];
    }

    private async Task<IReadOnlyList<Deed>> OfferWhatIsRequired(string unit, BoardRow row, Handoff required)
    {
        var of = $"{row.VisitId:N}-{required.Since.UtcTicks}";
        var dice = floor.Dice("required", of);
        if (!floor.IsDue("required " + of, floor.Minutes(dice, 3, 10)) || await draft(Floor.At(row, "handoffs/draft")) is not { } content) return [];
        return [Offer(unit, row, of, required.From, null, content, required.Role)];
    }

    private async Task<IReadOnlyList<Deed>> GoOnBreak(string unit, BoardRow row)
    {
        if (row is not { Status: "present", Nurse: { } nurse }) return [];
        var deeds = new List<Deed>();
        foreach (var at in floor.Happens($"break {row.VisitId}", BreaksPerHour))
            if (await draft(Floor.At(row, "handoffs/draft")) is { } content)
                deeds.Add(Offer(unit, row, $"{row.VisitId:N}-{at.UtcTicks}", nurse, null, content, "nurse"));
        return deeds;
    }

    private Deed Offer(string unit, BoardRow row, string of, string? from, string? to, HandoffContent content, string role)
    {
        var receiver = to ?? floor.OtherNurse(unit, from, floor.Dice("receiver", of));
        // No draft says how ill somebody is.
        content = content with { Illness = row.Acuity is 1 or 2 ? "watcher" : "stable" };
        return new(floor.Key("offer", of), Floor.At(row, "handoffs"), new HandoffRequest(receiver, content, role), from ?? floor.Charge(unit));
    }
}

using System.Text.Json;
using Journey.Api;
using Journey.Simulator.Feed;
using Journey.Simulator.Model;

namespace Journey.Simulator.Loop;

/// <summary>
/// Relatives with a link to the family page: they open it with the code word, say that they wait, ask, say whether an answer satisfies, and how it
/// is.
/// </summary>
internal sealed class Relatives(Floor floor, StaffDesk desk, Tally tally)
{
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    /// <summary>What a relative does, and how often an hour.</summary>
    private static readonly (string What, double PerHour)[] Says = [("waiting", 0.25), ("questions", 0.3), ("pulses", 0.3)];
    private const double LooksPerHour = 6;
    private readonly Dictionary<Guid, (string Link, string Session)> _inside = [];

    public async Task Look(BoardRow row, CancellationToken cancellation)
    {
        if (row.Status != "present" || FamilyPlan.For(floor, row) is not { IsLinked: true } plan) return;
        if (!_inside.TryGetValue(row.VisitId, out var door))
        {
            if (row.Locks.Count > 0 || !floor.IsDue("link " + row.VisitId, floor.Minutes(floor.Dice("link", row.VisitId), 0.5, 5))) return;
            if (await Open(row, plan, cancellation) is not { } opened) return;
            _inside[row.VisitId] = door = opened;
        }

        foreach (var (what, perHour) in Says)
            foreach (var at in floor.Happens($"relative {what} {row.VisitId}", perHour))
                await Say(row, door, what, $"{what}-{at.UtcTicks}", Body(what, floor.Dice(what, $"{row.VisitId} {at.UtcTicks}")), cancellation);
        // What was sent stands there, and has arrived when it is seen.
        if (floor.Happens($"relative looks {row.VisitId}", LooksPerHour).Any())
            await desk.Send($"{Paths.Family}/page", null, Through(door), cancellation);
        if (row.Owed.Any(o => o is { Kind: "question", State: "answered" })) await Confirm(row, door, cancellation);
    }

    private static object Body(string what, Dice dice) => what switch
    {
        "questions" => new FamilyQuestionRequest(Phrases.Question(dice.Chance(0.75) ? "clinical" : "other", dice), "clinical"),
        "pulses" => new PulseRequest(dice.Chance(0.75) ? dice.Between(4, 5) : dice.Between(1, 3)),
        _ => new Nothing(),
    };

    /// <summary>Null while the link is not given: a lock, a visit that ended, a code word that is not set yet.</summary>
    private async Task<(string Link, string Session)?> Open(BoardRow row, FamilyPlan plan, CancellationToken cancellation)
    {
        var by = Uri.EscapeDataString(Floor.Liaison(floor.Dice("link by", row.VisitId)));
        var (status, text) = await desk
            .Send(Floor.At(row, $"family/contacts/{plan.First}/link"), new Nothing(), [(Paths.ActingAs, by)], cancellation);
        if (status != 200 || JsonSerializer.Deserialize<FamilyLink>(text!, Json)?.Path.Split('#') is not [_, var token]) return null;
        (status, text) = await desk.Send($"{Paths.Family}/open", new OpenRequest(plan.CodeWord), [(Paths.FamilyLink, token)], cancellation);
        return status == 200 && JsonSerializer.Deserialize<FamilyDoor>(text!, Json) is { Session: { } session } ? (token, session) : null;
    }

    private async Task Confirm(BoardRow row, (string Link, string Session) door, CancellationToken cancellation)
    {
        var (status, text) = await desk.Send($"{Paths.Family}/page", null, Through(door), cancellation);
        if (status != 200 || JsonSerializer.Deserialize<FamilyPage>(text!, Json) is not { } page) return;
        foreach (var question in page.Questions.Where(q => q.State == "answered"))
        {
            var dice = floor.Dice("confirm", $"{question.Id} {question.DueAt?.UtcTicks}");
            var satisfied = dice.Chance(0.8);
            if (!floor.IsDue($"read {question.Id} {question.DueAt?.UtcTicks}", floor.Minutes(dice, 0.5, 4))) continue;
            await Say(row, door, $"questions/{question.Id}/confirm", $"confirm-{question.Id}-{question.DueAt?.UtcTicks}",
                new ConfirmRequest(satisfied, satisfied ? null : "I still do not know what happens next."), cancellation);
        }
    }

    private async Task Say(BoardRow row, (string Link, string Session) door, string path, string key, object body, CancellationToken cancellation)
    {
        var (status, _) = await desk.Send($"{Paths.Family}/{path}", body,
            [.. Through(door), (Paths.IdempotencyKey, floor.Key(key, $"{row.VisitId:N}"))], cancellation);
        if (status == 200) tally.CountCared();
        else tally.CountDeclined();
        if (status is 403 or 404) _inside.Remove(row.VisitId);                  // the session is over: the code word again
    }

    private static (string, string)[] Through((string Link, string Session) door) =>
        [(Paths.FamilyLink, door.Link), (Paths.FamilySession, door.Session)];
}

using System.Runtime.CompilerServices;
using Journey.Contracts;
using Journey.Contracts.Audit;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Live.Hub;
using Journey.Gateway.Live.Views;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Guards;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Families;

/// <summary>
/// What the family page asks and says. Every call brings the link's secret, and the session that the code word opened; the visit itself checks both.
/// </summary>
internal static class FamilyPageEndpoints
{
    private const int LongText = Api.Limits.Text;

    public static void MapFamilyPage(this IEndpointRouteBuilder app)
    {
        var family = app.MapGroup(Api.Paths.Family).WithTags("Family page").Needs(Operation.OpenFamilyPage);
        family.MapPost("open", Open).Audited(AuditAction.Disclose).WithSummary("Opens the door with the link and the code word.");
        family.MapGet("page", Read).Audited(AuditAction.Disclose).WithSummary("The page as it stands.");
        family.MapGet("live", Live).StaysOpen().Audited(AuditAction.Disclose)
            .WithSummary("The page, again whenever it changes (server-sent events).");
        family.MapPost("waiting", Wait).AuditedBeforehand().WithSummary("I am waiting for an update.");
        family.MapPost("questions", Ask).AuditedBeforehand().WithSummary("Asks a question.");
        family.MapPost("questions/{question}/confirm", Confirm).AuditedBeforehand().WithSummary("Says whether an answer satisfies.");
        family.MapPost("pulses", Pulse).AuditedBeforehand().WithSummary("Says how it is, in one tap.");
    }

    private static async Task<Results<Ok<Api.FamilyDoor>, ProblemHttpResult>> Open(Body<Api.OpenRequest> body, Visitor visitor)
    {
        var request = body.Request;
        if (visitor.Link is not { } link) return NoSuchLink();
        var word = request.CodeWord is { Length: > Api.Limits.Name } longer ? longer[..Api.Limits.Name] : request.CodeWord;
        var answer = await visitor.Enter(link, word, null);
        return TypedResults.Ok(Door(answer));
    }

    private static Task<Results<Ok<Api.FamilyPage>, ProblemHttpResult>> Read(Visitor visitor) =>
        Inside(visitor, answer => Task.FromResult<Results<Ok<Api.FamilyPage>, ProblemHttpResult>>(TypedResults.Ok(Page(answer.View!))));

    private static async Task<IResult> Live(Visitor visitor, BoardSignals signals, BoardRelay relay, TimeProvider clock,
        CancellationToken cancellation)
    {
        if (visitor.Link is not { } link) return NoSuchLink();
        var answer = await visitor.Enter(link, null, visitor.Session);
        return answer.Door == FamilyDoor.Open
            ? TypedResults.ServerSentEvents(Pages(visitor, link, answer, signals, relay, clock, cancellation), "page")
            : Closed(answer);
    }

    /// <summary>A page when it changed; in between, as long as the board is known to be live, the same page with a later time.</summary>
    private static async IAsyncEnumerable<Api.FamilyDoor> Pages(
        Visitor visitor, FamilyLink link, FamilyAnswer answer, BoardSignals signals, BoardRelay relay, TimeProvider clock,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            yield return Door(answer);
            if (answer.Door != FamilyDoor.Open) yield break;
            await relay.Watch(answer.Unit!, cancellation);
            var next = signals.Next(answer.Unit!);
            var again = await visitor.Enter(link, null, visitor.Session);
            // Between the page that was sent and the asking for the next change there may have been one.
            while (again.Door == FamilyDoor.Open && again.View!.Version == answer.View!.Version)
            {
                if (await Task.WhenAny(next, Task.Delay(Beat, clock, cancellation)) == next)
                {
                    next = signals.Next(answer.Unit!);
                    again = await visitor.Enter(link, null, visitor.Session);
                }
                else
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (relay.IsCurrent) yield return Door(again with { View = again.View! with { AsOf = clock.GetUtcNow() } });
                    await relay.Watch(answer.Unit!, cancellation);
                }
            }

            answer = again;
        }
    }

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(20);

    private static Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Wait(Visitor visitor) => Command(visitor, (visit, id, by, now, answer) =>
        visit.FamilyWaits(new(id, by, now, by.Name)));

    private static Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Ask(Body<Api.FamilyQuestionRequest> body, Visitor visitor)
    {
        var request = body.Request;
        var fields = visitor.Fields;
        var (text, kind) = (fields.Required("text", request.Text, LongText), fields.Choice<QuestionKind>("kind", request.Kind));
        return Command(visitor, (visit, id, by, now, answer) =>
            visit.AskQuestion(new(id, by, now, new Asker(AskerKind.Family, by.Name, answer.Contact), kind, text, null, null)));
    }

    private static Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Confirm(string question, Body<Api.ConfirmRequest> body, Visitor visitor)
    {
        var request = body.Request;
        var fields = visitor.Fields;
        var (remark, satisfied) = (fields.Text("remark", request.Remark, LongText), fields.YesOrNo("satisfied", request.Satisfied));
        return Command(visitor, (visit, id, by, now, answer) =>
            // Only the asker closes a question: another's is not known here.
            Guid.TryParse(question, out var item) && answer.View!.Questions.Any(q => q.Id == item)
                ? visit.ConfirmAnswer(new(id, by, now, item, satisfied, remark))
                : Task.FromResult(Outcome.Refused(0, new Refusal(RefusalCodes.QuestionUnknown, "No such question of yours."))));
    }

    private static Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Pulse(Body<Api.PulseRequest> body, Visitor visitor)
    {
        var request = body.Request;
        var fields = visitor.Fields;
        var (remark, score) = (fields.Text("remark", request.Remark, LongText), fields.Score("score", request.Score));
        return Command(visitor, (visit, id, by, now, _) => visit.GivePulse(new(id, by, now, score, null, remark)));
    }

    private static async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Command(
        Visitor visitor, Func<IVisitGrain, CommandId, Actor, DateTimeOffset, FamilyAnswer, Task<Outcome>> command)
    {
        if (visitor.Refused is { } refused) return refused;
        return await Inside(visitor, answer =>
            visitor.Send(answer.Contact, (visit, id) =>
                command(visit, id, new Actor(Actor.FamilyId, answer.ContactName), visitor.Fields.Now, answer)));
    }

    private static async Task<Results<Ok<T>, ProblemHttpResult>> Inside<T>(Visitor visitor,
        Func<FamilyAnswer, Task<Results<Ok<T>, ProblemHttpResult>>> then)
    {
        if (visitor.Link is not { } link) return NoSuchLink();
        var answer = await visitor.Enter(link, null, visitor.Session);
        return answer.Door == FamilyDoor.Open ? await then(answer) : Closed(answer);
    }

    private static ProblemHttpResult NoSuchLink() =>
        Problem.Create(StatusCodes.Status404NotFound, Api.ProblemCodes.LinkUnknown,
            "This link is not known, or has ended. Ask the care team for a new one.");

    private static ProblemHttpResult Closed(FamilyAnswer answer) => answer.Door == FamilyDoor.NoSuchLink
        ? NoSuchLink()
        : Problem.Create(StatusCodes.Status403Forbidden, Api.ProblemCodes.DoorClosed, "Give the code word first.");

    private static Api.FamilyDoor Door(FamilyAnswer answer) =>
        new(WireName<FamilyDoor>.Dashed(answer.Door), answer.Session, answer.View is { } view ? Page(view) : null, answer.LockedUntil);

    private static Api.FamilyPage Page(FamilyPageView view) => new(
        view.Name, view.Status, view.StatusSince, view.Next, view.NextWordAt, view.NextWordPromised, view.WaitingSince, view.LastToldAt,
        CareViews.Each(view.Messages, m => new Api.FamilyMessage(m.At, m.Text)),
        CareViews.Each(view.Questions,
            q => new Api.FamilyQuestion(q.Id, q.Text, WireName<QuestionState>.Dashed(q.State), q.AskedAt, q.DueAt, q.Answer)),
        view.WaitingRoomCode, view.Language, view.Version, view.AsOf);
}

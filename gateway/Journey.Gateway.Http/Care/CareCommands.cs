using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Visits;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Http.Json;
using Journey.Gateway.Trust.Access;
using Call = System.Func<Journey.Contracts.Visits.IVisitGrain, System.Threading.Tasks.Task<Journey.Contracts.Outcome>>;

namespace Journey.Gateway.Http.Care;

/// <summary>Questions, promises, requests, rounds: what staff say of them.</summary>
internal static class CareCommands
{
    private const int Who = Api.Limits.Name;
    private const int LongText = Api.Limits.Text;
    private const int Few = Api.Limits.Line;

    public static void Map(RouteGroupBuilder visits)
    {
        var json = GatewayJson.Default;
        visits.MapCommand(Operation.TendQuestions, "{id}/questions", json.QuestionRequest, Ask);
        visits.MapCommand(Operation.TendQuestions, "{id}/questions/{item}/take", json.TakeRequest,
            (r, s) => Take(r, s, (visit, owner) => visit.TakeQuestion(new(s.Id, s.By, s.Fields.Now, s.Item, owner))), new());
        visits.MapCommand(Operation.TendQuestions, "{id}/questions/{item}/answer", json.AnswerRequest, Answer);
        visits.MapCommand(Operation.TendQuestions, "{id}/questions/{item}/confirm", json.ConfirmRequest, Confirm);
        visits.MapCommand(Operation.TendQuestions, "{id}/questions/{item}/withdraw", json.WithdrawRequest,
            (r, s) => Withdraw(r, s, (visit, reason) => visit.WithdrawQuestion(new(s.Id, s.By, s.Fields.Now, s.Item, reason))));
        visits.MapCommand(Operation.KeepPromises, "{id}/promises", json.PromiseRequest, Promise);
        visits.MapCommand(Operation.KeepPromises, "{id}/promises/{item}/keep", json.KeepRequest, Keep, new());
        visits.MapCommand(Operation.KeepPromises, "{id}/promises/{item}/withdraw", json.WithdrawRequest,
            (r, s) => Withdraw(r, s, (visit, reason) => visit.WithdrawPromise(new(s.Id, s.By, s.Fields.Now, s.Item, reason))));
        visits.MapCommand(Operation.TendRequests, "{id}/requests", json.NeedRequest, Need);
        visits.MapCommand(Operation.TendRequests, "{id}/requests/{item}/take", json.TakeRequest,
            (r, s) => Take(r, s, (visit, owner) => visit.TakeRequest(new(s.Id, s.By, s.Fields.Now, s.Item, owner))), new());
        visits.MapCommand(Operation.TendRequests, "{id}/requests/{item}/finish", json.FinishRequest, Finish, new());
        visits.MapCommand(Operation.TendRequests, "{id}/requests/{item}/withdraw", json.WithdrawRequest,
            (r, s) => Withdraw(r, s, (visit, reason) => visit.WithdrawRequest(new(s.Id, s.By, s.Fields.Now, s.Item, reason))));
        visits.MapCommand(Operation.RecordCare, "{id}/rounds", json.RoundRequest, Round, new());
        visits.MapCommand(Operation.TendRequests, "{id}/life-events", json.LifeEventRequest, LifeEvent);
        visits.MapCommand(Operation.TendRequests, "{id}/pulses", json.PulseRequest, Pulse);
    }

    private static Call Ask(Api.QuestionRequest request, Sender sender)
    {
        var fields = sender.Fields;
        var kind = fields.Choice<QuestionKind>("kind", request.Kind);
        var (asker, text, owner) =
            (Asker(fields, "asker", request.Asker), fields.Required("text", request.Text, LongText), fields.Owner(request.Owner));
        var (by, at) = (fields.Expected("answerBy", request.AnswerBy), fields.Occurred(request.OccurredAt));
        return visit => visit.AskQuestion(new(sender.Id, sender.By, at, asker, kind, text, owner, by));
    }

    private static Call Take(Api.TakeRequest request, Sender sender, Func<IVisitGrain, Person, Task<Outcome>> call)
    {
        var owner = sender.Fields.Owner(request.Owner) ?? sender.Person;
        return visit => call(visit, owner);
    }

    private static Call Answer(Api.AnswerRequest request, Sender sender)
    {
        var answer = sender.Fields.Required("answer", request.Answer, LongText);
        return visit => visit.AnswerQuestion(new(sender.Id, sender.By, sender.Fields.Now, sender.Item, answer));
    }

    private static Call Confirm(Api.ConfirmRequest request, Sender sender)
    {
        var remark = sender.Fields.Text("remark", request.Remark, LongText);
        var satisfied = sender.Fields.YesOrNo("satisfied", request.Satisfied);
        return visit => visit.ConfirmAnswer(new(sender.Id, sender.By, sender.Fields.Now, sender.Item, satisfied, remark));
    }

    private static Call Withdraw(Api.WithdrawRequest request, Sender sender, Func<IVisitGrain, string, Task<Outcome>> call)
    {
        var reason = sender.Fields.Required("reason", request.Reason, Few);
        return visit => call(visit, reason);
    }

    private static Call Promise(Api.PromiseRequest request, Sender sender)
    {
        var fields = sender.Fields;
        var (what, toWhom, owner) =
            (fields.Required("what", request.What, Few), fields.Text("toWhom", request.ToWhom, Who), fields.Owner(request.Owner));
        if (request.DueAt == default) fields.Wrong("dueAt", "Required.");
        else fields.Expected("dueAt", request.DueAt);
        var at = fields.Occurred(request.OccurredAt);
        return visit => visit.MakePromise(new(sender.Id, sender.By, at, what, toWhom, request.DueAt, owner));
    }

    private static Call Keep(Api.KeepRequest request, Sender sender)
    {
        var how = sender.Fields.Text("how", request.How, Few);
        return visit => visit.KeepPromise(new(sender.Id, sender.By, sender.Fields.Now, sender.Item, how));
    }

    private static Call Need(Api.NeedRequest request, Sender sender)
    {
        var fields = sender.Fields;
        var kind = fields.Choice<RequestKind>("kind", request.Kind);
        var (who, what, owner) =
            (Asker(fields, "for", request.For ?? new(Api.AskerKinds.Patient)), fields.Text("what", request.What, Few), fields.Owner(request.Owner));
        var (by, at) = (fields.Expected("wantedBy", request.WantedBy), fields.Occurred(request.OccurredAt));
        return visit => visit.MakeRequest(new(sender.Id, sender.By, at, kind, who, what, owner, by));
    }

    private static Call Finish(Api.FinishRequest request, Sender sender)
    {
        var outcome = sender.Fields.Text("outcome", request.Outcome, Few);
        return visit => visit.FinishRequest(new(sender.Id, sender.By, sender.Fields.Now, sender.Item, outcome, request.TeachBack));
    }

    private static Call Round(Api.RoundRequest request, Sender sender)
    {
        var (note, at) = (sender.Fields.Text("note", request.Note, Few), sender.Fields.Occurred(request.OccurredAt));
        return visit =>
            visit.MakeRound(new(sender.Id, sender.By, at, new FourPs(request.Pain, request.Potty, request.Position, request.Possessions, note)));
    }

    private static Call LifeEvent(Api.LifeEventRequest request, Sender sender)
    {
        var what = sender.Fields.Required("what", request.What, Few);
        return visit => visit.NoteLifeEvent(new(sender.Id, sender.By, sender.Fields.Now, what, request.On));
    }

    private static Call Pulse(Api.PulseRequest request, Sender sender)
    {
        var (touchpoint, remark) =
            (sender.Fields.Text("touchpoint", request.Touchpoint, Who), sender.Fields.Text("remark", request.Remark, LongText));
        var score = sender.Fields.Score("score", request.Score);
        return visit => visit.GivePulse(new(sender.Id, sender.By, sender.Fields.Now, score, touchpoint, remark));
    }

    private static Asker Asker(Fields fields, string field, Api.Asker? asker)
    {
        if (asker is null) fields.Wrong(field, "Required.");
        return new(fields.Choice<AskerKind>(field + ".kind", asker?.Kind), fields.Text(field + ".name", asker?.Name, Who), asker?.Contact);
    }
}

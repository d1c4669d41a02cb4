using Journey.Api;
using Journey.Client.Http;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Commands;

/// <summary>What staff say of questions, promises, requests, handoffs and families. Toasts name the kind of thing, never what was said.</summary>
public static class CareIntent
{
    public static Intent Ask(Subject about, QuestionRequest question) =>
        Intent.About(about, VisitCommands.Ask(about.Visit, question), "Question asked");

    public static Intent TakeQuestion(Subject about, Guid question) =>
        Intent.About(about, VisitCommands.TakeQuestion(about.Visit, question, new()), "The question is yours");

    public static Intent Answer(Subject about, Guid question, string? answer) =>
        Intent.About(about, VisitCommands.Answer(about.Visit, question, new(answer)), "Answered as told");

    public static Intent Confirm(Subject about, Guid question, bool satisfied, string? remark) => Intent.About(
        about, VisitCommands.Confirm(about.Visit, question, new(satisfied, remark)), satisfied
            ? "The asker is satisfied"
            : "Not satisfied yet, the question is open again");

    public static Intent WithdrawQuestion(Subject about, Guid question, string? reason) =>
        Intent.About(about, VisitCommands.WithdrawQuestion(about.Visit, question, new(reason)), "Withdrawn");

    public static Intent WithdrawPromise(Subject about, Guid promise, string? reason) =>
        Intent.About(about, VisitCommands.WithdrawPromise(about.Visit, promise, new(reason)), "Withdrawn");

    public static Intent WithdrawRequest(Subject about, Guid request, string? reason) =>
        Intent.About(about, VisitCommands.WithdrawRequest(about.Visit, request, new(reason)), "Withdrawn");

    public static Intent Promise(Subject about, PromiseRequest promise) =>
        Intent.About(about, VisitCommands.Promise(about.Visit, promise), "Promised");

    public static Intent Keep(Subject about, Guid promise, string? how) =>
        Intent.About(about, VisitCommands.Keep(about.Visit, promise, new(how)), "Promise kept");

    public static Intent Need(Subject about, NeedRequest need) =>
        Intent.About(about, VisitCommands.Need(about.Visit, need), $"Asked for, {Say.Request(need.Kind ?? "")}");

    public static Intent TakeRequest(Subject about, Guid request) =>
        Intent.About(about, VisitCommands.TakeRequest(about.Visit, request, new()), "You are on it");

    public static Intent Finish(Subject about, Guid request, FinishRequest how) =>
        Intent.About(about, VisitCommands.Finish(about.Visit, request, how), "Request done");

    public static Intent Offer(Subject about, HandoffRequest handoff) =>
        Intent.About(about, VisitCommands.HandOver(about.Visit, handoff), $"Handoff offered to {handoff.To}");

    public static Intent ReadBack(Subject about, Guid handoff, string? synthesis) =>
        Intent.About(about, VisitCommands.ReadBack(about.Visit, handoff, new(synthesis)), "Read back, yours now");

    public static Intent Return(Subject about, Guid handoff, string? question) =>
        Intent.About(about, VisitCommands.ReturnHandoff(about.Visit, handoff, new(question)), "Returned with a question");

    public static Intent WithdrawHandoff(Subject about, Guid handoff) =>
        Intent.About(about, VisitCommands.WithdrawHandoff(about.Visit, handoff), "Handoff taken back");

    public static Intent Contact(Subject about, ContactRequest contact) =>
        Intent.About(about, VisitCommands.Contact(about.Visit, contact), "Contact recorded");

    public static Intent RemoveContact(Subject about, Guid contact) =>
        Intent.About(about, VisitCommands.RemoveContact(about.Visit, contact), "Contact removed");

    public static Intent EndLinks(Subject about, Guid contact) =>
        Intent.About(about, VisitCommands.RevokeLinks(about.Visit, contact), "Links to the family page ended");

    public static Intent CodeWord(Subject about, string? word) =>
        Intent.About(about, VisitCommands.CodeWord(about.Visit, new(word)), word is null ? "Code word taken away" : "Code word set");

    public static Intent Lock(Subject about, string which, bool on, string? reason) =>
        Intent.About(about, VisitCommands.Lock(about.Visit, new(which, on, reason)), on ? $"{Say.Lock(which)}, set" : $"{Say.Lock(which)}, lifted");

    public static Intent Hold(Subject about, bool on, string? reason) =>
        Intent.About(about, VisitCommands.Hold(about.Visit, new(on, reason)), on ? "Hold set: nothing goes out by itself" : "Hold lifted");

    public static Intent Update(Subject about, UpdateRequest update) =>
        Intent.About(about, VisitCommands.Update(about.Visit, update), "Update to the family written");

    public static Intent Recall(Subject about, Guid update) =>
        Intent.About(about, VisitCommands.RecallUpdate(about.Visit, update), "Update recalled");

    public static Intent Round(Subject about, RoundRequest round) => Intent.About(about, VisitCommands.Round(about.Visit, round), "Round recorded");

    public static Intent LifeEvent(Subject about, LifeEventRequest life) =>
        Intent.About(about, VisitCommands.LifeEvent(about.Visit, life), "Noted for its day");

    public static Intent Pulse(Subject about, PulseRequest pulse) => Intent.About(about, VisitCommands.Pulse(about.Visit, pulse), "Pulse recorded");
}

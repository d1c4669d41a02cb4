using Journey.Api;
using Journey.Dashboard.Live;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Staff;

/// <summary>What staff say of questions, promises, requests, handoffs and families. Toasts name the kind of thing, never what was said.</summary>
public static class CareIntent
{
    private static JourneyJson Json => JourneyJson.Default;

    public static Intent Ask(Subject about, QuestionRequest question) => Intent.Of(about, "questions", question, Json.QuestionRequest, "Question asked");

    public static Intent TakeQuestion(Subject about, Guid question) => Intent.Of(about, $"questions/{question}/take", new(), Json.TakeRequest, "The question is yours");

    public static Intent Answer(Subject about, Guid question, string? answer) => Intent.Of(about, $"questions/{question}/answer", new(answer), Json.AnswerRequest, "Answered as told");

    public static Intent Confirm(Subject about, Guid question, bool satisfied, string? remark) => Intent.Of(
        about, $"questions/{question}/confirm", new(satisfied, remark), Json.ConfirmRequest, satisfied ? "The asker is satisfied" : "Not satisfied yet, the question is open again");

    /// <param name="kind"><c>questions</c>, <c>promises</c> or <c>requests</c>.</param>
    public static Intent Withdraw(Subject about, string kind, Guid item, string? reason) => Intent.Of(about, $"{kind}/{item}/withdraw", new(reason), Json.WithdrawRequest, "Withdrawn");

    public static Intent Promise(Subject about, PromiseRequest promise) => Intent.Of(about, "promises", promise, Json.PromiseRequest, "Promised");

    public static Intent Keep(Subject about, Guid promise, string? how) => Intent.Of(about, $"promises/{promise}/keep", new(how), Json.KeepRequest, "Promise kept");

    public static Intent Need(Subject about, NeedRequest need) => Intent.Of(about, "requests", need, Json.NeedRequest, $"Asked for, {Say.Request(need.Kind ?? "")}");

    public static Intent TakeRequest(Subject about, Guid request) => Intent.Of(about, $"requests/{request}/take", new(), Json.TakeRequest, "You are on it");

    public static Intent Finish(Subject about, Guid request, FinishRequest how) => Intent.Of(about, $"requests/{request}/finish", how, Json.FinishRequest, "Request done");

    public static Intent Offer(Subject about, HandoffRequest handoff) => Intent.Of(about, "handoffs", handoff, Json.HandoffRequest, $"Handoff offered to {handoff.To}");

    public static Intent ReadBack(Subject about, Guid handoff, string? synthesis) => Intent.Of(about, $"handoffs/{handoff}/accept", new(synthesis), Json.AcceptRequest, "Read back, yours now");

    public static Intent Return(Subject about, Guid handoff, string? question) => Intent.Of(about, $"handoffs/{handoff}/return", new(question), Json.ReturnRequest, "Returned with a question");

    public static Intent WithdrawHandoff(Subject about, Guid handoff) => Intent.Of(about, $"handoffs/{handoff}/withdraw", new(), Json.Nothing, "Handoff taken back");

    public static Intent Contact(Subject about, ContactRequest contact) => Intent.Of(about, "family/contacts", contact, Json.ContactRequest, "Contact recorded");

    public static Intent RemoveContact(Subject about, Guid contact) => Intent.Of(about, $"family/contacts/{contact}/remove", new(), Json.Nothing, "Contact removed");

    public static Intent EndLinks(Subject about, Guid contact) => Intent.Of(about, $"family/contacts/{contact}/revoke-links", new(), Json.Nothing, "Links to the family page ended");

    public static Intent CodeWord(Subject about, string? word) => Intent.Of(about, "family/code-word", new(word), Json.CodeWordRequest, word is null ? "Code word taken away" : "Code word set");

    public static Intent Lock(Subject about, string which, bool on, string? reason) =>
        Intent.Of(about, "family/locks", new(which, on, reason), Json.LockRequest, on ? $"{Say.Lock(which)}, set" : $"{Say.Lock(which)}, lifted");

    public static Intent Hold(Subject about, bool on, string? reason) =>
        Intent.Of(about, "family/hold", new(on, reason), Json.HoldRequest, on ? "Hold set: nothing goes out by itself" : "Hold lifted");

    public static Intent Update(Subject about, UpdateRequest update) => Intent.Of(about, "family/updates", update, Json.UpdateRequest, "Update to the family written");

    public static Intent Recall(Subject about, Guid update) => Intent.Of(about, $"family/updates/{update}/recall", new(), Json.Nothing, "Update recalled");

    public static Intent Round(Subject about, RoundRequest round) => Intent.Of(about, "rounds", round, Json.RoundRequest, "Round recorded");

    public static Intent LifeEvent(Subject about, LifeEventRequest life) => Intent.Of(about, "life-events", life, Json.LifeEventRequest, "Noted for its day");

    public static Intent Pulse(Subject about, PulseRequest pulse) => Intent.Of(about, "pulses", pulse, Json.PulseRequest, "Pulse recorded");

    public static Intent BeginShift(ShiftRequest shift) =>
        Intent.Of(new(Guid.Empty, $"{Say.Role(shift.Role ?? "")} on {shift.Unit}"), Paths.Shifts, shift, Json.ShiftRequest, $"{shift.Name} is on duty") with { CanBeUndone = false };

    /// <param name="leavePatients">True: they have no nurse from then on.</param>
    public static Intent EndShift(Shift shift, bool leavePatients) => Intent.Of(
        new(Guid.Empty, $"{Say.Role(shift.Role)} on {shift.Unit}"), Paths.Shifts + "/end", new(shift.Name, shift.Role, shift.Unit) { LeavePatients = leavePatients }, Json.EndShiftRequest, $"{shift.Name} is off duty") with { CanBeUndone = false };
}

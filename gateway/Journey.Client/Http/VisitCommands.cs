using System.Text.Json.Serialization.Metadata;
using Journey.Api;

namespace Journey.Client.Http;

/// <summary>
/// What may be recorded of a visit. Each answers with a <see cref="CommandResult"/>; what a request's fields mean stands at their types.
/// </summary>
public static class VisitCommands
{
    private static JourneyJson Json => JourneyJson.Default;

    /// <summary>A line is kept on the visit's row, or taken off.</summary>
    public static Command Note(Guid visit, NoteRequest note) => ToVisit(visit, "note", note, Json.NoteRequest);

    /// <summary>A step was reached, somebody was with the patient, or an acuity was given.</summary>
    public static Command Touchpoint(Guid visit, TouchpointRequest touchpoint) => ToVisit(visit, "touchpoints", touchpoint, Json.TouchpointRequest);

    /// <summary>Somebody looked, and it is as the board says, or is not.</summary>
    public static Command Verify(Guid visit, VerifyRequest seen) => ToVisit(visit, "verify", seen, Json.VerifyRequest);

    /// <summary>Somebody takes the patient in a role, or nobody does.</summary>
    public static Command Assign(Guid visit, AssignmentRequest assignment) => ToVisit(visit, "assignments", assignment, Json.AssignmentRequest);

    /// <summary>Takes back an earlier command, while that is possible.</summary>
    public static Command Undo(Guid visit, UndoRequest which) => ToVisit(visit, "undo", which, Json.UndoRequest);

    /// <summary>Opens a visit that is closed to whoever asks, for a while. It is reviewed.</summary>
    public static Command BreakGlass(Guid visit, GlassRequest why) => ToVisit(visit, "glass", why, Json.GlassRequest);

    /// <summary>An alert was looked at, which is not yet to take it.</summary>
    public static Command See(Guid visit, Guid alert) => ToVisit(visit, $"alerts/{alert}/see", new(), Json.Nothing);

    /// <summary>Whoever sends it takes an alert.</summary>
    public static Command Acknowledge(Guid visit, Guid alert, AcknowledgeRequest how) =>
        ToVisit(visit, $"alerts/{alert}/acknowledge", how, Json.AcknowledgeRequest);

    /// <summary>An alert calls again later.</summary>
    public static Command Snooze(Guid visit, Guid alert, SnoozeRequest how) => ToVisit(visit, $"alerts/{alert}/snooze", how, Json.SnoozeRequest);

    /// <summary>What an alert asked for was done.</summary>
    public static Command Resolve(Guid visit, Guid alert, ResolveRequest how) => ToVisit(visit, $"alerts/{alert}/resolve", how, Json.ResolveRequest);

    /// <summary>Patient, family or staff ask something.</summary>
    public static Command Ask(Guid visit, QuestionRequest question) => ToVisit(visit, "questions", question, Json.QuestionRequest);

    /// <summary>Somebody will answer a question.</summary>
    public static Command TakeQuestion(Guid visit, Guid question, TakeRequest who) =>
        ToVisit(visit, $"questions/{question}/take", who, Json.TakeRequest);

    /// <summary>A question was answered, as told.</summary>
    public static Command Answer(Guid visit, Guid question, AnswerRequest answer) =>
        ToVisit(visit, $"questions/{question}/answer", answer, Json.AnswerRequest);

    /// <summary>What the asker said of the answer.</summary>
    public static Command Confirm(Guid visit, Guid question, ConfirmRequest said) =>
        ToVisit(visit, $"questions/{question}/confirm", said, Json.ConfirmRequest);

    /// <summary>A question is withdrawn.</summary>
    public static Command WithdrawQuestion(Guid visit, Guid question, WithdrawRequest why) =>
        ToVisit(visit, $"questions/{question}/withdraw", why, Json.WithdrawRequest);

    /// <summary>Something is promised by a time.</summary>
    public static Command Promise(Guid visit, PromiseRequest promise) => ToVisit(visit, "promises", promise, Json.PromiseRequest);

    /// <summary>A promise was kept.</summary>
    public static Command Keep(Guid visit, Guid promise, KeepRequest how) => ToVisit(visit, $"promises/{promise}/keep", how, Json.KeepRequest);

    /// <summary>A promise is withdrawn.</summary>
    public static Command WithdrawPromise(Guid visit, Guid promise, WithdrawRequest why) =>
        ToVisit(visit, $"promises/{promise}/withdraw", why, Json.WithdrawRequest);

    /// <summary>Something is asked for: an interpreter, comfort, a call.</summary>
    public static Command Need(Guid visit, NeedRequest need) => ToVisit(visit, "requests", need, Json.NeedRequest);

    /// <summary>Somebody sees to a request.</summary>
    public static Command TakeRequest(Guid visit, Guid request, TakeRequest who) => ToVisit(visit, $"requests/{request}/take", who, Json.TakeRequest);

    /// <summary>A request was seen to.</summary>
    public static Command Finish(Guid visit, Guid request, FinishRequest how) =>
        ToVisit(visit, $"requests/{request}/finish", how, Json.FinishRequest);

    /// <summary>A request is withdrawn.</summary>
    public static Command WithdrawRequest(Guid visit, Guid request, WithdrawRequest why) =>
        ToVisit(visit, $"requests/{request}/withdraw", why, Json.WithdrawRequest);

    /// <summary>A handoff is offered.</summary>
    public static Command HandOver(Guid visit, HandoffRequest handoff) => ToVisit(visit, "handoffs", handoff, Json.HandoffRequest);

    /// <summary>A handoff is read back, and taken over with it.</summary>
    public static Command ReadBack(Guid visit, Guid handoff, AcceptRequest synthesis) =>
        ToVisit(visit, $"handoffs/{handoff}/accept", synthesis, Json.AcceptRequest);

    /// <summary>A handoff is returned with a question.</summary>
    public static Command ReturnHandoff(Guid visit, Guid handoff, ReturnRequest question) =>
        ToVisit(visit, $"handoffs/{handoff}/return", question, Json.ReturnRequest);

    /// <summary>A handoff that nobody has read back yet is taken back.</summary>
    public static Command WithdrawHandoff(Guid visit, Guid handoff) => ToVisit(visit, $"handoffs/{handoff}/withdraw", new(), Json.Nothing);

    /// <summary>A round was made: pain, potty, position, possessions.</summary>
    public static Command Round(Guid visit, RoundRequest round) => ToVisit(visit, "rounds", round, Json.RoundRequest);

    /// <summary>A day to remember of the patient's life.</summary>
    public static Command LifeEvent(Guid visit, LifeEventRequest life) => ToVisit(visit, "life-events", life, Json.LifeEventRequest);

    /// <summary>How it is, in a number.</summary>
    public static Command Pulse(Guid visit, PulseRequest pulse) => ToVisit(visit, "pulses", pulse, Json.PulseRequest);

    /// <summary>Somebody of the family waits for word.</summary>
    public static Command FamilyWaits(Guid visit, FamilyWaitingRequest who) => ToVisit(visit, "family/waiting", who, Json.FamilyWaitingRequest);

    /// <summary>The family was told.</summary>
    public static Command TellFamily(Guid visit, FamilyToldRequest told) => ToVisit(visit, "family/told", told, Json.FamilyToldRequest);

    /// <summary>A contact is added or changed.</summary>
    public static Command Contact(Guid visit, ContactRequest contact) => ToVisit(visit, "family/contacts", contact, Json.ContactRequest);

    /// <summary>A contact is removed.</summary>
    public static Command RemoveContact(Guid visit, Guid contact) => ToVisit(visit, $"family/contacts/{contact}/remove", new(), Json.Nothing);

    /// <summary>The links of a contact to the family page end.</summary>
    public static Command RevokeLinks(Guid visit, Guid contact) => ToVisit(visit, $"family/contacts/{contact}/revoke-links", new(), Json.Nothing);

    /// <summary>The code word is set, or taken away.</summary>
    public static Command CodeWord(Guid visit, CodeWordRequest word) => ToVisit(visit, "family/code-word", word, Json.CodeWordRequest);

    /// <summary>A privacy lock is set or lifted.</summary>
    public static Command Lock(Guid visit, LockRequest which) => ToVisit(visit, "family/locks", which, Json.LockRequest);

    /// <summary>The hold for bad news is set or lifted.</summary>
    public static Command Hold(Guid visit, HoldRequest hold) => ToVisit(visit, "family/hold", hold, Json.HoldRequest);

    /// <summary>An update to the family is written. It leaves after a while in which it may be recalled.</summary>
    public static Command Update(Guid visit, UpdateRequest update) => ToVisit(visit, "family/updates", update, Json.UpdateRequest);

    /// <summary>An update that has not left yet is recalled.</summary>
    public static Command RecallUpdate(Guid visit, Guid update) => ToVisit(visit, $"family/updates/{update}/recall", new(), Json.Nothing);

    private static Command ToVisit<T>(Guid visit, string path, T body, JsonTypeInfo<T> type) =>
        Command.To($"{Paths.Visits}/{visit}/{path}", body, type);
}

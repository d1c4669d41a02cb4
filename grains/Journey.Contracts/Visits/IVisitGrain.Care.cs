using Journey.Contracts.Access;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;

namespace Journey.Contracts.Visits;

public partial interface IVisitGrain
{
    [Alias("see-alert")] Task<Outcome> SeeAlert(SeeAlert command);

    [Alias("ask-question")] Task<Outcome> AskQuestion(AskQuestion command);
    [Alias("take-question")] Task<Outcome> TakeQuestion(TakeQuestion command);
    [Alias("answer-question")] Task<Outcome> AnswerQuestion(AnswerQuestion command);
    [Alias("confirm-answer")] Task<Outcome> ConfirmAnswer(ConfirmAnswer command);
    [Alias("withdraw-question")] Task<Outcome> WithdrawQuestion(WithdrawQuestion command);

    [Alias("make-promise")] Task<Outcome> MakePromise(MakePromise command);
    [Alias("keep-promise")] Task<Outcome> KeepPromise(KeepPromise command);
    [Alias("withdraw-promise")] Task<Outcome> WithdrawPromise(WithdrawPromise command);

    [Alias("offer-handoff")] Task<Outcome> OfferHandoff(OfferHandoff command);
    [Alias("accept-handoff")] Task<Outcome> AcceptHandoff(AcceptHandoff command);
    [Alias("return-handoff")] Task<Outcome> ReturnHandoff(ReturnHandoff command);
    [Alias("withdraw-handoff")] Task<Outcome> WithdrawHandoff(WithdrawHandoff command);

    /// <summary>I-PASS as the visit itself would write it, to be edited; null when no such visit is known.</summary>
    [Alias("draft-handoff")] Task<IPass?> DraftHandoff();

    [Alias("make-request")] Task<Outcome> MakeRequest(MakeRequest command);
    [Alias("take-request")] Task<Outcome> TakeRequest(TakeRequest command);
    [Alias("finish-request")] Task<Outcome> FinishRequest(FinishRequest command);
    [Alias("withdraw-request")] Task<Outcome> WithdrawRequest(WithdrawRequest command);

    [Alias("make-round")] Task<Outcome> MakeRound(MakeRound command);
    [Alias("note-life-event")] Task<Outcome> NoteLifeEvent(NoteLifeEvent command);
    [Alias("give-pulse")] Task<Outcome> GivePulse(GivePulse command);

    [Alias("set-contact")] Task<Outcome> SetContact(SetContact command);
    [Alias("remove-contact")] Task<Outcome> RemoveContact(RemoveContact command);
    [Alias("set-code-word")] Task<Outcome> SetCodeWord(SetCodeWord command);
    [Alias("set-lock")] Task<Outcome> SetLock(SetLock command);

    /// <summary>
    /// A lock was set or lifted on another visit of the person, or what was said of one here is known of them now. Within the house.
    /// </summary>
    [Alias("hear-locks"), Answers(Askers.House)] Task<Outcome> HearLocks(HearLocks command);
    [Alias("set-hold")] Task<Outcome> SetHold(SetHold command);
    [Alias("send-update")] Task<Outcome> SendUpdate(SendUpdate command);
    [Alias("recall-update")] Task<Outcome> RecallUpdate(RecallUpdate command);
    [Alias("end-delivery"), Answers(Askers.House)] Task<Outcome> EndDelivery(EndDelivery command);
    [Alias("issue-link")] Task<Outcome> IssueLink(IssueLink command);
    [Alias("revoke-links")] Task<Outcome> RevokeLinks(RevokeLinks command);

    /// <summary>Checks the code word for whoever is on the phone. Wrong ones are counted, durably; too many lock the check for a while.</summary>
    [Alias("check-code-word")] Task<CodeWordChecked> CheckCodeWord(CommandId id, Actor by, Guid? contact, string word);

    /// <summary>The family page, for who comes with a link.</summary>
    /// <param name="codeWord">As given at the door; null once the door was opened to this key.</param>
    /// <param name="session">What the door gave when it was opened; null at the door.</param>
    [Alias("family-page")] Task<FamilyAnswer> FamilyPage(CommandId id, FamilyKey key, string? codeWord, string? session);
}

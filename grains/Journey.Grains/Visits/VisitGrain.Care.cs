using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Domain.Care;
using Journey.Domain.Facts;
using Journey.Domain.Families;
using Journey.Grains.Storage;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Visits;

/// <summary>The care around the Visit. Every command goes the visit's one way; what leaves the house is recorded before it does.</summary>
internal sealed partial class VisitGrain
{
    public Task<Outcome> SeeAlert(SeeAlert command) => Execute(command);
    public Task<Outcome> AskQuestion(AskQuestion command) => Execute(command);
    public Task<Outcome> TakeQuestion(TakeQuestion command) => Execute(command);
    public Task<Outcome> AnswerQuestion(AnswerQuestion command) => Execute(command);
    public Task<Outcome> ConfirmAnswer(ConfirmAnswer command) => Execute(command);
    public Task<Outcome> WithdrawQuestion(WithdrawQuestion command) => Execute(command);
    public Task<Outcome> MakePromise(MakePromise command) => Execute(command);
    public Task<Outcome> KeepPromise(KeepPromise command) => Execute(command);
    public Task<Outcome> WithdrawPromise(WithdrawPromise command) => Execute(command);
    public Task<Outcome> OfferHandoff(OfferHandoff command) => Execute(command);
    public Task<Outcome> AcceptHandoff(AcceptHandoff command) => Execute(command);
    public Task<Outcome> ReturnHandoff(ReturnHandoff command) => Execute(command);
    public Task<Outcome> WithdrawHandoff(WithdrawHandoff command) => Execute(command);
    public Task<Outcome> MakeRequest(MakeRequest command) => Execute(command);
    public Task<Outcome> TakeRequest(TakeRequest command) => Execute(command);
    public Task<Outcome> FinishRequest(FinishRequest command) => Execute(command);
    public Task<Outcome> WithdrawRequest(WithdrawRequest command) => Execute(command);
    public Task<Outcome> MakeRound(MakeRound command) => Execute(command);
    public Task<Outcome> NoteLifeEvent(NoteLifeEvent command) => Execute(command);
    public Task<Outcome> SetLock(SetLock command) => Execute(command);
    public Task<Outcome> HearLocks(HearLocks command) => Execute(command);
    public Task<Outcome> SetHold(SetHold command) => Execute(command);

    public Task<IPass?> DraftHandoff() => Task.FromResult(Visit.Exists ? HandoffDraft.Write(Visit, Policy, clock.GetUtcNow()) : null);

    /// <summary>
    /// What was locked here is the person's. Not awaited, for they tell their visits, this one too; until they have, the visit's deadline has it said
    /// again, by another silo if need be.
    /// </summary>
    private async Task PassLocksOn(PersonLocks untold)
    {
        var (person, by) = (Visit.Patient.Id, Visit.Entries.Last(e => e is { Fact: LockSet, Undone: false }).By);
        var command = new CommandId(NameBasedGuid.Create(_id.Value, "locks", person.ToString(), StaffLocks.Key(untold)));
        try
        {
            await GrainFactory.GetGrain<IIntakeGrain>(0).Lock(person, new LockPatient(command, by, clock.GetRecordedNow(), _id, untold));
        }
        catch (Exception e)
        {
            NotPassedOn(logger, e);
        }
    }

    [LoggerMessage(2106, LogLevel.Warning,
        "A privacy lock could not be told to the person's other visits; it holds where it was set, and will be told again.")]
    private static partial void NotPassedOn(ILogger logger, Exception exception);
}

using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Care;
using Journey.Domain.Families;
using Journey.Domain.Visits;
using Journey.Grains.Families;
using Journey.Grains.Storage;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Visits;

/// <summary>The care around the visit. Every command goes the visit's one way; what leaves the house is recorded before it does.</summary>
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
    public Task<Outcome> GivePulse(GivePulse command) => Execute(command);
    public Task<Outcome> SetContact(SetContact command) => Execute(command);
    public Task<Outcome> RemoveContact(RemoveContact command) => Execute(command);
    public Task<Outcome> SetCodeWord(SetCodeWord command) => Execute(command);
    public Task<Outcome> SetLock(SetLock command) => Execute(command);
    public Task<Outcome> HearLocks(HearLocks command) => Execute(command);
    public Task<Outcome> SetHold(SetHold command) => Execute(command);
    public Task<Outcome> SendUpdate(SendUpdate command) => Execute(command);
    public Task<Outcome> RecallUpdate(RecallUpdate command) => Execute(command);
    public Task<Outcome> EndDelivery(EndDelivery command) => Execute(command);
    public Task<Outcome> IssueLink(IssueLink command) => Execute(command);
    public Task<Outcome> RevokeLinks(RevokeLinks command) => Execute(command);

    public Task<IPass?> DraftHandoff() => Task.FromResult(visit.Exists ? HandoffDraft.Of(visit, Policy, clock.GetUtcNow()) : null);

    public async Task<CodeWordChecked> CheckCodeWord(CommandId id, Actor by, Guid? contact, string word)
    {
        if (!visit.Exists) return new CodeWordChecked(CodeWordCheck.Unknown, Consent.Nothing);
        var card = visit.Course.Care.Contacts.FirstOrDefault(c => c.Id == contact);
        // A contact that is none is a caller whom nobody named.
        var result = await Check(id, by, card?.Id, word);
        return new CodeWordChecked(result, Disclosure.MayHear(visit, card, result == CodeWordCheck.Right), LockedUntil(card?.Id));
    }

    public async Task<FamilyAnswer> FamilyPage(CommandId id, FamilyKey key, string? codeWord, string? session)
    {
        if (visit.Course.ContinuedAs is { } next) return new FamilyAnswer(FamilyDoor.NoSuchLink, null) { ContinuedAs = next };
        if (FamilyPages.Holder(visit, key.SecretHash, clock.GetUtcNow()) is not { } holder) return new FamilyAnswer(FamilyDoor.NoSuchLink, null);
        var now = clock.GetUtcNow();
        var hash = visit.Course.Care.CodeWordHash ?? "";
        if (session is null || !FamilyPages.IsSession(session, hash, key.SecretHash, now))
        {
            var link = FamilyDecider.Link(holder.Id, key.SecretHash);
            if (codeWord is null) return new FamilyAnswer(LockedUntil(link) is null ? FamilyDoor.CodeWordNeeded : FamilyDoor.Locked, null, LockedUntil(link));
            if (await Check(id, new Actor(Actor.FamilyId), link, codeWord) is not CodeWordCheck.Right and var refused)
                return new FamilyAnswer(refused == CodeWordCheck.Locked ? FamilyDoor.Locked : FamilyDoor.Wrong, null, LockedUntil(link));
        }

        await Read(id, holder);
        return new FamilyAnswer(FamilyDoor.Open, FamilyPages.Of(this.id, visit, holder, Policy, now), null, holder.Id, FamilyPages.Session(hash, key.SecretHash, now), row.Unit, holder.Name);
    }

    /// <summary>What stands on the page is delivered when somebody sees it there.</summary>
    private async Task Read(CommandId command, ContactCard holder)
    {
        var now = clock.GetRecordedNow();
        if (Outbox.Read(visit, holder, now) is not { IsEmpty: false } read) return;
        try
        {
            var result = await Commit(command.Derive("read"), new Actor(Actor.FamilyId), null, read, now);
            if (result == AppendResult.VersionConflict) throw appender.FallBehind(null);
            if (result == AppendResult.Appended) Announce(null);
            else await CatchUp(CancellationToken.None);
        }
        catch (OutcomeUnknownException e)
        {
            // They read on all the same.
            NotRead(logger, e);
        }
    }

    [LoggerMessage(2104, LogLevel.Warning, "That an update was read on a family page could not be recorded; it will be when the page is next looked at.")]
    private static partial void NotRead(ILogger logger, Exception exception);

    private DateTimeOffset? LockedUntil(Guid? by) => visit.Course.Care.CodeWordLockedUntil(by, clock.GetUtcNow());

    /// <summary>A try is durable before its result is told: nobody gets more of them by breaking off.</summary>
    private async Task<CodeWordCheck> Check(CommandId command, Actor by, Guid? who, string word)
    {
        if (visit.Course.Care.CodeWordHash is not { } hash) return CodeWordCheck.NoneSet;
        if (LockedUntil(who) is not null) return CodeWordCheck.Locked;
        var now = clock.GetRecordedNow();
        var tried = FamilyDecider.Try(visit, who, CodeWords.Matches(word, hash), Policy, now);
        var result = await Commit(command, by, null, [tried], now);
        if (result == AppendResult.VersionConflict) throw appender.FallBehind(null);
        if (result == AppendResult.Appended) Announce(null);
        else await CatchUp(CancellationToken.None);
        return tried.Right ? CodeWordCheck.Right : LockedUntil(who) is not null ? CodeWordCheck.Locked : CodeWordCheck.Wrong;
    }

    /// <summary>
    /// What was locked here is the person's. Not awaited, for they tell their visits, this one too; until they have, the visit's deadline has it said again, by another silo if need be.
    /// </summary>
    private async Task PassLocksOn(PersonLocks untold)
    {
        var (person, by) = (visit.Patient.Id, visit.Entries.Last(e => e is { Fact: LockSet, Undone: false }).By);
        var command = new CommandId(NameBasedGuid.Create(id.Value, "locks", person.ToString(), StaffLocks.Key(untold)));
        try
        {
            await GrainFactory.GetGrain<IIntakeGrain>(0).Lock(person, new LockPatient(command, by, clock.GetRecordedNow(), id, untold));
        }
        catch (Exception e)
        {
            NotPassedOn(logger, e);
        }
    }

    [LoggerMessage(2106, LogLevel.Warning, "A privacy lock could not be told to the person's other visits; it holds where it was set, and will be told again.")]
    private static partial void NotPassedOn(ILogger logger, Exception exception);

    /// <summary>Hands to their channels what the commit says is tried. Not awaited: the answer comes as a command of its own.</summary>
    private void Deliver(IEnumerable<VisitEvent> events)
    {
        foreach (var e in events)
            if (e is DeliveryTried tried) _ = Deliver(tried);
    }

    private async Task Deliver(DeliveryTried tried)
    {
        var contact = visit.Course.Care.Contacts.First(c => c.Id == tried.Contact);
        var update = visit.Course.Care.Updates.First(u => u.Id == tried.Item);
        var message = new OutgoingMessage(
            $"{tried.Item:N}-{tried.Contact:N}-{tried.Channel}", (tried.Channel == Channels.Email ? contact.Email : contact.Phone) ?? "",
            FamilyPages.Text([.. (tried.Channel == Channels.Email ? Policy.Family.Subject : Policy.Family.Notice).Select(n => new LocalText(n.Key, n.Value)), new LocalText("", "")], contact.Language), FamilyPages.Text(update.Texts, contact.Language));
        var attempt = update.Deliveries.First(d => d.Contact == tried.Contact && d.Channel == tried.Channel).Attempts;
        var (answer, why) = await Send(tried.Channel, message);
        var command = new CommandId(NameBasedGuid.Create(id.Value, "delivered", message.Key, attempt.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        try
        {
            await this.AsReference<IVisitGrain>().EndDelivery(new EndDelivery(command, Actor.System, clock.GetUtcNow(), tried.Item, tried.Contact, tried.Channel, answer, why));
        }
        catch (Exception e)
        {
            // The visit's own deadline finds that nobody answered.
            NotAnnounced(logger, e);
        }
    }

    private async Task<(DeliveryAnswer, string?)> Send(string name, OutgoingMessage message)
    {
        var channel = channels.FirstOrDefault(c => c.Name == name);
        if (channel is null) return (DeliveryAnswer.Never, $"no {name} channel is set up");
        using var patience = new CancellationTokenSource(Policy.Family.Timeout / 2, clock);
        try
        {
            return await channel.Send(message, patience.Token);
        }
        catch (Exception)
        {
            return (DeliveryAnswer.Unknown, "the channel failed");
        }
    }
}

using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Domain;
using Journey.Domain.Facts;
using Journey.Domain.Families;
using Journey.Domain.Policies;
using Journey.Grains.Streams;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Families;

/// <summary>Whether somebody may hear of a visit: by its code word on the telephone, by a link and the code word on the family page.</summary>
/// <param name="write">The visit's way to write what is decided here.</param>
internal sealed partial class FamilyEntrance(
    VisitId id, EventStream<Visit, VisitEvent> stream,
    Func<CommandId, Actor, Func<Visit, DateTimeOffset, Decision<VisitEvent>>, Task<OutcomeKind>> write, TimeProvider clock, ILogger logger)
{
    private Visit Visit => stream.State;

    public async Task<CodeWordChecked> CheckCodeWord(CommandId command, Actor by, Guid? contact, string word, Policy policy)
    {
        if (!Visit.Exists) return new CodeWordChecked(CodeWordCheck.Unknown, Consent.Nothing);
        var card = Visit.Course.Care.Contacts.FirstOrDefault(c => c.Id == contact);
        // An unknown contact counts as a caller without a name.
        var result = await Check(command, by, card?.Id, word, policy);
        return new CodeWordChecked(result, Disclosure.MayHear(Visit, card, result == CodeWordCheck.Right), LockedUntil(card?.Id));
    }

    /// <param name="unit">The unit whose board shows the visit.</param>
    public async Task<FamilyAnswer> Open(CommandId command, FamilyKey key, string? codeWord, string? session, Policy policy, string unit)
    {
        if (Visit.Course.ContinuedAs is { } next) return new FamilyAnswer(FamilyDoor.NoSuchLink, null) { ContinuedAs = next };
        var now = clock.GetUtcNow();
        if (FamilyPages.Holder(Visit, key.SecretHash, now) is not { } holder) return new FamilyAnswer(FamilyDoor.NoSuchLink, null);
        var hash = Visit.Course.Care.CodeWordHash ?? "";
        if (session is null || !FamilyPages.IsSession(session, hash, key.SecretHash, now))
        {
            var link = FamilyDecider.Link(holder.Id, key.SecretHash);
            if (codeWord is null)
                return new FamilyAnswer(LockedUntil(link) is null ? FamilyDoor.CodeWordNeeded : FamilyDoor.Locked, null, LockedUntil(link));
            if (await Check(command, new Actor(Actor.FamilyId), link, codeWord, policy) is not CodeWordCheck.Right and var refused)
                return new FamilyAnswer(refused == CodeWordCheck.Locked ? FamilyDoor.Locked : FamilyDoor.Wrong, null, LockedUntil(link));
        }

        await Read(command, holder);
        return new FamilyAnswer(FamilyDoor.Open, FamilyPages.View(id, Visit, holder, policy, now), null, holder.Id,
            FamilyPages.Session(hash, key.SecretHash, now), unit, holder.Name);
    }

    /// <summary>What stands on the page is delivered when somebody sees it there.</summary>
    private async Task Read(CommandId command, ContactCard holder)
    {
        try
        {
            await write(command.Derive("read"), new Actor(Actor.FamilyId), (visit, now) => Outbox.Read(visit, holder, now));
        }
        catch (OutcomeUnknownException e)
        {
            // Reading must not depend on recording that it was read.
            NotRead(logger, e);
        }
    }

    private DateTimeOffset? LockedUntil(Guid? by) => Visit.Course.Care.CodeWordLockedUntil(by, clock.GetUtcNow());

    /// <summary>A try is durable before its result is told: nobody gets more of them by breaking off.</summary>
    private async Task<CodeWordCheck> Check(CommandId command, Actor by, Guid? who, string word, Policy policy)
    {
        if (Visit.Course.Care.CodeWordHash is not { } hash) return CodeWordCheck.NoneSet;
        if (LockedUntil(who) is not null) return CodeWordCheck.Locked;
        var isRight = CodeWords.Matches(word, hash);
        await write(command, by, (visit, now) => FamilyDecider.Try(visit, who, isRight, policy, now));
        return isRight ? CodeWordCheck.Right : LockedUntil(who) is not null ? CodeWordCheck.Locked : CodeWordCheck.Wrong;
    }

    [LoggerMessage(2104, LogLevel.Warning,
        "That an update was read on a family page could not be recorded; it will be when the page is next looked at.")]
    private static partial void NotRead(ILogger logger, Exception exception);
}

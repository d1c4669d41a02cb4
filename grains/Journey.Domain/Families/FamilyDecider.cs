using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Domain.Facts;
using Journey.Domain.Policies;

namespace Journey.Domain.Families;

/// <summary>Decides that a family waits and was told, and contacts, consent, code words, locks, updates and links.</summary>
public static class FamilyDecider
{
    /// <summary>Null when the command is none of the family's.</summary>
    internal static Decision? Decide(VisitId id, Visit visit, VisitCommand command, Policy policy, DateTimeOffset now)
    {
        var care = visit.Course.Care;
        return command switch
        {
            SetContact c => care.Contacts.Contains(c.Contact) ? Decision.Nothing : Decision.Accept(new ContactSet(c.OccurredAt, c.Contact)),
            RemoveContact c => Known(care, c.Contact) ?? Decision.Accept(new ContactRemoved(c.OccurredAt, c.Contact)),
            SetCodeWord { Word: null } c => care.CodeWordHash is null ? Decision.Nothing : Decision.Accept(new CodeWordSet(c.OccurredAt, null)),
            SetCodeWord { Word: { } word } when CodeWords.Normal(word).Length < CodeWords.Shortest =>
                Decision.Refuse(RefusalCodes.CodeWordTooShort, $"A code word has at least {CodeWords.Shortest} characters."),
            SetCodeWord { Word: { } word } c =>
                Decision.Accept(new CodeWordSet(c.OccurredAt, CodeWords.Hash(word, id, c.Id, policy.Family.CodeWordIterations))),
            SetLock c => StaffLocks.Decide(visit, c),
            SetHold c => care.OnHold == c.On ? Decision.Nothing : Decision.Accept(new HoldSet(c.OccurredAt, c.On, c.Reason)),
            SendUpdate c => Decision.RefuseEnded(visit) ?? Send(visit, c, policy, now),
            RecallUpdate c => Recall(care, c),
            EndDelivery c => Outbox.End(care, c, policy, now),
            IssueLink c => Decision.RefuseEnded(visit) ?? Known(care, c.Contact) ?? Issue(care, c, policy, now),
            RevokeLinks c => care.Links.Any(l => l.Contact == c.Contact)
                ? Decision.Accept(new LinksRevoked(c.OccurredAt, c.Contact))
                : Decision.Nothing,
            _ => null,
        };
    }

    internal static Decision Wait(FamilyWaits waits) => Decision.Accept(new FamilyWaited(waits.OccurredAt, waits.Who));

    internal static Decision Tell(CareState care, TellFamily told, DateTimeOffset now) => told switch
    {
        { NextBy: { } next } when next <= now =>
            Decision.Refuse(RefusalCodes.PromiseInThePast, "The next word is promised for a time that has passed."),
        { Telling.Contact: { } contact } when Known(care, contact) is { } unknown => unknown,
        _ => Decision.Accept(new FamilyTold(told.OccurredAt, told.Who, told.About, told.NextBy, told.Telling)),
    };

    /// <summary>A check of the code word: wrong ones are counted for whoever gives them, and too many lock it for a while, for them.</summary>
    /// <param name="by">As in <see cref="CodeWordTried"/>.</param>
    public static CodeWordTried Try(Visit visit, Guid? by, bool right, Policy policy, DateTimeOffset now) => new(
        now, right, !right && (visit.Course.Care.CodeWordTries.FirstOrDefault(t => t.By == by)?.Misses ?? 0) + 1 >= policy.Family.CodeWordMisses
            ? now + policy.Family.CodeWordLock
            : null, by);

    /// <summary>
    /// The link by which a contact gives words: not the contact, who may have another, and be on the telephone while a lost one is tried.
    /// </summary>
    public static Guid Link(Guid contact, string secretHash) => NameBasedGuid.Create(contact, "link", secretHash);

    /// <summary>The updates that a step just reached writes by itself: each once, never about long ago, never against tact.</summary>
    public static ImmutableArray<VisitEvent> OnSteps(VisitId id, Visit before, Visit after, Policy policy, DateTimeOffset now)
    {
        if (before.Course.Milestones == after.Course.Milestones || policy.Family.Templates.IsEmpty || !MayWrite(after, policy, now)) return [];
        var events = ImmutableArray.CreateBuilder<VisitEvent>();
        foreach (var milestone in after.Course.Milestones)
        {
            // Nobody is told what was only assumed.
            if (milestone.IsAssumed || before.Course.Milestones.Any(m => m.Step == milestone.Step && !m.IsAssumed) || milestone.At < now - TooLate)
                continue;
            foreach (var template in policy.Family.Templates)
            {
                if (template.On != milestone.Step) continue;
                var update = NameBasedGuid.Create(id.Value, "milestone", template.Key,
                    milestone.At.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture));
                if (after.Course.Care.Updates.All(u => u.Id != update))
                    events.Add(new UpdateWritten(now, update, template.Key, template.Story, now + policy.Family.Recall, null));
            }
        }

        return events.ToImmutable();
    }

    /// <summary>What happened longer ago is no news that anybody waits for.</summary>
    private static readonly TimeSpan TooLate = TimeSpan.FromHours(1);

    private static bool MayWrite(Visit visit, Policy policy, DateTimeOffset now) =>
        visit.Course.IsOpen && !visit.Patient.Deceased
        && visit.Course.Care.Contacts.Any(c => Disclosure.Obstacle(visit, c) is null && Outbox.Unreachable(visit, c, policy, now) is null);

    /// <summary>A refusal where the visit has no such contact; null where it has.</summary>
    private static Decision? Known(CareState care, Guid contact) =>
        care.Contacts.Any(c => c.Id == contact) ? null : Decision.Refuse(RefusalCodes.ContactUnknown, "No such contact on this visit.");

    private static Decision Send(Visit visit, SendUpdate command, Policy policy, DateTimeOffset now)
    {
        var template = command.Template is { } key ? policy.Family.Template(key) : null;
        if (command.Template is not null && template is null)
            return Decision.Refuse(RefusalCodes.TemplateUnknown, "The policy has no such template.");
        if (command.NextBy <= now) return Decision.Refuse(RefusalCodes.PromiseInThePast, "The next word is promised for a time that has passed.");
        if (Disclosure.IsHidden(visit))
            return Decision.Refuse(RefusalCodes.UpdateForbidden, "A privacy lock forbids it: nobody may learn that the patient is here.");
        if (visit.Course.Care.OnHold)
            return Decision.Refuse(RefusalCodes.UpdateForbidden,
                "Bad news is pending: a clinician speaks with the family first, then the hold is lifted.");
        if (visit.Patient.Deceased)
            return Decision.Refuse(RefusalCodes.UpdateForbidden, "The patient has died: the family is spoken with, never sent a message.");
        var contacts = visit.Course.Care.Contacts.RemoveAll(c => Disclosure.Obstacle(visit, c) is not null);
        if (contacts.IsEmpty)
            return Decision.Refuse(RefusalCodes.UpdateForbidden, "No contact on record may hear how it goes; add one, or change what they may hear.");
        var obstacles = contacts.Select(c => Outbox.Unreachable(visit, c, policy, now)).ToArray();
        if (obstacles.All(why => why is not null))
            return Decision.Refuse(RefusalCodes.UpdateUnreachable,
                $"It would reach nobody who may hear it ({string.Join("; ", obstacles.Distinct())}): tell them yourself, or give them a link.");
        var texts = template is null ? [new LocalText("", command.Text ?? "")] : template.Story;
        return Decision.Accept(new UpdateWritten(command.OccurredAt, command.Id.Value, template?.Key, texts, now + policy.Family.Recall,
            command.NextBy));
    }

    private static Decision Recall(CareState care, RecallUpdate command) => care.Updates.FirstOrDefault(u => u.Id == command.Update) switch
    {
        null => Decision.Refuse(RefusalCodes.UpdateUnknown, "No such update on this visit."),
        { State: UpdateState.Waiting } update =>
            Decision.Accept(new UpdateRecalled(command.OccurredAt > update.WrittenAt ? command.OccurredAt : update.WrittenAt, update.Id)),
        { State: UpdateState.Recalled } => Decision.Nothing,
        _ => Decision.Refuse(RefusalCodes.UpdateGone, "It has left already: send another word that puts it right."),
    };

    private static Decision Issue(CareState care, IssueLink command, Policy policy, DateTimeOffset now) =>
        care.CodeWordHash is null
            ? Decision.Refuse(RefusalCodes.CodeWordMissing, "Ask the patient for a code word first: a link opens with it only.")
            : care.Contacts.First(c => c.Id == command.Contact).Consent == Consent.Nothing
                ? Decision.Refuse(RefusalCodes.UpdateForbidden, "This contact may hear nothing.")
                : Decision.Accept(new LinkIssued(command.OccurredAt, command.Contact, command.SecretHash, now + policy.Family.LinkLifetime));
}

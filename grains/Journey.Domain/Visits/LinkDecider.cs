using System.Collections.Immutable;
using System.Text.Json;
using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;

namespace Journey.Domain.Visits;

/// <summary>Decides links to other visits of the same person, and what goes along with them.</summary>
public static class LinkDecider
{
    internal static Decision Decide(Visit visit, LinkVisit command)
    {
        var events = ImmutableArray.CreateBuilder<VisitEvent>();
        var known = visit.Course.Links.LastOrDefault(l => l.Link.As == command.To.As && l.Link.Other == command.To.Other);
        var holds = known is not null && visit.Entries
            .Any(e => e.Fact is Linked { Ends: false } l && l.Link.As == command.To.As && l.Link.Other == command.To.Other);
        // The visit that another one turned out to be takes in what was said there, and is linked to none by it.
        var isNews = holds == command.Ends || command is { Ends: false, Care: not null } && known?.Link.Door != command.To.Door
            || command is { Ends: false, To.As: LinkKind.AdmittedTo or LinkKind.AdmittedFrom or LinkKind.PlannedTo or LinkKind.FulfilledBy }
            && known?.At != command.OccurredAt;
        if (isNews && command is not { To.As: LinkKind.SameAs, Care: not null })
            events.Add(new Linked(command.OccurredAt, command.To, command.Ends, command.Care?.BoardingSince,
                command.Care?.Nurse)
            { Acuity = command.Care?.Acuity, UnownedSince = command.Care?.UnownedSince });
        if (command.Care is { Facts.Length: > 0 } care && CareJson.Read(care.Facts.Span) is { IsEmpty: false } entries)
            events.Add(new CareCarried(command.To.Other, entries));
        if (visit.Contacts.IsEmpty && command.Care is { Contacts.IsDefaultOrEmpty: false } along) events.Add(new FamilyKnown(along.Contacts));
        return events.Count == 0 ? Decision.Nothing : Decision.Accept(events.ToImmutable());
    }

    /// <summary>
    /// What goes with the person from this visit: promises, questions, requests, contacts, consent, the point of contact, and what was told.
    /// </summary>
    public static CarriedCare Carry(VisitId id, Visit visit, LinkKind linkAs)
    {
        // As it stood before it ended by this very link: a message that comes again after a crash takes the same along.
        var course = CourseFold.Replay(visit.Entries.RemoveAll(e => e.Fact is Linked { Link.As: LinkKind.AdmittedTo or LinkKind.SameAs }));
        var link = new VisitLink(linkAs, id, visit.Number, course.Unit.Length == 0 ? null : course.Unit, course.DoorAt);
        var boarding = course.BoardingSince ?? visit.Entries.Where(e => e is { Undone: false, Fact: Planned { Kind: PlanKind.Admit } })
            .Select(e => (DateTimeOffset?)e.Fact.At).LastOrDefault();
        return new CarriedCare(link, boarding, course.Nurse,
            CareJson.Write(
                [.. visit.Entries.Where(e => !e.Undone && (linkAs == LinkKind.SameAs ? e.Fact is not (Linked or HandsChanged) : GoesAlong(e.Fact)))
                    .Select(EntryDocument.For)]))
        { Contacts = visit.Contacts, Acuity = course.Acuity, UnownedSince = course.UnownedSince };
    }

    private static bool GoesAlong(Fact fact) =>
        fact is FamilyTold or FamilyWaited or ContactSet or ContactRemoved or CodeWordSet or CodeWordTried or LockSet or HoldSet or LinkIssued
        or LinksRevoked
        or LifeEventNoted or PulseGiven or Assigned { Role: CareRole.PointOfContact }
        or ItemFact and not (HandoffOffered or HandoffAccepted or HandoffReturned or HandoffWithdrawn);
}

/// <summary>Facts on their way from one visit to another, as JSON like that of the journal.</summary>
internal static class CareJson
{
    public static byte[] Write(ImmutableArray<EntryDocument> entries) =>
        entries.IsEmpty ? [] : JsonSerializer.SerializeToUtf8Bytes(entries, VisitSnapshotContext.Default.ImmutableArrayEntryDocument);

    public static ImmutableArray<EntryDocument> Read(ReadOnlySpan<byte> facts) =>
        JsonSerializer.Deserialize(facts, VisitSnapshotContext.Default.ImmutableArrayEntryDocument);
}

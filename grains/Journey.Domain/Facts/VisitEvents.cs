using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;

namespace Journey.Domain.Facts;

/// <summary>Something that became true of a visit. Persisted as JSON under a stable name; see the golden files before changing one.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(Expected), "visit.expected.v1")]
[JsonDerivedType(typeof(Arrived), "visit.arrived.v1")]
[JsonDerivedType(typeof(Admitted), "visit.admitted.v1")]
[JsonDerivedType(typeof(Moved), "visit.moved.v1")]
[JsonDerivedType(typeof(Discharged), "visit.discharged.v1")]
[JsonDerivedType(typeof(ClassChanged), "visit.class-changed.v1")]
[JsonDerivedType(typeof(Updated), "visit.updated.v1")]
[JsonDerivedType(typeof(Confirmed), "visit.confirmed.v1")]
[JsonDerivedType(typeof(WentOut), "visit.went-out.v1")]
[JsonDerivedType(typeof(Reached), "visit.reached.v1")]
[JsonDerivedType(typeof(Planned), "visit.planned.v1")]
[JsonDerivedType(typeof(WentOnLeave), "visit.went-on-leave.v1")]
[JsonDerivedType(typeof(Returned), "visit.returned.v1")]
[JsonDerivedType(typeof(Cancelled), "visit.cancelled.v1")]
[JsonDerivedType(typeof(Deleted), "visit.deleted.v1")]
[JsonDerivedType(typeof(StepReached), "visit.step-reached.v1")]
[JsonDerivedType(typeof(Contacted), "visit.contacted.v1")]
[JsonDerivedType(typeof(AcuitySet), "visit.acuity-set.v1")]
[JsonDerivedType(typeof(NoteSet), "visit.note-set.v1")]
[JsonDerivedType(typeof(Assigned), "visit.assigned.v1")]
[JsonDerivedType(typeof(NurseWentOff), "visit.nurse-went-off.v1")]
[JsonDerivedType(typeof(FamilyWaited), "visit.family-waited.v1")]
[JsonDerivedType(typeof(FamilyTold), "visit.family-told.v1")]
[JsonDerivedType(typeof(QuestionAsked), "visit.question-asked.v1")]
[JsonDerivedType(typeof(QuestionTaken), "visit.question-taken.v1")]
[JsonDerivedType(typeof(QuestionAnswered), "visit.question-answered.v1")]
[JsonDerivedType(typeof(QuestionConfirmed), "visit.question-confirmed.v1")]
[JsonDerivedType(typeof(QuestionWithdrawn), "visit.question-withdrawn.v1")]
[JsonDerivedType(typeof(PromiseMade), "visit.promise-made.v1")]
[JsonDerivedType(typeof(PromiseKept), "visit.promise-kept.v1")]
[JsonDerivedType(typeof(PromiseWithdrawn), "visit.promise-withdrawn.v1")]
[JsonDerivedType(typeof(HandoffOffered), "visit.handoff-offered.v1")]
[JsonDerivedType(typeof(HandoffAccepted), "visit.handoff-accepted.v1")]
[JsonDerivedType(typeof(HandoffReturned), "visit.handoff-returned.v1")]
[JsonDerivedType(typeof(HandoffWithdrawn), "visit.handoff-withdrawn.v1")]
[JsonDerivedType(typeof(RequestMade), "visit.request-made.v1")]
[JsonDerivedType(typeof(RequestTaken), "visit.request-taken.v1")]
[JsonDerivedType(typeof(RequestDone), "visit.request-done.v1")]
[JsonDerivedType(typeof(RequestWithdrawn), "visit.request-withdrawn.v1")]
[JsonDerivedType(typeof(UpdateWritten), "visit.update-written.v1")]
[JsonDerivedType(typeof(UpdateRecalled), "visit.update-recalled.v1")]
[JsonDerivedType(typeof(UpdateReleased), "visit.update-released.v1")]
[JsonDerivedType(typeof(UpdateLeft), "visit.update-left.v1")]
[JsonDerivedType(typeof(DeliveryTried), "visit.delivery-tried.v1")]
[JsonDerivedType(typeof(DeliveryEnded), "visit.delivery-ended.v1")]
[JsonDerivedType(typeof(ContactSet), "visit.contact-set.v1")]
[JsonDerivedType(typeof(ContactRemoved), "visit.contact-removed.v1")]
[JsonDerivedType(typeof(CodeWordSet), "visit.code-word-set.v1")]
[JsonDerivedType(typeof(CodeWordTried), "visit.code-word-tried.v1")]
[JsonDerivedType(typeof(LockSet), "visit.lock-set.v1")]
[JsonDerivedType(typeof(HoldSet), "visit.hold-set.v1")]
[JsonDerivedType(typeof(LinkIssued), "visit.link-issued.v1")]
[JsonDerivedType(typeof(LinksRevoked), "visit.links-revoked.v1")]
[JsonDerivedType(typeof(Rounded), "visit.rounded.v1")]
[JsonDerivedType(typeof(LifeEventNoted), "visit.life-event-noted.v1")]
[JsonDerivedType(typeof(PulseGiven), "visit.pulse-given.v1")]
[JsonDerivedType(typeof(Noted), "visit.noted.v1")]
[JsonDerivedType(typeof(Identified), "visit.identified.v1")]
[JsonDerivedType(typeof(FamilyKnown), "visit.family-known.v1")]
[JsonDerivedType(typeof(Numbered), "visit.numbered.v1")]
[JsonDerivedType(typeof(Undone), "visit.undone.v1")]
[JsonDerivedType(typeof(AlertRaised), "visit.alert-raised.v1")]
[JsonDerivedType(typeof(AlertWorsened), "visit.alert-worsened.v1")]
[JsonDerivedType(typeof(AlertEased), "visit.alert-eased.v1")]
[JsonDerivedType(typeof(AlertAcknowledged), "visit.alert-acknowledged.v1")]
[JsonDerivedType(typeof(AlertSnoozed), "visit.alert-snoozed.v1")]
[JsonDerivedType(typeof(AlertWoke), "visit.alert-woke.v1")]
[JsonDerivedType(typeof(AlertResolved), "visit.alert-resolved.v1")]
[JsonDerivedType(typeof(AlertReopened), "visit.alert-reopened.v1")]
[JsonDerivedType(typeof(AlertStopped), "visit.alert-stopped.v1")]
[JsonDerivedType(typeof(AlertResumed), "visit.alert-resumed.v1")]
[JsonDerivedType(typeof(AlertRetimed), "visit.alert-retimed.v1")]
[JsonDerivedType(typeof(AlertShadowed), "visit.alert-shadowed.v1")]
[JsonDerivedType(typeof(AlertRestored), "visit.alert-restored.v1")]
[JsonDerivedType(typeof(AlertSeen), "visit.alert-seen.v1")]
[JsonDerivedType(typeof(AlertEscalated), "visit.alert-escalated.v1")]
[JsonDerivedType(typeof(AlertLapsed), "visit.alert-lapsed.v1")]
[JsonDerivedType(typeof(Mentioned), "visit.mentioned.v1")]
[JsonDerivedType(typeof(LeftAs), "visit.left-as.v1")]
[JsonDerivedType(typeof(Linked), "visit.linked.v1")]
[JsonDerivedType(typeof(CareCarried), "visit.care-carried.v1")]
[JsonDerivedType(typeof(HandsChanged), "visit.hands-changed.v1")]
[JsonDerivedType(typeof(Looked), "visit.verified.v1")]
[JsonDerivedType(typeof(BroughtBack), "visit.brought-back.v1")]
[JsonDerivedType(typeof(Doubted), "visit.doubted.v1")]
[JsonDerivedType(typeof(EndedByRule), "visit.ended-by-rule.v1")]
[JsonDerivedType(typeof(GlassBroken), "visit.glass-broken.v1")]
[JsonDerivedType(typeof(GlassReviewed), "visit.glass-reviewed.v1")]
[JsonDerivedType(typeof(Erased), "visit.erased.v1")]
public abstract record VisitEvent
{
    public static readonly EventCodec<VisitEvent> Codec = new EventListCodec<VisitEvent>(VisitJsonContext.Default.EventListVisitEvent);

    private protected VisitEvent() { }
}

/// <summary>
/// An event with a time of its own. Facts are kept sorted by when they occurred, and the visit's <see cref="Course"/> follows from them.
/// </summary>
/// <param name="At">When it occurred.</param>
public abstract record Fact(DateTimeOffset At) : VisitEvent;

/// <summary>A fact from a feed, with what the message said of the visit.</summary>
public abstract record FeedFact(DateTimeOffset At, Said Said) : Fact(At);

public sealed record Expected(DateTimeOffset At, Said Said) : FeedFact(At, Said);
public sealed record Arrived(DateTimeOffset At, Said Said) : FeedFact(At, Said);
public sealed record Admitted(DateTimeOffset At, Said Said) : FeedFact(At, Said);
public sealed record Moved(DateTimeOffset At, Said Said) : FeedFact(At, Said);
public sealed record Discharged(DateTimeOffset At, Said Said) : FeedFact(At, Said);
public sealed record ClassChanged(DateTimeOffset At, Said Said) : FeedFact(At, Said);
public sealed record Updated(DateTimeOffset At, Said Said) : FeedFact(At, Said);

/// <summary>
/// An update that repeated what was known. It is kept because an earlier message may still arrive late and change what was known then: the update is
/// news after all in that case. Only the last one in a row is kept.
/// </summary>
public sealed record Confirmed(DateTimeOffset At, Said Said) : FeedFact(At, Said);

public sealed record WentOut(DateTimeOffset At, Said Said) : FeedFact(At, Said);
public sealed record Reached(DateTimeOffset At, Said Said) : FeedFact(At, Said);
public sealed record Planned(DateTimeOffset At, Said Said, PlanKind Kind) : FeedFact(At, Said);
public sealed record WentOnLeave(DateTimeOffset At, Said Said) : FeedFact(At, Said);
public sealed record Returned(DateTimeOffset At, Said Said) : FeedFact(At, Said);

/// <summary>Takes back an earlier fact of a kind: the one that occurred at <paramref name="CancelledAt"/>, else the latest before this.</summary>
public sealed record Cancelled(DateTimeOffset At, Said Said, CancelledFact What, DateTimeOffset? CancelledAt) : FeedFact(At, Said);

public sealed record Deleted(DateTimeOffset At, Said Said) : FeedFact(At, Said);

/// <summary>A result, an order or a document spoke of the visit.</summary>
public sealed record Mentioned(DateTimeOffset At, Said Said) : FeedFact(At, Said);

public sealed record StepReached(DateTimeOffset At, string Step) : Fact(At);

/// <summary>Staff said how the visit ended.</summary>
public sealed record LeftAs(DateTimeOffset At, DepartureKind How) : Fact(At);

/// <summary>
/// This visit continues another of the same person, or is continued by it. With <paramref name="Ends"/> it turned out that it never was.
/// </summary>
/// <param name="BoardingSince">The decision to admit, as the visit before knew it.</param>
/// <param name="Nurse">Who was responsible there.</param>
public sealed record Linked(DateTimeOffset At, VisitLink Link, bool Ends, DateTimeOffset? BoardingSince = null, Person? Nurse = null) : Fact(At)
{
    /// <summary>With <see cref="LinkKind.AdmittedFrom"/>: as it was there.</summary>
    public int? Acuity { get; init; }

    /// <summary>With <see cref="LinkKind.AdmittedFrom"/>: since when nobody was responsible there; null when somebody was.</summary>
    public DateTimeOffset? UnownedSince { get; init; }
}

/// <summary>The number of this visit is another person's: what the family of the one before had arranged is set aside.</summary>
public sealed record HandsChanged(DateTimeOffset At) : Fact(At)
{
    /// <summary>The family as the feed had them of the person before; null in events that versions before 2026-12 wrote.</summary>
    public ImmutableArray<FamilyContact>? Contacts { get; init; }

    /// <summary>Whose it was; null in what versions before 2026-12 wrote.</summary>
    public PatientId? From { get; init; }
}

/// <summary>Somebody looked.</summary>
public sealed record Looked(DateTimeOffset At, Verified What) : Fact(At);

/// <summary>Somebody saw the patient here although the visit had ended: the end never was.</summary>
public sealed record BroughtBack(DateTimeOffset At) : Fact(At);

/// <summary>Nothing was heard or done since <paramref name="Since"/>: the patient has probably left.</summary>
/// <param name="Usual">How long nearly all others stay in the step, where that was exceeded and not the policy's time for the class.</param>
public sealed record Doubted(DateTimeOffset At, DoubtKind Kind, DateTimeOffset Since, TimeSpan? Usual = null) : Fact(At);

/// <summary>Nobody said that the visit ended, and nothing was heard of it for as long as the policy allows its class.</summary>
public sealed record EndedByRule(DateTimeOffset At) : Fact(At);

/// <summary>A fact with where it came from, as persisted.</summary>
public sealed record EntryDocument(VisitEvent Fact, Guid Command, DateTimeOffset RecordedAt, Actor By, bool Undone, VisitId? From = null)
{
    internal static EntryDocument For(CourseEntry entry) => new(entry.Fact, entry.Command, entry.RecordedAt, entry.By, entry.Undone, entry.From);

    internal CourseEntry Read() => new((Fact)Fact, Command, RecordedAt, By, Undone, From);
}

/// <summary>What came along from another visit of the same person: its facts of the care, as they were recorded there.</summary>
public sealed record CareCarried(VisitId From, ImmutableArray<EntryDocument> Entries) : VisitEvent;

public sealed record Contacted(DateTimeOffset At) : Fact(At);
public sealed record AcuitySet(DateTimeOffset At, int Level) : Fact(At);

/// <summary>What staff keep on the row from now on.</summary>
/// <param name="Text">Null: nothing any more.</param>
public sealed record NoteSet(DateTimeOffset At, [property: Sensitive] string? Text) : Fact(At);

public sealed record Assigned(DateTimeOffset At, CareRole Role, Person? Person) : Fact(At);

/// <summary>The nurse's shift ended and nobody had taken the patient over: nobody is the nurse from then on.</summary>
public sealed record NurseWentOff(DateTimeOffset At, Person Who) : Fact(At);

/// <summary>A message was heard that said nothing new. Kept, so that a repeat of it stays a repeat.</summary>
public sealed record Noted(string Heard) : VisitEvent;

public sealed record Identified(PatientRef Patient) : VisitEvent;

/// <summary>From now on this is the visit's number, also where a late message still calls it by an older one.</summary>
/// <param name="From">The number that was given up for it; null where a message merely said another one.</param>
public sealed record Numbered(string Number, string? From = null) : VisitEvent;

/// <summary>A staff command was taken back: its facts count no more.</summary>
public sealed record Undone(Guid Command) : VisitEvent;

/// <summary>
/// Takes the place of each commit that was erased, and is appended once more as the last. Nothing of the visit is known from here on.
/// </summary>
/// <param name="Erasure">Which one: the trail says who asked for it, and why.</param>
public sealed record Erased(Guid Erasure) : VisitEvent;

/// <summary>What one message said of the visit, as persisted. Null: not said.</summary>
public sealed record Said
{
    public string? Number { get; init; }
    public PatientClass? Class { get; init; }
    public Location? Location { get; init; }
    public Location? TemporaryLocation { get; init; }
    public Location? PendingLocation { get; init; }
    public string? DefaultUnit { get; init; }
    public Person? Attending { get; init; }
    public string? Service { get; init; }
    public DateTimeOffset? AdmittedAt { get; init; }
    public DateTimeOffset? DischargedAt { get; init; }
    public DateTimeOffset? ExpectedAt { get; init; }
    public string? Disposition { get; init; }
    public int? Acuity { get; init; }

    /// <summary>When the sender recorded it; null: when it occurred.</summary>
    public DateTimeOffset? RecordedAt { get; init; }
    public string? Account { get; init; }
    [Sensitive] public string? Complaint { get; init; }

    /// <summary>What the place is for, as the policy knew it then; null: it did not say.</summary>
    public PlaceKind? PlaceKind { get; init; }
    public Department? Department { get; init; }

    /// <summary>How the visit ended, by the policy's reading of the disposition.</summary>
    public DepartureKind? DepartedAs { get; init; }

    /// <summary>Fields with a time that cannot be, separated by blanks.</summary>
    public string? NotBelieved { get; init; }

    /// <summary>True: about a visit long past, of which nothing was known: it opens nothing.</summary>
    public bool? IsPast { get; init; }

    /// <summary>True: sent so long ago that the feed must be behind.</summary>
    public bool? IsLate { get; init; }

    public static readonly Said Nothing = new();

    public static Said From(VisitDetails d) => new()
    {
        Account = d.Account, Complaint = d.Complaint, NotBelieved = d.NotBelieved.IsDefaultOrEmpty ? null : string.Join(' ', d.NotBelieved),
        Number = d.Number, Class = d.Class, Location = d.Location, TemporaryLocation = d.TemporaryLocation, PendingLocation = d.PendingLocation,
        DefaultUnit = d.DefaultUnit, Attending = d.Attending, Service = d.Service, AdmittedAt = d.AdmittedAt, DischargedAt = d.DischargedAt,
        ExpectedAt = d.ExpectedAt,
        Disposition = d.Disposition, Acuity = d.Acuity is >= 1 and <= 5 ? d.Acuity : null,
    };
}

/// <summary>All events of one command, as one journal row holds them.</summary>
/// <param name="Version">The stream version.</param>
public sealed record VisitCommit(long Version, Guid Command, DateTimeOffset RecordedAt, Actor By, ImmutableArray<VisitEvent> Events);

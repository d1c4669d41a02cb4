using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Visits;

namespace Journey.Domain.Visits;

/// <summary>A fact about one item of the care: all facts of an item are kept or forgotten together.</summary>
/// <param name="Item">The question, promise, request, handoff or update.</param>
public abstract record ItemFact(DateTimeOffset At, Guid Item) : Fact(At);

public sealed record QuestionAsked(DateTimeOffset At, Guid Item, QuestionKind Kind, Asker Asker, [property: Sensitive] string Text, Person? Owner, DateTimeOffset? DueAt) : ItemFact(At, Item);
public sealed record QuestionTaken(DateTimeOffset At, Guid Item, Person? Owner) : ItemFact(At, Item);
public sealed record QuestionAnswered(DateTimeOffset At, Guid Item, [property: Sensitive] string Answer) : ItemFact(At, Item);
public sealed record QuestionConfirmed(DateTimeOffset At, Guid Item, bool Satisfied, [property: Sensitive] string? Remark, DateTimeOffset? DueAt) : ItemFact(At, Item);
public sealed record QuestionWithdrawn(DateTimeOffset At, Guid Item, [property: Sensitive] string Reason) : ItemFact(At, Item);

public sealed record PromiseMade(DateTimeOffset At, Guid Item, [property: Sensitive] string What, string? ToWhom, DateTimeOffset DueAt, Person Owner) : ItemFact(At, Item);
public sealed record PromiseKept(DateTimeOffset At, Guid Item, [property: Sensitive] string? How) : ItemFact(At, Item);
public sealed record PromiseWithdrawn(DateTimeOffset At, Guid Item, [property: Sensitive] string Reason) : ItemFact(At, Item);

public sealed record HandoffOffered(DateTimeOffset At, Guid Item, CareRole Role, Person? From, Person To, IPass Content) : ItemFact(At, Item);
public sealed record HandoffAccepted(DateTimeOffset At, Guid Item, [property: Sensitive] string Synthesis) : ItemFact(At, Item);
public sealed record HandoffReturned(DateTimeOffset At, Guid Item, [property: Sensitive] string Question) : ItemFact(At, Item);
public sealed record HandoffWithdrawn(DateTimeOffset At, Guid Item) : ItemFact(At, Item);

public sealed record RequestMade(DateTimeOffset At, Guid Item, RequestKind Kind, Asker For, [property: Sensitive] string? What, Person? Owner, DateTimeOffset? DueAt) : ItemFact(At, Item);
public sealed record RequestTaken(DateTimeOffset At, Guid Item, Person Owner) : ItemFact(At, Item);
public sealed record RequestDone(DateTimeOffset At, Guid Item, [property: Sensitive] string? Outcome, bool? TeachBack) : ItemFact(At, Item);
public sealed record RequestWithdrawn(DateTimeOffset At, Guid Item, [property: Sensitive] string Reason) : ItemFact(At, Item);

/// <param name="Texts">The same story in every language the policy has it in.</param>
/// <param name="LeavesAt">Until then it may be recalled.</param>
public sealed record UpdateWritten(
    DateTimeOffset At, Guid Item, string? Template, ImmutableArray<LocalText> Texts, DateTimeOffset LeavesAt, DateTimeOffset? NextBy) : ItemFact(At, Item);
public sealed record UpdateRecalled(DateTimeOffset At, Guid Item) : ItemFact(At, Item);

/// <summary>Its time to leave has come: who gets it over which channel, and who must not. The family is told when it first reaches somebody.</summary>
public sealed record UpdateLeft(DateTimeOffset At, Guid Item, ImmutableArray<Delivery> Deliveries) : ItemFact(At, Item);

/// <summary>As <see cref="UpdateLeft"/>, as versions before 2026-12 wrote it: the family counted as told by its leaving. No longer written.</summary>
public sealed record UpdateReleased(DateTimeOffset At, Guid Item, ImmutableArray<Delivery> Deliveries) : ItemFact(At, Item);

/// <summary>Handed to a channel. Recorded before it is, so that no crash sends it twice.</summary>
public sealed record DeliveryTried(DateTimeOffset At, Guid Item, Guid Contact, string Channel) : ItemFact(At, Item);

/// <param name="RetryAt">Set when the channel said no for now.</param>
public sealed record DeliveryEnded(DateTimeOffset At, Guid Item, Guid Contact, string Channel, DeliveryState State, string? Why, DateTimeOffset? RetryAt) : ItemFact(At, Item);

public sealed record ContactSet(DateTimeOffset At, ContactCard Contact) : Fact(At);
public sealed record ContactRemoved(DateTimeOffset At, Guid Contact) : Fact(At);

/// <param name="Hash">A slow hash; null when the patient chose none any more.</param>
public sealed record CodeWordSet(DateTimeOffset At, [property: Sensitive] string? Hash) : Fact(At);

/// <param name="By">Who gave it: the contact on the telephone, or the link of the family page (<see cref="FamilyDecider.Link"/>); null for a caller whom nobody named, and for everybody in facts of versions before 2026-12.</param>
public sealed record CodeWordTried(DateTimeOffset At, bool Right, DateTimeOffset? LockedUntil, Guid? By = null) : Fact(At);

public sealed record LockSet(DateTimeOffset At, PrivacyLock Lock, bool On, [property: Sensitive] string? Reason) : Fact(At)
{
    /// <summary>True: of the person, and of every visit of theirs. Null in what versions before 2026-12 wrote: of this visit alone.</summary>
    public bool? OfPerson { get; init; }

    /// <summary>True where the lock was held already and somebody else asked for it too: taken back it changes nothing.</summary>
    public bool? Confirms { get; init; }

    /// <summary>True where it says again what stood before a command that was taken back, and is told by that.</summary>
    public bool? TakesBack { get; init; }
}

public sealed record HoldSet(DateTimeOffset At, bool On, [property: Sensitive] string? Reason) : Fact(At);
public sealed record LinkIssued(DateTimeOffset At, Guid Contact, [property: Sensitive] string SecretHash, DateTimeOffset Until) : Fact(At);
public sealed record LinksRevoked(DateTimeOffset At, Guid Contact) : Fact(At);

public sealed record Rounded(DateTimeOffset At, FourPs Ps) : Fact(At);
public sealed record LifeEventNoted(DateTimeOffset At, [property: Sensitive] string What, DateOnly On) : Fact(At);
public sealed record PulseGiven(DateTimeOffset At, int Score, [property: Sensitive] string? Touchpoint, [property: Sensitive] string? Remark) : Fact(At);

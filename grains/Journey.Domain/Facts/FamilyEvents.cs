using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Families;

namespace Journey.Domain.Facts;

public sealed record FamilyWaited(DateTimeOffset At, string? Who) : Fact(At);
public sealed record FamilyTold(DateTimeOffset At, string? Who, [property: Sensitive] string? About, DateTimeOffset? NextBy,
    Contracts.Families.Telling? Telling = null) : Fact(At);
public sealed record FamilyKnown(ImmutableArray<FamilyContact> Contacts) : VisitEvent;

/// <param name="Texts">The same story in every language the policy has it in.</param>
/// <param name="LeavesAt">Until then it may be recalled.</param>
public sealed record UpdateWritten(
    DateTimeOffset At, Guid Item, string? Template, ImmutableArray<LocalText> Texts, DateTimeOffset LeavesAt, DateTimeOffset? NextBy)
        : ItemFact(At, Item);

public sealed record UpdateRecalled(DateTimeOffset At, Guid Item) : ItemFact(At, Item);

/// <summary>
/// Its time to leave has come: who gets it over which channel, and who must not. The family is told when it first reaches somebody.
/// </summary>
public sealed record UpdateLeft(DateTimeOffset At, Guid Item, ImmutableArray<Delivery> Deliveries) : ItemFact(At, Item);

/// <summary>As <see cref="UpdateLeft"/>, as versions before 2026-12 wrote it: the family counted as told by its leaving. No longer written.</summary>
public sealed record UpdateReleased(DateTimeOffset At, Guid Item, ImmutableArray<Delivery> Deliveries) : ItemFact(At, Item);

/// <summary>Handed to a channel. Recorded before it is, so that no crash sends it twice.</summary>
public sealed record DeliveryTried(DateTimeOffset At, Guid Item, Guid Contact, string Channel) : ItemFact(At, Item);

/// <param name="RetryAt">Set when the channel said no for now.</param>
public sealed record DeliveryEnded(DateTimeOffset At, Guid Item, Guid Contact, string Channel, DeliveryState State, string? Why,
    DateTimeOffset? RetryAt) : ItemFact(At, Item);

public sealed record ContactSet(DateTimeOffset At, ContactCard Contact) : Fact(At);
public sealed record ContactRemoved(DateTimeOffset At, Guid Contact) : Fact(At);

/// <param name="Hash">A slow hash; null when the patient chose none any more.</param>
public sealed record CodeWordSet(DateTimeOffset At, [property: Sensitive] string? Hash) : Fact(At);

/// <param name="By">
/// Who gave it: the contact on the telephone, or the link of the family page (<see cref="Families.FamilyDecider.Link"/>); null for a caller whom
/// nobody named, and for everybody in facts of versions before 2026-12.
/// </param>
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

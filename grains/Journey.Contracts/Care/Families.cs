using System.Collections.Immutable;
using Journey.Contracts.Visits;

namespace Journey.Contracts.Care;

/// <summary>What a contact may hear (45 CFR 164.510(b): the patient agrees, does not object, or professional judgement says so). Ordered: each holds those before it.</summary>
[GenerateSerializer, Alias("care.consent.v1")]
public enum Consent
{
    /// <summary>Nothing, not even that the patient is here.</summary>
    Nothing,
    /// <summary>That the patient is here, and a one-word condition.</summary>
    Condition,
    /// <summary>Where in the journey, what happens next, when the next word comes.</summary>
    Progress,
    /// <summary>Whatever is relevant to their part in the care.</summary>
    Full,
}

/// <summary>A family contact as staff keep it; the feed's NK1 gives name and relation.</summary>
/// <param name="Id">Stable within the visit.</param>
/// <param name="Order">The contact ladder: 1 is called first.</param>
/// <param name="Language">BCP 47; null when not known.</param>
/// <param name="Email">Where messages go; null when none.</param>
/// <param name="Phone">For the messages of an SMS gateway; they carry no patient data.</param>
/// <param name="Spokesperson">The one who speaks for the family; at most one.</param>
[GenerateSerializer, Immutable, Alias("care.contact.v1")]
public sealed record ContactCard(
    [property: Id(0)] Guid Id, [property: Id(1)] string Name, [property: Id(2)] string? Relation, [property: Id(3)] int Order, [property: Id(4)] string? Language,
    [property: Id(5), Sensitive] string? Email, [property: Id(6), Sensitive] string? Phone, [property: Id(7)] Consent Consent, [property: Id(8)] bool Spokesperson, [property: Id(9)] bool NeedsInterpreter = false);

/// <summary>Adds a contact, or changes one. A new spokesperson takes the place of the one before.</summary>
[GenerateSerializer, Immutable, Alias("visit.set-contact.v1")]
public sealed record SetContact(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] ContactCard Contact) : VisitCommand(Id, By, OccurredAt);

[GenerateSerializer, Immutable, Alias("visit.remove-contact.v1")]
public sealed record RemoveContact(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Contact) : VisitCommand(Id, By, OccurredAt);

/// <summary>The patient's code word (45 CFR 164.510(b)); who does not know it hears at most a one-word condition.</summary>
/// <param name="Word">Four characters at least; null takes it away. Kept as a slow hash only.</param>
[GenerateSerializer, Immutable, Alias("visit.set-code-word.v1")]
public sealed record SetCodeWord(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] string? Word) : VisitCommand(Id, By, OccurredAt);

/// <summary>What came of a check of the code word.</summary>
[GenerateSerializer, Alias("care.code-word-check.v1")]
public enum CodeWordCheck
{
    Right,
    Wrong,
    /// <summary>Too many wrong ones: nothing is checked until <see cref="CodeWordChecked.LockedUntil"/>.</summary>
    Locked,
    /// <summary>The patient chose none.</summary>
    NoneSet,
    /// <summary>No such visit.</summary>
    Unknown,
}

/// <param name="MayHear">What whoever said it may hear.</param>
[GenerateSerializer, Immutable, Alias("care.code-word-checked.v1")]
public sealed record CodeWordChecked([property: Id(0)] CodeWordCheck Result, [property: Id(1)] Consent MayHear, [property: Id(2)] DateTimeOffset? LockedUntil = null);

/// <summary>What hides a patient. Any of them hides even that they are here.</summary>
[GenerateSerializer, Alias("care.lock.v1")]
public enum PrivacyLock
{
    /// <summary>The patient opted out of the directory (45 CFR 164.510(a)).</summary>
    NoInformation,
    /// <summary>Known by the care team only.</summary>
    Confidential,
    /// <summary>Somebody means them harm.</summary>
    Safety,
}

[GenerateSerializer, Immutable, Alias("visit.set-lock.v1")]
public sealed record SetLock(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] PrivacyLock Lock, [property: Id(1)] bool On, [property: Id(2)] string? Reason)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>Bad news is pending: nothing goes out by itself until a clinician has spoken with the family.</summary>
[GenerateSerializer, Immutable, Alias("visit.set-hold.v1")]
public sealed record SetHold(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] bool On, [property: Id(1)] string? Reason) : VisitCommand(Id, By, OccurredAt);

/// <summary>Sends an update to every contact that may hear it: one story to all. It may be recalled until it leaves. The command's id is the update's.</summary>
/// <param name="Template">The policy's template; null for free text.</param>
/// <param name="Text">Free text; null with a template.</param>
/// <param name="NextBy">When the next word is promised; null leaves it to the policy.</param>
[GenerateSerializer, Immutable, Alias("visit.send-update.v1")]
public sealed record SendUpdate(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] string? Template, [property: Id(1)] string? Text,
    [property: Id(2)] DateTimeOffset? NextBy) : VisitCommand(Id, By, OccurredAt);

/// <summary>Takes an update back before it leaves.</summary>
[GenerateSerializer, Immutable, Alias("visit.recall-update.v1")]
public sealed record RecallUpdate(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Update) : VisitCommand(Id, By, OccurredAt);

[GenerateSerializer, Alias("care.update-state.v1")]
public enum UpdateState
{
    /// <summary>May still be recalled.</summary>
    Waiting,
    /// <summary>On its way to the contacts over channels that have not answered for all of them.</summary>
    Leaving,
    /// <summary>Every delivery over a channel has ended, one way or another; what stands on a family page waits there to be read.</summary>
    Gone,
    Recalled,
    /// <summary>A lock, a hold or a consent forbids it, for every contact.</summary>
    Blocked,
}

[GenerateSerializer, Alias("care.delivery-state.v1")]
public enum DeliveryState
{
    /// <summary>To be sent; on the family page: to be read.</summary>
    Waiting,
    /// <summary>Handed to the channel, which has not answered; it may have arrived.</summary>
    Trying,
    /// <summary>The channel has taken it; on the family page: it was read there.</summary>
    Delivered,
    /// <summary>The channel said no, for good.</summary>
    Failed,
    /// <summary>The channel did not answer and cannot tell a repeat from a second message: somebody must look.</summary>
    Unconfirmed,
    /// <summary>A lock, a hold or the consent forbids it.</summary>
    Blocked,
}

/// <summary>The update's text in one language.</summary>
[GenerateSerializer, Immutable, Alias("care.text.v1")]
public sealed record LocalText([property: Id(0)] string Language, [property: Id(1), Sensitive] string Text);

/// <param name="Channel"><c>page</c>, <c>email</c> or <c>sms</c>.</param>
[GenerateSerializer, Immutable, Alias("care.delivery.v1")]
public sealed record DeliveryView([property: Id(0)] Guid Contact, [property: Id(1)] string Channel, [property: Id(2)] DeliveryState State, [property: Id(3)] int Attempts,
    [property: Id(4)] DateTimeOffset? At, [property: Id(5)] string? Why)
{
    /// <summary>The contact with the same number or address whose message this one is too; null when it has one of its own.</summary>
    [Id(6)] public Guid? With { get; init; }
}

/// <summary>A contact who may hear an update, and whom none would reach.</summary>
/// <param name="Why">In words; no patient data.</param>
[GenerateSerializer, Immutable, Alias("care.unreachable.v1")]
public sealed record UnreachableView([property: Id(0)] Guid Contact, [property: Id(1)] string Why);

/// <summary>An update to the family and how far it got.</summary>
[GenerateSerializer, Immutable, Alias("care.update.v1")]
public sealed record UpdateView(
    [property: Id(0)] Guid Id, [property: Id(1)] string? Template, [property: Id(2)] ImmutableArray<LocalText> Texts, [property: Id(3)] Actor By, [property: Id(4)] DateTimeOffset WrittenAt,
    [property: Id(5)] DateTimeOffset LeavesAt, [property: Id(6)] UpdateState State, [property: Id(7)] ImmutableArray<DeliveryView> Deliveries)
{
    /// <summary>When the family was told by it: when it first reached somebody. Null while it has reached nobody.</summary>
    [Id(8)] public DateTimeOffset? ToldAt { get; init; }
}

/// <summary>Makes a contact a link to the family page. The secret is in the answer and nowhere else.</summary>
[GenerateSerializer, Immutable, Alias("visit.issue-link.v1")]
public sealed record IssueLink(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Contact, [property: Id(1)] string SecretHash) : VisitCommand(Id, By, OccurredAt);

/// <summary>The contact's links end.</summary>
[GenerateSerializer, Immutable, Alias("visit.revoke-links.v1")]
public sealed record RevokeLinks(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Contact) : VisitCommand(Id, By, OccurredAt);

/// <summary>What a channel said of a message it was handed.</summary>
[GenerateSerializer, Alias("care.delivery-answer.v1")]
public enum DeliveryAnswer
{
    Delivered,
    /// <summary>Not now, and certainly not sent: it may be tried again.</summary>
    NotNow,
    /// <summary>Never: the address is wrong, the message is refused.</summary>
    Never,
    /// <summary>The channel broke off, and nobody knows what it did.</summary>
    Unknown,
}

/// <summary>A channel answered, or did not. From Journey itself alone.</summary>
[GenerateSerializer, Immutable, Alias("visit.end-delivery.v1")]
public sealed record EndDelivery(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Update, [property: Id(1)] Guid Contact, [property: Id(2)] string Channel,
    [property: Id(3)] DeliveryAnswer Answer, [property: Id(4)] string? Why) : VisitCommand(Id, By, OccurredAt);

/// <summary>An update that the policy has words for.</summary>
/// <param name="On">The step on which it is written by itself; null: by hand only.</param>
[GenerateSerializer, Immutable, Alias("care.template.v1")]
public sealed record TemplateView([property: Id(0)] string Key, [property: Id(1)] string Says, [property: Id(2)] string? On, [property: Id(3)] ImmutableArray<LocalText> Texts);

using System.Collections.Immutable;

namespace Journey.Contracts.Families;

/// <summary>Bad news is pending: nothing goes out by itself until a clinician has spoken with the family.</summary>
[GenerateSerializer, Immutable, Alias("visit.set-hold.v1")]
public sealed record SetHold(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] bool On, [property: Id(1)] string? Reason)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>
/// Sends an update to every contact that may hear it: one story to all. It may be recalled until it leaves. The command's id is the update's.
/// </summary>
/// <param name="Template">The policy's template; null for free text.</param>
/// <param name="Text">Free text; null with a template.</param>
/// <param name="NextBy">When the next word is promised; null leaves it to the policy.</param>
[GenerateSerializer, Immutable, Alias("visit.send-update.v1")]
public sealed record SendUpdate(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] string? Template, [property: Id(1)] string? Text,
    [property: Id(2)] DateTimeOffset? NextBy) : VisitCommand(Id, By, OccurredAt);

/// <summary>Takes an update back before it leaves.</summary>
[GenerateSerializer, Immutable, Alias("visit.recall-update.v1")]
public sealed record RecallUpdate(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Update)
    : VisitCommand(Id, By, OccurredAt);

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
public sealed record DeliveryView([property: Id(0)] Guid Contact, [property: Id(1)] string Channel, [property: Id(2)] DeliveryState State,
    [property: Id(3)] int Attempts,
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
    [property: Id(0)] Guid Id, [property: Id(1)] string? Template, [property: Id(2)] ImmutableArray<LocalText> Texts, [property: Id(3)] Actor By,
    [property: Id(4)] DateTimeOffset WrittenAt,
    [property: Id(5)] DateTimeOffset LeavesAt, [property: Id(6)] UpdateState State, [property: Id(7)] ImmutableArray<DeliveryView> Deliveries)
{
    /// <summary>When the family was told by it: when it first reached somebody. Null while it has reached nobody.</summary>
    [Id(8)] public DateTimeOffset? ToldAt { get; init; }
}

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
public sealed record EndDelivery(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Update, [property: Id(1)] Guid Contact,
    [property: Id(2)] string Channel,
    [property: Id(3)] DeliveryAnswer Answer, [property: Id(4)] string? Why) : VisitCommand(Id, By, OccurredAt);

/// <summary>An update that the policy has words for.</summary>
/// <param name="On">The step on which it is written by itself; null: by hand only.</param>
[GenerateSerializer, Immutable, Alias("care.template.v1")]
public sealed record TemplateView([property: Id(0)] string Key, [property: Id(1)] string Says, [property: Id(2)] string? On,
    [property: Id(3)] ImmutableArray<LocalText> Texts);

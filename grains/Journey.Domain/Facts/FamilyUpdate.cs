using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Families;

namespace Journey.Domain.Facts;

/// <summary>An update to the family.</summary>
/// <param name="Deliveries">Empty until it leaves.</param>
public sealed record FamilyUpdate(
    Guid Id, string? Template, ImmutableArray<LocalText> Texts, Actor By, DateTimeOffset WrittenAt, DateTimeOffset LeavesAt, DateTimeOffset? NextBy,
    UpdateState State,
    ImmutableArray<Delivery> Deliveries)
{
    /// <summary>When it left; null while it has not, and of those that versions before 2026-12 sent: they counted as told by leaving.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>When the family was told by it: when it first reached somebody.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>
    /// Somebody has told the family since it left, or a later update has: whether it arrives settles and promises nothing any more.
    /// </summary>
    public bool IsOvertaken { get; init; }

    public bool IsSettled => State is UpdateState.Gone or UpdateState.Recalled or UpdateState.Blocked;

    /// <summary>
    /// It has left and no way to the family has failed yet: word may be there any moment. What is merely tried again keeps nobody from calling them.
    /// </summary>
    public bool IsOnItsWay => State == UpdateState.Leaving && IsOpen && Deliveries.Any(d => d.IsUnderWay && d is { Why: null, With: null });

    private bool IsOpen => LeftAt is not null && ToldAt is null && !IsOvertaken;

    /// <summary>Whom it should have reached over a channel and did not, while it has reached nobody and nobody has told them.</summary>
    public IEnumerable<Delivery> Missed =>
        State == UpdateState.Gone && IsOpen ? Deliveries.Where(d => d.State is DeliveryState.Failed or DeliveryState.Unconfirmed) : [];
}

/// <summary>An update on its way to one contact over one channel.</summary>
/// <param name="At">Since when it stands so.</param>
/// <param name="RetryAt">When to try (again); null when that is over.</param>
/// <param name="With">The contact with the same number or address: what reaches them reaches this one.</param>
public sealed record Delivery(Guid Contact, string Channel, DeliveryState State, int Attempts, DateTimeOffset At, string? Why = null,
    DateTimeOffset? RetryAt = null, Guid? With = null)
{
    public bool HasEnded => State is not (DeliveryState.Waiting or DeliveryState.Trying);

    /// <summary>A channel is to answer for it. On the family page it waits for nobody but its reader.</summary>
    [JsonIgnore]
    public bool IsUnderWay => !HasEnded && Channel != Channels.Page;
}

/// <summary>How an update reaches somebody. Persisted: never renamed.</summary>
public static class Channels
{
    /// <summary>The family page of who holds a link: there as soon as it has left, and delivered when it is read.</summary>
    public const string Page = "page";
    public const string Email = "email";

    /// <summary>An SMS gateway's webhook. It says that there is a word, never what.</summary>
    public const string Sms = "sms";
}

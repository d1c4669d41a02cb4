using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Care;

namespace Journey.Domain.Visits;

/// <summary>The care around a visit: who owes what to whom. Follows from the facts, as the rest of the <see cref="Course"/> does.</summary>
public sealed record CareState
{
    /// <summary>How many settled items of a kind are kept; the journal keeps all.</summary>
    public const int RememberedSettled = 24;

    /// <summary>How many links to the family page a contact may hold: a phone, a tablet, and those lost.</summary>
    public const int LinksEach = 4;

    public ImmutableArray<QuestionView> Questions { get; init; } = [];

    /// <summary>Their state is as of the last fact; time alone breaks a promise, see <see cref="StateOf"/>.</summary>
    public ImmutableArray<PromiseView> Promises { get; init; } = [];
    public ImmutableArray<RequestView> Requests { get; init; } = [];

    /// <summary>The last is open while it is <see cref="HandoffState.Required"/>, <see cref="HandoffState.Offered"/> or <see cref="HandoffState.Returned"/>.</summary>
    public ImmutableArray<HandoffView> Handoffs { get; init; } = [];
    public ImmutableArray<FamilyUpdate> Updates { get; init; } = [];

    /// <summary>As staff keep them, by their order; the feed's are beside them in the visit.</summary>
    public ImmutableArray<ContactCard> Contacts { get; init; } = [];

    /// <summary>Since when there has been one of them; null while there is none.</summary>
    public DateTimeOffset? ContactsSince { get; init; }
    public string? CodeWordHash { get; init; }

    /// <summary>Who gave wrong words: each for themselves, so that one who guesses, or mistypes, keeps nobody else from giving the right one.</summary>
    public ImmutableArray<WordTries> CodeWordTries { get; init; } = [];

    /// <summary>When wrong words locked the check last. A right one does not make it good: only another word does.</summary>
    public DateTimeOffset? CodeWordGuessedAt { get; init; }

    /// <summary>What was said of each lock on this visit, or on the one that it continues. What holds is <see cref="StaffLocks.Of"/>.</summary>
    public PersonLocks Locks { get; init; } = PersonLocks.None;

    /// <summary>Of those the ones that are of the person. What versions before 2026-12 wrote is of this visit alone, as they said on their screens.</summary>
    public PersonLocks LocksOfPerson { get; init; } = PersonLocks.None;
    public bool OnHold { get; init; }
    public ImmutableArray<Link> Links { get; init; } = [];
    public ImmutableArray<RoundView> Rounds { get; init; } = [];
    public ImmutableArray<PulseView> Pulses { get; init; } = [];
    public ImmutableArray<LifeEvent> LifeEvents { get; init; } = [];

    public static readonly CareState None = new();

    /// <summary>Until when the check takes no word from whoever that is; null when it does.</summary>
    /// <param name="by">As in <see cref="CodeWordTried"/>.</param>
    public DateTimeOffset? CodeWordLockedUntil(Guid? by, DateTimeOffset now) => CodeWordTries.FirstOrDefault(t => t.By == by)?.LockedUntil is { } until && until > now ? until : null;

    /// <summary>Required, offered or returned; null when nobody is between owners.</summary>
    public HandoffView? OpenHandoff => Handoffs is [.., var last] && IsOpen(last) ? last : null;

    public static bool IsOpen(QuestionView question) => question.State is QuestionState.Open or QuestionState.Answered;
    public static bool IsOpen(RequestView request) => request.State is RequestState.Open or RequestState.Taken;
    public static bool IsOpen(HandoffView handoff) => handoff.State is HandoffState.Required or HandoffState.Offered or HandoffState.Returned;
    public static bool IsOpen(PromiseView promise) => promise.SettledAt is null;

    /// <summary>A promise whose time has passed is broken, whether anybody says so or not.</summary>
    public static PromiseState StateOf(PromiseView promise, DateTimeOffset now) =>
        promise.State == PromiseState.Open && promise.DueAt <= now ? PromiseState.Broken : promise.State;
}

/// <summary>A link to the family page.</summary>
/// <param name="SecretHash">SHA-256 of the secret, hexadecimal.</param>
public sealed record Link(Guid Contact, string SecretHash, DateTimeOffset Until);

public sealed record LifeEvent(string What, DateOnly On);

/// <summary>An update to the family.</summary>
/// <param name="Deliveries">Empty until it leaves.</param>
public sealed record FamilyUpdate(
    Guid Id, string? Template, ImmutableArray<LocalText> Texts, Actor By, DateTimeOffset WrittenAt, DateTimeOffset LeavesAt, DateTimeOffset? NextBy, UpdateState State,
    ImmutableArray<Delivery> Deliveries)
{
    /// <summary>When it left; null while it has not, and of those that versions before 2026-12 sent: they counted as told by leaving.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>When the family was told by it: when it first reached somebody.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>Somebody has told the family since it left, or a later update has: whether it arrives settles and promises nothing any more.</summary>
    public bool IsOvertaken { get; init; }

    public bool IsSettled => State is UpdateState.Gone or UpdateState.Recalled or UpdateState.Blocked;

    /// <summary>It has left and no way to the family has failed yet: word may be there any moment. What is merely tried again keeps nobody from calling them.</summary>
    public bool IsOnItsWay => State == UpdateState.Leaving && IsOpen && Deliveries.Any(d => d.IsUnderWay && d is { Why: null, With: null });

    private bool IsOpen => LeftAt is not null && ToldAt is null && !IsOvertaken;

    /// <summary>Whom it should have reached over a channel and did not, while it has reached nobody and nobody has told them.</summary>
    public IEnumerable<Delivery> Missed => State == UpdateState.Gone && IsOpen ? Deliveries.Where(d => d.State is DeliveryState.Failed or DeliveryState.Unconfirmed) : [];
}

/// <summary>Wrong words of one contact, one link, or of callers whom nobody named.</summary>
public sealed record WordTries(Guid? By, int Misses, DateTimeOffset? LockedUntil);

/// <summary>An update on its way to one contact over one channel.</summary>
/// <param name="At">Since when it stands so.</param>
/// <param name="RetryAt">When to try (again); null when that is over.</param>
/// <param name="With">The contact with the same number or address: what reaches them reaches this one.</param>
public sealed record Delivery(Guid Contact, string Channel, DeliveryState State, int Attempts, DateTimeOffset At, string? Why = null, DateTimeOffset? RetryAt = null, Guid? With = null)
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

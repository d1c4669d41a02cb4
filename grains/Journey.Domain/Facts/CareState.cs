using System.Collections.Immutable;
using Journey.Contracts.Care;
using Journey.Contracts.Families;

namespace Journey.Domain.Facts;

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

    /// <summary>
    /// The last is open while it is <see cref="HandoffState.Required"/>, <see cref="HandoffState.Offered"/> or <see cref="HandoffState.Returned"/>.
    /// </summary>
    public ImmutableArray<HandoffView> Handoffs { get; init; } = [];
    public ImmutableArray<FamilyUpdate> Updates { get; init; } = [];

    /// <summary>As staff keep them, by their order; the feed's are beside them in the visit.</summary>
    public ImmutableArray<ContactCard> Contacts { get; init; } = [];

    /// <summary>Since when there has been one of them; null while there is none.</summary>
    public DateTimeOffset? ContactsSince { get; init; }
    public string? CodeWordHash { get; init; }

    /// <summary>
    /// Who gave wrong words: each for themselves, so that one who guesses, or mistypes, keeps nobody else from giving the right one.
    /// </summary>
    public ImmutableArray<WordTries> CodeWordTries { get; init; } = [];

    /// <summary>When wrong words locked the check last. A right one does not make it good: only another word does.</summary>
    public DateTimeOffset? CodeWordGuessedAt { get; init; }

    /// <summary>
    /// What was said of each lock on this visit, or on the one that it continues. What holds is <see cref="Families.StaffLocks.InForce"/>.
    /// </summary>
    public PersonLocks Locks { get; init; } = PersonLocks.None;

    /// <summary>
    /// Of those the ones that are of the person. What versions before 2026-12 wrote is of this visit alone, as they said on their screens.
    /// </summary>
    public PersonLocks LocksOfPerson { get; init; } = PersonLocks.None;
    public bool OnHold { get; init; }
    public ImmutableArray<Link> Links { get; init; } = [];
    public ImmutableArray<RoundView> Rounds { get; init; } = [];
    public ImmutableArray<PulseView> Pulses { get; init; } = [];
    public ImmutableArray<LifeEvent> LifeEvents { get; init; } = [];

    public static readonly CareState None = new();

    /// <summary>Until when the check takes no word from whoever that is; null when it does.</summary>
    /// <param name="by">As in <see cref="CodeWordTried"/>.</param>
    public DateTimeOffset? CodeWordLockedUntil(Guid? by, DateTimeOffset now) =>
        CodeWordTries.FirstOrDefault(t => t.By == by)?.LockedUntil is { } until && until > now ? until : null;

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

public sealed record LifeEvent(string What, DateOnly On);

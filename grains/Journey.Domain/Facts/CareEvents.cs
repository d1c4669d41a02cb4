using Journey.Contracts;
using Journey.Contracts.Care;

namespace Journey.Domain.Facts;

/// <summary>A fact about one item of the care: all facts of an item are kept or forgotten together.</summary>
/// <param name="Item">The question, promise, request, handoff or update.</param>
public abstract record ItemFact(DateTimeOffset At, Guid Item) : Fact(At);

public sealed record QuestionAsked(DateTimeOffset At, Guid Item, QuestionKind Kind, Asker Asker, [property: Sensitive] string Text, Person? Owner,
    DateTimeOffset? DueAt) : ItemFact(At, Item);
public sealed record QuestionTaken(DateTimeOffset At, Guid Item, Person? Owner) : ItemFact(At, Item);
public sealed record QuestionAnswered(DateTimeOffset At, Guid Item, [property: Sensitive] string Answer) : ItemFact(At, Item);
public sealed record QuestionConfirmed(DateTimeOffset At, Guid Item, bool Satisfied, [property: Sensitive] string? Remark, DateTimeOffset? DueAt)
    : ItemFact(At, Item);
public sealed record QuestionWithdrawn(DateTimeOffset At, Guid Item, [property: Sensitive] string Reason) : ItemFact(At, Item);
public sealed record PromiseMade(DateTimeOffset At, Guid Item, [property: Sensitive] string What, string? ToWhom, DateTimeOffset DueAt, Person Owner)
    : ItemFact(At, Item);
public sealed record PromiseKept(DateTimeOffset At, Guid Item, [property: Sensitive] string? How) : ItemFact(At, Item);
public sealed record PromiseWithdrawn(DateTimeOffset At, Guid Item, [property: Sensitive] string Reason) : ItemFact(At, Item);
public sealed record HandoffOffered(DateTimeOffset At, Guid Item, CareRole Role, Person? From, Person To, IPass Content) : ItemFact(At, Item);
public sealed record HandoffAccepted(DateTimeOffset At, Guid Item, [property: Sensitive] string Synthesis) : ItemFact(At, Item);
public sealed record HandoffReturned(DateTimeOffset At, Guid Item, [property: Sensitive] string Question) : ItemFact(At, Item);
public sealed record HandoffWithdrawn(DateTimeOffset At, Guid Item) : ItemFact(At, Item);
public sealed record RequestMade(DateTimeOffset At, Guid Item, RequestKind Kind, Asker For, [property: Sensitive] string? What, Person? Owner,
    DateTimeOffset? DueAt) : ItemFact(At, Item);
public sealed record RequestTaken(DateTimeOffset At, Guid Item, Person Owner) : ItemFact(At, Item);
public sealed record RequestDone(DateTimeOffset At, Guid Item, [property: Sensitive] string? Outcome, bool? TeachBack) : ItemFact(At, Item);
public sealed record RequestWithdrawn(DateTimeOffset At, Guid Item, [property: Sensitive] string Reason) : ItemFact(At, Item);
public sealed record Rounded(DateTimeOffset At, FourPs Ps) : Fact(At);
public sealed record LifeEventNoted(DateTimeOffset At, [property: Sensitive] string What, DateOnly On) : Fact(At);
public sealed record PulseGiven(DateTimeOffset At, int Score, [property: Sensitive] string? Touchpoint, [property: Sensitive] string? Remark)
    : Fact(At);

using System.Collections.Immutable;
using Journey.Contracts.Care;
using Journey.Contracts.Families;

namespace Journey.Contracts.Visits;

/// <summary>All that the care of one visit holds beside its course; what the visit page shows.</summary>
[GenerateSerializer, Immutable, Alias("care.view.v1")]
public sealed record CareView
{
    [Id(0)] public ImmutableArray<QuestionView> Questions { get; init; } = [];
    [Id(1)] public ImmutableArray<PromiseView> Promises { get; init; } = [];
    [Id(2)] public ImmutableArray<RequestView> Requests { get; init; } = [];
    [Id(3)] public ImmutableArray<HandoffView> Handoffs { get; init; } = [];
    [Id(4)] public ImmutableArray<ToldView> Told { get; init; } = [];
    [Id(5)] public ImmutableArray<ContactCard> Contacts { get; init; } = [];
    [Id(6)] public ImmutableArray<UpdateView> Updates { get; init; } = [];
    [Id(7)] public ImmutableArray<RoundView> Rounds { get; init; } = [];
    [Id(8)] public ImmutableArray<PulseView> Pulses { get; init; } = [];
    [Id(9)] public ImmutableArray<PrivacyLock> Locks { get; init; } = [];
    [Id(10)] public bool OnHold { get; init; }
    [Id(11)] public bool HasCodeWord { get; init; }
    [Id(12)] public DateTimeOffset? CodeWordLockedUntil { get; init; }
    [Id(13)] public ImmutableArray<PromptView> Prompts { get; init; } = [];
    [Id(14)] public string? WaitingRoomCode { get; init; }
    /// <summary>Contacts with a link to the family page that has not ended.</summary>
    [Id(15)] public ImmutableArray<Guid> Linked { get; init; } = [];
    /// <summary>Contacts who may hear an update and whom one that is written now would not reach.</summary>
    [Id(16)] public ImmutableArray<UnreachableView> Unreachable { get; init; } = [];
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Access;

namespace Journey.Domain.Access;

/// <summary>What happened to a breaking of the glass, as the privacy officer's list keeps it. Persisted by the names given here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(GlassAsked), "glass.asked.v1")]
[JsonDerivedType(typeof(GlassOpened), "glass.opened.v1")]
[JsonDerivedType(typeof(GlassRefused), "glass.refused.v1")]
[JsonDerivedType(typeof(GlassJudged), "glass.judged.v1")]
public abstract record GlassEvent
{
    public static readonly EventCodec<GlassEvent> Codec = new SingleEventCodec<GlassEvent>(AccessJsonContext.Default.SingleEventGlassEvent);

    private protected GlassEvent() { }
}

public sealed record GlassAsked(Guid Grant, VisitId Visit, string Reason, [property: Sensitive] string? Note, DateTimeOffset At) : GlassEvent;
public sealed record GlassOpened(Guid Grant, string Unit, bool Confidential, DateTimeOffset Until) : GlassEvent;
public sealed record GlassRefused(Guid Grant, string Code) : GlassEvent;
public sealed record GlassJudged(Guid Grant, GlassVerdict Verdict, DateTimeOffset At, [property: Sensitive] string? Remark) : GlassEvent;

/// <summary>Every breaking of the glass that is not reviewed, and the latest that are.</summary>
public sealed record GlassLog(ImmutableArray<GlassEntry> Entries)
{
    /// <summary>How many reviewed ones are shown; the journal keeps all.</summary>
    public const int RememberedReviewed = 200;

    public static readonly GlassLog Empty = new([]);

    public GlassEntry? Find(Guid grant) => Entries.FirstOrDefault(e => e.Grant == grant);

    public GlassLog Fold(Actor by, GlassEvent e) => e switch
    {
        GlassAsked a => new(Entries.Add(new GlassEntry(a.Grant, a.Visit, GlassState.Asked, by, a.Reason, a.Note, a.At, "", false, null, null))),
        GlassOpened o => Change(o.Grant, x => x with { State = GlassState.Opened, Unit = o.Unit, Confidential = o.Confidential, Until = o.Until }),
        GlassRefused r => Change(r.Grant, x => x with { State = GlassState.Refused }),
        GlassJudged j => Forget(Change(j.Grant, x => x with { Review = new GlassReview(j.Verdict, by, j.At, j.Remark) })),
        _ => throw new InvalidOperationException($"No rule for the event {e.GetType().Name}."),
    };

    public GlassList List(Policies.Policy policy, DateTimeOffset now, long version) =>
        new([.. Entries.OrderBy(e => e.Review is not null).ThenByDescending(e => e.At)], now,
            version)
        { Volumes = Access.GlassDecider.Volumes(this, policy) };

    private GlassLog Change(Guid grant, Func<GlassEntry, GlassEntry> change) => new([.. Entries.Select(e => e.Grant == grant ? change(e) : e)]);

    private static GlassLog Forget(GlassLog log) => log.Entries.Count(e => e.Review is not null) <= RememberedReviewed
        ? log
        : new(log.Entries.Remove(log.Entries.First(e => e.Review is not null)));
}

using System.Collections.Immutable;

namespace Journey.Contracts.Access;

/// <summary>Opens a visit that the sender has no part in. The command's id is the grant's.</summary>
/// <param name="Holder">Whose grant it is; see <see cref="Caller.Id"/>.</param>
/// <param name="Reason">A key of the policy's <c>glass.reasons</c>.</param>
/// <param name="Note">In their own words; without any it is refused.</param>
[GenerateSerializer, Immutable, Alias("visit.break-glass.v1")]
public sealed record BreakGlass(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] string Holder, [property: Id(1)] string Reason,
    [property: Id(2)] string? Note) : VisitCommand(Id, By, OccurredAt);

/// <summary>The privacy officer has looked into a grant. A later review takes the place of an earlier one.</summary>
[GenerateSerializer, Immutable, Alias("visit.review-glass.v1")]
public sealed record ReviewGlass(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Grant,
    [property: Id(1)] GlassVerdict Verdict,
    [property: Id(2)] string? Remark) : VisitCommand(Id, By, OccurredAt);

[GenerateSerializer, Alias("glass.verdict.v1")]
public enum GlassVerdict { Justified, NotJustified, FollowUp }

/// <summary>Somebody opened a visit by breaking the glass.</summary>
[GenerateSerializer, Immutable, Alias("glass.grant.v1")]
public sealed record GlassGrant([property: Id(0)] Guid Id, [property: Id(1)] string Holder, [property: Id(2)] Actor By,
    [property: Id(3)] string Reason,
    [property: Id(4)] DateTimeOffset At, [property: Id(5)] DateTimeOffset Until);

/// <summary>What the visit answers to <see cref="BreakGlass"/>, for the list.</summary>
/// <param name="Until">When the grant ends; null when the outcome is a refusal.</param>
[GenerateSerializer, Immutable, Alias("glass.answer.v1")]
public sealed record GlassAnswer([property: Id(0)] Outcome Outcome, [property: Id(1)] string Unit, [property: Id(2)] bool Confidential,
    [property: Id(3)] DateTimeOffset? Until);

[GenerateSerializer, Alias("glass.state.v1")]
public enum GlassState
{
    /// <summary>Asked for; whether the visit was opened is not known yet.</summary>
    Asked,
    Opened,
    /// <summary>The visit was not opened.</summary>
    Refused,
}

/// <summary>A line of the privacy officer's list.</summary>
/// <param name="Unit">Where the visit stood; empty while that is not known.</param>
[GenerateSerializer, Immutable, Alias("glass.entry.v1")]
public sealed record GlassEntry(
    [property: Id(0)] Guid Grant, [property: Id(1)] VisitId Visit, [property: Id(2)] GlassState State, [property: Id(3)] Actor By,
    [property: Id(4)] string Reason, [property: Id(5)] string? Note,
    [property: Id(6)] DateTimeOffset At, [property: Id(7)] string Unit, [property: Id(8)] bool Confidential, [property: Id(9)] DateTimeOffset? Until,
    [property: Id(10)] GlassReview? Review);

[GenerateSerializer, Immutable, Alias("glass.review.v1")]
public sealed record GlassReview([property: Id(0)] GlassVerdict Verdict, [property: Id(1)] Actor By, [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string? Remark);

/// <summary>Every time the glass was broken: those not reviewed first, newest first.</summary>
[GenerateSerializer, Immutable, Alias("glass.list.v1")]
public sealed record GlassList([property: Id(0)] ImmutableArray<GlassEntry> Entries, [property: Id(1)] DateTimeOffset AsOf,
    [property: Id(2)] long Version)
{
    /// <summary>Who broke it more often than is usual, as long as something of it is not reviewed; the latest first.</summary>
    [Id(3)] public ImmutableArray<GlassVolume> Volumes { get; init; } = [];
}

/// <summary>Somebody broke the glass so often within an hour that the privacy officer must know at once.</summary>
/// <param name="From">The first time of them.</param>
/// <param name="To">The last.</param>
/// <param name="IsLimit">It is as often as the policy lets anybody: further ones were refused.</param>
[GenerateSerializer, Immutable, Alias("glass.volume.v1")]
public sealed record GlassVolume(
    [property: Id(0)] Actor By, [property: Id(1)] int Count, [property: Id(2)] DateTimeOffset From, [property: Id(3)] DateTimeOffset To,
    [property: Id(4)] bool IsLimit);

/// <summary>A reason that the policy knows.</summary>
[GenerateSerializer, Immutable, Alias("glass.reason.v1")]
public sealed record GlassReason([property: Id(0)] string Key, [property: Id(1)] string Says);

/// <summary>What the policy says of breaking the glass.</summary>
[GenerateSerializer, Immutable, Alias("glass.terms.v1")]
public sealed record GlassTerms([property: Id(0)] ImmutableArray<GlassReason> Reasons, [property: Id(1)] TimeSpan Lasts);

/// <summary>A gateway process that watches the list.</summary>
[Alias("journey.glass-observer")]
public interface IGlassObserver : IGrainObserver
{
    [Alias("glass-changed")] Task GlassChanged(GlassList list);
}

/// <summary>The way to break the glass, and the list of who did. Key: <see cref="GlassKeys.All"/>.</summary>
[Alias("journey.glass"), Answers(Askers.Gateways)]
public interface IGlassGrain : IGrainWithStringKey
{
    /// <summary>
    /// Stands on the list, durably, before the visit is asked to open: nothing opens that the privacy officer does not see. A visit that is not
    /// known, a reason that the policy does not know, no words, or more than the policy lets one person break within an hour are refused and leave no
    /// line.
    /// </summary>
    [Alias("break")] Task<Outcome> Break(VisitId visit, BreakGlass command);

    /// <summary>Said to the visit first, and noted here after.</summary>
    [Alias("review")] Task<Outcome> Review(ReviewGlass command);
    [Alias("read")] Task<GlassList> Read();
    [Alias("terms")] Task<GlassTerms> Terms();

    /// <summary>Subscribes for <see cref="Boards.BoardKeys.Lease"/>; renew before it ends.</summary>
    [Alias("watch")] Task<GlassList> Watch(IGlassObserver observer);
}

public static class GlassKeys
{
    public const string All = "glass/all";

    /// <summary>The operation of an entry of the audit trail: somebody broke the glass more often than is usual.</summary>
    public const string Volume = "glass volume";
}

using System.Collections.Immutable;
using Journey.Contracts;

namespace Journey.Domain.Facts;

/// <summary>What to do about a command.</summary>
/// <param name="Events">To be committed as one; empty when there is nothing to record.</param>
/// <param name="Refusal">Why not; null when it is accepted.</param>
public sealed record Decision(ImmutableArray<VisitEvent> Events, Refusal? Refusal)
{
    /// <summary>The visit after the first of the events, where the decider had to look ahead; null where it had not.</summary>
    public Foreseen? Foreseen { get; init; }

    public static readonly Decision Nothing = new([], null);
    public static Decision Accept(params ImmutableArray<VisitEvent> events) => new(events, null);
    public static Decision Refuse(string code, string message) => new([], new Refusal(code, message));

    /// <summary>A refusal where the visit has ended; null where it has not.</summary>
    internal static Decision? RefuseEnded(Visit visit) => visit.Course.IsEnded ? Refuse(RefusalCodes.VisitClosed, "The visit has ended.") : null;
}

/// <summary>What a decider found out on its way, so that the fold need not work it out again.</summary>
/// <param name="Visit">The visit after those events, by the same command, at the same time and by the same actor.</param>
/// <param name="Events">So many of the commit's events.</param>
public sealed record Foreseen(Visit Visit, int Events);

using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Domain.Facts;
using Journey.Domain.Policies;

namespace Journey.Domain.Access;

/// <summary>Decides grants. Whether a role may ask for one at all is the policy table's to say; a visit that has ended may be opened too.</summary>
public static class GlassDecider
{
    /// <summary>Letters and digits that words of one's own have at least: a full stop says nothing to whoever reviews it.</summary>
    private const int ShortestNote = 3;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Why it is not even asked of the visit; null when it is.</summary>
    public static Refusal? Obstacle(GlassLog log, BreakGlass command, Policy policy, DateTimeOffset now)
    {
        if (policy.Glass.Reasons.All(r => r.Key != command.Reason)) return NoSuchReason(policy);
        if ((command.Note ?? "").Count(char.IsLetterOrDigit) < ShortestNote)
            return new(RefusalCodes.GlassNoteMissing, "Say in your own words why: the privacy officer reads it.");
        return log.Entries.Count(e => e.By.Id == command.By.Id && e.At > now - Hour) >= policy.Glass.Limit
            ? new(RefusalCodes.GlassLimit,
                $"You broke the glass {policy.Glass.Limit} times within an hour, as often as one person may. Ask who is in charge of the unit, or "
                    + $"somebody of the care team.")
            : null;
    }

    /// <summary>Who broke it so often within an hour that it is more than usual, as long as one of those is not reviewed.</summary>
    public static ImmutableArray<GlassVolume> Volumes(GlassLog log, Policy policy) =>
        [.. log.Entries.GroupBy(e => e.By.Id).Select(of => Busiest([.. of.OrderBy(e => e.At)], policy)).OfType<GlassVolume>()
            .OrderByDescending(v => v.To)];

    private static GlassVolume? Busiest(ImmutableArray<GlassEntry> entries, Policy policy)
    {
        GlassVolume? busiest = null;
        for (var (first, last) = (0, 0); last < entries.Length; last++)
        {
            while (entries[first].At <= entries[last].At - Hour) first++;
            var count = last - first + 1;
            if (count < policy.Glass.Alert || count < busiest?.Count || entries[first..(last + 1)].All(e => e.Review is not null)) continue;
            busiest = new GlassVolume(entries[last].By, count, entries[first].At, entries[last].At, count >= policy.Glass.Limit);
        }

        return busiest;
    }

    private static Refusal NoSuchReason(Policy policy) =>
        new(RefusalCodes.GlassReasonUnknown, $"The reason is one of {string.Join(", ", policy.Glass.Reasons.Select(r => r.Key))}.");

    internal static Decision Break(BreakGlass command, Policy policy, DateTimeOffset now) => policy.Glass.Reasons.Any(r => r.Key == command.Reason)
        ? Decision.Accept(new GlassBroken(command.Id.Value, command.Holder, command.Reason, command.Note, now + policy.Glass.Lasts))
        : Decision.Refuse(NoSuchReason(policy).Code, NoSuchReason(policy).Message);

    /// <summary>Nobody judges what they did themselves.</summary>
    internal static Decision Review(Visit visit, ReviewGlass command) => visit.Glass.FirstOrDefault(g => g.Id == command.Grant) switch
    {
        null => Decision.Refuse(RefusalCodes.GlassUnknown, "No such grant on this visit."),
        { By.Id: var by } when by == command.By.Id => Decision.Refuse(RefusalCodes.GlassOwn, "Somebody else reviews what you did."),
        _ => Decision.Accept(new GlassReviewed(command.Grant, command.Verdict, command.Remark)),
    };
}

using Journey.Api;
using Journey.Dashboard.Boards;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Families;

public enum Urgency { Waiting, Overdue, Soon, Later }

/// <summary>One family on the liaison's list.</summary>
public sealed record WorklistLine(string UnitName, BoardRow Row, Urgency Urgency);

/// <summary>
/// Who must be told next: whoever waits longest for word, then promises and policy times that have passed, then those soon to pass.
/// </summary>
public static class Worklist
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(30);

    public static IReadOnlyList<WorklistLine> Lines(IEnumerable<Board> boards, DateTimeOffset now) =>
        [.. boards.SelectMany(b => b.Rows.Where(HasFamily).Select(r => new WorklistLine(b.Name, r, UrgencyOf(r.Family, now))))
            .OrderBy(e => e.Urgency)
            .ThenBy(e => e.Urgency == Urgency.Overdue && !e.Row.Family.Promised)
            .ThenBy(e => e.Urgency == Urgency.Waiting ? e.Row.Family.WaitingSince : e.Row.Family.NextDueAt ?? DateTimeOffset.MaxValue)];

    public static Urgency UrgencyOf(Family family, DateTimeOffset now) =>
        // Nobody has to go while word is on its way; should it not arrive they wait again, as long as they have.
        family.OnItsWaySince is not null ? Urgency.Soon
        : family.WaitingSince is not null ? Urgency.Waiting
        : family.NextDueAt is not { } due ? Urgency.Later
        : due <= now ? Urgency.Overdue
        : due - now <= Soon ? Urgency.Soon
        : Urgency.Later;

    /// <summary>A change of this number means that the list must be made anew.</summary>
    public static long Fingerprint(IEnumerable<Board> boards, DateTimeOffset now) =>
        boards.SelectMany(b => b.Rows).Sum(r => Elapsed.Fingerprint(now, r.Family.WaitingSince, r.Family.NextDueAt, r.Family.LastToldAt));

    /// <summary>Whose patient has probably left is asked about on the unit's board first.</summary>
    private static bool HasFamily(BoardRow row) =>
        !BoardQuery.IsToVerify(row) && (row.Family.WaitingSince is not null
        || row.Status is VisitStatuses.Present or VisitStatuses.OnLeave
        && (row.Family.NextDueAt is not null || row.Family.LastToldAt is not null || row.Family.Contacts.Count > 0));
}

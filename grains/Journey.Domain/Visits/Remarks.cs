using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;

namespace Journey.Domain.Visits;

/// <summary>
/// What became of a feed's message where that is not what its sender would expect: for whoever reads the message log. Holds no patient data.
/// </summary>
public static class Remarks
{
    public const string SaidBefore = "The same was said of the same moment before, in another message.";
    public const string HeardOfLately = "The visit was heard of lately; one more mention says nothing.";
    public const string TakesNothingBack = "What it takes back is not known here; it is taken back when it comes.";
    public const string LongPast = "The visit began so long ago that it must be over, and nothing was known of it: it is on no board.";
    public const string AfterTheEnd = "The visit had ended before this happened; its row says so.";
    public const string ContinuedElsewhere =
        "The patient was admitted from here before this happened: the visit that continues this one is not changed by it.";

    public const string SeenToLeave = "Staff saw when the patient left: that time stands.";
    public const string NotBelieved = "It gives a time that cannot be; the next best stands in.";

    /// <param name="before">As the visit stood before the message.</param>
    /// <param name="after">As it stands since.</param>
    /// <param name="isNews">Whether anything was recorded.</param>
    /// <returns>Null where the message did what it says.</returns>
    public static string? Write(Visit before, Visit after, FeedCommand command, bool isNews) => command switch
    {
        Mention when !isNews => HeardOfLately,
        Identify => null,
        _ when !isNews => SaidBefore,
        Cancel when TakenBack(before.Entries) == TakenBack(after.Entries) && (!before.Exists || after.Course.Status == before.Course.Status) =>
            TakesNothingBack,
        _ when after.Course.Status == VisitStatus.Unknown && after.Entries.Any(e => e.Fact is FeedFact { Said.IsPast: true }) => LongPast,
        Discharge when before.Course.IsEndSeen && after.Course.IsEndSeen => SeenToLeave,
        Transfer or SwapBed or GoOut or Reach or ChangeClass or Plan when before.Course.IsEnded && after.Course.IsEnded
            && command.OccurredAt > after.Course.EndedAt => after.Course.ContinuedAs is null ? AfterTheEnd : ContinuedElsewhere,
        _ when before.Course.IsEnded && after.Course.AfterEndAt == command.OccurredAt => AfterTheEnd,
        _ when !command.Details.NotBelieved.IsDefaultOrEmpty => NotBelieved,
        _ => null,
    };

    private static int TakenBack(ImmutableArray<CourseEntry> entries) => Cancellations.Resolve(entries).Count(gone => gone);
}

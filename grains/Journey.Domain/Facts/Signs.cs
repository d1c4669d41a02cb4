using Journey.Contracts;
using Journey.Contracts.Visits;

namespace Journey.Domain.Facts;

/// <summary>When a visit was last heard of, and what that says of whether the row is true.</summary>
internal static class Signs
{
    /// <summary>Any fact but one of Journey's own is a sign: somebody spoke of the visit, or did something.</summary>
    public static Course Apply(Course course, Course before, CourseEntry entry)
    {
        if (IsOwn(entry.Fact)) return course;
        var at = Chronology.SaidAt(entry);
        if (at < entry.Fact.At) at = entry.Fact.At;
        var fed = entry.Fact as FeedFact;
        // One copy: a course is large, and this is done for every fact.
        return course with
        {
            LastSignAt = course.LastSignAt >= at ? course.LastSignAt : at,
            SilentSince = course.SilentSince < at ? null : course.SilentSince,
            AfterEndAt = before.IsEnded && course.IsEnded && IsOfSomebodyHere(entry.Fact, before) && entry.Fact.At > before.EndedAt
                ? entry.Fact.At
                : course.AfterEndAt,
            PlaceSaid = fed?.Said.Location is null ? course.PlaceSaid : Later(course.PlaceSaid, at, entry),
            AcuitySaid = fed?.Said.Acuity is null ? course.AcuitySaid : Later(course.AcuitySaid, at, entry),
            NotBelieved = Unbelievable(fed) ?? course.NotBelieved,
        };
    }

    /// <summary>
    /// Journey worked it out, or carried out what somebody had asked for: it tells of nobody who is there. That a visit changed hands is found when a
    /// message comes, which may be hours after it was sent; the message is the sign, as of when it was sent.
    /// </summary>
    private static bool IsOwn(Fact fact) =>
        fact is Linked or Doubted or EndedByRule or HandsChanged or NurseWentOff or UpdateLeft or UpdateReleased or DeliveryTried or DeliveryEnded;

    /// <summary>What can only be of somebody who has not left; an update is, when it moves them to another unit.</summary>
    private static bool IsOfSomebodyHere(Fact fact, Course course) =>
        fact is Mentioned or Moved or WentOut or Reached || fact is Updated or Confirmed && ((FeedFact)fact).Said.Location is { Unit.Length: > 0 } to
        && course.Location is { } last && last.Unit != to.Unit;

    public static Course ApplyDoubt(Course course, Doubted fact) =>
        course.IsOpen && !(course.LastSignAt > fact.Since)
        ? course with { SilentSince = fact.Since, LongInStepAt = fact.Usual is null ? null : fact.At }
        : course;

    /// <summary>Whoever looks settles what they looked at.</summary>
    public static Course Verify(Course course, Looked fact, CourseEntry entry)
    {
        var seen = new Freshness(fact.At, entry.By.Name ?? entry.By.Id);
        return fact.What switch
        {
            Verified.Here => Here(course),
            Verified.Gone => course with { AfterEndAt = null, HandsChangedAt = null, NotBelieved = null },
            Verified.Place => Here(course) with { PlaceVerifiedAt = fact.At, PlaceSaid = seen },
            Verified.Nurse => course with { NurseSaid = seen },
            Verified.Acuity => course with { AcuitySaid = seen },
            _ => throw new InvalidOperationException($"No rule for {fact.What}."),
        };
    }

    public static Course Here(Course course) => course with
    {
        SilentSince = null,
        AfterEndAt = null,
        HandsChangedAt = null,
        NotBelieved = null,
        Links = course.Links.RemoveAll(l => l.Link.As == LinkKind.ElsewhereAs),
    };

    /// <summary>Of PV1 only when the visit began or ended; EVN says when anything happened, and all that is shown follows from it.</summary>
    private static NotBelieved? Unbelievable(FeedFact? fact)
    {
        if (fact?.Said.NotBelieved is not { } fields) return null;
        var ofEvent = string.Join(' ', fields.Split(' ').Where(field => field.StartsWith("EVN-", StringComparison.Ordinal)));
        return ofEvent.Length == 0 ? null : new(ofEvent, fact.At);
    }

    private static Freshness Later(Freshness? known, DateTimeOffset at, CourseEntry entry) =>
        known is not null && known.At > at ? known : new Freshness(at, entry.By.Name ?? entry.By.Id);
}

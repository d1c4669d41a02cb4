using Journey.Contracts;

namespace Journey.Domain.Facts;

/// <summary>How visits end.</summary>
internal static class Endings
{
    /// <summary>
    /// What was deleted or called off did not depart; who had left by a link, or was seen to leave, left then, whatever time the paperwork gives
    /// later.
    /// </summary>
    public static Course Depart(Course course, Said said, DateTimeOffset at)
    {
        if (course.Status is VisitStatus.Cancelled or VisitStatus.Deleted
            || course is { Status: VisitStatus.Departed, IsEndInferred: true, DepartedAs: DepartureKind.Admitted }) return course;
        if (course.IsEndSeen) return course;
        course = End(course, VisitStatus.Departed, at) with { IsEndInferred = false };
        return said.DepartedAs is { } how && course.DepartedAs == DepartureKind.Unknown ? course with { DepartedAs = how } : course;
    }

    /// <summary>Staff saw the patient leave.</summary>
    public static Course Seen(Course course, DateTimeOffset at) =>
        Depart(course, Said.Nothing, at) is { Status: VisitStatus.Departed } left ? left with { IsEndSeen = true } : course;

    /// <summary>The person was admitted under another visit: this one ended by that.</summary>
    public static Course AsAdmitted(Course course, DateTimeOffset at)
    {
        if (course.IsOpen)
            return End(course, VisitStatus.Departed, at < course.ArrivedAt ? course.ArrivedAt.Value : at) with
            {
                DepartedAs = DepartureKind.Admitted,
                IsEndInferred = true
            };
        return course is { Status: VisitStatus.Departed, DepartedAs: DepartureKind.Unknown }
            ? course with { DepartedAs = DepartureKind.Admitted, IsEndInferred = true }
            : course;
    }

    /// <summary>Nobody said so, and nobody was heard of for too long.</summary>
    public static Course ByRule(Course course, DateTimeOffset at) => course switch
    {
        { IsOpen: true } when !(course.LastSignAt > at) => End(course, VisitStatus.Departed, at) with { IsEndInferred = true },
        { Status: VisitStatus.Expected } when !(course.LastSignAt > at) => End(course, VisitStatus.Cancelled, at) with { IsEndInferred = true },
        _ => course,
    };

    public static Course End(Course course, VisitStatus status, DateTimeOffset at) => course with
    {
        Status = status,
        EndedAt = at,
        LeaveSince = null,
        Plan = null,
        TemporaryLocation = null,
        InTransit = false,
        BoardingSince = null,
        FamilyWaitingSince = null,
        FamilyWaitingWho = null,
        PromisedAt = null,
        MovedAt = null,
        UnownedSince = null,
        SilentSince = null,
        LeftDepartmentAt = course.LeftDepartmentAt ?? (Whereabouts.IsInEmergency(course) ? at : null),
        Stays = Whereabouts.CloseStay(course.Stays, at),
        Care = CareFold.Ended(course.Care, at),
    };
}

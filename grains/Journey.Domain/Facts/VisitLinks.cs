using Journey.Contracts;
using Journey.Contracts.Visits;

namespace Journey.Domain.Facts;

/// <summary>Visits of one person that are one journey.</summary>
internal static class VisitLinks
{
    public static Course Begin(Course course, Linked fact)
    {
        // The end of a link is worked out with its beginning; see Cancellations.
        if (fact.Ends) return course;
        course = course with { Links = course.Links.RemoveAll(l => l.Link.As == fact.Link.As && l.Link.Other == fact.Link.Other).Add(fact) };
        return fact.Link.As switch
        {
            LinkKind.AdmittedTo => Endings.AsAdmitted(course with { Links = course.Links.RemoveAll(l => l.Link.As == LinkKind.PlannedTo) }, fact.At),
            LinkKind.PlannedTo when course.IsOpen && course.Reached(Steps.Admitted) is null => course with
            {
                BoardingSince = course.BoardingSince ?? fact.At,
                Plan = course.Plan
                    ?? (fact.Link.Unit is { } unit ? new PlanView(PlanKind.Admit, new Location(unit), null, fact.At) : null),
            },
            LinkKind.FulfilledBy when course.Status == VisitStatus.Expected => Endings.End(course, VisitStatus.Cancelled, fact.At),
            LinkKind.SameAs => Endings.End(course, VisitStatus.Cancelled, fact.At),
            LinkKind.AdmittedFrom when course.IsOpen => Continue(course, fact.At),
            _ => course,
        };
    }

    /// <summary>
    /// A visit that continues another: while the patient lies in the emergency department they board; elsewhere they have come from there, and
    /// somebody has to take them over.
    /// </summary>
    public static Course Continue(Course course, DateTimeOffset at)
    {
        foreach (var link in course.Links)
        {
            if (link.Link.As != LinkKind.AdmittedFrom || course.ArrivedAt is not { } arrived) continue;
            if (at < arrived) at = arrived;
            if (course.Stay?.Department == Department.Emergency)
            {
                var nurse = course.Nurse ?? link.Nurse;
                course = course with
                {
                    Acuity = course.Acuity ?? link.Acuity,
                    Nurse = nurse,
                    UnownedSince = nurse is null ? link.UnownedSince ?? course.UnownedSince : null,
                };
                return course.Reached(Steps.Admitted) is { } admitted && admitted < at ? course : course with
                {
                    BoardingSince = course.BoardingSince ?? (link.BoardingSince < at ? link.BoardingSince : arrived),
                    Milestones = course.Milestones.RemoveAll(m => m.Step == Steps.Admitted),
                };
            }

            return course with
            {
                LeftDepartmentAt = course.LeftDepartmentAt ?? course.Stay?.Since ?? at,
                MovedAt = course.MovedAt ?? at,
                Care = CareFold.Moved(course.Care, link.Nurse, at),
            };
        }

        return course;
    }
}

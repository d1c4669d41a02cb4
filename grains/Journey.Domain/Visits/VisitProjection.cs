using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Domain.Care;
using Journey.Domain.Facts;
using Journey.Domain.Families;
using Journey.Domain.Policies;

namespace Journey.Domain.Visits;

/// <summary>What boards and pages show of a visit.</summary>
public static class VisitProjection
{
    public static VisitRow Row(VisitId id, Visit visit, Policy policy)
    {
        var course = visit.Course;
        var step = course.StepOn(policy.Pathway(course.Class));
        var locks = StaffLocks.InForce(visit).Held;
        return new VisitRow
        {
            Visit = id,
            Version = visit.Version,
            Number = visit.Number,
            Patient = Disclosure.Shown(visit.Patient, locks),
            Class = course.Class,
            Status = course.Status,
            Location = course.Location,
            Unit = course.Unit,
            TemporaryLocation = course.TemporaryLocation,
            InTransit = course.InTransit,
            Plan = course.Plan,
            Step = step.Step,
            StepSince = step.At,
            StepsAhead = course.StepsAhead(policy.Pathway(course.Class)),
            Clock = Clocks.Clinical(visit, policy),
            ArrivedAt = course.ArrivedAt,
            DepartedAt = course.EndedAt,
            ClosesAt = course.EndedAt + policy.Glass.After,
            ExpectedAt = course.ExpectedAt,
            Acuity = course.Acuity,
            Nurse = course.Nurse,
            Provider = course.Provider,
            Service = course.Service,
            Alerts = [.. visit.Alerts.Where(a => a is { IsOpen: true, IsShadow: false }).Select(a => View(a, visit, policy))
                .OrderByDescending(a => a.Severity).ThenBy(a => a.DueAt)],
            Family = Family(visit, policy),
            LastContactAt = course.LastContactAt,
            HeardAt = visit.HeardAt,
            PointOfContact = course.PointOfContact,
            Handoff = course.Care.OpenHandoff is { } handoff ? handoff with { Content = null } : null,
            Owed = CareProjection.Owed(visit),
            Locks = locks,
            OnHold = course.Care.OnHold,
            Prompts = CareProjection.Prompts(visit, policy),
            InterpreterFor = CareProjection.InterpreterFor(visit),
            Glass = visit.Glass.RemoveAll(g => g.Until <= visit.HeardAt),
            Doubts = Doubts.Find(visit),
            Links = [.. course.Links.Select(l => l.Link)],
            DoorAt = course.DoorAt,
            DepartedAs = course.DepartedAs,
            IsEndInferred = course.IsEndInferred,
            PlaceKind = course.Stay?.Kind ?? PlaceKind.Unknown,
            Complaint = course.Complaint,
            // It is of this stay, and nobody looks at it once that is over.
            Note = course.IsEnded ? null : course.Note,
            NoteSaid = course.IsEnded ? null : course.NoteSaid,
            PlaceSaid = course.PlaceSaid,
            NurseSaid = course.NurseSaid,
            AcuitySaid = course.AcuitySaid,
            LeftDepartmentAt = course.LeftDepartmentAt,
            PlaceVerifiedAt = course.PlaceVerifiedAt,
            Unverified = visit.Unverified,
            Reports = Reports.Count(visit, policy),
            Spent = StepTimes.Measure(course, policy.Pathway(course.Class)),
        };
    }

    /// <param name="now">Time alone breaks a promise.</param>
    public static VisitView View(VisitId id, Visit visit, Policy policy, DateTimeOffset now) => new(
        Row(id, visit, policy), visit.Course.Stays, visit.Course.Milestones, Clocks.Running(visit, policy),
        [.. visit.Alerts.Where(a => a is { IsOpen: false, IsShadow: false }).Select(a => View(a, visit, policy)).Reverse()])
    {
        Care = CareProjection.View(id, visit, policy, now),
    };

    /// <summary>
    /// The stays in a bed, oldest first. A visit that was called off was in none; a spot in the hallway and a chair in a waiting room are none, and
    /// nobody makes them.
    /// </summary>
    public static ImmutableArray<Stay> BedStays(Visit visit) => visit.Course.Status is VisitStatus.Cancelled or VisitStatus.Deleted
        ? []
        : [.. visit.Course.Stays.Where(stay => stay.Location.Bed is { Length: > 0 }
            && stay.Kind is not (PlaceKind.Hallway or PlaceKind.Waiting or PlaceKind.Virtual))];

    /// <summary>Lower-case words by which the visit is found.</summary>
    public static string SearchText(Visit visit) => string.Join(' ',
        new[] { visit.Patient.FamilyName, visit.Patient.GivenName, visit.Patient.Number, visit.Number }
            .Where(word => !string.IsNullOrWhiteSpace(word)).Select(word => word!.ToLowerInvariant()));

    private static FamilyView Family(Visit visit, Policy policy)
    {
        var (due, promised) = Clocks.FamilyDue(visit, policy);
        var course = visit.Course;
        return new FamilyView(course.FamilyWaitingSince, course.FamilyWaitingWho, course.LastToldAt, course.LastToldWho, course.LastToldBy, due,
            promised, visit.Contacts)
        { OnItsWaySince = course.OnItsWaySince };
    }

    public static AlertView View(Alert alert, Visit visit, Policy policy)
    {
        var rule = policy.Rule(alert.Rule);
        return new AlertView(
            alert.Id, alert.Rule, rule is null ? "touchpoint" : Spelling.Kebab(rule.Kind), rule?.Says ?? alert.Rule, alert.Severity, alert.State,
            alert.RaisedAt, alert.DueAt, alert.Owner, alert.ExpectedBy, alert.SnoozedUntil, alert.ResolvedAt, alert.Resolution, alert.Reason)
        {
            Since = alert.Since, SeenAt = alert.SeenAt, SeenBy = alert.SeenBy, EscalatedAt = alert.EscalatedAt ?? alert.LadderSince,
            EscalatedTo = alert.LadderSince is null ? null : alert.EscalatedTo ?? policy.Ladder[0].To,
            Late = Late(alert, rule), Awaits = rule?.Awaits, Safety = rule?.Tier == Tier.Safety, TakenAt = alert.TakenAt, Responsible = rule is null
                ? null
                : Escalation.Responsible(visit, rule),
            Whom = rule?.Starts == ClockStart.Unreached && alert.IsOpen ? CareProjection.Unreached(visit) : null,
        };
    }

    /// <summary>A notice comes before the time is over: of it the sentence would not be true yet.</summary>
    private static string? Late(Alert alert, Rule? rule) =>
        alert.Severity < Severity.Warning || rule?.Late is not { } late ? null
            : !late.Contains(Rule.Limit, StringComparison.Ordinal) ? late
            : alert.Since is { } since ? late.Replace(Rule.Limit, Spelling.Span(alert.DueAt - since), StringComparison.Ordinal) : null;
}

using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Visits;

namespace Journey.Domain.Visits;

/// <summary>Applies facts, in the order they occurred, to a <see cref="Course"/>.</summary>
internal static class CourseFold
{
    /// <summary>The course that follows from <paramref name="entries"/> (sorted by occurrence), those taken back left out.</summary>
    public static Course Replay(ImmutableArray<Entry> entries)
    {
        var cancelled = Cancellations.Resolve(entries);
        var course = Course.Start;
        for (var i = 0; i < entries.Length; i++)
            if (!cancelled[i]) course = Apply(course, entries[i]);
        return course;
    }

    public static Course Apply(Course course, Entry entry) => entry.Fact switch
    {
        Expected f => Expect(Hear(course, f.Said), f),
        Arrived f => Enter(Hear(course, f.Said), f.At, f.Said, Steps.Arrived),
        Admitted f => Admit(course, f),
        Moved f => Move(Present(Hear(course, f.Said), f), f.Said.Location, f.At),
        Discharged f => Depart(Place(Hear(course, f.Said), f.Said, f.At), f.At),
        ClassChanged f => ChangeClass(course, f),
        Updated f => Update(course, f),
        Confirmed f => Update(course, f),
        WentOut f => GoOut(Present(Hear(course, f.Said), f), f),
        Reached f => Arrive(Present(Hear(course, f.Said), f), f),
        Planned f => PlanFor(course, f),
        WentOnLeave f => Leave(Present(Hear(course, f.Said), f), f.At),
        Returned f => Return(Present(Hear(course, f.Said), f)),
        Cancelled f => AfterCancel(Hear(course, f.Said), f),
        Deleted f => End(course, VisitStatus.Deleted, f.At),
        StepReached f => Reach(course, f),
        Contacted f => course with { LastContactAt = Later(course.LastContactAt, f.At) },
        AcuitySet f => course with { Acuity = f.Level },
        Assigned f => Assign(course, f.Role, f.Person, f.At),
        FamilyWaited or FamilyTold when course.IsEnded => course,
        FamilyWaited f => course with { FamilyWaitingSince = course.FamilyWaitingSince ?? f.At, FamilyWaitingWho = course.FamilyWaitingWho ?? f.Who },
        FamilyTold f => Told(course, f, entry.By, entry.Command),
        // Heard late that the patient had left: what was entered meanwhile ended with the visit, and stays on nobody's list.
        var fact when course.IsEnded => CareFold.Closed(CareFold.Apply(course, fact, entry.By), fact.At),
        var fact => CareFold.Apply(course, fact, entry.By),
    };

    internal static Course Assign(Course course, CareRole role, Person? person, DateTimeOffset at) => role switch
    {
        CareRole.Nurse => course with { Nurse = person, UnownedSince = person is not null || !course.IsOpen ? null : course.UnownedSince ?? at },
        CareRole.Provider => course with { Provider = person },
        _ => course with { PointOfContact = person },
    };

    /// <summary>
    /// What a message says of the visit apart from its trigger. A location here moves nothing; triggers decide what it means.
    /// A feed repeats in every message what it last knew; only what it says differently outweighs what staff set since.
    /// </summary>
    private static Course Hear(Course course, Said said) => course with
    {
        Number = said.Number ?? course.Number,
        Class = said.Class ?? course.Class,
        DefaultUnit = course.DefaultUnit ?? said.DefaultUnit,
        Provider = said.Attending is { } attending && attending != course.SaidProvider ? attending : course.Provider,
        SaidProvider = said.Attending ?? course.SaidProvider,
        Service = said.Service ?? course.Service,
        Disposition = said.Disposition ?? course.Disposition,
        Acuity = said.Acuity is { } acuity && acuity != course.SaidAcuity ? acuity : course.Acuity,
        SaidAcuity = said.Acuity ?? course.SaidAcuity,
    };

    private static Course Expect(Course course, FeedFact fact)
    {
        if (course.Status == VisitStatus.Expected) return Expect(course, fact.Said, fact.At);
        if (course.Status is not (VisitStatus.Unknown or VisitStatus.Cancelled)) return course;
        return Expect(Afresh(course) with { Status = VisitStatus.Expected }, fact.Said, fact.At);
    }

    private static Course Expect(Course course, Said said, DateTimeOffset at)
    {
        var to = said.PendingLocation ?? said.Location ?? course.Plan?.To;
        var expectedAt = said.ExpectedAt ?? course.ExpectedAt ?? at;
        return course with { ExpectedAt = expectedAt, Plan = to is null ? null : new PlanView(PlanKind.Admit, to, expectedAt, course.Plan?.Since ?? at) };
    }

    /// <summary>A visit that had ended, or was called off, and begins again: what staff noted of it then starts no clock now.</summary>
    private static Course Afresh(Course course) => !course.IsEnded ? course : course with
    {
        EndedAt = null, ExpectedAt = null, Milestones = [], LastContactAt = null, LastToldAt = null, LastToldWho = null, LastToldBy = null,
    };

    /// <summary>Comes through the door, or is found to be in the house already.</summary>
    private static Course Enter(Course course, DateTimeOffset at, Said said, string step, bool presumed = false)
    {
        if (course.IsOpen) return Correct(course, said.Location, at) with { Presumed = course.Presumed && presumed };
        course = Afresh(course) with
        {
            Status = VisitStatus.Present, ArrivedAt = at, Presumed = presumed, Plan = course.Status == VisitStatus.Expected ? null : course.Plan,
            UnownedSince = course.Nurse is null ? at : null,
        };
        return Mark(Place(Mark(course, step, at), said, at), course.Class, at);
    }

    private static Course Admit(Course course, Admitted fact)
    {
        var wasHere = course.IsOpen;
        var from = course.Unit;
        course = Hear(course, fact.Said);
        if (!wasHere) return Enter(course, fact.At, fact.Said, StepOnEntry(course.Class));
        course = Move(course, fact.Said.Location, fact.At) with { Plan = course.Plan is { Kind: PlanKind.Admit } ? null : course.Plan, Presumed = false };
        if (course.BoardingSince is not null || course.Reached(Steps.Admitted) is not null || course.Reached(Steps.Arrived) is null) return course;
        return course.Unit == from ? course with { BoardingSince = fact.At } : Mark(course, Steps.Admitted, fact.At);
    }

    private static string StepOnEntry(PatientClass kind) => kind is PatientClass.Emergency or PatientClass.Outpatient or PatientClass.Recurring ? Steps.Arrived : Steps.Admitted;

    /// <summary>A fact that can only happen to somebody in the house: a visit first heard of in mid-course is taken in.</summary>
    private static Course Present(Course course, FeedFact fact)
    {
        if (course.Status is not (VisitStatus.Unknown or VisitStatus.Expected)) return course;
        var since = fact.Said.AdmittedAt is { } admitted && admitted < fact.At ? admitted : fact.At;
        return Enter(course, since, fact is Moved ? fact.Said with { Location = null } : fact.Said, StepOnEntry(course.Class), presumed: true);
    }

    private static Course Update(Course course, FeedFact fact)
    {
        course = Hear(course, fact.Said);
        // First heard of in an update that says when the patient left: registration tidying up after a visit, not somebody in the house.
        if (course.Status == VisitStatus.Unknown && fact.Said.DischargedAt is { } left && left <= fact.At)
            return Depart(Present(course, fact), left);
        return course.Status == VisitStatus.Expected ? Expect(course, fact.Said, fact.At) : Correct(Present(course, fact), fact.Said.Location, fact.At);
    }

    private static Course GoOut(Course course, WentOut fact) =>
        course.IsOpen ? course with { InTransit = true, TemporaryLocation = fact.Said.TemporaryLocation ?? course.TemporaryLocation } : course;

    private static Course Leave(Course course, DateTimeOffset at) => course.IsOpen ? course with { Status = VisitStatus.OnLeave, LeaveSince = at } : course;

    private static Course Return(Course course) => course.IsOpen ? course with { Status = VisitStatus.Present, LeaveSince = null } : course;

    /// <summary>What was deleted or called off did not depart.</summary>
    private static Course Depart(Course course, DateTimeOffset at) =>
        course.Status is VisitStatus.Cancelled or VisitStatus.Deleted ? course : End(course, VisitStatus.Departed, at);

    private static Course ChangeClass(Course course, ClassChanged fact)
    {
        var before = course.Class;
        course = Move(Present(Hear(course, fact.Said), fact), fact.Said.Location, fact.At);
        return (before, course.Class) switch
        {
            (PatientClass.Emergency or PatientClass.Outpatient, PatientClass.Inpatient) when course.IsOpen && course.Reached(Steps.Admitted) is null
                => course with { BoardingSince = course.BoardingSince ?? fact.At },
            (PatientClass.Inpatient, PatientClass.Outpatient or PatientClass.Emergency) => course with { BoardingSince = null },
            _ => course,
        };
    }

    private static Course PlanFor(Course course, Planned fact)
    {
        course = fact.Kind == PlanKind.Admit && course.Status is VisitStatus.Unknown or VisitStatus.Expected
            ? Expect(Hear(course, fact.Said), fact)
            : Present(Hear(course, fact.Said), fact);
        if (!course.IsOpen) return course;
        course = course with { Plan = new PlanView(fact.Kind, fact.Said.PendingLocation, fact.Said.ExpectedAt, fact.At) };
        return fact.Kind == PlanKind.Admit && course.Reached(Steps.Admitted) is null
            ? course with { BoardingSince = course.BoardingSince ?? fact.At }
            : course;
    }

    private static Course Arrive(Course course, Reached fact) => !course.IsOpen
        ? course
        : fact.Said.TemporaryLocation is { } there && there != course.Location
            ? course with { InTransit = false, TemporaryLocation = there }
            : course with { InTransit = false, TemporaryLocation = null };

    /// <summary>A cancel says what is true after it: the visit is in the house again, or at the location it names, or never was.</summary>
    private static Course AfterCancel(Course course, Cancelled fact) => fact.What switch
    {
        CancelledFact.Arrival when course.Status is VisitStatus.Unknown || course is { IsOpen: true, Presumed: true } => End(course, VisitStatus.Cancelled, fact.At),
        CancelledFact.Expected when course.Status is VisitStatus.Unknown or VisitStatus.Expected => End(course, VisitStatus.Cancelled, fact.At),
        // A visit that was only ever planned is not in the house because the plan was dropped.
        CancelledFact.PlannedAdmit when course.Status is VisitStatus.Unknown => End(course, VisitStatus.Cancelled, fact.At),
        CancelledFact.Arrival or CancelledFact.Expected or CancelledFact.PlannedAdmit => course,
        CancelledFact.Discharge or CancelledFact.Transfer => Correct(Present(course, fact), fact.Said.Location, fact.At),
        CancelledFact.Leave => Return(Present(course, fact)),
        _ => Present(course, fact),
    };

    private static Course Reach(Course course, StepReached fact)
    {
        course = course with { LastContactAt = Later(course.LastContactAt, fact.At) };
        return fact.Step switch
        {
            Steps.Departed => Depart(course, fact.At),
            Steps.Boarding when course.IsOpen => course with { BoardingSince = course.BoardingSince ?? fact.At },
            Steps.Boarding => course,
            _ => Mark(course, fact.Step, fact.At),
        };
    }

    internal static Course Told(Course course, FamilyTold fact, Actor by, Guid command) => course with
    {
        Care = CareFold.Told(course.Care, fact, by, command),
        FamilyWaitingSince = null, FamilyWaitingWho = null,
        LastToldAt = Later(course.LastToldAt, fact.At), LastToldWho = fact.Who, LastToldBy = by,
        PromisedAt = fact.NextBy, MovedAt = null,
    };

    private static Course End(Course course, VisitStatus status, DateTimeOffset at) => course with
    {
        Status = status, EndedAt = at, LeaveSince = null, Plan = null, TemporaryLocation = null, InTransit = false, BoardingSince = null,
        FamilyWaitingSince = null, FamilyWaitingWho = null, PromisedAt = null, MovedAt = null, UnownedSince = null,
        Stays = CloseStay(course.Stays, at), Care = CareFold.Ended(course.Care, at),
    };

    private static Course Mark(Course course, string step, DateTimeOffset at) =>
        course.Reached(step) is null ? course with { Milestones = course.Milestones.Add(new Milestone(step, at)) } : course;

    /// <summary>A bed in the emergency department is a treatment room.</summary>
    private static Course Mark(Course course, PatientClass kind, DateTimeOffset at) =>
        kind == PatientClass.Emergency && course.Location?.Bed is not null ? Mark(course, Steps.Roomed, at) : course;

    /// <summary>Sets a location where none was known.</summary>
    private static Course Place(Course course, Said said, DateTimeOffset at) =>
        said.Location is { } location && (course.Stays.IsEmpty || course.Stays[^1].Until is not null && course.IsOpen)
            ? course with { Stays = course.Stays.Add(new Stay(location, at, null)) }
            : course;

    /// <summary>Moves to another bed or unit: leaves what was planned or temporary behind.</summary>
    private static Course Move(Course course, Location? to, DateTimeOffset at)
    {
        if (to is null || !course.IsOpen || to == course.Location) return course;
        var before = course.Unit;
        var settled = course.Milestones.IsEmpty || course.Class != PatientClass.Emergency && to.Unit != before;
        course = course with
        {
            Stays = CloseStay(course.Stays, at).Add(new Stay(to, at, null)), TemporaryLocation = null, InTransit = false, MovedAt = at,
            Plan = course.Plan is { Kind: PlanKind.Discharge } ? course.Plan : null,
            Care = to.Unit == before || before.Length == 0 ? course.Care : CareFold.Moved(course.Care, course.Nurse, at),
        };
        if (course.BoardingSince is not null && to.Unit != before) return Mark(course with { BoardingSince = null }, Steps.Admitted, at);
        return settled ? Mark(course, Steps.Admitted, at) : Mark(course, course.Class, at);
    }

    /// <summary>A difference only: the present stay is at another place than thought; no clock restarts.</summary>
    private static Course Correct(Course course, Location? to, DateTimeOffset at)
    {
        if (to is null || to == course.Location) return course;
        if (!course.IsOpen) return course;
        return course.Stays.IsEmpty
            ? Mark(course with { Stays = [new Stay(to, course.ArrivedAt ?? at, null)] }, course.Class, at)
            : Mark(course with { Stays = course.Stays.SetItem(course.Stays.Length - 1, course.Stays[^1] with { Location = to, Until = null }) }, course.Class, at);
    }

    private static ImmutableArray<Stay> CloseStay(ImmutableArray<Stay> stays, DateTimeOffset at) =>
        stays is [.., { Until: null } last] ? stays.SetItem(stays.Length - 1, last with { Until = at }) : stays;

    private static DateTimeOffset Later(DateTimeOffset? a, DateTimeOffset b) => a is { } x && x > b ? x : b;
}

using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Visits;

namespace Journey.Domain.Facts;

/// <summary>Applies facts, in the order they occurred, to a <see cref="Course"/>.</summary>
internal static class CourseFold
{
    /// <summary>The course that follows from <paramref name="entries"/> (sorted by occurrence), those taken back left out.</summary>
    public static Course Replay(ImmutableArray<CourseEntry> entries)
    {
        var course = Course.Start;
        foreach (var entry in Chronology.Order(entries)) course = Apply(course, entry);
        return course;
    }

    /// <summary>One fact more, as <see cref="Chronology"/> has it count.</summary>
    public static Course Apply(Course course, CourseEntry entry) => Signs.Apply(Fold(course, entry), course, entry);

    private static Course Fold(Course course, CourseEntry entry) => entry.Fact switch
    {
        FeedFact { Said.IsPast: true } when course.Status == VisitStatus.Unknown => course,
        Expected f => Expect(ApplyDetails(course, f.Said), f),
        Arrived f => Enter(ApplyDetails(course, f.Said), f.At, f.Said, Steps.Arrived),
        Admitted f => Admit(course, f),
        Moved f => Whereabouts.Move(Present(ApplyDetails(course, f.Said), f), f.Said, f.At),
        Discharged f => Endings.Depart(Whereabouts.Place(ApplyDetails(course, f.Said), f.Said, f.At), f.Said, f.At),
        ClassChanged f => ChangeClass(course, f),
        Updated f => Update(course, f),
        Confirmed f => Update(course, f),
        Mentioned => course,
        WentOut f => GoOut(Present(ApplyDetails(course, f.Said), f), f),
        Reached f => Arrive(Present(ApplyDetails(course, f.Said), f), f),
        Planned f => PlanFor(course, f),
        WentOnLeave f => Leave(Present(ApplyDetails(course, f.Said), f), f.At),
        Returned f => Return(Present(ApplyDetails(course, f.Said), f)),
        Cancelled f => AfterCancel(ApplyDetails(course, f.Said), f),
        Deleted f => Endings.End(course, VisitStatus.Deleted, f.At),
        StepReached f => Reach(course, f),
        LeftAs f => course.IsEnded ? course with { DepartedAs = f.How, IsEndInferred = false } : course,
        Linked f => VisitLinks.Begin(course, f),
        EndedByRule f => Endings.ByRule(course, f.At),
        HandsChanged f =>
            course with
            {
                HandsChangedAt = f.At,
                Care = CareFold.SetAside(course.Care),
                FamilyWaitingSince = null,
                FamilyWaitingWho = null,
                PromisedAt = null,
                Note = null,
                NoteSaid = null,
            },
        BroughtBack => Signs.Here(course),
        Looked f => Signs.Verify(course, f, entry),
        Doubted f => Signs.ApplyDoubt(course, f),
        Contacted f => course with { LastContactAt = Later(course.LastContactAt, f.At) },
        AcuitySet f => course with { Acuity = f.Level, AcuitySaid = new Freshness(f.At, entry.By.Name ?? entry.By.Id) },
        NoteSet f => course with { Note = f.Text, NoteSaid = f.Text is null ? null : new Freshness(f.At, entry.By.Name ?? entry.By.Id) },
        Assigned f => Assign(course, f.Role, f.Person, f.At) is var assigned && f.Role == CareRole.Nurse
            ? assigned with { NurseSaid = new Freshness(f.At, entry.By.Name ?? entry.By.Id) }
            : assigned,
        NurseWentOff f => course.Nurse?.Id == f.Who.Id
            ? Assign(course, CareRole.Nurse, null, f.At) with { NurseSaid = new Freshness(f.At, entry.By.Name ?? entry.By.Id) }
            : course,
        FamilyWaited or FamilyTold when course.IsEnded => course,
        FamilyWaited f => course with { FamilyWaitingSince = course.FamilyWaitingSince ?? f.At, FamilyWaitingWho = course.FamilyWaitingWho ?? f.Who },
        FamilyTold f => Told(course with { Care = FamilyFold.Overtake(course.Care) }, f, entry.By, entry.Command),
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
    private static Course ApplyDetails(Course course, Said said) => course with
    {
        Number = said.Number ?? course.Number,
        Class = said.Class ?? course.Class,
        DefaultUnit = course.DefaultUnit ?? said.DefaultUnit,
        Provider = said.Attending is { } attending && attending != course.SaidProvider ? attending : course.Provider,
        SaidProvider = said.Attending ?? course.SaidProvider,
        Service = said.Service ?? course.Service,
        Disposition = said.Disposition ?? course.Disposition,
        // Staff said how it ended; a feed outweighs them when it says something else than it said before.
        DepartedAs = said.DepartedAs is { } kind && kind != course.SaidDeparture
            && (course.SaidDeparture is not null || course.DepartedAs == DepartureKind.Unknown || course.IsEndInferred) && course.ContinuedAs is null
            ? kind : course.DepartedAs,
        SaidDeparture = said.DepartedAs ?? course.SaidDeparture,
        Account = said.Account ?? course.Account,
        Complaint = said.Complaint is { } complaint ? complaint.Length == 0 ? null : complaint : course.Complaint,
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
        return course with
        {
            ExpectedAt = expectedAt,
            Plan = to is null
            ? null
            : new PlanView(PlanKind.Admit, to, expectedAt, course.Plan?.Since ?? at)
        };
    }

    /// <summary>A visit that had ended, or was called off, and begins again: what staff noted of it then starts no clock now.</summary>
    internal static Course Afresh(Course course) => !course.IsEnded ? course : course with
    {
        DepartedAs = DepartureKind.Unknown,
        IsEndInferred = false,
        IsEndSeen = false,
        LeftDepartmentAt = null,
        AfterEndAt = null,
        EndedAt = null,
        ExpectedAt = null,
        Milestones = [],
        LastContactAt = null,
        Note = null,
        NoteSaid = null,
        LastToldAt = null,
        LastToldWho = null,
        LastToldBy = null,
    };

    /// <summary>Comes through the door, or is found to be in the house already.</summary>
    internal static Course Enter(Course course, DateTimeOffset at, Said said, string step, bool presumed = false)
    {
        if (course.IsOpen && (presumed || !IsOnlyPresumed(course, said)))
            return Whereabouts.Correct(course, said, at) with { Presumed = course.Presumed && presumed };
        // What was recorded of it before is no presence: it begins now, at the place that is known.
        if (course.IsOpen)
            course = course with
            {
                Milestones = [],
                Stays = said.Location is null
                ? course.Stays.Select(stay => stay with { Since = at }).ToImmutableArray()
                : []
            };
        course = Afresh(course) with
        {
            Status = VisitStatus.Present,
            ArrivedAt = at,
            SaidBegin = said.AdmittedAt ?? course.SaidBegin,
            Presumed = presumed,
            // How somebody left who was not known to be here says nothing of the stay that begins.
            Disposition = said.Disposition,
            SaidDeparture = said.DepartedAs,
            Plan = course.Status == VisitStatus.Expected ? null : course.Plan,
            UnownedSince = course.Nurse is null ? at : null,
        };
        return VisitLinks.Continue(Whereabouts.MarkPlace(Whereabouts.Place(Mark(course, step, at), said, at), at), at);
    }

    /// <summary>A visit that was merely spoken of: nobody said when it began, moved the patient or was with them.</summary>
    private static bool IsOnlyPresumed(Course course, Said said) =>
        course is { Presumed: true, Status: VisitStatus.Present, InTransit: false, MovedAt: null, BoardingSince: null, LastContactAt: null }
        && (course.SaidBegin is null || said.AdmittedAt is not null);

    private static Course Admit(Course course, Admitted fact)
    {
        var wasHere = course.IsOpen;
        var from = course.Unit;
        course = ApplyDetails(course, fact.Said);
        // Of whom only the admission says that they came; an emergency patient was here before it.
        if (wasHere && IsOnlyPresumed(course, fact.Said) && course.Reached(StepOnEntry(course.Class)) is not null) wasHere = false;
        if (!wasHere) return Enter(course, fact.At, fact.Said, StepOnEntry(course.Class));
        course = Whereabouts.Correct(course, fact.Said, fact.At) with
        {
            Plan = course.Plan is { Kind: PlanKind.Admit }
            ? null
            : course.Plan,
            Presumed = false
        };
        if (course.BoardingSince is not null || course.Reached(Steps.Admitted) is not null || course.Reached(Steps.Arrived) is null) return course;
        return course.Unit == from || Whereabouts.IsInEmergency(course)
            ? course with { BoardingSince = fact.At }
            : Mark(course, Steps.Admitted, fact.At);
    }

    private static string StepOnEntry(PatientClass kind) =>
        kind is PatientClass.Emergency or PatientClass.Outpatient or PatientClass.Recurring or PatientClass.Observation
        ? Steps.Arrived
        : Steps.Admitted;

    /// <summary>A fact that can only happen to somebody in the house: a visit first heard of in mid-course is taken in.</summary>
    private static Course Present(Course course, FeedFact fact)
    {
        if (course.Status is not (VisitStatus.Unknown or VisitStatus.Expected)) return course;
        var since = fact.Said.AdmittedAt is { } admitted && admitted < fact.At ? admitted : fact.At;
        return Enter(course, since, fact is Moved ? fact.Said with { Location = null } : fact.Said, StepOnEntry(course.Class), presumed: true);
    }

    private static Course Update(Course course, FeedFact fact)
    {
        var before = course;
        course = ApplyDetails(course, fact.Said);
        // First heard of in an update that says when the patient left: registration tidying up after a visit, not somebody in the house.
        if (course.Status == VisitStatus.Unknown && fact.Said.DischargedAt is { } gone && gone <= fact.At)
            return Endings.Depart(Present(course, fact), fact.Said, gone);
        if (course.Status == VisitStatus.Expected) return Expect(course, fact.Said, fact.At);
        course = Whereabouts.Correct(Present(course, fact), fact.Said, fact.At);
        // Said in an update, another class is a change of class all the same.
        if (before.IsOpen) course = Reclass(Rebegin(course, before, fact), before.Class, fact.At);
        return before.IsOpen && fact.Said.DischargedAt is { } left && left <= fact.At && left >= course.ArrivedAt
            ? Endings.Depart(course, fact.Said, left)
            : course;
    }

    /// <summary>
    /// A feed corrects when the visit began: the door moves, and all that counts from it. Once admitted, the time it gives is that of the admission.
    /// </summary>
    private static Course Rebegin(Course course, Course before, FeedFact fact)
    {
        if (fact.Said.AdmittedAt is not { } began) return course;
        if (course.SaidBegin != began) course = course with { SaidBegin = began };
        if (before.SaidBegin == began || began > fact.At || before.ArrivedAt is not { } arrived || course.Class != before.Class) return course;
        // First given now: nobody came later than they were registered.
        if (before.SaidBegin is null && began >= arrived) return course;
        if (course.BoardingSince is not null || course.Milestones is not [{ Step: Steps.Arrived or Steps.Admitted } first, ..]
            || course.Milestones.Length > 1 && began > course.Milestones[1].At) return course;
        return course with
        {
            ArrivedAt = began,
            Milestones = course.Milestones.SetItem(0, first with { At = began }),
            UnownedSince = course.UnownedSince == arrived ? began : course.UnownedSince,
            Stays = course.Stays is [{ } stay, ..] && stay.Since == arrived && !(stay.Until < began)
                ? course.Stays.SetItem(0, stay with { Since = began })
                : course.Stays,
        };
    }

    private static Course GoOut(Course course, WentOut fact) =>
        course.IsOpen ? course with { InTransit = true, TemporaryLocation = fact.Said.TemporaryLocation ?? course.TemporaryLocation } : course;

    private static Course Leave(Course course, DateTimeOffset at) =>
        course.IsOpen ? course with { Status = VisitStatus.OnLeave, LeaveSince = at } : course;

    private static Course Return(Course course) => course.IsOpen ? course with { Status = VisitStatus.Present, LeaveSince = null } : course;

    private static Course ChangeClass(Course course, ClassChanged fact)
    {
        var before = course.Class;
        return Reclass(Whereabouts.Correct(Present(ApplyDetails(course, fact.Said), fact), fact.Said, fact.At), before, fact.At);
    }

    /// <summary>An emergency patient who becomes an inpatient was decided to be admitted, and boards while still in the department.</summary>
    private static Course Reclass(Course course, PatientClass before, DateTimeOffset at) => (before, course.Class) switch
    {
        (PatientClass.Emergency or PatientClass.Outpatient or PatientClass.Observation, PatientClass.Inpatient) when course.IsOpen
            && course.Reached(Steps.Admitted) is null
            => course with { BoardingSince = course.BoardingSince ?? at },
        (PatientClass.Inpatient, PatientClass.Outpatient or PatientClass.Emergency) => course with { BoardingSince = null },
        _ => course,
    };

    private static Course PlanFor(Course course, Planned fact)
    {
        course = fact.Kind == PlanKind.Admit && course.Status is VisitStatus.Unknown or VisitStatus.Expected
            ? Expect(ApplyDetails(course, fact.Said), fact)
            : Present(ApplyDetails(course, fact.Said), fact);
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
        CancelledFact.Arrival when course.Status is VisitStatus.Unknown || course is { IsOpen: true, Presumed: true } =>
            Endings.End(course, VisitStatus.Cancelled, fact.At),
        CancelledFact.Expected when course.Status is VisitStatus.Unknown or VisitStatus.Expected =>
            Endings.End(course, VisitStatus.Cancelled, fact.At),
        // A visit that was only ever planned is not in the house because the plan was dropped.
        CancelledFact.PlannedAdmit when course.Status is VisitStatus.Unknown => Endings.End(course, VisitStatus.Cancelled, fact.At),
        CancelledFact.Arrival or CancelledFact.Expected or CancelledFact.PlannedAdmit => course,
        CancelledFact.Discharge or CancelledFact.Transfer =>
            Whereabouts.Restore(Present(course, fact), fact.Said, fact.At, fact.What == CancelledFact.Transfer),
        CancelledFact.Leave => Return(Present(course, fact)),
        _ => Present(course, fact),
    };

    private static Course Reach(Course course, StepReached fact)
    {
        course = course with { LastContactAt = Later(course.LastContactAt, fact.At) };
        return fact.Step switch
        {
            Steps.Departed => Endings.Seen(course, fact.At),
            Steps.Boarding when course.IsOpen => course with { BoardingSince = course.BoardingSince ?? fact.At },
            Steps.Boarding => course,
            _ => Mark(course, fact.Step, fact.At),
        };
    }

    internal static Course Told(Course course, FamilyTold fact, Actor by, Guid command) => course with
    {
        Care = FamilyFold.Told(course.Care, fact, by, command),
        FamilyWaitingSince = null,
        FamilyWaitingWho = null,
        LastToldAt = Later(course.LastToldAt, fact.At),
        LastToldWho = fact.Who,
        LastToldBy = by,
        PromisedAt = fact.NextBy,
        MovedAt = null,
    };

    /// <summary>A step is reached once; one that was only assumed is confirmed by whoever says it.</summary>
    internal static Course Mark(Course course, string step, DateTimeOffset at, bool isAssumed = false)
    {
        for (var i = 0; i < course.Milestones.Length; i++)
            if (course.Milestones[i].Step == step)
                return course.Milestones[i].IsAssumed && !isAssumed
                    ? course with { Milestones = course.Milestones.SetItem(i, course.Milestones[i] with { IsAssumed = false }) }
                    : course;
        return course with { Milestones = course.Milestones.Add(new Milestone(step, at) { IsAssumed = isAssumed }) };
    }

    private static DateTimeOffset Later(DateTimeOffset? a, DateTimeOffset b) => a is { } x && x > b ? x : b;
}

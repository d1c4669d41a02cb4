using System.Collections.Immutable;

namespace Journey.Simulator.Model;

/// <summary>The emergency department: who comes, and every way through it.</summary>
internal sealed partial class Course
{
    /// <summary>
    /// Arrivals per hour at each hour of the day: quiet before dawn, busy from late morning to late evening. Flatter than life, so that a
    /// board is never empty.
    /// </summary>
    private static readonly ImmutableArray<double> ArrivalsPerHour =
        [13.2, 12.9, 12.6, 12.4, 12.4, 12.6, 13.0, 13.5, 14.1, 14.6, 15.0, 15.2, 15.2, 15.0, 14.9, 14.8, 14.8, 14.9, 15.0, 14.9, 14.6, 14.2,
            13.8, 13.5];

    private static readonly ImmutableArray<string> Complaints =
    [
        "Chest pain", "Abdominal pain", "Shortness of breath", "Fall", "Headache", "Fever", "Dizziness", "Back pain", "Palpitations", "Vomiting",
        "Weakness", "Flank pain",
    ];

    private static readonly ImmutableArray<string> SmallComplaints =
    [
        "Ankle injury", "Cut on hand", "Sore throat", "Earache", "Rash", "Insect bite", "Foreign body in eye", "Wrist injury", "Suture removal",
        "Prescription lost",
    ];

    /// <summary>How long a patient of an acuity waits for a room; the urgent for as long as it takes.</summary>
    private static TimeSpan Patience(int acuity) => acuity switch
    {
        <= 2 => Held,
        3 => TimeSpan.FromMinutes(240),
        4 => TimeSpan.FromMinutes(180),
        _ => TimeSpan.FromMinutes(150),
    };

    /// <summary>Of how many who went home the desk would know the number again.</summary>
    private const int MostFormer = 500;

    private readonly List<Visit> _present = [];
    private readonly List<PersonFacts> _former = [];
    private readonly Crew _triage = new(3);
    private readonly Crew _fastTrack = new(9);
    private int _patients;
    private int _visits;
    private int _unseen;

    private IEnumerable<TimeSpan> Arrivals()
    {
        var dice = Dice.For(_hospital.Seed, "arrivals");
        while (true)
        {
            yield return dice.Until(60 / ArrivalsPerHour[_now.Hour]);
            var roll = dice.Unit();
            var pathway = roll < 0.54 ? Pathway.FastTrack : roll < 0.67 ? Pathway.Ambulance : Pathway.WalkIn;
            Start(Emergency(Register(pathway, "E")));
        }
    }

    private Visit Register(Pathway pathway, string patientClass)
    {
        var dice = Dice.For(_hospital.Seed, "visit", ++_visits);
        var names = new Names(dice);
        var today = DateOnly.FromDateTime(_now.DateTime);
        PersonFacts person;
        if (_former.Count > 5 && dice.Chance(0.07))
        {
            person = dice.Pick(_former);
            _former.Remove(person);
        }
        else if (_present.Count > 0 && OneIn(16, "similar names"))
        {
            person = names.Like(dice.Pick(_present).Person, PatientNumber(), today);
        }
        else
        {
            person = names.Person(PatientNumber(), today);
        }

        if (OneIn(40, "confidential patients")) person = person with { Confidential = true };
        var visit = new Visit(pathway, person, new VisitFacts { Number = $"V{RunNumber}{_visits:000000}", Class = patientClass }, dice);
        if (dice.Chance(0.7)) visit.Contacts = dice.Chance(0.3) ? [names.Contact(person), names.Contact(person)] : [names.Contact(person)];
        var habit = dice.Unit() switch { < 0.62 => FamilyHabit.Prompt, < 0.87 => FamilyHabit.Late, _ => FamilyHabit.Never };
        visit.Habit = visit.Contacts.IsEmpty ? FamilyHabit.NoFamily : habit;
        return visit;
    }

    /// <summary>Numbers of two runs differ, so that a new run on old data meets no patient of the old one.</summary>
    private string RunNumber => field ??= $"{Dice.For(_hospital.Seed, "run", _hospital.Start.UtcTicks).Between(100, 999)}";

    private string PatientNumber() => $"{RunNumber}{++_patients:00000}";

    private IEnumerable<TimeSpan> Emergency(Visit visit)
    {
        var dice = visit.Dice;
        visit.Facts = visit.Facts with
        {
            AdmitSource = "7",
            Service = "EMR",
            Complaint = dice.Pick(visit.Pathway == Pathway.FastTrack ? SmallComplaints : Complaints),
        };
        visit.Acuity = visit.Pathway switch
        {
            Pathway.FastTrack => dice.Chance(0.65) ? 4 : 5,
            Pathway.Ambulance => dice.Unit() switch { < 0.08 => 1, < 0.5 => 2, _ => 3 },
            _ => dice.Unit() switch { < 0.15 => 2, < 0.76 => 3, < 0.95 => 4, _ => 5 },
        };
        if (visit.Pathway == Pathway.Ambulance && dice.Chance(0.6))
        {
            foreach (var pause in Announced(visit)) yield return pause;
            if (visit.Gone) yield break;
        }

        var bed = visit.Pathway == Pathway.Ambulance ? TakeEmergencyBed(visit) : null;
        if (bed is not null) Occupy(visit, bed);
        else visit.Facts = visit.Facts with { Location = DemoFloor.WaitingRoom };
        visit.Facts = visit.Facts with { ExpectedAdmitAt = null };
        Adt(visit, "A04");
        _present.Add(visit);
        _unseen++;
        Start(Registration(visit));
        Start(FamilyAtEmergency(visit));

        foreach (var pause in visit.Slot is null ? TriageDesk(visit) : TriageAtBed(visit)) yield return pause;
        foreach (var pause in visit.Pathway == Pathway.FastTrack ? FastTrack(visit) : Treatment(visit)) yield return pause;
    }

    /// <summary>The ambulance calls ahead (A05); now and then it goes elsewhere (A38).</summary>
    private IEnumerable<TimeSpan> Announced(Visit visit)
    {
        var eta = visit.Dice.Minutes(7, 18);
        visit.Facts = visit.Facts with { ExpectedAdmitAt = _now + eta, Location = DemoFloor.WaitingRoom };
        Adt(visit, "A05");
        yield return eta;
        if (!OneIn(9, "diverted ambulances")) yield break;
        Adt(visit, "A38", cancels: visit.LastOf["A05"]);
        visit.Gone = true;
    }

    private BedSlot? TakeEmergencyBed(Visit visit) =>
        _requests.Exists(r => r.Rank.Priority <= visit.Acuity && r.Suits(DemoFloor.Emergency.Beds[0])) ? null
        : _slots.FirstOrDefault(s => s.Free && s.Bed.Unit == DemoFloor.Emergency.Code && (s.Bed.Room != "HALL" || visit.Acuity > 2));

    private IEnumerable<TimeSpan> Registration(Visit visit)
    {
        yield return visit.Dice.Minutes(2, 7);
        if (visit.Gone) yield break;
        if (OneIn(_hospital.Habits.WrongPatients, "wrong patients")) GiveToRightPatient(visit);
        else Adt(visit, "A08", withContacts: true);
        if (OneIn(18, "duplicate registrations"))
        {
            yield return visit.Dice.Minutes(15, 50);
            if (!visit.Gone) MergeIntoOlderRecord(visit);
        }
        else if (visit.Dice.Chance(0.5))
        {
            yield return visit.Dice.Minutes(10, 50);
            if (!visit.Gone) Adt(visit, "A08");                                 // the insurance card was found
        }
        else if (OneIn(7, "changes of address"))
        {
            yield return visit.Dice.Minutes(10, 90);
            if (visit.Gone) yield break;
            var (street, city, phone) = new Names(visit.Dice).Address();
            visit.Person = visit.Person with { Street = street, City = city, Phone = phone };
            Adt(visit, "A31", personOnly: true);
        }
    }

    /// <summary>The desk finds that the patient has a number already (A40): the new one is given up.</summary>
    private void MergeIntoOlderRecord(Visit visit)
    {
        var prior = visit.Person;
        visit.Person = prior with { Number = $"{RunNumber}9{visit.Dice.Between(0, 99):00}{_visits % 10000:0000}" };
        var occurred = visit.Occurs(_now);
        _told.Add(new AdtSent(++_sequence, _now, occurred, visit.Pathway, [prior.Number, .. visit.Concerns(null)], "A40", visit.Person, null)
        {
            PriorNumber = prior.Number,
        });
        if (OneIn(_hospital.Habits.RetiredIds, "retired ids")) Start(GoOnByOldNumber(visit, prior));
    }

    private static IEnumerable<TimeSpan> GoOnByOldNumber(Visit visit, PersonFacts prior)
    {
        visit.CalledStill = prior;
        yield return visit.Dice.Minutes(15, 60);
        visit.CalledStill = null;
    }

    /// <summary>The wrong patient was picked from the list: the visit goes over to the right one (A08 under the same visit number).</summary>
    private void GiveToRightPatient(Visit visit)
    {
        var wrong = visit.Person;
        visit.Person = new Names(visit.Dice).Person(PatientNumber(), DateOnly.FromDateTime(_now.DateTime));
        _told.Add(new AdtSent(++_sequence, _now, visit.Occurs(_now), visit.Pathway, [wrong.Number, .. visit.Concerns(null)], "A08", visit.Person,
            Stamp(visit.Facts, visit))
        {
            Contacts = visit.Contacts,
        });
    }

    private IEnumerable<TimeSpan> TriageDesk(Visit visit)
    {
        Start(WaitingRoomChecks(visit));
        yield return visit.Dice.Minutes(0.5, visit.Acuity == 2 ? 1 : 3);
        foreach (var pause in _triage.Take(this, visit.Acuity == 2 ? 0 : 1)) yield return pause;
        Move(visit, null, DemoFloor.Triage);
        yield return visit.Acuity == 2 ? visit.Dice.Minutes(1, 3) : visit.Dice.Minutes(3, 7);
        _triage.Give(this);
        Triaged(visit, visit.Dice.Pick(Staff.TriageNurses));
        if (visit.Dice.Chance(0.8)) TellSoon(visit, 3, "Triaged; waiting for a room", _now + visit.Dice.Minutes(35, 60));
        if (visit.Dice.Chance(0.25)) Start(Laboratory(visit));
    }

    /// <summary>An arrival in a bed says itself that the patient is roomed.</summary>
    private IEnumerable<TimeSpan> TriageAtBed(Visit visit)
    {
        AssignSoon(visit);
        yield return visit.Dice.Minutes(1, 7);
        Triaged(visit, visit.Nurse ?? visit.Dice.Pick(Staff.NursesOf("ED", _now)));
    }

    private void Triaged(Visit visit, StaffMember nurse)
    {
        Enter(visit, nurse, new StaffAct.Triaged(visit.Acuity));
        Enter(visit, nurse, new StaffAct.Reached("triaged"));
    }

    private IEnumerable<TimeSpan> FastTrack(Visit visit)
    {
        Move(visit, null, DemoFloor.WaitingRoom);
        foreach (var pause in _fastTrack.Take(this, visit.Acuity)) yield return pause;
        Move(visit, null, DemoFloor.FastTrack);
        Enter(visit, Staff.ChargeOf("ED", _now), new StaffAct.Reached("roomed"));
        AssignSoon(visit);
        if (visit.Dice.Chance(0.8)) TellSoon(visit, 9, "Being looked after", null);
        Start(BedsideRounds(visit));
        yield return visit.Dice.Around(9);
        Seen(visit, Staff.EmergencyPhysicians[^1]);
        if (visit.Dice.Chance(0.3)) foreach (var pause in Imaging(visit, Examinations.XRay)) yield return pause;
        yield return visit.Dice.Around(18);
        Enter(visit, visit.Physician, new StaffAct.Reached("decided"));
        yield return visit.Dice.Minutes(4, 15);
        Discharge(visit, "01");
        _fastTrack.Give(this);
    }

    private IEnumerable<TimeSpan> Treatment(Visit visit)
    {
        if (visit.Slot is null)
        {
            foreach (var pause in visit.Acuity > 2 && OneIn(36, "lost patience") ? LosePatience(visit) : WaitForRoom(visit)) yield return pause;
            if (visit.Gone) yield break;
        }

        Start(BedsideRounds(visit));
        Start(Monitoring(visit));
        yield return ToProvider(visit);
        Seen(visit, visit.Dice.Pick(Staff.EmergencyPhysicians));
        foreach (var pause in WorkUp(visit)) yield return pause;
        Enter(visit, visit.Physician, new StaffAct.Reached("decided"));
        if (visit.Dice.Chance(AdmissionChance(visit))) foreach (var pause in AdmitFromEmergency(visit)) yield return pause;
        else foreach (var pause in GoHome(visit)) yield return pause;
    }

    private IEnumerable<TimeSpan> WaitForRoom(Visit visit)
    {
        var request = Ask(visit, visit.Acuity, b => b.Unit == DemoFloor.Emergency.Code && (b.Room != "HALL" || visit.Acuity > 1));
        if (request.Granted is null)
        {
            Move(visit, null, DemoFloor.WaitingRoom);
            yield return Patience(visit.Acuity);
        }

        if (request.Granted is not { } bed)
        {
            Withdraw(request);
            Discharge(visit, "LWBS");
            yield break;
        }

        yield return visit.Dice.Minutes(0.5, visit.Acuity == 2 ? 1.5 : 4);       // the walk to the room
        Move(visit, bed);
        AssignSoon(visit);
        Enter(visit, Staff.ChargeOf("ED", _now), new StaffAct.Reached("roomed"));
        if (visit.Dice.Chance(0.85)) TellSoon(visit, 10, "In a treatment room now", null);
    }

    /// <summary>Leaves without being seen, long before anybody's patience should be at its end.</summary>
    private IEnumerable<TimeSpan> LosePatience(Visit visit)
    {
        Move(visit, null, DemoFloor.WaitingRoom);
        yield return visit.Dice.Minutes(15, 50);
        Discharge(visit, "LWBS");
    }

    private TimeSpan ToProvider(Visit visit)
    {
        double median = visit.Acuity switch { 1 => 0.7, 2 => 3.5, 3 => 10, 4 => 22, _ => 30 };
        return visit.Dice.Around(median * (1 + _unseen * 0.02), visit.Acuity == 1 ? 0.2 : 0.65);
    }

    private void Seen(Visit visit, StaffMember physician)
    {
        _unseen--;
        visit.Physician = physician;
        Enter(visit, physician, new StaffAct.Assigned("provider", physician.Name));
        Enter(visit, physician, new StaffAct.Reached("seen"));
        visit.Facts = visit.Facts with { Attending = physician };
        Adt(visit, "A08");
    }

    private IEnumerable<TimeSpan> WorkUp(Visit visit)
    {
        var dice = visit.Dice;
        if (dice.Chance(0.75)) Start(Laboratory(visit));
        yield return dice.Around(visit.Acuity <= 2 ? 30 : 20);
        if (dice.Chance(0.5)) foreach (var pause in Imaging(visit, dice.Pick(Examinations.Emergency))) yield return pause;
        if (dice.Chance(0.3)) Start(Laboratory(visit));
        yield return dice.Around(visit.Acuity <= 2 ? 55 : 38);
    }

    private IEnumerable<TimeSpan> GoHome(Visit visit)
    {
        var dice = visit.Dice;
        if (OneIn(40, "against advice"))
        {
            yield return dice.Minutes(5, 20);
            Discharge(visit, "AMA");
            yield break;
        }

        var leaves = dice.Minutes(12, 45);
        if (dice.Chance(0.35))
        {
            visit.Facts = visit.Facts with { ExpectedDischargeAt = _now + leaves };
            Adt(visit, "A16");
        }

        yield return leaves;
        Discharge(visit, "01");
    }

    private void Discharge(Visit visit, string disposition)
    {
        if (visit.Physician is null) _unseen--;
        visit.Facts = visit.Facts with { Disposition = disposition, TemporaryLocation = null, PendingLocation = null };
        if (!visit.InEmergency || !OneIn(_hospital.Habits.NoEnds, "no ends"))
            Adt(visit, "A03", late: OneIn(_hospital.Habits.LateEnds, "late ends") ? visit.Dice.Minutes(10, 45) : TimeSpan.Zero);
        Leave(visit);
    }

    private void Leave(Visit visit)
    {
        visit.Gone = true;
        _present.Remove(visit);
        if (!visit.Person.Deceased) _former.Add(visit.Person);
        if (_former.Count > MostFormer) _former.RemoveAt(0);
        Release(visit);
    }
}

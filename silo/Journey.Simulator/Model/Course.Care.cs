using System.Collections.Immutable;

namespace Journey.Simulator.Model;

/// <summary>What goes on around the journeys: nurses, rounds, families, orders and imaging.</summary>
internal sealed partial class Course
{
    private static readonly ImmutableArray<string> News =
    [
        "Waiting for results", "Seen by the physician", "Imaging is done", "Resting comfortably", "Waiting for a bed upstairs", "Plan explained",
        "May come in for a visit",
    ];

    private int _orders;

    private void Nurse(Visit visit, StaffMember nurse)
    {
        visit.Nurse = nurse;
        Enter(visit, nurse, new StaffAct.Assigned("nurse", nurse.Name));
    }

    private StaffMember Charge(Visit visit) => Staff.ChargeOf(visit.Facts.Location?.Unit ?? "ED", _now);

    /// <summary>
    /// Most patients have a nurse within minutes; some are nobody's for a while. Who had a nurse on another unit is handed over; the first nurse
    /// brings somebody whom patient and family turn to, at once or late.
    /// </summary>
    private void AssignSoon(Visit visit)
    {
        Start(Assign());

        IEnumerable<TimeSpan> Assign()
        {
            yield return visit.Dice.Chance(0.88) ? visit.Dice.Minutes(0.5, 6) : visit.Dice.Minutes(18, 45);
            if (!visit.Present) yield break;
            var (unit, from) = (visit.Facts.Location!.Unit, visit.Nurse);
            var nurses = Staff.NursesOf(unit, _now);
            if (from is not null && !nurses.Contains(from)) HandOver(visit, from, visit.Dice.Pick(nurses));
            else Nurse(visit, visit.Dice.Pick(nurses));
            yield return visit.Dice.Chance(0.85) ? visit.Dice.Minutes(0.2, 3) : visit.Dice.Minutes(15, 40);
            if (visit.Present) PointOfContact(visit);
        }
    }

    /// <summary>The nurse, or one of the liaisons where the family needs more.</summary>
    private void PointOfContact(Visit visit)
    {
        var who = visit.Habit != FamilyHabit.NoFamily && visit.Dice.Chance(0.3) ? visit.Dice.Pick(Staff.Liaisons) : visit.Nurse;
        if (who is not null) Enter(visit, who, new StaffAct.Assigned("point-of-contact", who.Name));
    }

    private void HandOver(Visit visit, StaffMember from, StaffMember to)
    {
        visit.Nurse = to;
        Enter(visit, from, new StaffAct.HandedOver(to.Name));
    }

    /// <summary>At seven and at seven the next shift takes over; a few patients fall between the two.</summary>
    private IEnumerable<TimeSpan> ShiftChanges()
    {
        var dice = Dice.For(_hospital.Seed, "shifts");
        while (true)
        {
            var today = _now.Date.WithOffset(_now.Offset);
            yield return (_now.Hour < 7 ? today.AddHours(7) : _now.Hour < 19 ? today.AddHours(19) : today.AddHours(31)) - _now;
            foreach (var visit in _present.Where(v => v.Present && v.Nurse is not null))
                Start(ChangeShift(visit, dice.Minutes(0, 25), dice.Chance(0.06)));
        }
    }

    private IEnumerable<TimeSpan> ChangeShift(Visit visit, TimeSpan after, bool forgotten)
    {
        yield return after;
        if (!visit.Present || visit.Nurse is not { } leaving || Staff.NursesOf(visit.Facts.Location!.Unit, _now).Contains(leaving)) yield break;
        if (forgotten)
        {
            visit.Nurse = null;
            Enter(visit, leaving, new StaffAct.Assigned("nurse", null));
            yield return visit.Dice.Minutes(12, 35);
            if (visit.Present) Nurse(visit, visit.Dice.Pick(Staff.NursesOf(visit.Facts.Location!.Unit, _now)));
            yield break;
        }

        HandOver(visit, leaving, visit.Dice.Pick(Staff.NursesOf(visit.Facts.Location!.Unit, _now)));
    }

    /// <summary>Somebody looks after those who wait, about every half hour; one time in five it becomes late.</summary>
    private IEnumerable<TimeSpan> WaitingRoomChecks(Visit visit)
    {
        while (true)
        {
            yield return visit.Dice.Chance(0.8) ? visit.Dice.Minutes(20, 29) : visit.Dice.Minutes(33, 55);
            if (visit.Gone || visit.Facts.Location != DemoFloor.WaitingRoom) yield break;
            Enter(visit, visit.Dice.Pick(Staff.TriageNurses), new StaffAct.Contacted());
        }
    }

    /// <summary>About every twenty minutes in the emergency department, on wards every half hour, by night hourly; one in ten is late.</summary>
    private IEnumerable<TimeSpan> BedsideRounds(Visit visit)
    {
        while (true)
        {
            var late = !visit.Dice.Chance(0.9);
            if (visit.InEmergency) yield return late ? visit.Dice.Minutes(40, 75) : visit.Dice.Minutes(11, 27);
            else yield return (late ? visit.Dice.Minutes(63, 95) : visit.Dice.Minutes(20, 45)) * (_now.Hour is < 7 or >= 22 ? 2 : 1);
            if (visit.Gone) yield break;
            if (visit.Present) Enter(visit, visit.Nurse ?? Charge(visit), visit.InEmergency ? new StaffAct.Contacted() : FourPs(visit.Dice));
        }
    }

    private static StaffAct.Rounded FourPs(Dice dice) =>
        new(dice.Chance(0.6) ? dice.Between(0, 3) : dice.Between(2, 7), dice.Chance(0.9), dice.Chance(0.85), dice.Chance(0.9));

    /// <summary>The family of a patient in the emergency department: told by the clock and asking in between, as is this visit's habit.</summary>
    private IEnumerable<TimeSpan> FamilyAtEmergency(Visit visit)
    {
        if (visit.Habit == FamilyHabit.NoFamily) yield break;
        Start(FamilyAsks(visit, 130));
        while (!visit.Gone && visit.InEmergency)
        {
            yield return visit.Habit switch
            {
                FamilyHabit.Prompt => visit.Dice.Minutes(22, 52),
                FamilyHabit.Late => visit.Dice.Minutes(62, 120),
                _ => Held,
            };
            if (visit.Gone || !visit.InEmergency) yield break;
            Told(visit, visit.Dice.Pick(News), visit.Dice.Chance(0.4) ? _now + visit.Dice.Minutes(30, 60) : null);
        }
    }

    /// <summary>The family of a ward patient: told on arrival and then daily.</summary>
    private IEnumerable<TimeSpan> FamilyOnWard(Visit visit)
    {
        if (visit.Habit == FamilyHabit.NoFamily) yield break;
        Start(FamilyAsks(visit, 9 * 60));
        if (visit.Habit == FamilyHabit.Never) yield break;
        var settled = visit.Dice.Minutes(10, visit.Habit == FamilyHabit.Prompt ? 50 : 150);
        foreach (var pause in Tell(visit, settled, "Settled on the ward", null)) yield return pause;
        while (!visit.Gone)
        {
            yield return visit.Habit == FamilyHabit.Prompt ? visit.Dice.Minutes(4 * 60, 15 * 60) : visit.Dice.Minutes(20 * 60, 32 * 60);
            if (_now.Hour is < 7 or > 21) yield return visit.Dice.Minutes(8 * 60, 10 * 60);
            if (!visit.Gone) Told(visit, visit.Dice.Pick(News), visit.Dice.Chance(0.3) ? _now + visit.Dice.Minutes(120, 300) : null);
        }
    }

    private IEnumerable<TimeSpan> FamilyAsks(Visit visit, double meanMinutes)
    {
        var emergency = visit.InEmergency;
        while (true)
        {
            yield return visit.Dice.Until(meanMinutes) + TimeSpan.FromMinutes(5);
            if (visit.Gone || visit.InEmergency != emergency) yield break;
            if (visit.Away || (!emergency && _now.Hour is < 8 or > 21)) continue;
            var who = visit.Dice.Pick(visit.Contacts);
            Enter(visit, visit.Nurse ?? visit.Dice.Pick(Staff.Liaisons), new StaffAct.FamilyWaits($"{who.GivenName} ({who.RelationText})"));
            if (visit.Habit == FamilyHabit.Never && visit.Dice.Chance(0.7)) yield break;
            yield return visit.Habit == FamilyHabit.Prompt && visit.Dice.Chance(0.85) ? visit.Dice.Minutes(2, 9) : visit.Dice.Minutes(18, 50);
            if (!visit.Gone) Told(visit, visit.Dice.Pick(News), null);
        }
    }

    private IEnumerable<TimeSpan> Tell(Visit visit, TimeSpan after, string about, DateTimeOffset? nextBy)
    {
        yield return after;
        if (!visit.Gone && visit.Habit != FamilyHabit.NoFamily) Told(visit, about, nextBy);
    }

    /// <summary>A family that is kept informed hears of a step at once; others hear when it is their time, or not.</summary>
    private void TellSoon(Visit visit, double withinMinutes, string about, DateTimeOffset? nextBy)
    {
        if (visit.Habit == FamilyHabit.Prompt) Start(Tell(visit, visit.Dice.Minutes(1, withinMinutes), about, nextBy));
    }

    private void Told(Visit visit, string about, DateTimeOffset? nextBy)
    {
        var by = visit.Dice.Chance(0.4) ? visit.Dice.Pick(Staff.Liaisons) : visit.Nurse ?? Charge(visit);
        var who = visit.Dice.Pick(visit.Contacts);
        Enter(visit, by, new StaffAct.FamilyTold($"{who.GivenName} ({who.RelationText})", about, nextBy));
    }

    private IEnumerable<TimeSpan> Laboratory(Visit visit)
    {
        var examination = visit.Dice.Pick(Examinations.Laboratory);
        var (number, orderedAt) = Order(visit, examination);
        yield return visit.Dice.Around(examination.Minutes);
        if (visit.OnTheBooks) Result(visit, examination, number, orderedAt);
    }

    /// <summary>Vital signs from the monitors, as results nobody ordered.</summary>
    private IEnumerable<TimeSpan> Monitoring(Visit visit)
    {
        while (true)
        {
            yield return visit.InEmergency ? visit.Dice.Minutes(20, 40) : visit.Dice.Minutes(200, 280);
            if (visit.Gone) yield break;
            if (visit.Present) Result(visit, Examinations.HeartRate, $"{RunNumber}M{++_orders:000000}", _now);
        }
    }

    private IEnumerable<TimeSpan> WardLaboratory(Visit visit)
    {
        Start(Laboratory(visit));
        yield break;
    }

    /// <summary>To a department and back: ordered (ORM), gone (A09), there (A10), back (A10), and some time later the result (ORU).</summary>
    private IEnumerable<TimeSpan> Imaging(Visit visit, Examination examination)
    {
        var dice = visit.Dice;
        var department = DemoFloor.Departments.First(d => d.Room == examination.Department);
        var (number, orderedAt) = Order(visit, examination);
        yield return dice.Minutes(8, 30);
        visit.Away = true;
        visit.Facts = visit.Facts with { TemporaryLocation = department };
        Adt(visit, "A09");
        yield return dice.Minutes(3, 7);
        Adt(visit, "A10");
        yield return dice.Around(examination.Minutes, 0.3);
        visit.Facts = visit.Facts with { TemporaryLocation = null };
        visit.Away = false;
        Adt(visit, "A10");
        Start(Report());

        IEnumerable<TimeSpan> Report()
        {
            yield return dice.Around(30);
            if (visit.OnTheBooks) Result(visit, examination, number, orderedAt);
        }
    }

    private (string Number, DateTimeOffset OrderedAt) Order(Visit visit, Examination examination)
    {
        var number = $"{RunNumber}O{++_orders:000000}";
        Sent(visit, examination, number, _now, resulted: false);
        return (number, _now);
    }

    private void Result(Visit visit, Examination examination, string number, DateTimeOffset orderedAt) =>
        Sent(visit, examination, number, orderedAt, resulted: true);

    private void Sent(Visit visit, Examination examination, string number, DateTimeOffset orderedAt, bool resulted) => _told.Add(new OrderSent(
        ++_sequence, _now, _now, visit.Pathway, visit.Concerns(null), visit.Person, visit.Facts, number, examination, orderedAt, resulted));
}

/// <summary>What can be ordered in the demo hospital.</summary>
internal static class Examinations
{
    public static readonly Examination HeartRate = new("HR", "Heart rate", "MON", 0, "/min", 58, 118);

    public static readonly Examination XRay = new("XR", "X-ray, extremity", "XR", 14, null, 0, 0);

    public static readonly ImmutableArray<Examination> Emergency =
    [
        XRay, new("XRC", "X-ray, chest", "XR", 12, null, 0, 0), new("CTH", "CT head", "CT", 22, null, 0, 0),
        new("CTA", "CT abdomen", "CT", 28, null, 0, 0),
        new("USA", "Ultrasound abdomen", "US", 24, null, 0, 0),
    ];

    public static readonly ImmutableArray<Examination> Ward =
    [
        new("XRC", "X-ray, chest", "XR", 15, null, 0, 0), new("MRS", "MR spine", "MR", 42, null, 0, 0),
        new("USA", "Ultrasound abdomen", "US", 25, null, 0, 0), new("CTA", "CT abdomen", "CT", 30, null, 0, 0),
    ];

    public static readonly ImmutableArray<Examination> Laboratory =
    [
        new("HGB", "Haemoglobin", "LAB", 42, "g/L", 118, 165), new("K", "Potassium", "LAB", 45, "mmol/L", 3.4, 5.2),
        new("CRP", "C-reactive protein", "LAB", 50, "mg/L", 1, 90), new("TROP", "Troponin", "LAB", 58, "ng/L", 2, 40),
        new("LACT", "Lactate", "LAB", 28, "mmol/L", 0.6, 3.4),
    ];
}

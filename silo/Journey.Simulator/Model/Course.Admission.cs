namespace Journey.Simulator.Model;

/// <summary>From the emergency department to a ward: the decision, the wait for a bed, and the visit that an admission may open.</summary>
internal sealed partial class Course
{
    private int _admissions;

    private static double AdmissionChance(Visit visit) => visit.Acuity switch { 1 => 0.7, 2 => 0.3, 3 => 0.12, _ => 0.02 };

    /// <summary>
    /// Decided to admit: the patient boards until a ward has a bed. Three habits of real systems: a class change (A06), an admission on
    /// paper while still in the emergency bed (A01), or only a pending admission (A14) until the move.
    /// </summary>
    private IEnumerable<TimeSpan> AdmitFromEmergency(Visit visit)
    {
        var dice = visit.Dice;
        var unit = dice.Chance(0.56) ? DemoFloor.Medical : DemoFloor.Surgical;
        var pending = new FloorBed(unit.Code, "", "");
        visit.Physician = dice.Pick(Staff.PhysiciansOf(unit.Code));
        visit.Facts = visit.Facts with { PendingLocation = pending, ExpectedAdmitAt = _now + dice.Minutes(60, 200) };
        if (OneIn(_hospital.Habits.NewNumbers, "new numbers")) visit.AdmittedAs = $"W{RunNumber}{++_admissions:000000}";
        var planned = visit.AdmittedAs is null || OneIn(2, "new numbers after a plan");
        if (planned) Adt(visit, "A14");
        if (planned && OneIn(7, "admission reconsidered"))
        {
            yield return dice.Minutes(20, 60);
            visit.Facts = visit.Facts with { PendingLocation = null, ExpectedAdmitAt = null };
            Adt(visit, "A27", cancels: visit.LastOf["A14"]);
            foreach (var pause in GoHome(visit)) yield return pause;
            yield break;
        }

        if (Boarding(unit) >= 4)
        {
            yield return dice.Minutes(50, 140);                                 // no bed to be had: another hospital takes the patient
            Discharge(visit, "02");
            yield break;
        }

        yield return dice.Minutes(5, 35);
        var habit = dice.Unit();
        if (habit < 0.75)
        {
            visit.Facts = visit.Facts with { Class = "I", Attending = visit.Physician, Service = ServiceOf(unit) };
            Adt(visit, OpensVisit(visit) || habit >= 0.5 ? "A01" : "A06");
        }

        foreach (var pause in BoardAndMove(visit, unit)) yield return pause;
        foreach (var pause in WardStay(visit, LengthOfStay(visit))) yield return pause;
    }

    private int Boarding(FloorUnit unit) => _requests.Count(r => r.Suits(unit.Beds[0]) && r.Visit.InEmergency);

    private static string ServiceOf(FloorUnit unit) => unit == DemoFloor.Medical ? "MED" : "SUR";

    private IEnumerable<TimeSpan> BoardAndMove(Visit visit, FloorUnit unit)
    {
        var dice = visit.Dice;
        yield return dice.Minutes(25, 100);                                     // the bed manager's round
        var request = Ask(visit, visit.Acuity == 1 ? 0 : 1, b => b.Unit == unit.Code);
        if (request.Granted is null) yield return TimeSpan.FromHours(3.5);
        if (request.Granted is null)
        {
            request.Suits = b => b.Unit != DemoFloor.Emergency.Code;            // as an outlier on the other ward
            Match(wake: false);
            if (request.Granted is null) yield return Held;
        }

        var bed = request.Granted!;
        visit.Facts = visit.Facts with { PendingLocation = bed.Bed };
        Adt(visit, "A15");
        yield return dice.Minutes(12, 45);                                      // the two nurses speak; the porter comes
        var admitted = visit.Facts.Class == "I";
        if (admitted)
        {
            Move(visit, bed);
        }
        else
        {
            var (from, left) = (visit.Facts.Location, visit.Slot!);
            left.Holder = null;
            Occupy(visit, bed);
            visit.Facts = visit.Facts with { Class = "I", PendingLocation = null, Attending = visit.Physician, Service = ServiceOf(unit) };
            OpensVisit(visit);
            Adt(visit, "A01", visit.Facts with { PriorLocation = from });
            Soil(left);
        }

        ArriveOnWard(visit);
    }

    /// <summary>From here on the patient goes by the number of the admission, which began just now; nobody ends the visit before.</summary>
    private static bool OpensVisit(Visit visit)
    {
        if (visit.AdmittedAs is not { } number) return false;
        visit.Facts = visit.Facts with { Number = number, AdmittedAt = null };
        return true;
    }
}

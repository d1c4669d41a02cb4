namespace Journey.Simulator.Model;

/// <summary>The wards: those who lie there when the story begins, those who come, what happens to them, and how they leave.</summary>
internal sealed partial class Course
{
    /// <summary>After so much history most runs go live: whose birthday it is then.</summary>
    private static readonly TimeSpan UsualPast = TimeSpan.FromHours(8);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>About 85 of a hundred beds are taken by patients of the past days.</summary>
    private void OpenWards()
    {
        var dice = Dice.For(_hospital.Seed, "stock");
        foreach (var unit in new[] { DemoFloor.Medical, DemoFloor.Surgical })
        {
            var beds = _slots.Where(s => s.Bed.Unit == unit.Code).OrderBy(_ => dice.Next()).ToList();
            foreach (var slot in beds.Take((int)Math.Round(beds.Count * 0.85)))
            {
                var since = dice.Around(20 * 60, 0.7);
                var left = dice.Minutes(60, 30 * 60);
                StartAt(_hospital.Start - (since < Hospital.StockReach ? since : Hospital.StockReach), Stock(unit, slot, left));
            }
        }
    }

    private IEnumerable<TimeSpan> Stock(FloorUnit unit, BedSlot slot, TimeSpan left)
    {
        var visit = Register(Pathway.Stock, "I");
        if (OneIn(12, "birthdays"))
        {
            var today = DateOnly.FromDateTime((_hospital.Start + UsualPast).DateTime);
            visit.Person = visit.Person with { BirthDate = today.AddYears(visit.Person.BirthDate.Year - today.Year) };
        }

        AdmitTo(visit, unit, slot);
        var untilStart = _hospital.Start - _now;
        var nurseAfter = untilStart < 2 * Hour ? untilStart / 2 : untilStart - visit.Dice.Minutes(20, 110);
        yield return nurseAfter;
        Nurse(visit, visit.Dice.Pick(Staff.NursesOf(unit.Code, _now)));
        Enter(visit, visit.Physician, new StaffAct.Assigned("provider", visit.Physician!.Name));
        yield return visit.Dice.Minutes(1, 4);
        PointOfContact(visit);
        yield return _hospital.Start - _now;
        Start(BedsideRounds(visit));
        Start(Monitoring(visit));
        Start(FamilyOnWard(visit));
        foreach (var pause in WardStay(visit, left)) yield return pause;
    }

    private void AdmitTo(Visit visit, FloorUnit unit, BedSlot slot)
    {
        visit.Physician = visit.Dice.Pick(Staff.PhysiciansOf(unit.Code));
        Occupy(visit, slot);
        visit.Facts = visit.Facts with
        {
            Class = "I",
            Attending = visit.Physician,
            Service = ServiceOf(unit),
            AdmitSource = "1",
            ExpectedAdmitAt = null,
            PendingLocation = null,
        };
        Adt(visit, "A01", withContacts: true);
        _present.Add(visit);
    }

    /// <summary>Planned admissions: expected (A05), then here (A01), or called off (A38); now and then registered in error (A11).</summary>
    private IEnumerable<TimeSpan> DirectAdmissions()
    {
        var dice = Dice.For(_hospital.Seed, "direct");
        yield return dice.Minutes(5, 60);
        while (true)
        {
            Start(DirectAdmission(Register(Pathway.DirectAdmission, "P"), dice.Chance(0.45) ? DemoFloor.Medical : DemoFloor.Surgical));
            yield return dice.Minutes(150, 330);
        }
    }

    private IEnumerable<TimeSpan> DirectAdmission(Visit visit, FloorUnit unit)
    {
        var dice = visit.Dice;
        var ahead = dice.Minutes(60, 240);
        visit.Facts = visit.Facts with
        {
            Location = new FloorBed(unit.Code, "", ""),
            ExpectedAdmitAt = _now + ahead,
            AdmitSource = "1",
            Service = ServiceOf(unit),
        };
        Adt(visit, "A05", withContacts: true);
        yield return ahead - TimeSpan.FromMinutes(40);
        if (OneIn(5, "admissions called off"))
        {
            Adt(visit, "A38", cancels: visit.LastOf["A05"]);
            visit.Gone = true;
            yield break;
        }

        var request = Ask(visit, 2, b => b.Unit == unit.Code);
        if (request.Granted is null) yield return Held;
        yield return dice.Minutes(20, 60);
        AdmitTo(visit, unit, request.Granted!);
        if (OneIn(2.5, "admissions in error"))
        {
            yield return dice.Minutes(4, 15);
            Adt(visit, "A11", cancels: visit.LastOf["A01"]);
            Leave(visit);
            yield break;
        }

        ArriveOnWard(visit);
        foreach (var pause in WardStay(visit, LengthOfStay(visit))) yield return pause;
    }

    private void ArriveOnWard(Visit visit)
    {
        AssignSoon(visit);
        Enter(visit, visit.Physician, new StaffAct.Assigned("provider", visit.Physician!.Name));
        if (visit.Pathway == Pathway.DirectAdmission)
        {
            Start(BedsideRounds(visit));
            Start(Monitoring(visit));
        }

        Start(FamilyOnWard(visit));
    }

    /// <summary>A day or two; wards under pressure send people home earlier, quiet ones keep them.</summary>
    private TimeSpan LengthOfStay(Visit visit) =>
        visit.Dice.Around(27 * 60 * (1 + 3 * Math.Clamp(0.87 - Occupancy(visit.Facts.Location!.Unit), -0.15, 0.3)), 0.5);

    private double Occupancy(string unit)
    {
        var beds = _slots.Where(s => s.Bed.Unit == unit).ToList();
        return beds.Count(s => s.Holder is not null || s.PromisedTo is not null) / (double)beds.Count;
    }

    /// <summary>A stay on a ward: what happens in it, in the order of time, and then the way out.</summary>
    private IEnumerable<TimeSpan> WardStay(Visit visit, TimeSpan length)
    {
        var end = AtDaytime(_now + length, visit.Dice);
        var incidents = new List<(DateTimeOffset At, Func<Visit, IEnumerable<TimeSpan>> Happens)>();
        void Sometimes(double each, string what, Func<Visit, IEnumerable<TimeSpan>> happens)
        {
            if (OneIn(each, what)) incidents.Add((_now + (end - _now) * (0.05 + 0.7 * visit.Dice.Unit()), happens));
        }

        Sometimes(1.6, "ward imaging", v => Imaging(v, v.Dice.Pick(Examinations.Ward)));
        Sometimes(1.3, "ward laboratory", WardLaboratory);
        Sometimes(9, "leaves", OnLeave);
        Sometimes(7, "ward transfers", WardTransfer);
        Sometimes(6, "transfers in error", MistakenTransfer);
        Sometimes(6, "new attending", NewAttending);
        Sometimes(8, "discharges put off", DischargePutOff);
        foreach (var (at, happens) in incidents.OrderBy(i => i.At))
        {
            foreach (var pause in Rest(visit, at)) yield return pause;
            foreach (var pause in happens(visit)) yield return pause;
        }

        foreach (var pause in Rest(visit, end)) yield return pause;
        while (Occupancy(visit.Facts.Location!.Unit) < 0.78)
        {
            end = AtDaytime(_now + visit.Dice.Minutes(3 * 60, 9 * 60), visit.Dice);     // nobody waits for the bed
            foreach (var pause in Rest(visit, end)) yield return pause;
        }

        foreach (var pause in LeaveWard(visit)) yield return pause;
    }

    /// <summary>Nothing happens: the patient may be moved by others.</summary>
    private IEnumerable<TimeSpan> Rest(Visit visit, DateTimeOffset until)
    {
        if (until <= _now) yield break;
        visit.Settled = true;
        yield return until - _now;
        visit.Settled = false;
    }

    private static DateTimeOffset AtDaytime(DateTimeOffset at, Dice dice) => at.Hour switch
    {
        < 8 => at.Date.WithOffset(at.Offset) + dice.Minutes(8 * 60, 12 * 60),
        >= 21 => at.Date.WithOffset(at.Offset).AddDays(1) + dice.Minutes(8 * 60, 12 * 60),
        _ => at,
    };

    private IEnumerable<TimeSpan> LeaveWard(Visit visit)
    {
        var dice = visit.Dice;
        if (OneIn(60, "deaths"))
        {
            visit.Person = visit.Person with { Deceased = true };
            Discharge(visit, "20");
            yield break;
        }

        var leaves = dice.Minutes(50, 200);
        visit.Facts = visit.Facts with { ExpectedDischargeAt = _now + leaves };
        Adt(visit, "A16");
        TellSoon(visit, 30, "Going home today", null);
        yield return leaves;
        if (OneIn(9, "discharges in error"))
        {
            visit.Away = true;
            visit.Facts = visit.Facts with { Disposition = "01" };
            Adt(visit, "A03");
            yield return dice.Minutes(4, 16);
            visit.Away = false;
            visit.Facts = visit.Facts with { Disposition = null, DischargedAt = null };
            Adt(visit, "A13", cancels: visit.LastOf["A03"]);
            yield return dice.Minutes(60, 240);
        }

        Discharge(visit, dice.Chance(0.85) ? "01" : "06");
    }

    /// <summary>Planned to go home (A16), then not (A25).</summary>
    private IEnumerable<TimeSpan> DischargePutOff(Visit visit)
    {
        visit.Facts = visit.Facts with { ExpectedDischargeAt = _now + visit.Dice.Minutes(120, 240) };
        Adt(visit, "A16");
        yield return visit.Dice.Minutes(30, 110);
        visit.Facts = visit.Facts with { ExpectedDischargeAt = null };
        Adt(visit, "A25", cancels: visit.LastOf["A16"]);
    }

    private IEnumerable<TimeSpan> OnLeave(Visit visit)
    {
        visit.Away = true;
        Adt(visit, "A21");
        yield return visit.Dice.Minutes(100, 300);
        visit.Away = false;
        Adt(visit, "A22");
    }

    /// <summary>To the other ward, or to another bed when that one is full.</summary>
    private IEnumerable<TimeSpan> WardTransfer(Visit visit)
    {
        var dice = visit.Dice;
        var here = visit.Slot!.Bed;
        var to = _slots.FirstOrDefault(s => s.Free && s.Bed.Unit != here.Unit && s.Bed.Unit != DemoFloor.Emergency.Code)
            ?? _slots.FirstOrDefault(s => s.Free && s.Bed.Unit == here.Unit);
        if (to is null) yield break;
        to.PromisedTo = visit;
        visit.Facts = visit.Facts with { PendingLocation = to.Bed };
        Adt(visit, "A15");
        yield return dice.Minutes(25, 80);
        Move(visit, to);
        TellSoon(visit, 14, "Moved to another bed", null);
        if (to.Bed.Unit == here.Unit) yield break;
        visit.Physician = dice.Pick(Staff.PhysiciansOf(to.Bed.Unit));
        visit.Facts = visit.Facts with { Attending = visit.Physician };
        Adt(visit, "A08");
        AssignSoon(visit);
    }

    /// <summary>The wrong patient was moved on the screen (A02), and moved back (A12). The bed was never left.</summary>
    private IEnumerable<TimeSpan> MistakenTransfer(Visit visit)
    {
        var stays = visit.Slot!;
        if (_slots.FirstOrDefault(s => s.Free && s.Bed.Unit != DemoFloor.Emergency.Code) is not { } wrong) yield break;
        wrong.PromisedTo = visit;
        visit.Facts = visit.Facts with { Location = wrong.Bed };
        Adt(visit, "A02", visit.Facts with { PriorLocation = stays.Bed });
        yield return visit.Dice.Minutes(3, 12);
        visit.Facts = visit.Facts with { Location = stays.Bed };
        Adt(visit, "A12", cancels: visit.LastOf["A02"], gaveUp: wrong.Bed);
        wrong.PromisedTo = null;
        Match();
    }

    private IEnumerable<TimeSpan> NewAttending(Visit visit)
    {
        visit.Physician = visit.Dice.Pick(Staff.PhysiciansOf(visit.Facts.Location!.Unit));
        visit.Facts = visit.Facts with { Attending = visit.Physician };
        Adt(visit, "A54");
        yield return visit.Dice.Minutes(2, 20);
        Enter(visit, visit.Physician, new StaffAct.Assigned("provider", visit.Physician.Name));
    }
}

internal static class Dates
{
    public static DateTimeOffset WithOffset(this DateTime date, TimeSpan offset) => new(date, offset);
}

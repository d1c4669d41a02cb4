using Journey.Simulator.Model;

namespace Journey.Simulator.Tests;

public class HospitalTests
{
    [Fact]
    public void The_same_seed_and_start_tell_the_same_story()
    {
        Assert.Equal(Stories.Told(7, 2).Select(Stories.Line), Stories.Told(7, 2).Select(Stories.Line));
    }

    [Fact]
    public void Another_seed_tells_another_story()
    {
        Assert.NotEqual(Stories.Told(7, 0.3).Select(Stories.Line), Stories.Told(8, 0.3).Select(Stories.Line));
    }

    [Theory, InlineData(1), InlineData(7), InlineData(4711)]
    public void Events_come_in_the_order_of_time_and_are_counted_without_gaps(long seed)
    {
        var (last, sequence) = (DateTimeOffset.MinValue, 0L);
        foreach (var e in Stories.Told(seed, 3))
        {
            Assert.Equal(++sequence, e.Sequence);
            Assert.True(e.At >= last, $"event {e.Sequence} goes back in time");
            Assert.True(e.OccurredAt <= e.At, $"event {e.Sequence} is told before it occurs");
            Assert.True(e.At - e.OccurredAt < TimeSpan.FromMinutes(2), $"event {e.Sequence} is told late");
            last = e.At;
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(7), InlineData(99)]
    public void A_bed_has_at_most_one_patient_and_a_patient_at_most_one_bed(long seed)
    {
        var census = new Census();
        foreach (var e in Stories.Told(seed, 5)) census.Read(e);
        Assert.True(census.Discharged > 500);
    }

    [Theory, InlineData(3), InlineData(7), InlineData(12), InlineData(31)]
    public void Every_kind_of_message_occurs_within_a_day(long seed)
    {
        string[] expected =
        [
            "A01", "A02", "A03", "A04", "A05", "A06", "A08", "A09", "A10", "A11", "A12", "A13", "A14", "A15", "A16", "A17", "A21", "A22", "A25",
            "A27", "A31",
            "A38", "A40", "A54",
        ];
        var day = Stories.Told(seed, 1).ToList();
        var triggers = day.OfType<AdtSent>().Select(e => e.Trigger).ToHashSet();
        Assert.Empty(expected.Except(triggers));
        Assert.Empty(Enum.GetValues<Pathway>().Except(day.Select(e => e.Pathway)));
        Assert.Empty(new[] { BedState.Dirty, BedState.Cleaning, BedState.Clean, BedState.Closed }.Except(day.OfType<BedSent>().Select(e => e.State)));
        Assert.True(day.OfType<OrderSent>().Any(o => !o.Resulted), "nothing was ordered");
        Assert.True(day.OfType<OrderSent>().Any(o => o.Resulted), "nothing was resulted");
        Assert.True(day.OfType<AdtSent>().Any(e => e is { Trigger: "A03", Visit.Disposition: "LWBS" }), "nobody left without being seen");
    }

    [Fact]
    public void Staff_enter_every_kind_of_entry_within_a_day()
    {
        var kinds = Stories.Told(7, 1).OfType<StaffEntered>().Select(e => e.Act.GetType().Name).ToHashSet();
        Assert.Equal(["Assigned", "Contacted", "FamilyTold", "FamilyWaits", "HandedOver", "Reached", "Rounded", "Triaged"], kinds.Order());
    }

    [Theory, InlineData(7, 0), InlineData(7, 6), InlineData(7, 14), InlineData(21, 22), InlineData(5, 10)]
    public void After_eight_hours_the_boards_are_full(long seed, int hour)
    {
        var start = Stories.Start.AddHours(hour);
        var census = new Census();
        foreach (var e in Stories.Told(seed, 8 / 24.0, start)) census.Read(e);
        Assert.InRange(census.In("ED"), 12, 45);
        Assert.InRange(census.In("MED"), 13, 20);
        Assert.InRange(census.In("SURG"), 10, 16);
    }

    [Fact]
    public void Who_comes_to_another_unit_is_handed_over_to_a_nurse_who_works_there_then()
    {
        var story = Stories.Told(7, 2).ToList();
        var handed = story.OfType<StaffEntered>().Where(e => e.Act is StaffAct.HandedOver).ToList();
        Assert.True(handed.Count > 40);
        foreach (var (entry, to) in handed.Select(e => (e, ((StaffAct.HandedOver)e.Act).To)))
        {
            Assert.NotEqual(entry.By, to);
            Assert.Contains(DemoFloor.Units, unit => Staff.NursesOf(unit.Code, entry.At).Any(n => n.Name == to));
        }
    }

    [Fact]
    public void Nearly_everybody_has_a_nurse_and_somebody_to_turn_to_and_some_get_them_late()
    {
        var story = Stories.Told(7, 1).ToList();
        var arrived = story.OfType<AdtSent>().Where(e => e.Trigger is "A04" or "A01").GroupBy(e => e.Visit!.Number)
            .ToDictionary(g => g.Key, g => g.First().At);
        var contact = story.OfType<StaffEntered>().Where(e => e.Act is StaffAct.Assigned { Role: "point-of-contact" }).GroupBy(e => e.VisitNumber)
            .ToDictionary(g => g.Key, g => g.First().At);
        Assert.InRange(arrived.Keys.Count(contact.ContainsKey) / (double)arrived.Count, 0.8, 1);
        Assert.Contains(contact, c => c.Value - arrived[c.Key] < TimeSpan.FromMinutes(10));
        Assert.Contains(contact, c => c.Value - arrived[c.Key] > TimeSpan.FromMinutes(60));
    }

    [Fact]
    public void Somebody_on_a_ward_has_a_birthday_on_the_day_a_usual_run_goes_live() =>
        Assert.Contains(Stories.Told(7, 0.1).OfType<AdtSent>(), e => e.Pathway == Pathway.Stock
            && (e.Person.BirthDate.Month, e.Person.BirthDate.Day) == (Stories.Start.Month, Stories.Start.Day));

    [Fact]
    public void Families_are_told_promptly_late_and_never()
    {
        var told = Stories.Told(7, 2).OfType<StaffEntered>().Where(e => e.Act is StaffAct.FamilyTold).Select(e => e.VisitNumber).ToHashSet();
        var waits = Stories.Told(7, 1.5).OfType<StaffEntered>().Where(e => e.Act is StaffAct.FamilyWaits).Select(e => e.VisitNumber).ToHashSet();
        Assert.NotEmpty(waits.Except(told));
        Assert.NotEmpty(waits.Intersect(told));
    }

    [Fact]
    public void Names_that_are_easily_mistaken_meet_on_a_board()
    {
        var arrivals = Stories.Told(7, 1).OfType<AdtSent>().Where(e => e.Trigger is "A04" or "A01").Select(e => e.Person)
            .DistinctBy(p => p.Number).ToList();
        Assert.Contains(arrivals, a => arrivals.Any(b => b.Number != a.Number && b.FamilyName == a.FamilyName && b.GivenName[0] == a.GivenName[0]));
    }

    [Fact]
    public void About_seventy_of_a_hundred_patients_have_somebody()
    {
        var visits = Stories.Told(7, 1).OfType<AdtSent>().Where(e => e.Trigger == "A04" || !e.Contacts.IsEmpty).GroupBy(e => e.Visit!.Number);
        Assert.InRange(visits.Average(v => v.Any(e => !e.Contacts.IsEmpty) ? 1 : 0), 0.6, 0.8);
    }
}

using Journey.Simulator.Feed;
using Journey.Simulator.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Journey.Simulator.Tests;

public class HabitsTests
{
    private static readonly Hospital House = new(7, Stories.Start) { Habits = Habits.Many };
    private static readonly List<HospitalEvent> Told = [.. House.Events().TakeWhile(e => e.At < Stories.Start.AddDays(2))];
    private static readonly List<AdtSent> Messages = [.. Told.OfType<AdtSent>()];

    [Fact]
    public void Every_second_admission_is_a_visit_of_its_own_sometimes_planned_and_sometimes_not()
    {
        var admissions = Messages.Where(e => e.Trigger == "A01" && e.Visit!.Number[0] == 'W').ToList();
        Assert.InRange(admissions.Count, 8, 40);
        Assert.All(admissions, e => Assert.Equal("I", e.Visit!.Class));
        Assert.All(admissions, e => Assert.Equal(e.OccurredAt, e.Visit!.AdmittedAt));
        var planned =
            admissions.Count(e => Messages.Exists(plan => plan.Trigger == "A14" && plan.Person.Number == e.Person.Number && plan.At <= e.At));
        Assert.InRange(planned, 1, admissions.Count - 1);
        // The visit at the door is never ended.
        var doors = admissions.Select(e => Messages.First(door => door.Trigger == "A04" && door.Person.Number == e.Person.Number).Visit!.Number)
            .ToHashSet();
        Assert.DoesNotContain(Messages, e => e.Trigger == "A03" && doors.Contains(e.Visit!.Number)
            && !admissions.Exists(a => a.Person.Number == e.Person.Number && a.At > e.At));
    }

    [Fact]
    public void Some_leave_and_nobody_says_so()
    {
        var ended = Messages.Where(e => e.Trigger is "A03" or "A38").Select(e => e.Visit!.Number).ToHashSet();
        var shared = Messages.Where(e => e is { Trigger: "A02" or "A04", Visit.Location: { IsBed: true, Unit: "ED" } })
            .GroupBy(e => e.Visit!.Location)
            .SelectMany(bed => bed.SkipLast(1)).Count(e => !ended.Contains(e.Visit!.Number));
        Assert.True(shared > 0, "every bed was told to be free before the next patient came");
    }

    [Fact]
    public void Departures_are_entered_late_by_minutes_and_nothing_else_is()
    {
        var late = Messages.Where(e => e.At - e.OccurredAt > TimeSpan.FromMinutes(5)).ToList();
        Assert.True(late.Count > 10);
        Assert.All(late, e => Assert.Equal("A03", e.Trigger));
        Assert.All(late, e => Assert.Equal(e.OccurredAt, e.Visit!.DischargedAt));
    }

    [Fact]
    public void A_visit_changes_hands_under_its_number()
    {
        var changed = Messages.Where(e => e.Visit is not null && e.Trigger is "A04" or "A08").GroupBy(e => e.Visit!.Number)
            .Where(visit => visit.Select(e => e.Person.Number).Distinct().Count() > 1
                && visit.Select(e => e.Person.FamilyName + e.Person.GivenName).Distinct().Count() > 1).ToList();
        Assert.NotEmpty(changed);
        // In order: what is said of either person waits for it.
        var given = changed[0].First(e => e.Person.Number != changed[0].First().Person.Number);
        Assert.Contains(changed[0].First().Person.Number, given.Concerns);
        Assert.Contains(given.Person.Number, given.Concerns);
    }

    [Fact]
    public void A_retired_number_is_used_for_a_while_and_then_no_more()
    {
        var merges = Messages.Where(e => e.PriorNumber is not null).ToList();
        var after = merges.SelectMany(merge => Messages.Where(e => e.At > merge.At && e.Person.Number == merge.PriorNumber)
            .Select(e => e.At - merge.At)).ToList();
        Assert.NotEmpty(after);
        Assert.All(after, late => Assert.True(late <= TimeSpan.FromMinutes(61), $"still used after {late}"));
    }

    [Fact]
    public void The_laboratory_is_another_sender_of_the_same_patients_and_the_waiting_room_has_chairs()
    {
        var rendering = new Hl7Rendering(new Run(House), Timeline.Begin(Stories.Start, Stories.Start, 1));
        var result = Hl7.Hl7Message.Parse(rendering.Render(Told.OfType<OrderSent>().First())!);
        Assert.Equal("DEMOLAB", result.SendingFacility);
        Assert.Equal("DEMO", result["PID", 3].Component(4).Text);
        var arrived = Hl7.Hl7Message.Parse(rendering.Render(Messages.First(e => e.Trigger == "A04" && e.Visit!.Location == DemoFloor.WaitingRoom))!);
        Assert.StartsWith("C", arrived["PV1", 3].Component(3).Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(true, 3), InlineData(false, 1)]
    public async Task A_sender_that_hangs_up_makes_a_connection_for_each_message(bool hangsUp, int connections)
    {
        await using var receiver = await FakeReceiver.Open();
        var rendering = new Hl7Rendering(new Run(House), Timeline.Begin(Stories.Start, Stories.Start, 1));
        await using var lines = new MllpLines("127.0.0.1", receiver.Port, 4, new Tally(), TimeProvider.System,
            NullLogger.Instance)
        { ConnectsPerMessage = hangsUp };
        foreach (var message in Messages.Take(3))
            await lines.Send(rendering.Render(message)!, $"{message.Sequence}", TestContext.Current.CancellationToken);
        Assert.Equal(connections, receiver.Connections.Distinct().Count());
    }

    [Fact]
    public async Task What_is_said_during_an_outage_is_held_and_comes_at_its_end_as_it_was_said()
    {
        var clock = new FakeTimeProvider(Stories.Start);
        var receiver = new Received();
        var lines = new HeldLines(receiver, TimeSpan.FromHours(6), TimeSpan.FromMinutes(20), clock);
        await lines.Send([1], "before", TestContext.Current.CancellationToken);
        Assert.Equal(["before"], receiver.Ids);
        clock.Advance(TimeSpan.FromHours(6) + TimeSpan.FromMinutes(5));
        var held = Task.WhenAll(lines.Send([2], "first", TestContext.Current.CancellationToken),
            lines.Send([3], "second", TestContext.Current.CancellationToken));
        clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(["before"], receiver.Ids);
        clock.Advance(TimeSpan.FromMinutes(1));
        await held.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(3, receiver.Ids.Count);
    }

    [Fact]
    public void A_run_goes_on_with_the_habits_it_began_with_and_one_of_before_has_none()
    {
        var state = new RunState(RunState.CurrentFormat, 7, Stories.Start, 0, Stories.Start, Timeline.Begin(Stories.Start, Stories.Start, 1).Pieces);
        Assert.Equal(Habits.None, state.Hospital.Habits);
        Assert.Equal(Habits.Some, (state with { Habits = "some" }).Hospital.Habits);
        var file = Path.GetTempFileName();
        try
        {
            (state with { Habits = "many" }).Save(file);
            Assert.Equal(Habits.Many, RunState.Load(file)!.Hospital.Habits);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private sealed class Received : IFeedLines
    {
        public List<string> Ids { get; } = [];

        public Task Send(byte[] message, string controlId, CancellationToken cancellation)
        {
            lock (Ids) Ids.Add(controlId);
            return Task.CompletedTask;
        }
    }
}

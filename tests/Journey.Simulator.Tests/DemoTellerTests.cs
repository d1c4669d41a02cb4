using Journey.Hl7;
using Journey.Simulator.Feed;
using Journey.Simulator.Hosting;
using Journey.Simulator.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace Journey.Simulator.Tests;

public sealed class DemoTellerTests : IDisposable
{
    private readonly string _state = Path.Combine(Path.GetTempPath(), $"journey-demo-{Guid.NewGuid():N}.json");
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(90));

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public void Dispose()
    {
        _patience.Dispose();
        File.Delete(_state);
    }

    [Fact]
    public async Task The_past_is_told_completely_and_in_order_for_every_patient_and_bed()
    {
        await using var receiver = await FakeReceiver.Open();
        var teller = await Tell(receiver, Now, hours: 3);

        var story = Story();
        Assert.Equal(story.Where(e => e is not StaffEntered).Select(e => Sequence(e.Sequence)).Order(),
            receiver.Messages.Select(m => m.ControlId).Order());
        Assert.Equal(story.OfType<StaffEntered>().Select(e => Sequence(e.Sequence)).Order(), receiver.Entries.Select(e => e.Key).Order());
        Assert.Equal((receiver.Messages.Count, 0L, 0L), ((int)teller.Tally.Acked, teller.Tally.Errors, teller.Tally.Failed));

        var arrival = receiver.Messages.Select((m, index) => (m.ControlId, index)).ToDictionary(m => m.ControlId, m => m.index);
        foreach (var key in story.SelectMany(e => e.Concerns).Distinct())
        {
            var order = story.Where(e => e is not StaffEntered && e.Concerns.Contains(key)).Select(e => arrival[Sequence(e.Sequence)]).ToList();
            Assert.Equal(order.Order(), order);
        }

        foreach (var entry in receiver.Entries)
        {
            var told = story.OfType<StaffEntered>().Single(e => Sequence(e.Sequence) == entry.Key);
            Assert.Equal(receiver.VisitOf(told.VisitNumber), entry.Visit);
            Assert.Equal(told.By, entry.By);
            var before = story.Where(e => e is not StaffEntered && e.Sequence < told.Sequence && e.Concerns.Contains(told.VisitNumber));
            Assert.All(before, e => Assert.True(arrival[Sequence(e.Sequence)] < entry.MessagesBefore, "an entry overtook a message of its visit"));
        }
    }

    [Fact]
    public async Task A_restart_goes_on_where_the_run_was()
    {
        await using var receiver = await FakeReceiver.Open();
        await Tell(receiver, Now.AddHours(-1), hours: 3);
        var first = receiver.Messages.Count;
        Assert.True(first > 100);
        receiver.Census = 40;
        await Tell(receiver, Now, hours: 3);

        Assert.True(receiver.Messages.Count > first);
        Assert.Equal(Story().Where(e => e is not StaffEntered).Select(e => Sequence(e.Sequence)).Order(),
            receiver.Messages.Select(m => m.ControlId).Order());
    }

    [Fact]
    public async Task After_a_crash_what_is_sent_again_is_the_same_to_the_byte()
    {
        await using var receiver = await FakeReceiver.Open();
        await Tell(receiver, Now.AddHours(-1), hours: 3);
        (RunState.Load(_state)! with { Done = 50 }).Save(_state);
        receiver.Census = 40;
        var before = receiver.Messages.Count;
        await Tell(receiver, Now.AddHours(-1), hours: 3);

        Assert.True(receiver.Messages.Count > before);
        Assert.All(receiver.Messages.GroupBy(m => m.ControlId),
            same => Assert.Single(same.Select(m => Convert.ToHexString(m.Bytes.Span)).Distinct()));
    }

    [Fact]
    public async Task A_hospital_with_patients_and_no_run_to_go_on_with_is_left_alone()
    {
        await using var receiver = await FakeReceiver.Open();
        receiver.Census = 40;
        await Tell(receiver, Now, hours: 1);
        Assert.Empty(receiver.Messages);
        Assert.Empty(receiver.Entries);
    }

    [Fact]
    public async Task What_is_answered_with_an_error_is_sent_again_and_what_is_rejected_is_not()
    {
        await using var receiver = await FakeReceiver.Open();
        receiver.Answer = (message, times) => message.Trigger switch
        {
            "A08" when times == 1 => AckCode.AE,
            "A31" => AckCode.AR,
            "A16" when times == 1 => null,
            _ => AckCode.AA,
        };
        var teller = await Tell(receiver, Now, hours: 1.5);
        Assert.All(receiver.Messages.Where(m => m.Trigger is "A08" or "A16").GroupBy(m => m.ControlId), same => Assert.Equal(2, same.Count()));
        Assert.All(receiver.Messages.Where(m => m.Trigger is "A31").GroupBy(m => m.ControlId), same => Assert.Single(same));
        Assert.True(teller.Tally.Errors > 0);
        Assert.Equal(0, teller.Tally.Abandoned);
    }

    [Fact]
    public async Task Entries_that_are_refused_or_fail_do_not_stop_the_hospital()
    {
        await using var receiver = await FakeReceiver.Open();
        var asked = 0;
        receiver.EntryStatus = path => path.StartsWith("family", StringComparison.Ordinal) ? 409 : Interlocked.Increment(ref asked) % 3 == 0
            ? 503
            : 200;
        var teller = await Tell(receiver, Now, hours: 1.5);
        Assert.True(teller.Tally.Refused > 0);
        Assert.Equal(0, teller.Tally.Failed);
        var story = Story();
        Assert.Equal(story.OfType<StaffEntered>().Count(e => e.Act is not (StaffAct.FamilyTold or StaffAct.FamilyWaits)), receiver.Entries.Count);
    }

    [Fact]
    public async Task The_demo_waits_for_a_receiver_that_is_not_there_yet()
    {
        await using var receiver = await FakeReceiver.Open(openMllp: false);
        var telling = Tell(receiver, Now, hours: 0.5);
        while (receiver.Lost(telling) is false) await Task.Delay(20, TestContext.Current.CancellationToken);
        receiver.OpenMllp();
        var teller = await telling;
        Assert.True(teller.Tally.Lost > 0);
        Assert.Equal(teller.Tally.Acked, receiver.Messages.Count);
        Assert.Equal(Story().Count(e => e is not StaffEntered), receiver.Messages.DistinctBy(m => m.ControlId).Count());
    }

    [Fact]
    public void A_state_that_cannot_be_read_is_named()
    {
        File.WriteAllText(_state, "{ not json");
        Assert.Contains(_state, Assert.Throws<InvalidDataException>(() => RunState.Load(_state)).Message);
        File.WriteAllText(_state, "{}");
        Assert.Contains(_state, Assert.Throws<InvalidDataException>(() => RunState.Load(_state)).Message);
    }

    private string Sequence(long sequence) => new Run(Hospital()).ControlId(sequence);

    private Hospital Hospital() =>
        RunState.Load(_state) is { } state ? new Hospital(state.Seed, state.Start) : throw new InvalidOperationException("There was no run.");

    /// <summary>Everything the run has told, by its own account.</summary>
    private List<HospitalEvent> Story()
    {
        var done = RunState.Load(_state)!.Done;
        return Hospital().Events().TakeWhile(e => e.Sequence <= done).ToList();
    }

    private async Task<DemoTeller> Tell(FakeReceiver receiver, DateTimeOffset end, double hours)
    {
        var options = new DemoOptions { MllpPort = receiver.Port, HistoryHours = hours, StateFile = _state, MostPerSecond = 100_000 };
        var teller = new DemoTeller(options, receiver.BaseUrl, TimeProvider.System, NullLoggerFactory.Instance);
        receiver.Teller = teller;
        await teller.Run(end, _patience.Token);
        Assert.False(_patience.IsCancellationRequested, $"It took too long: {teller.Tally}");
        return teller;
    }
}

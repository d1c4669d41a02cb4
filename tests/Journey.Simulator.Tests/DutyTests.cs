using Journey.Api;
using Journey.Simulator.Feed;
using Journey.Simulator.Loop;
using Journey.Simulator.Model;

namespace Journey.Simulator.Tests;

/// <summary>What the people of the demo do about what they see, without a server.</summary>
public class DutyTests
{
    private static readonly DateTimeOffset Start = Stories.Start.AddHours(4);
    private static readonly HandoffContent Draft = new("stable", "Doing well", [], "");

    [Fact]
    public void Late_alerts_are_taken_by_the_charge_nurse_and_the_house_supervisor()
    {
        var taken = Play(27, floor => new AlertDuty(floor), [.. Enumerable.Range(1, 200).Select(n => Row(n) with { Alerts = [Raised(n)] })])
            .Where(d => d.Deed.Path.EndsWith("/acknowledge", StringComparison.Ordinal)).ToList();
        var (charge, supervisor) = (Staff.ChargeOf("ED", Start).Name, Staff.SupervisorAt(Start).Name);
        Assert.Equivalent(new[] { charge, supervisor, "Jamie Applecross" }, taken.Select(d => d.Deed.By).Distinct());
        Assert.All(taken.Where(d => d.Deed.By == charge), d => Assert.True(d.At - Start >= TimeSpan.FromMinutes(5)));
        Assert.All(taken.Where(d => d.Deed.By == supervisor), d => Assert.True(d.At - Start >= TimeSpan.FromMinutes(15)));
    }

    [Fact]
    public void A_run_that_meets_the_same_does_the_same_and_another_seed_does_otherwise()
    {
        BoardRow[] rows = [.. Enumerable.Range(1, 40).Select(n => Row(n) with { Alerts = [Raised(n)], Owed = [Question(n, "open")] })];
        Assert.Equal(Keys(7), Keys(7));
        Assert.NotEqual(Keys(7), Keys(8));

        string[] Keys(long seed) => [.. Play(20, floor => new OwedDuty(floor), rows, seed).Select(d => $"{d.At:O} {d.Deed.Path} {d.Deed.By}")];
    }

    [Fact]
    public void A_question_is_taken_then_answered_and_some_wait_longer_than_half_an_hour()
    {
        var done = Play(60, floor => new OwedDuty(floor), [.. Enumerable.Range(1, 100).Select(n => Row(n) with { Owed = [Question(n, "open")] })]);
        foreach (var question in done.GroupBy(d => d.Deed.Path.Split('/')[^2]))
            Assert.Equal(["take", "answer"], question.OrderBy(d => d.At).Select(d => d.Deed.Path.Split('/')[^1]));
        var waits = done.Where(d => d.Deed.Path.EndsWith("/answer", StringComparison.Ordinal)).Select(d => d.At - Start).ToList();
        Assert.Equal(100, waits.Count);
        Assert.InRange(waits.Count(w => w > TimeSpan.FromMinutes(30)), 3, 25);
    }

    [Fact]
    public void Most_askers_are_satisfied_and_some_are_not_yet()
    {
        var said = Play(30, floor => new OwedDuty(floor), [.. Enumerable.Range(1, 100).Select(n => Row(n) with { Owed = [Question(n, "answered")] })])
            .Select(d => ((ConfirmRequest)d.Deed.Body).Satisfied!.Value).ToList();
        Assert.Equal(100, said.Count);
        Assert.InRange(said.Count(s => !s), 5, 35);
    }

    [Fact]
    public void Most_promises_are_kept_in_time_some_late_and_a_few_never()
    {
        var due = Start.AddMinutes(20);
        var kept = Play(40, floor => new OwedDuty(floor),
            [.. Enumerable.Range(1, 100)
                .Select(n => Row(n) with { Owed = [new(Id(n), "promise", "promise", "open", "Jamie Applecross", Start, due)] })]);
        Assert.InRange(kept.Count(d => d.At <= due), 70, 97);
        Assert.Contains(kept, d => d.At > due);
        Assert.InRange(kept.Count, 85, 99);
    }

    [Fact]
    public async Task A_handoff_is_read_back_by_its_receiver_or_returned_and_offered_again_by_who_offered()
    {
        var (accepted, returned) = (0, 0);
        var floor = TestFloor();
        var duty = new HandoffDuty(floor, _ => Task.FromResult<HandoffContent?>(Draft));
        for (var n = 1; n <= 60; n++)
        {
            var row = Row(n) with { Handoff = new(Id(n), "offered", "nurse", "Jamie Applecross", "Monique Delaquille", Start, Start, null, null) };
            var read = await First(row);
            Assert.Equal("Monique Delaquille", read.By);
            if (read.Body is AcceptRequest) accepted++;
            else returned++;
            var again = await First(row with { Handoff = row.Handoff with { State = "returned" } });
            Assert.Equal(("Jamie Applecross", "Monique Delaquille"), (again.By, ((HandoffRequest)again.Body).To));
        }

        Assert.True(accepted > returned && returned > 0);

        async Task<Deed> First(BoardRow row)
        {
            for (var at = Start; ; at = at.AddSeconds(30))
            {
                floor.Begin(at);
                if (await duty.Look("ED", row) is [var deed]) return deed;
                floor.End();
            }
        }
    }

    [Fact]
    public void What_comes_up_comes_up_about_as_often_as_it_should_and_never_before_somebody_came()
    {
        var needs = Play(120, floor => new NeedDuty(floor),
            [.. Enumerable.Range(1, 60).Select(n => Row(n) with { ArrivedAt = Start.AddMinutes(10) })]);
        Assert.InRange(needs.Count(d => d.Deed.Path.EndsWith("/questions", StringComparison.Ordinal)) / 120.0, 0.15, 0.4);
        Assert.All(needs.Select(d => d.Deed.Body).OfType<QuestionRequest>(), q => Assert.True(q.OccurredAt >= Start.AddMinutes(10)));
        Assert.Empty(Play(120, floor => new NeedDuty(floor), [.. Enumerable.Range(1, 60).Select(n => Row(n) with { Status = "departed" })]));
    }

    [Fact]
    public void Behind_a_lock_nobody_is_told_and_nothing_is_written_while_news_is_pending()
    {
        var waiting = new Family(Start, "Ann (sister)", null, null, null, null, false, [new("Ann", "sister")]);
        var rows = Enumerable.Range(1, 60).Select(n => Row(n) with { Family = waiting }).ToArray();
        Assert.Contains(Play(60, floor => new FamilyDuty(floor), rows), d => d.Deed.Body is FamilyToldRequest);
        Assert.Contains(Play(60, floor => new FamilyDuty(floor), rows), d => d.Deed.Body is UpdateRequest);
        Assert.DoesNotContain(Play(60, floor => new FamilyDuty(floor), [.. rows.Select(r => r with { Locks = ["safety"] })]),
            d => d.Deed.Body is FamilyToldRequest or UpdateRequest);
        Assert.DoesNotContain(Play(60, floor => new FamilyDuty(floor), [.. rows.Select(r => r with { OnHold = true })]),
            d => d.Deed.Body is UpdateRequest);
    }

    [Fact]
    public void An_update_is_sometimes_recalled_soon_after_it_was_written()
    {
        var family = new Family(null, null, null, null, null, null, false, [new("Ann", "sister")]);
        var done = Play(90, floor => new FamilyDuty(floor), [.. Enumerable.Range(1, 200).Select(n => Row(n) with { Family = family })]);
        var (written, recalled) =
            (done.Count(d => d.Deed.Body is UpdateRequest), done.Count(d => d.Deed.Path.EndsWith("/recall", StringComparison.Ordinal)));
        Assert.InRange(recalled / (double)written, 0.05, 0.3);
    }

    [Fact]
    public void Calls_are_answered_given_up_called_back_and_become_questions()
    {
        Call[] calls = [.. Enumerable.Range(1, 100)
            .Select(n => new Call(Id(n), "ringing", null, "555-0101", null, Start, Start.AddSeconds(30), null, null, null, null, null, null, null))];
        Assert.Equal(["abandon", "answer"], Verbs(calls));
        Assert.Equal(["callback", "question"],
            Verbs([.. calls.Select(c => c with { State = "answered", AnsweredAt = Start, AnsweredBy = "Faye Ringmere" })]));
        Assert.Equal(["called-back"], Verbs([.. calls.Select(c => c with { State = "callback-due", CallbackBy = Start.AddMinutes(5) })]));

        string[] Verbs(Call[] line)
        {
            var floor = TestFloor();
            var verbs = new HashSet<string>();
            for (var at = Start; at < Start.AddMinutes(10); at = at.AddSeconds(5))
            {
                floor.Begin(at);
                verbs.UnionWith(new HotlineDuty(floor).Look(new Hotline(line, 0, 0, 0, 0.05, at, 1), [Row(1)])
                    .Where(d => !d.Path.EndsWith("/calls", StringComparison.Ordinal)).Select(d => d.Path.Split('/')[^1]));
                floor.End();
            }

            return [.. verbs.Order()];
        }
    }

    [Theory, InlineData(3), InlineData(7), InlineData(18), InlineData(19), InlineData(23)]
    public void At_every_hour_each_unit_has_nurses_and_one_charge_nurse_and_the_house_a_supervisor(int hour)
    {
        var at = Stories.Start.Date.WithOffset(Stories.Start.Offset).AddHours(hour);
        var timeline = Timeline.Begin(at.AddHours(-13), at, 1);
        var floor = new Floor(new Run(new Hospital(7, Stories.Start)), timeline, 1);
        floor.Begin(at);
        var shifts = new Shifts(floor, timeline).Begin().Select(d => (ShiftRequest)d.Body).ToList();
        Assert.All(shifts, s => Assert.True(s.From <= at && s.Until > at));
        foreach (var unit in DemoFloor.Units)
        {
            Assert.InRange(shifts.Count(s => s.Unit == unit.Code && s.Role == "nurse"), 3, 9);
            Assert.Single(shifts, s => s.Unit == unit.Code && s.Role == "charge-nurse");
        }

        Assert.Single(shifts, s => s.Role == "house-supervisor");
        Assert.Equal(shifts.Count, shifts.Select(s => (s.Name, s.Unit, s.Role)).Distinct().Count());
    }

    /// <summary>Looks every half minute at rows that do not change; each deed the first time.</summary>
    private static List<(DateTimeOffset At, Deed Deed)> Play(double minutes, Func<Floor, IDuty> duty, IReadOnlyList<BoardRow> rows, long seed = 7)
    {
        var floor = TestFloor(seed);
        var (looking, done, deeds) = (duty(floor), new HashSet<string>(), new List<(DateTimeOffset, Deed)>());
        for (var at = Start; at <= Start.AddMinutes(minutes); at = at.AddSeconds(30))
        {
            floor.Begin(at);
            foreach (var deed in rows.SelectMany(row => looking.Look("ED", row)).Where(d => done.Add(d.Key)).ToList())
            {
                deeds.Add((at, deed));
                deed.Done?.Invoke(Guid.NewGuid());
            }

            floor.End();
        }

        return deeds;
    }

    private static Floor TestFloor(long seed = 7) => new(new Run(new Hospital(seed, Stories.Start)), Timeline.Begin(Stories.Start, Start, 1), 1);

    private static Guid Id(int n) => new(n, 7, 7, new byte[8]);

    private static Owed Question(int n, string state) => new(Id(n), "question", "clinical", state, "Jamie Applecross", Start, Start.AddMinutes(30));

    private static Alert Raised(int n) =>
        new(Id(n), "ed.triage", "touchpoint", "Triage", "warning", "raised", Start, Start, null, null, null, null, null, null);

    private static BoardRow Row(int n) => new()
    {
        VisitId = Id(n), Patient = new Patient("X", null, null, null), Class = "emergency", Status = "present", Step = "seen", StepSince = Start,
        Nurse = "Jamie Applecross",
        Family = new Family(null, null, null, null, null, null, false, []),
    };
}

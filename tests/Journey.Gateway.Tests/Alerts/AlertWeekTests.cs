using System.Text.Json;
using Journey.Api;

namespace Journey.Gateway.Tests.Alerts;

/// <summary>What a week of a hospital calls out: few alerts, and each one that somebody can act on.</summary>
public sealed class AlertWeekTests(ITestOutputHelper output)
{
    private static readonly (string Unit, int Nurses)[] Staffing = [("ED", 4), ("AMU", 4), ("RenalWard", 3), ("OtherWard", 4)];

    /// <summary>Until then too few visits have ended for anybody to know what is reported.</summary>
    private static readonly TimeSpan Known = TimeSpan.FromHours(24);

    [Fact]
    public async Task An_ADT_feed_alone_calls_less_than_once_a_nurse_hour_and_for_nothing_that_nobody_can_stop()
    {
        var messages = SpringWeek.Messages();
        var begins = messages[0].At;
        await using var week = new SpringWeek(begins);
        await week.InitializeAsync();
        var staffed = new HashSet<(string, DateTimeOffset)>();
        await week.Live(messages, async now =>
        {
            await Staff(week, now, begins, staffed);
            if (IsHour(now, begins)) await SaySo(week, begins);
        });

        var all = (await week.Rules(begins)).Rules;
        foreach (var rule in all.Where(r => r.Quality.Raised > 0).OrderByDescending(r => r.Quality.Raised)) output.WriteLine(Line(rule));
        foreach (var unit in all.GroupBy(r => r.Unit))
            Assert.True(unit.Sum(r => r.Quality.PerNurseHour ?? 0) < 1,
                $"{unit.Key} calls {unit.Sum(r => r.Quality.PerNurseHour):0.00} times a nurse-hour");
        Assert.Equal("not-reported", all.Single(r => r is { Unit: "ED", Key: "ed.triage" }).Standing);

        var known = (await week.Rules(begins + Known)).Rules.Where(r => r.Quality.Raised > 0).ToList();
        Assert.NotEmpty(known);
        Assert.All(known, r => Assert.True(r.Standing == "on"
            && 2 * (r.Reporting!.ByFeed + r.Reporting.ByStaff) >= r.Reporting.Visits, "Nobody can stop: " + Line(r)));
        var ended = known.Sum(r => r.Quality.ActedOn + r.Quality.ByThemselves);
        Assert.True(known.Sum(r => r.Quality.ActedOn) >= 0.6 * ended, $"{known.Sum(r => r.Quality.ActedOn)} of {ended} were acted on");
    }

    [Fact]
    public async Task Once_triage_and_nurses_are_reported_their_rules_wake_by_themselves()
    {
        var messages = SpringWeek.Messages();
        var begins = messages[0].At;
        await using var week = new SpringWeek(begins);
        await week.InitializeAsync();
        var standings = new List<string>();
        await week.Live([.. messages.Where(m => m.At < begins.AddHours(66))], async now =>
        {
            // A triage system and a staffing system that go live after a day.
            if (now >= begins + Known) await Report(week);
            if (!IsHour(now, begins)) return;
            await SaySo(week, begins);
            var rules = (await week.Rules(begins)).Rules.Where(r => r.Unit == "ED").ToDictionary(r => r.Key);
            var standing = $"{rules["ed.triage"].Standing}, {rules["visit.unowned"].Standing}";
            if (standings.LastOrDefault() != standing) standings.Add(standing);
        });

        Assert.Equal("on, on", standings[0]);
        Assert.Contains("not-reported, not-reported", standings);
        Assert.Equal("on, on", standings[^1]);
    }

    private static bool IsHour(DateTimeOffset now, DateTimeOffset begins) => (now - begins).Ticks % TimeSpan.TicksPerHour < TimeSpan.TicksPerMinute;

    /// <summary>Whoever leads the unit says of each line that it is so: what is not reported here is not.</summary>
    private static async Task SaySo(SpringWeek week, DateTimeOffset begins)
    {
        foreach (var rule in (await week.Rules(begins)).Rules)
            if (rule is { Safety: true, Standing: "on", Reporting: { Visits: >= 20 } r } && 2 * (r.ByFeed + r.ByStaff) < r.Visits)
                await week.Post($"{Paths.Rules}/{rule.Key}", new SwitchRuleRequest("not-reported", rule.Unit) { Reason = "No system sends it" });
    }

    /// <summary>A unit that no policy names has shifts from its first patient on: before, nobody knows it.</summary>
    private static async Task Staff(SpringWeek week, DateTimeOffset now, DateTimeOffset begins, HashSet<(string, DateTimeOffset)> staffed)
    {
        var shift = begins.AddHours(12 * Math.Floor((now - begins).TotalHours / 12));
        var open = Staffing.Where(of => !staffed.Contains((of.Unit, shift))).ToList();
        if (open.Count == 0) return;
        var known = (await week.Get(Paths.Units)).EnumerateArray().Select(unit => unit.GetProperty("code").GetString()).ToHashSet();
        foreach (var (unit, nurses) in open.Where(of => known.Contains(of.Unit)))
        {
            staffed.Add((unit, shift));
            for (var i = 0; i < nurses; i++)
                await week.Post(Paths.Shifts, new ShiftRequest($"Nurse {i} of {unit}", "nurse", unit, shift, shift.AddHours(12)));
        }
    }

    private static async Task Report(SpringWeek week)
    {
        foreach (var row in (await week.Get(Paths.Unit("ED") + "/board")).GetProperty("rows").EnumerateArray())
        {
            if (row.GetProperty("status").GetString() != "present") continue;
            var visit = $"{Paths.Visits}/{row.GetProperty("visitId").GetGuid()}";
            if (row.GetProperty("stepsAhead").EnumerateArray().Any(step => step.GetString() == "triaged"))
                await week.Post(visit + "/touchpoints", new TouchpointRequest("step", Step: "triaged"));
            if (!row.TryGetProperty("nurse", out var nurse) || nurse.ValueKind == JsonValueKind.Null)
                await week.Post(visit + "/assignments", new AssignmentRequest("nurse", "Nurse 0 of ED"));
        }
    }

    private static string Line(Rule r) =>
        $"{r.Unit} {r.Key} {r.Standing} {r.Reporting?.ByFeed}+{r.Reporting?.ByStaff} of {r.Reporting?.Visits}: raised {r.Quality.Raised}, {r.Quality.PerNurseHour:0.00} a nurse-hour, acted on {r.Quality.ActedOn}, by themselves {r.Quality.ByThemselves}";
}

using Journey.Domain.Policies;

namespace Journey.Domain.Tests.Policies;

public sealed class PolicyPackTests
{
    [Theory, InlineData("ats", 30), InlineData("ctas", 30), InlineData("mts", 60), InlineData("uk", 60), InlineData("esi", -1),
        InlineData("ecat", -1)]
    public void Each_pack_that_ships_says_when_a_provider_is_due(string name, double minutes)
    {
        var rule = PolicyReader.BuiltIn(name)!.Rule("ed.provider");
        Assert.Equal(minutes < 0 ? null : TimeSpan.FromMinutes(minutes), rule?.Targets.For(3)?.Max);
        Assert.True(PolicyReader.BuiltIn(name)!.Rules.Length >= PolicyReader.Default.Rules.Length - 1);
    }

    [Fact]
    public void A_pack_that_extends_another_says_only_what_differs()
    {
        var policy =
            Read("extends: default\nname: Ours\nversion: 3\ntimeZone: Europe/Vienna\nalert.budget: 4\nwithout: [ed.los]\nunits:\n  - { code: ED, "
                + "name: Notaufnahme }\n  - { code: 4W, name: West }");
        Assert.Equal(("Ours", 4, "Europe/Vienna", null), (policy.Name, policy.AlertBudget, policy.TimeZone.Id, policy.Rule("ed.los")));
        Assert.Equal(PolicyReader.Default.Rules.Length - 1, policy.Rules.Length);
        Assert.Equal(["Notaufnahme", "Outpatients", "Not placed yet", "West"], policy.Units.Select(u => u.Name));
        Assert.Equal(PolicyReader.Default.Family.Templates.Length, policy.Family.Templates.Length);
    }

    [Fact]
    public void Shifts_begin_when_the_pack_says_so()
    {
        Assert.Equal([new(7, 0), new(19, 0)], PolicyReader.Default.Shifts.Begins);
        Assert.Equal([new(6, 0), new(14, 0), new(22, 0)],
            Read("extends: default\nname: Ours\nversion: 1\nshifts: [\"06:00\", \"14:00\", \"22:00\"]").Shifts.Begins);
        Assert.Equal(PolicyReader.Default.Shifts, Read("extends: default\nname: Ours\nversion: 1").Shifts);
    }

    public static TheoryData<string, string> Mistakes() => new()
    {
        { "extends: mine", "line 3, extends: must be one of" },
        { "timeZone: Middle/Earth", "line 3, timeZone: must be a time zone" },
        { "escalation: { ladder: [ { to: assigned, after: 0 min } ] }", "escalation.failsafe: is missing" },
        { "escalation: { ladder: [ { to: assigned, after: 5 min } ], failsafe: { to: boss, after: 6 min } }", "the first rung is called at once" },
        { "escalation: { ladder: [ { to: assigned, after: 0 min } ], failsafe: { to: boss, after: 0 min } }", "each rung comes later" },
        { "quiet.hours: { from: \"22\", until: \"07:00\" }", "quiet.hours.from: must be a time of day" },
        { "family: { message.recall: 25 min }", "family.message.recall: must be at most 20 min" },
        { "family: { templates: [ { key: a, says: b, texts: { de: c } } ] }", "family.templates[0].texts.en: is missing" },
        { "shifts: []", "line 3, shifts: a house has at least one" },
        { "shifts: [\"7\", \"19:00\"]", "shifts: must be a time of day" },
        { "shifts: [\"19:00\", \"07:00\"]", "shifts: each begins later in the day" },
        { "shifts: \"07:00\"", "shifts: must be a list" },
        { "alert.budget: 0", "alert.budget: must be a whole number" },
        { "without: [ed.tea]", "without: the pack it extends has no rule 'ed.tea'" },
        { Rule("tier: safety\n    quiet: true"), "quiet hours never apply to the safety tier" },
        { Rule("about: [clinical]"), "is for questions and requests only" },
        { Rule("starts: question\n    about: [clinicle]", starts: false), "must be of clinical, billing" },
        { Rule("starts: question\n    at:\n      - { from: \"22:00\", until: \"07:00\", max: 3 min }", starts: false), "whatever the hour" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_with_its_line_and_key(string line, string says) =>
        Assert.Contains(PolicyReader.Read("name: Test\nversion: 1\n" + line).Errors, e => e.ToString().Contains(says, StringComparison.Ordinal));

    [Fact]
    public void Hours_run_over_midnight_and_over_the_change_of_clocks()
    {
        var vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");
        var night = new Hours(new TimeOnly(22, 0), new TimeOnly(7, 0));
        var evening = new DateTimeOffset(2031, 3, 29, 23, 0, 0, TimeSpan.FromHours(1));
        Assert.True(night.Contains(evening, vienna));
        Assert.Equal(new DateTimeOffset(2031, 3, 30, 7, 0, 0, TimeSpan.FromHours(2)), night.After(evening, vienna));
        Assert.False(night.Contains(night.After(evening, vienna), vienna));
        // Half past two does not exist in that night.
        var skipped = new Hours(new TimeOnly(22, 0), new TimeOnly(2, 30)).After(evening, vienna);
        Assert.Equal(new DateTimeOffset(2031, 3, 30, 3, 0, 0, TimeSpan.FromHours(2)), skipped);
    }

    private static string Rule(string more, bool starts = true) =>
        "rules:\n  - key: a\n    kind: touchpoint\n    says: b\n" + (starts ? "    starts: arrived\n" : "")
        + "    max: 5 min\n    source: c\n    approvedBy: d\n    " + more;

    private static Policy Read(string yaml)
    {
        var reading = PolicyReader.Read(yaml);
        Assert.Empty(reading.Errors);
        return reading.Policy!;
    }
}

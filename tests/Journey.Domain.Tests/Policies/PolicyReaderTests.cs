using Journey.Contracts.Visits;
using Journey.Domain.Policies;

namespace Journey.Domain.Tests.Policies;

public sealed class PolicyReaderTests
{
    private const string Good = """
        name: Test
        version: 2
        pathways:
          emergency: [arrived, seen, departed]
        units:
          - code: ED
            name: Emergency
            beds: [3/A, B]
        rules:
          - key: first
            kind: touchpoint
            says: Look
            classes: [emergency]
            starts: arrived
            until: seen
            warn: 5 min
            max: { 1: 6 min, 2: 1 h, unknown: 90 min }
            source: nowhere
            approvedBy: nobody
        """;

    [Fact]
    public void The_pack_that_ships_reads()
    {
        var policy = PolicyReader.Default;
        Assert.True(policy.Rules.Length >= 12);
        Assert.All(policy.Rules, rule =>
            Assert.False(string.IsNullOrEmpty(rule.Source) || string.IsNullOrEmpty(rule.ApprovedBy) || string.IsNullOrEmpty(rule.Says)));
    }

    [Fact]
    public void What_is_written_is_read()
    {
        var policy = Read(Good);
        var rule = Assert.Single(policy.Rules);
        Assert.Equal(("Test", 2, "first", ClockStart.Arrived, "seen"), (policy.Name, policy.Version, rule.Key, rule.Starts, rule.Until));
        Assert.Equal([new BedPolicy("3", "A"), new BedPolicy(null, "B")], policy.Unit("ED")!.Beds);
        Assert.Equal(["arrived", "seen", "departed"], policy.Pathway(PatientClass.Emergency));
    }

    [Fact]
    public void A_target_may_differ_by_acuity_and_a_missing_one_does_not_apply()
    {
        var targets = Read(Good).Rules[0].Targets;
        Assert.Equal(TimeSpan.FromMinutes(6), targets.For(1)!.Max);
        Assert.Equal(TimeSpan.FromHours(1), targets.For(2)!.Max);
        Assert.Null(targets.For(3));
        Assert.Equal(TimeSpan.FromMinutes(90), targets.For(null)!.Max);
        Assert.Equal(TimeSpan.FromMinutes(90), targets.For(7)!.Max);
    }

    /// <summary>What is replaced by what, and the line and key the error names.</summary>
    public static TheoryData<string, string, int, string> Mistakes() => new()
    {
        { "version: 2", "version: two", 2, "version" },
        { "name: Test", "nome: Test", 1, "nome" },
        { "says: Look", "say: Look", 12, "rules[0].say" },
        { "warn: 5 min", "warn: 5 minutes", 16, "rules[0].warn" },
        { "warn: 5 min", "warn: five", 16, "rules[0].warn" },
        { "warn: 5 min", "warn: -5 min", 16, "rules[0].warn" },
        { "warn: 5 min", "warn: NaN min", 16, "rules[0].warn" },
        { "warn: 5 min", "warn: 7 min", 16, "rules[0].warn" },
        { "warn: 5 min", "critical: 5 min", 16, "rules[0].critical" },
        { "1: 6 min", "1: soon", 17, "rules[0].max.1" },
        { "1: 6 min", "9: 6 min", 17, "rules[0].max.9" },
        { "    max: { 1: 6 min, 2: 1 h, unknown: 90 min }\n", "", 10, "rules[0].max" },
        { "classes: [emergency]", "classes: [emergancy]", 13, "rules[0].classes" },
        { "classes: [emergency]", "classes: ['emergency, inpatient']", 13, "rules[0].classes" },
        { "classes: [emergency]", "classes: ['1']", 13, "rules[0].classes" },
        { "classes: [emergency]", "classes: emergency", 13, "rules[0].classes" },
        { "starts: arrived", "starts: 'arrived,contact'", 14, "rules[0].starts" },
        { "kind: touchpoint", "kind: both", 11, "rules[0].kind" },
        { "until: seen", "until: sean", 15, "rules[0].until" },
        { "until: seen", "steps: [sean]", 15, "rules[0].steps" },
        { "  emergency: [", "  emergancy: [", 4, "pathways.emergancy" },
        { "  emergency: [arrived, seen, departed]", "  emergency: [arrived, seen, departed]\n  Emergency: [arrived]", 5, "pathways.Emergency" },
        { "pathways:\n  emergency: [arrived, seen, departed]", "pathways: [arrived, seen]", 3, "pathways" },
        { "name: Test", "name: Test\nname: Again", 2, "(file)" },
        { "name: Test", "name: [Test", 1, "(file)" },
        { "name: Test", "name: \"Test", 1, "(file)" },
        { "    name: Emergency\n", "    name: Emergency\n  - code: ED\n    name: Again\n", 8, "units[1].code" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_by_line_and_key(string right, string wrong, int line, string key)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);
        var reading = PolicyReader.Read(Good.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Null(reading.Policy);
        Assert.Contains((line, key), reading.Errors.Select(e => ((int)e.Line, e.Key)));
        Assert.Equal(reading.Errors.Distinct(), reading.Errors);
    }

    [Fact]
    public void A_rule_key_used_twice_is_named_where_it_is_used_again()
    {
        var reading = PolicyReader.Read(Good + "\n" + Good[Good.IndexOf("  - key: first", StringComparison.Ordinal)..]);
        Assert.Equal((20, "rules[1].key"), reading.Errors.Select(e => ((int)e.Line, e.Key)).Single());
    }

    [Theory, InlineData(""), InlineData("- a list"), InlineData("just text")]
    public void What_is_no_mapping_is_no_pack(string text) => Assert.Equal("(file)", Assert.Single(PolicyReader.Read(text).Errors).Key);

    [Fact]
    public void Every_mistake_is_told_at_once() =>
        Assert.True(PolicyReader.Read(Good.Replace("version: 2", "version: x", StringComparison.Ordinal)
            .Replace("kind: touchpoint", "kind: x", StringComparison.Ordinal)).Errors.Length >= 2);

    private static Policy Read(string text)
    {
        var reading = PolicyReader.Read(text);
        Assert.Equal([], reading.Errors);
        return reading.Policy!;
    }
}

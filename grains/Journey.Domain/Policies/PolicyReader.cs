using System.Collections.Immutable;
using Journey.Contracts.Visits;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Journey.Domain.Policies;

/// <summary>One thing wrong with a policy pack.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Key">Where, such as <c>rules[3].max</c>.</param>
public sealed record PolicyError(long Line, string Key, string Message)
{
    public override string ToString() => $"line {Line}, {Key}: {Message}";
}

/// <summary>Either a policy or everything that is wrong with the text.</summary>
public sealed record PolicyReading(Policy? Policy, ImmutableArray<PolicyError> Errors);

/// <summary>Reads a policy pack. Strict: an unknown key is an error, because a mistyped threshold must not be silently absent.</summary>
public static class PolicyReader
{
    private static readonly Lazy<Policy> Built = new(ReadDefault);

    /// <summary>The pack that ships with Journey.</summary>
    public static Policy Default => Built.Value;

    public static PolicyReading Read(string yaml)
    {
        var errors = ImmutableArray.CreateBuilder<PolicyError>();
        Policy? policy = null;
        var parser = new Parser(new StringReader(yaml));
        try
        {
            var stream = new YamlStream();
            stream.Load(parser);
            if (stream.Documents is [{ RootNode: YamlMappingNode root }, ..]) policy = Pack.Policy(new PolicyNode(root, "", errors));
            else errors.Add(new PolicyError(1, "(file)", "a policy pack is a mapping of keys to values"));
        }
        catch (YamlException e)
        {
            errors.Add(new PolicyError(e.Start.Line, "(file)", "not YAML: " + e.Message));
        }
        catch (InvalidOperationException e)
        {
            // The parser's own state machine gives up on some texts instead of saying what is wrong with them.
            errors.Add(new PolicyError(parser.Current?.End.Line ?? 1, "(file)", "not YAML: " + e.Message));
        }

        return errors.Count == 0 ? new PolicyReading(policy, []) : new PolicyReading(null, errors.ToImmutable());
    }

    private static Policy ReadDefault()
    {
        using var reader = new StreamReader(typeof(PolicyReader).Assembly.GetManifestResourceStream("default.yaml")!);
        var reading = Read(reader.ReadToEnd());
        return reading.Policy ?? throw new InvalidOperationException("The built-in policy pack: " + string.Join("; ", reading.Errors));
    }

    private static class Pack
    {
        public static Policy Policy(PolicyNode root)
        {
            var units = root.List("units").Select(node => (Node: node, Unit: Unit(node))).ToArray();
            var rules = root.List("rules").Select(node => (Node: node, Rule: Rule(node))).ToArray();
            var policy = new Policy
            {
                Name = root.Text("name"),
                Version = root.Int("version", 1, int.MaxValue),
                RollOff = root.Duration("board.rolloff", TimeSpan.FromHours(48)),
                UndoWindow = root.Duration("undo.window", TimeSpan.FromMinutes(15)),
                MaxSnooze = root.Duration("alert.snooze.max", TimeSpan.FromMinutes(60)),
                BedTurnaround = root.Duration("bed.turnaround", TimeSpan.FromMinutes(60)),
                Units = [.. units.Select(u => u.Unit)],
                Pathways = root.Map("pathways") is { } pathways ? Pathways(pathways) : ImmutableDictionary<PatientClass, ImmutableArray<string>>.Empty,
                Rules = [.. rules.Select(r => r.Rule)],
            };
            root.RejectUnread();
            foreach (var twice in rules.GroupBy(r => r.Rule.Key)) foreach (var (node, rule) in twice.Skip(1)) node.Error("key", $"the key '{rule.Key}' is used twice");
            foreach (var twice in units.GroupBy(u => u.Unit.Code)) foreach (var (node, unit) in twice.Skip(1)) node.Error("code", $"the unit '{unit.Code}' is listed twice");
            var steps = policy.Pathways.Values.SelectMany(p => p).Append(Steps.Boarding).Append(Steps.TransferPending).Append(Steps.DischargePending).ToHashSet();
            foreach (var (node, rule) in rules)
            {
                if (rule.Until is { } until && !steps.Contains(until)) node.Error("until", $"the step '{until}' is on no pathway");
                foreach (var step in rule.Steps)
                    if (!steps.Contains(step)) node.Error("steps", $"the step '{step}' is on no pathway");
            }

            return policy;
        }

        private static UnitPolicy Unit(PolicyNode node)
        {
            var unit = new UnitPolicy(node.Text("code"), node.Text("name"), [.. node.Texts("beds").Select(Bed)]);
            node.RejectUnread();
            return unit;
        }

        private static BedPolicy Bed(string text) => text.Split('/', 2) is [var room, var bed] ? new BedPolicy(room, bed) : new BedPolicy(null, text);

        private static ImmutableDictionary<PatientClass, ImmutableArray<string>> Pathways(PolicyNode node)
        {
            var pathways = ImmutableDictionary.CreateBuilder<PatientClass, ImmutableArray<string>>();
            foreach (var key in node.Keys())
            {
                var steps = node.Texts(key).ToImmutableArray();
                if (node.Class(key) is { } kind && !pathways.TryAdd(kind, steps)) node.Error(key, "the class is listed twice");
            }

            return pathways.ToImmutable();
        }

        private static Rule Rule(PolicyNode node)
        {
            var rule = new Rule(
                node.Text("key"), node.Choice<RuleKind>("kind"), node.Text("says"),
                [.. node.Texts("classes").Select(text => node.ClassNamed("classes", text)).OfType<PatientClass>()],
                [.. node.Texts("units")], [.. node.Texts("steps")], node.Choice<ClockStart>("starts"), node.OptionalText("until"),
                node.Flag("notBoarding"), Targets(node), node.Text("source"), node.Text("approvedBy"));
            node.RejectUnread();
            return rule;
        }

        private static Targets Targets(PolicyNode node)
        {
            var warn = node.Durations("warn");
            var max = node.Durations("max");
            var critical = node.Durations("critical");
            if (max.All(m => m is null)) node.Error("max", "a rule needs a target");
            var targets = new Target?[6];
            for (var acuity = 0; acuity < 6; acuity++)
            {
                if (max[acuity] is not { } m) continue;
                targets[acuity] = new Target(warn[acuity], m, critical[acuity]);
                if (warn[acuity] > m) node.Error("warn", "a warning comes before its target");
                if (critical[acuity] < m) node.Error("critical", "critical comes after the target");
            }

            return new Targets([.. targets]);
        }
    }
}

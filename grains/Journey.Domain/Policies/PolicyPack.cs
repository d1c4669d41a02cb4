using System.Collections.Immutable;
using Journey.Contracts.Care;
using Journey.Contracts.Visits;

namespace Journey.Domain.Policies;

/// <summary>Makes a policy of a pack. A pack that extends a built-in one says only what differs.</summary>
internal static class PolicyPack
{
    public static Policy Policy(PolicyNode root)
    {
        var ground = Ground(root);
        var units = root.List("units").Select(node => (Node: node, Unit: Unit(node))).ToArray();
        var rules = root.List("rules").Select(node => (Node: node, Rule: RulePack.Rule(node))).ToArray();
        var without = root.Texts("without").ToHashSet();
        var policy = ground with
        {
            Name = root.Text("name"),
            Version = root.Int("version", 1, int.MaxValue),
            TimeZone = Zone(root, ground.TimeZone),
            RollOff = root.Duration("board.rolloff", ground.RollOff),
            UndoWindow = root.Duration("undo.window", ground.UndoWindow),
            MaxSnooze = root.Duration("alert.snooze.max", ground.MaxSnooze),
            Dwell = root.Duration("alert.dwell", ground.Dwell),
            ExpectedWithin = root.Duration("alert.expected", ground.ExpectedWithin),
            AlertBudget = root.Int("alert.budget", 1, 1000, ground.AlertBudget),
            BedTurnaround = root.Duration("bed.turnaround", ground.BedTurnaround),
            QuietHours = root.Map("quiet.hours") is { } quiet ? Hours(quiet) : ground.QuietHours,
            Shifts = root.Has("shifts") ? Shifts(root) : ground.Shifts,
            Ladder = root.Map("escalation") is { } escalation ? Ladder(escalation) : ground.Ladder,
            Hotline = root.Map("hotline") is { } hotline ? Hotline(hotline, ground.Hotline) : ground.Hotline,
            Glass = root.Map("glass") is { } glass ? Glass(glass, ground.Glass) : ground.Glass,
            Snooping = root.Map("snooping") is { } snooping ? SnoopingPack.Snooping(snooping, ground.Snooping) : ground.Snooping,
            Family = root.Map("family") is { } family ? FamilyPack.Family(family, ground.Family) : ground.Family,
            Places = [.. root.List("places").Select(PlacesPack.Place), .. ground.Places],
            Dispositions = root.Map("dispositions") is { } dispositions
                ? ground.Dispositions.SetItems(PlacesPack.Dispositions(dispositions))
                : ground.Dispositions,
            CloseAfter = root.Map("visit.close.after") is { } close ? ground.CloseAfter.SetItems(PlacesPack.ByClass(close)) : ground.CloseAfter,
            DoubtAfter = root.Map("doubt.silent") is { } silent ? ground.DoubtAfter.SetItems(PlacesPack.ByClass(silent)) : ground.DoubtAfter,
            LinkWithin = root.Duration("admission.link.within", ground.LinkWithin),
            FeedBehind = root.Duration("feed.behind", ground.FeedBehind),
            UsualFrom = root.Int("doubt.usual.from", 10, 1_000_000, ground.UsualFrom),
            EvidenceMin = root.Int("evidence.min", 1, 100, (int)Math.Round(ground.EvidenceMin * 100)) / 100.0,
            EvidenceVisits = root.Int("evidence.visits", 1, 10_000, ground.EvidenceVisits),
            RuleBudget = root.Int("rule.budget", 1, 1000, (int)Math.Round(ground.RuleBudget)),
            RuleActedMin = root.Int("rule.acted.min", 1, 100, (int)Math.Round(ground.RuleActedMin * 100)) / 100.0,
            FeedSettle = root.Duration("feed.settle", ground.FeedSettle),
            Units = Merge(ground.Units, units.Select(u => u.Unit), u => u.Code),
            Pathways = root.Map("pathways") is { } pathways ? ground.Pathways.SetItems(Pathways(pathways)) : ground.Pathways,
            Rules = Merge(ground.Rules.RemoveAll(r => without.Contains(r.Key)), rules.Select(r => r.Rule), r => r.Key),
        };
        root.RejectUnread();
        foreach (var key in without)
            if (ground.Rule(key) is null) root.Error("without", $"the pack it extends has no rule '{key}'");
        foreach (var twice in rules.GroupBy(r => r.Rule.Key)) foreach (var (node, rule) in twice.Skip(1))
            node.Error("key", $"the key '{rule.Key}' is used twice");
        foreach (var twice in units.GroupBy(u => u.Unit.Code)) foreach (var (node, unit) in twice.Skip(1))
            node.Error("code", $"the unit '{unit.Code}' is listed twice");
        var steps = policy.Pathways.Values.SelectMany(p => p).Append(Steps.Placed).Append(Steps.Boarding).Append(Steps.TransferPending)
            .Append(Steps.DischargePending).ToHashSet();
        foreach (var (node, rule) in rules)
        {
            if (rule.Until is { } until && !steps.Contains(until)) node.Error("until", $"the step '{until}' is on no pathway");
            foreach (var step in rule.Steps)
                if (!steps.Contains(step)) node.Error("steps", $"the step '{step}' is on no pathway");
        }

        return policy;
    }

    private static Policy Ground(PolicyNode root)
    {
        if (root.OptionalText("extends") is not { } name) return new Policy();
        if (PolicyReader.BuiltIn(name) is { } ground) return ground;
        root.Error("extends", $"must be one of {string.Join(", ", PolicyReader.BuiltInNames)}, not '{name}'");
        return new Policy();
    }

    private static TimeZoneInfo Zone(PolicyNode root, TimeZoneInfo otherwise)
    {
        if (root.OptionalText("timeZone") is not { } id) return otherwise;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)) return zone;
        root.Error("timeZone", $"must be a time zone such as Europe/Vienna, not '{id}'");
        return otherwise;
    }

    private static Hours Hours(PolicyNode node)
    {
        var hours = node.Hours();
        node.RejectUnread();
        return hours;
    }

    private static ShiftTimes Shifts(PolicyNode root)
    {
        ImmutableArray<TimeOnly> begins = [.. root.Times("shifts")];
        if (begins.IsEmpty) root.Error("shifts", "a house has at least one");
        for (var i = 1; i < begins.Length; i++)
            if (begins[i] <= begins[i - 1]) root.Error("shifts", "each begins later in the day than the one before");
        return new ShiftTimes(begins);
    }

    private static ImmutableArray<Rung> Ladder(PolicyNode node)
    {
        var ladder = node.List("ladder").Select(Rung).ToList();
        if (node.Map("failsafe") is { } failsafe) ladder.Add(Rung(failsafe));
        else node.Error("failsafe", "is missing: somebody must be called when nobody else takes an alert");
        node.RejectUnread();
        for (var i = 1; i < ladder.Count; i++)
            if (ladder[i].After <= ladder[i - 1].After) node.Error("ladder", "each rung comes later than the one before");
        if (ladder is [{ After: var first }, ..] && first != TimeSpan.Zero) node.Error("ladder", "the first rung is called at once: after 0 min");
        return [.. ladder];
    }

    private static Rung Rung(PolicyNode node)
    {
        var rung = new Rung(node.Text("to"), node.Duration("after", TimeSpan.Zero));
        node.RejectUnread();
        return rung;
    }

    private static HotlinePolicy Hotline(PolicyNode node, HotlinePolicy ground)
    {
        var hotline = new HotlinePolicy(
            node.Duration("answer", ground.Answer), node.Duration("callback", ground.Callback),
            node.Int("abandoned", 0, 100, (int)Math.Round(ground.Abandoned * 100)) / 100.0);
        node.RejectUnread();
        return hotline;
    }

    private static readonly TimeSpan LongestGrant = TimeSpan.FromHours(24);
    private const int MostGrants = 1000;
    private static readonly TimeSpan ShortestOpen = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestOpen = TimeSpan.FromDays(3653);

    private static GlassPolicy Glass(PolicyNode node, GlassPolicy ground)
    {
        var reasons = node.List("reasons").Select(GlassReason).ToImmutableArray();
        var limit = node.Int("limit", 1, MostGrants, ground.Limit);
        var glass = new GlassPolicy
        {
            Lasts = node.Duration("lasts", ground.Lasts, LongestGrant),
            After = node.Duration("after", ground.After, LongestOpen),
            Reasons = reasons.IsEmpty ? ground.Reasons : reasons,
            Limit = limit,
            Alert = node.Int("alert", 1, MostGrants, Math.Min(ground.Alert, limit)),
        };
        node.RejectUnread();
        if (glass.Alert > glass.Limit) node.Error("alert", "must not be more than the limit: beyond it nobody gets");
        if (glass.After < ShortestOpen)
            node.Error("after", "must be a day or longer: whoever cared for the patient writes down what is left to write");
        if (glass.Lasts <= TimeSpan.Zero) node.Error("lasts", "must be longer than nothing");
        if (glass.Reasons.Select(r => r.Key).Distinct().Count() < glass.Reasons.Length) node.Error("reasons", "a key is used twice");
        return glass;
    }

    private static Contracts.Access.GlassReason GlassReason(PolicyNode node)
    {
        var reason = new Contracts.Access.GlassReason(node.Text("key"), node.Text("says"));
        node.RejectUnread();
        return reason;
    }

    private static UnitPolicy Unit(PolicyNode node)
    {
        var code = node.Text("code");
        var unit = new UnitPolicy(code, node.Text("name"), [.. node.Texts("beds").Select(Bed)])
        {
            Department = node.Choice("department", Department.Unknown), Facility = node.OptionalText("facility"),
            SentAs = node.OptionalText("sentAs") ?? code,
            Board = node.Map("board") is { } board ? BoardPack.Layout(board) : null,
        };
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

    /// <summary>What is said anew takes the place of what it replaces; what is new comes after.</summary>
    internal static ImmutableArray<T> Merge<T>(ImmutableArray<T> ground, IEnumerable<T> said, Func<T, string> key)
    {
        var merged = ground.ToBuilder();
        foreach (var item in said)
        {
            var at = ground.Select(key).ToList().IndexOf(key(item));
            if (at >= 0) merged[at] = item;
            else merged.Add(item);
        }

        return merged.ToImmutable();
    }
}

/// <summary>Reads a rule.</summary>
internal static class RulePack
{
    private static readonly string[] Questions = Enum.GetNames<QuestionKind>();
    private static readonly string[] Requests = Enum.GetNames<RequestKind>();

    public static Rule Rule(PolicyNode node)
    {
        var rule = new Rule(
            node.Text("key"), node.Choice<RuleKind>("kind"), node.Text("says"),
            [.. node.Texts("classes").Select(text => node.ClassNamed("classes", text)).OfType<PatientClass>()],
            [.. node.Texts("units")], [.. node.Texts("steps")], node.Choice<ClockStart>("starts"), node.OptionalText("until"),
            node.Flag("notBoarding"), Targets(node, null), node.Text("source"), node.Text("approvedBy"))
        {
            Tier = node.Choice("tier", Tier.Service),
            Late = node.OptionalText("late"),
            Quiet = node.Flag("quiet"),
            NotAway = node.Flag("notAway"),
            About = [.. node.Texts("about")],
            Departments = [.. node.Choices<Department>("departments")],
        };
        rule = rule with { At = [.. node.List("at").Select(n => Hourly(n, rule.Targets))] };
        node.RejectUnread();
        if (rule is { Quiet: true, Tier: Tier.Safety }) node.Error("quiet", "quiet hours never apply to the safety tier");
        var kinds = rule.Starts switch { ClockStart.Question or ClockStart.Answer => Questions, ClockStart.Request => Requests, _ => [] };
        foreach (var kind in rule.About)
            if (!kinds.Contains(kind, StringComparer.OrdinalIgnoreCase))
                node.Error("about", kinds.Length == 0
                    ? "is for questions and requests only"
                    : $"must be of {string.Join(", ", kinds.Select(PolicyNode.Camel))}, not '{kind}'");
        if (rule.IsOfItems && !rule.At.IsEmpty) node.Error("at", "what is promised or asked for has its own time, whatever the hour");
        return rule;
    }

    private static HourlyTargets Hourly(PolicyNode node, Targets ground)
    {
        var hourly = new HourlyTargets(node.Hours(), Targets(node, ground));
        node.RejectUnread();
        return hourly;
    }

    private static Targets Targets(PolicyNode node, Targets? ground)
    {
        var warn = node.Durations("warn");
        var max = node.Durations("max");
        var critical = node.Durations("critical");
        if (max.All(m => m is null)) node.Error("max", "a rule needs a target");
        var targets = new Target?[6];
        for (var acuity = 0; acuity < 6; acuity++)
        {
            if (max[acuity] is not { } m) continue;
            if (ground is not null && ground.ByAcuity[acuity] is null) continue;
            targets[acuity] = new Target(warn[acuity], m, critical[acuity]);
            if (warn[acuity] > m) node.Error("warn", "a warning comes before its target");
            if (critical[acuity] < m) node.Error("critical", "critical comes after the target");
        }

        return new Targets([.. targets]);
    }
}

/// <summary>Reads how word reaches families.</summary>
internal static class FamilyPack
{
    private static readonly TimeSpan LongestRecall = TimeSpan.FromMinutes(20);

    public static FamilyPolicy Family(PolicyNode node, FamilyPolicy ground)
    {
        var templates = node.List("templates").Select(n => (Node: n, Template: Template(n))).ToArray();
        var family = ground with
        {
            Recall = node.Duration("message.recall", ground.Recall, LongestRecall),
            LinkLifetime = node.Duration("link.lifetime", ground.LinkLifetime),
            CodeWordMisses = node.Int("codeWord.misses", 1, 100, ground.CodeWordMisses),
            CodeWordLock = node.Duration("codeWord.lock", ground.CodeWordLock),
            CodePeriod = Positive(node, "waitingRoom.code", ground.CodePeriod),
            WaitingRooms = node.Has("waitingRoom.units") ? [.. node.Texts("waitingRoom.units")] : ground.WaitingRooms,
            Attempts = node.Int("delivery.attempts", 1, 20, ground.Attempts),
            Retry = node.Duration("delivery.retry", ground.Retry),
            Timeout = Positive(node, "delivery.timeout", ground.Timeout),
            Templates = PolicyPack.Merge(ground.Templates, templates.Select(t => t.Template), t => t.Key),
            Notice = node.Map("notice") is { } notice ? Texts(notice) : ground.Notice,
            Subject = node.Map("subject") is { } subject ? Texts(subject) : ground.Subject,
        };
        node.RejectUnread();
        foreach (var twice in templates.GroupBy(t => t.Template.Key)) foreach (var (n, template) in twice.Skip(1))
            n.Error("key", $"the template '{template.Key}' is used twice");
        return family;
    }

    private static TimeSpan Positive(PolicyNode node, string key, TimeSpan otherwise)
    {
        var value = node.Duration(key, otherwise);
        if (value > TimeSpan.Zero) return value;
        node.Error(key, "must be longer than nothing");
        return otherwise;
    }

    private static Template Template(PolicyNode node)
    {
        var template = new Template(node.Text("key"), node.Text("says"), node.OptionalText("on"), node.Map("texts") is { } texts
            ? Texts(texts)
            : ImmutableDictionary<string, string>.Empty);
        node.RejectUnread();
        if (template.Texts.IsEmpty) node.Error("texts", "is missing");
        return template;
    }

    private static ImmutableDictionary<string, string> Texts(PolicyNode node)
    {
        var texts = node.Keys().ToImmutableDictionary(language => language, node.Text);
        if (!texts.ContainsKey("en")) node.Error("en", "is missing: it is said to whoever speaks none of the others");
        return texts;
    }
}

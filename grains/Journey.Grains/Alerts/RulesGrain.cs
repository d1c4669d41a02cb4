using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Staff;
using Journey.Domain.Alerts;
using Journey.Domain.Policies;
using Journey.Grains.Runtime;
using Journey.Grains.Storage;
using Journey.Grains.Streams;
using Orleans.Concurrency;

namespace Journey.Grains.Alerts;

/// <summary>What people decided of the rules. How these do is read from the store when somebody asks, so that a restart forgets nothing.</summary>
/// <remarks>
/// Reentrant: what is read takes a while and changes nothing; of two decisions at once the store takes one, and the other is decided anew.
/// </remarks>
[GrainType("rules"), Reentrant]
internal sealed class RulesGrain(IJournal journal, ICards cards, LivePolicy live, TimeProvider clock) : Grain, IRulesGrain
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Boards ask once an hour, and not all at once.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private readonly Watchers<IRulesObserver> _silos = new(clock);
    private EventStream<RuleSwitches, RuleEvent> _stream = null!;
    private Task<Counted>? _week;
    private DateTimeOffset _weekAsOf;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new(KnownStreams.Rules, RuleKeys.House, journal, clock) { GiveUp = DeactivateOnIdle, Moved = Tell };
        return _stream.Open(cancellationToken);
    }

    public Task<Outcome> Switch(CommandId id, Actor by, string rule, string unit, RuleSwitch to, string? reason) =>
        _stream.Execute(id, by, (switches, now) =>
    {
        if (live.Policy.Rule(rule) is not { } known) return new Refusal(RefusalCodes.RuleUnknown, "The policy has no such rule.");
        if (to == RuleSwitch.NotReported && known.Awaits is null)
            return new Refusal(RefusalCodes.RuleIsAnswered, "Somebody here begins what this rule waits for, and can end it: it is always reported.");
        if (to == RuleSwitch.NotReported && live.Policy.IsReported(known, unit))
            return new Refusal(RefusalCodes.RuleIsReported, "What this rule waits for is reported there: it calls as long as that is so.");
        if (to != RuleSwitch.On && known.Tier == Tier.Safety && string.IsNullOrWhiteSpace(reason))
            return new Refusal(RefusalCodes.RuleNeedsReason, "It is a safety rule: say why nobody is to be called.");
        if (switches.Decided.TryGetValue((rule, unit), out var decided) && decided.To == to
            && (string.IsNullOrWhiteSpace(reason) || reason == decided.Reason)) return default;
        return new RuleSwitched(rule, unit, to, now) { Reason = reason };
    });

    public async Task<ImmutableArray<RuleView>> Read(ImmutableArray<string> units, DateTimeOffset from, DateTimeOffset until)
    {
        var counted = await Count(from, until);
        return [.. units.SelectMany(unit => Views(unit, counted, live.Policy))];
    }

    public async Task<ImmutableArray<RuleView>> OverBudget(string unit)
    {
        var now = clock.GetUtcNow();
        // Every board asks within the hour: one count serves them all.
        if (_week is not { IsFaulted: false, IsCanceled: false } || now - _weekAsOf >= Fresh) (_week, _weekAsOf) = (Count(now - Week, now), now);
        var counted = await _week;
        // This silo's policy is read a moment after a decision; here the decision counts at once.
        var policy = live.Policy with { Watch = live.Policy.Watch with { Switches = _stream.State } };
        return [.. Views(unit, counted, policy).Where(RuleTask.IsDue)];
    }

    private async Task<Counted> Count(DateTimeOffset from, DateTimeOffset until)
    {
        var now = clock.GetUtcNow();
        var alerts = (await cards.Alerts(from, until)).ToLookup(alert => (alert.Unit, alert.Rule));
        var ended = until < now ? until : now;
        var hours = await GrainFactory.GetGrain<IStaffGrain>(StaffKeys.All).NurseHours(from, ended);
        // The time before the first alert is not counted: a new site would look quiet only because nothing was recorded yet.
        var first = alerts.SelectMany(of => of).Select(alert => alert.RaisedAt).DefaultIfEmpty(ended).Min();
        return new(alerts, hours, ended - (first > from ? first : from));
    }

    private IEnumerable<RuleView> Views(string unit, Counted counted, Policy policy) =>
        policy.Rules.Where(rule => IsOf(rule, unit)).Select(rule => RuleViews.View(
        rule, unit, policy, _stream.State, rule.Awaits is { } fact ? policy.Watch.Reported.GetValueOrDefault((unit, fact)) : null,
        AlertQuality.Measure([.. counted.Alerts[(unit, rule.Key)]], policy, counted.Time, counted.NurseHours.GetValueOrDefault(unit))));

    public Task<long> Watch(IRulesObserver observer)
    {
        _silos.Add(observer);
        return Task.FromResult(_stream.Version);
    }

    private static bool IsOf(Rule rule, string unit) => rule.Units.IsEmpty || rule.Units.Contains(unit);

    private void Tell(bool isRead) => _silos.Tell(silo => silo.Decided());

    /// <param name="Time">Over how long alerts were counted.</param>
    private sealed record Counted(ILookup<(string Unit, string Rule), AlertFact> Alerts, ImmutableDictionary<string, double> NurseHours,
        TimeSpan Time);
}

using System.Collections.Immutable;
using System.Globalization;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Boards;
using Journey.Domain.Policies;
using Journey.Grains.Families;
using Journey.Grains.Runtime;
using Journey.Grains.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Journey.Grains.Alerts;

/// <summary>
/// The policy with what is measured and decided beside it: how long visits usually stay in a step, which facts are reported on which unit, and which
/// rules people turned on or off. Read when the silo starts, once an hour, and when somebody decided something. Until then, and where it cannot be
/// read, what was read before holds.
/// </summary>
internal sealed partial class LivePolicy(IJournal journal, ICards cards, Policy policy, IOptions<RulesOptions> options, IGrainFactory grains,
    IEnumerable<IFamilyChannel> channels, TimeProvider clock, ILogger<LivePolicy> logger)
        : BackgroundService, ILifecycleParticipant<ISiloLifecycle>, IRulesObserver
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <summary>As long as no visit has ended: a new site learns soon what its feed reports.</summary>
    private static readonly TimeSpan PeriodAtFirst = TimeSpan.FromMinutes(5);

    /// <summary>Within the lease, so that one that is lost is not missed for long.</summary>
    private static readonly TimeSpan Renewal = BoardKeys.Lease / 3;

    /// <summary>After a read that failed, so that a store that is down is not asked without pause.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly Signal _told = new(clock);
    private readonly TaskCompletionSource _active = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IRulesObserver? _self;
    private DateTimeOffset _measuredAt = DateTimeOffset.MinValue;
    private long _decided;

    /// <summary>
    /// The policy by which the visits were last reconsidered. At the start nobody knows it; the pack, by which every rule calls, is as good as any.
    /// </summary>
    private Policy _looked = policy;

    /// <summary>With the ways to a family that are set up here.</summary>
    public Policy Policy { get; private set; } =
        (options.Value.Begin == RuleSwitch.On ? policy : policy with { Watch = RuleWatch.Everywhere with { BeginsInShadow = true } }) with
        {
            Family = policy.Family with { Ways = [.. channels.Select(c => c.Name)] },
        };

    public static async Task<StepNorms> Norms(ICards cards, Policy policy, DateTimeOffset now, CancellationToken cancellation = default) => new(
        (await cards.UsualTimes(now - TimeSpan.FromDays(StepNorms.Days), policy.UsualFrom, cancellation))
            .ToImmutableDictionary(usual => (usual.Unit, usual.Step), usual => usual.Time));

    /// <summary>By unit and fact; of the whole house under no unit.</summary>
    private static async Task<ImmutableDictionary<(string Unit, string Fact), Reporting>> Reported(ICards cards, DateTimeOffset now,
        CancellationToken cancellation = default)
    {
        var facts = (await cards.Reported(now - TimeSpan.FromDays(RuleWatch.Days), cancellation)).Where(fact => fact.Unit.Length > 0).ToArray();
        return facts.Concat(facts.GroupBy(fact => fact.Fact)
            .Select(of => new ReportedFact("", of.Key, of.Sum(f => f.Visits), of.Sum(f => f.ByFeed), of.Sum(f => f.ByStaff))))
            .ToImmutableDictionary(fact => (fact.Unit, fact.Fact), fact => new Reporting(fact.Visits, fact.ByFeed, fact.ByStaff));
    }

    public Task Decided()
    {
        _told.Set();
        return Task.CompletedTask;
    }

    /// <summary>Read before the first grain wakes: a policy without measured times would raise an alarm for every patient.</summary>
    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe(nameof(LivePolicy), ServiceLifecycleStage.ApplicationServices, Measure);
        lifecycle.Subscribe(nameof(LivePolicy), ServiceLifecycleStage.Active, _ =>
        {
            _active.TrySetResult();
            return Task.CompletedTask;
        });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _active.Task.WaitAsync(stoppingToken);
            // Rules may have been turned on or off while this silo was down.
            await ReconsiderVisits(_looked, stoppingToken);
            await RecordOvertaken(stoppingToken);
            while (true)
            {
                // The lease begins after this.
                var now = clock.GetUtcNow();
                if (!await Resubscribe(stoppingToken) && !IsDue && !await _told.Wait(now + Renewal, stoppingToken) && !IsDue) continue;
                if (!await Measure(stoppingToken))
                {
                    await _told.Wait(clock.GetUtcNow() + Retry, stoppingToken);
                    continue;
                }

                await ReconsiderVisits(_looked, stoppingToken);
                await RecordOvertaken(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private bool IsDue => clock.GetUtcNow() - _measuredAt >= (Policy.Watch.Reported.IsEmpty ? PeriodAtFirst : Period);

    /// <summary>True when something was decided that this silo has not read yet.</summary>
    private async Task<bool> Resubscribe(CancellationToken stopping)
    {
        try
        {
            _self ??= grains.CreateObjectReference<IRulesObserver>(this);
            return await grains.GetGrain<IRulesGrain>(RuleKeys.House).Watch(_self) > _decided;
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            // The next renewal subscribes again, and reads what was decided meanwhile.
            return false;
        }
    }

    private async Task<bool> Measure(CancellationToken stopping)
    {
        try
        {
            var now = clock.GetUtcNow();
            var (switches, version) = await KnownStreams.Rules.Read(journal, RuleKeys.House, stopping);
            var watch = Policy.Watch with { Reported = await Reported(cards, now, stopping), Switches = switches };
            Policy = Policy with { Norms = await Norms(cards, Policy, now, stopping), Watch = watch };
            (_decided, _measuredAt) = (version, now);
            return true;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            NotMeasured(logger, e);
            return false;
        }
    }

    /// <summary>Has the visits of every unit reconsidered where a rule calls from now on, or calls no more.</summary>
    private async Task ReconsiderVisits(Policy before, CancellationToken stopping)
    {
        var after = Policy;
        try
        {
            foreach (var unit in await cards.Units(clock.GetUtcNow() - after.RollOff, stopping))
                if (after.Rules.Any(rule => before.Standing(rule, unit) != after.Standing(rule, unit)))
                    await grains.GetGrain<IUnitBoardGrain>(BoardKeys.Unit(unit)).Reconsider();
            _looked = after;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            NotTold(logger, e);
        }
    }

    /// <summary>Every silo says so, and it is recorded once: the second command changes nothing.</summary>
    private async Task RecordOvertaken(CancellationToken stopping)
    {
        try
        {
            foreach (var ((rule, unit), decision) in Policy.Overtaken)
                await grains.GetGrain<IRulesGrain>(RuleKeys.House).Switch(Id(rule, unit, decision), Actor.System, rule, unit, RuleSwitch.On);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            NotTold(logger, e);
        }

        static CommandId Id(string rule, string unit, RuleDecision decision) =>
            new(NameBasedGuid.Create(NameBasedGuid.Namespace, "rule.lapsed", rule, unit,
                decision.At.UtcTicks.ToString(CultureInfo.InvariantCulture)));
    }

    [LoggerMessage(2102, LogLevel.Warning,
        "What is measured and decided beside the policy could not be read; what was read before holds, and it is tried again soon.")]
    private static partial void NotMeasured(ILogger logger, Exception exception);

    [LoggerMessage(2103, LogLevel.Warning, "Which rules call from now on could not be told or recorded; it is tried again soon.")]
    private static partial void NotTold(ILogger logger, Exception exception);
}

using Journey.Contracts.Alerts;
using Journey.Domain;
using Journey.Domain.Policies;
using Journey.Grains.Alerts;
using Journey.Grains.Audit;
using Journey.Grains.Boards;
using Journey.Grains.Erasing;
using Journey.Grains.Families;
using Journey.Grains.Intake;
using Journey.Grains.Staff;
using Journey.Grains.Storage;
using Journey.Grains.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Journey.Grains.Hosting;

/// <summary>Registers what the grains need, apart from storage.</summary>
public static class JourneyGrainsExtensions
{
    /// <summary>
    /// Reads the policy pack at <c>Journey:Policy:Path</c>, or takes the built-in one. Throws <see cref="PolicyException"/>, naming lines and keys,
    /// when it cannot be used.
    /// </summary>
    public static ISiloBuilder AddJourneyGrains(this ISiloBuilder silo, IConfiguration configuration) =>
        silo.AddJourneyGrains(PolicyFile.Load(configuration["Journey:Policy:Path"]));

    public static ISiloBuilder AddJourneyGrains(this ISiloBuilder silo, Policy policy)
    {
        silo.Services.TryAddSingleton<HouseKey>();
        silo.Services.AddSingleton(services => policy with { Key = services.GetRequiredService<HouseKey>() });
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton<BoardPulse>();
        silo.Services.AddHostedService<DeadlineSweep>();
        silo.Services.AddSingleton<DutyBook>();
        silo.Services.AddHostedService(services => services.GetRequiredService<DutyBook>());
        silo.Services.AddOptions<RulesOptions>().BindConfiguration(RulesOptions.Section)
            .Validate(o => o.Begin is RuleSwitch.On or RuleSwitch.Shadow, "Journey:Rules:Begin must be On or Shadow.").ValidateOnStart();
        silo.Services.AddSingleton<LivePolicy>();
        silo.Services.AddHostedService(services => services.GetRequiredService<LivePolicy>());
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<LivePolicy>());
        silo.Services.AddOptions<MessageLogOptions>().BindConfiguration(MessageLogOptions.Section)
            .Validate(o => o.RetentionDays is >= 1 and <= 3650, "Journey:MessageLog:RetentionDays must be between 1 and 3650.").ValidateOnStart();
        silo.Services.AddOptions<InboxOptions>().BindConfiguration(InboxOptions.Section).ValidateOnStart();
        silo.Services.AddSingleton<IValidateOptions<InboxOptions>, InboxOutlivesTheLog>();
        silo.Services.AddHostedService<MessageRetention>();
        silo.Services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section)
            .Validate(o => o.ClosedDays is null or >= RetentionOptions.Fewest and <= 36_500,
                "Journey:Retention:ClosedDays must be between 30 and 36500; leave it out and nobody is erased by age.").ValidateOnStart();
        silo.Services.AddHostedService<PersonRetention>();
        silo.Services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.Section)
            .Validate(o => o.RetentionDays is >= 1 and <= 36_500, "Journey:Audit:RetentionDays must be between 1 and 36500.").ValidateOnStart();
        silo.Services.AddHostedService<AuditRetention>();
        silo.AddIncomingGrainCallFilter<StoreFailureFilter>();
        silo.AddStartupTask((services, _) =>
        {
            // Made at the start, so that a silo without a board reports zero boards and not nothing.
            services.GetRequiredService<BoardPulse>();
            foreach (var channel in services.GetServices<IFamilyChannel>()) JourneyMeter.Offers(channel.Name);
            return Task.CompletedTask;
        });
        // A quiet visit costs a row on its board and nothing more; it comes back from a snapshot and a short tail.
        silo.Services.Configure<GrainCollectionOptions>(o =>
        {
            o.CollectionQuantum = TimeSpan.FromMinutes(1);
            o.CollectionAge = TimeSpan.FromMinutes(10);
        });
        return silo;
    }
}

using Journey.Gateway.Feeds.Listening;
using Journey.Gateway.Feeds.Monitoring;
using Journey.Gateway.Feeds.Profiles;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Feeds;

internal static class FeedsSetup
{
    public static void AddFeeds(this IServiceCollection services)
    {
        services.AddOptions<MllpOptions>().BindConfiguration(MllpOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<FeedDefaults>().BindConfiguration(FeedDefaults.Section).ValidateOnStart();
        services.AddOptions<FeedList>()
            .Configure<IConfiguration>((list, configuration) => configuration.GetSection(FeedList.Section).Bind(list.Feeds)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MllpOptions>, MllpOptionsValidator>();
        services.AddSingleton<IValidateOptions<FeedDefaults>, FeedDefaultsValidator>();
        services.AddSingleton<IValidateOptions<FeedList>, FeedListValidator>();
        services.AddSingleton<IValidateOptions<FeedList>, FeedCertificatesValidator>();
        services.AddSingleton<FeedDirectory>();
        services.AddSingleton<FeedMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedMonitor>());
        services.AddHostedService<FeedPolicy>();
        services.AddSingleton<MessageIntake>();
        services.AddSingleton<Refusals>();
        services.AddSingleton<FeedConnections>();
        services.AddSingleton<Answers>();
        services.AddSingleton<FeedHandler>();
        services.AddSingleton<MllpListener>();
        services.AddHostedService(provider => provider.GetRequiredService<MllpListener>());
    }
}

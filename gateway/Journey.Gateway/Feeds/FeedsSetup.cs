namespace Journey.Gateway.Feeds;

internal static class FeedsSetup
{
    public static void AddFeeds(this IServiceCollection services)
    {
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

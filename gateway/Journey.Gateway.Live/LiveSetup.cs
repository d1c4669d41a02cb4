using Journey.Gateway.Live.Hub;
using Journey.Gateway.Trust.Hub;
using Microsoft.AspNetCore.SignalR;

namespace Journey.Gateway.Live;

internal static class LiveSetup
{
    public static void AddLive(this IServiceCollection services)
    {
        services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = 8 * 1024;
            hub.MaximumParallelInvocationsPerClient = 4;
            hub.KeepAliveInterval = TimeSpan.FromSeconds(5);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
            hub.EnableDetailedErrors = false;
            hub.AddFilter<HubFailures>();
            hub.AddFilter<HubAccess>();
            hub.AddFilter<AuditHubFilter>();
        }).AddMessagePackProtocol();
        services.AddSingleton<HubFailures>();
        services.AddSingleton<HubAudit>();
        services.AddSingleton<AuditHubFilter>();
        services.AddSingleton<HubAccess>();
        services.AddSingleton<WatcherLines>();
        services.AddSingleton<HubLifetimeManager<BoardHub>>(provider => provider.GetRequiredService<WatcherLines>());
        services.AddSingleton<BoardSignals>();
        services.AddSingleton<BoardSender>();
        services.AddSingleton<ListRelay>();
        services.AddHostedService(provider => provider.GetRequiredService<ListRelay>());
        services.AddSingleton<BoardRelay>();
        services.AddHostedService(provider => provider.GetRequiredService<BoardRelay>());
    }
}

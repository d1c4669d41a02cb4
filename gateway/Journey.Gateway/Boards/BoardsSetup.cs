using Journey.Gateway.Access;
using Journey.Gateway.Audit;
using Journey.Gateway.Staff;
using Microsoft.AspNetCore.SignalR;

namespace Journey.Gateway.Boards;

internal static class BoardsSetup
{
    public static void AddBoards(this IServiceCollection services)
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

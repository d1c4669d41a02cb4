using Journey.Client.Http;
using Journey.Client.Live;
using Journey.Dashboard.Audit;
using Journey.Dashboard.Boards;
using Journey.Dashboard.Commands;
using Journey.Dashboard.Parts;
using Journey.Dashboard.SignIn;

namespace Journey.Dashboard;

internal static class Services
{
    /// <summary>Everything is one per browser tab: there is one person, one connection and one clock.</summary>
    /// <param name="http">With the server as its base address.</param>
    public static void AddJourneyDashboard(this IServiceCollection services, HttpClient http)
    {
        services.AddSingleton<ServerTime>();
        services.AddSingleton<Ticker>();
        services.AddSingleton<Browser>();
        services.AddSingleton<Person>();
        services.AddSingleton<Shortcuts>();
        services.AddSingleton<Density>();
        services.AddSingleton<OwnViews>();
        services.AddSingleton<LineOpener>();
        services.AddSingleton<Session>();
        services.AddSingleton<StaffDesk>();
        services.AddSingleton<SheetOpener>();
        services.AddSingleton<TrailQuestion>();
        services.AddSingleton(provider => new JourneyApi(http) { ActingAs = () => provider.GetRequiredService<Person>().ActingAs });
        services.AddSingleton(provider => new BoardConnection(
            new() { Servers = [http.BaseAddress!], ConnectFailed = provider.GetRequiredService<Session>().Check },
            provider.GetRequiredService<ServerTime>(), provider.GetRequiredService<ILogger<BoardConnection>>()));
    }
}

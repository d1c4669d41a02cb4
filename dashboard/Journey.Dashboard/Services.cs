using Journey.Dashboard.Audit;
using Journey.Dashboard.Live;
using Journey.Dashboard.Shell;
using Journey.Dashboard.Staff;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;

namespace Journey.Dashboard;

internal static class Services
{
    /// <summary>Everything is one per browser tab: there is one person, one connection and one clock.</summary>
    public static void AddJourneyDashboard(this WebAssemblyHostBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new HttpClient { BaseAddress = new Uri(builder.HostEnvironment.BaseAddress), Timeout = TimeSpan.FromSeconds(10) });
        builder.Services.AddSingleton<ServerTime>();
        builder.Services.AddSingleton<Ticker>();
        builder.Services.AddSingleton<BoardConnection>();
        builder.Services.AddSingleton<Browser>();
        builder.Services.AddSingleton<Person>();
        builder.Services.AddSingleton<Shortcuts>();
        builder.Services.AddSingleton<Session>();
        builder.Services.AddSingleton<JourneyApi>();
        builder.Services.AddSingleton<StaffDesk>();
        builder.Services.AddSingleton<Sheets>();
        builder.Services.AddSingleton<TrailQuestion>();
    }
}

using Journey.Dashboard;
using Journey.Dashboard.Shell;
using Journey.Dashboard.SignIn;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<App>("#app");
builder.RootComponents.Add<HeadOutlet>("head::after");
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddJourneyDashboard(
    new HttpClient { BaseAddress = new Uri(builder.HostEnvironment.BaseAddress), Timeout = TimeSpan.FromSeconds(10) });
var host = builder.Build();
if (await host.Services.GetRequiredService<Session>().Begin()) await host.RunAsync();

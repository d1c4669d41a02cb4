using Journey.Domain.Policies;
using Journey.Gateway;
using Journey.Gateway.Telemetry;
using Journey.Grains.Hosting;
using Journey.Silo;
using Journey.Simulator.Hosting;
using Journey.Simulator.Model;
using Journey.Standalone.Identity;

namespace Journey.Standalone;

/// <summary>Everything in one process: silo, gateway, dashboard and, in Development, a demo hospital that feeds them over their real ports.</summary>
public static class StandaloneHost
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Builds the host, without starting it. Tests pass settings as arguments, such as <c>--Journey:Mllp:Port=0</c>.</summary>
    /// <param name="with">What a test adds to the host, such as a way to sign in.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? with = null)
    {
        var builder =
            WebApplication.CreateBuilder(new WebApplicationOptions
            {
                Args = args, ContentRootPath = AppContext.BaseDirectory,
                ApplicationName = "Journey.Standalone"
            });
        if (string.IsNullOrEmpty(builder.Configuration["urls"])) builder.WebHost.UseUrls(DefaultUrl);
        var demo = builder.Environment.IsDevelopment() && builder.Configuration.GetValue("Journey:Demo:Enabled", true);

        builder.AddLogLevels();
        builder.AddJourneyTelemetry();
        var policy = Policy(builder.Configuration["Journey:Policy:Path"], demo);
        builder.AddLocalJourneySilo(policy);
        var people = builder.Environment.IsDevelopment() && string.IsNullOrWhiteSpace(builder.Configuration["Journey:Identity:Authority"]);
        builder.AddJourneyGateway(signInHere: people);
        if (people) builder.AddDevIdentity(policy);
        if (demo) builder.Services.AddJourneyDemo(builder.Configuration);

        with?.Invoke(builder);
        var app = builder.Build();
        if (people) app.UseDevIdentity();
        app.MapJourneyGateway();
        if (people) app.MapDevIdentity();
        return app;
    }

    /// <summary>The demo hospital's units and beds on the built-in rules, unless a pack is named.</summary>
    private static Policy Policy(string? path, bool demo) => string.IsNullOrWhiteSpace(path) && demo
        ? PolicyReader.Default with
        {
            Name = "Demo hospital",
            Units = [.. DemoFloor.Units.Select(Unit)],
            Family = PolicyReader.Default.Family with { WaitingRooms = [DemoFloor.WaitingRoom.Unit] }
        }
        : PolicyFile.Load(path);

    private static UnitPolicy Unit(FloorUnit unit) => new(unit.Code, unit.Name, [.. unit.Beds.Select(bed => new BedPolicy(bed.Room, bed.Name))]);
}

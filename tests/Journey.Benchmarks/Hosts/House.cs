using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Standalone;
using Journey.Testing;
using Orleans.Configuration;

namespace Journey.Benchmarks.Hosts;

/// <summary>The standalone in this process, as it ships: silo, gateway, MLLP listener, metrics. The demo hospital is off.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _directory;

    private House(WebApplication app, string directory, int http, int mllp) =>
        (_app, _directory, Url, MllpPort) = (app, directory, new Uri($"http://127.0.0.1:{http}"), mllp);

    public Uri Url { get; }
    public int MllpPort { get; }
    public IServiceProvider Services => _app.Services;
    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    /// <param name="connectionString">A PostgreSQL database; null keeps the data in a SQLite file of its own.</param>
    public static Task<House> Open(string? connectionString, params string[] settings) => Open(connectionString, signIn: false, settings);

    /// <param name="signIn">With the provider of Development; else everybody is at the desk.</param>
    public static async Task<House> Open(string? connectionString, bool signIn, params string[] settings)
    {
        var (http, mllp) = (Ports.Free(), Ports.Free());
        var directory = Directory.CreateTempSubdirectory("journey-bench-").FullName;
        string[] store = connectionString is null
            ? []
            : ["--Journey:Storage:Provider=PostgreSql", "--Journey:Storage:ConnectionString=" + connectionString,
                "--Journey:Storage:KeyRing=" + Path.Combine(directory, "storage-keys")];
        var app = StandaloneHost.Build([
            $"--environment={(signIn ? "Development" : "Production")}", "--Journey:Gateway:WithoutSignIn=true", "--Journey:Demo:Enabled=false",
            $"--urls=http://127.0.0.1:{http}", $"--Journey:Mllp:Port={mllp}", "--Journey:DataDirectory=" + directory,
            // A leg's connections come while the last leg's are still leaving.
            "--Journey:Mllp:MaxConnectionsPerAddress=1000", "--Logging:LogLevel:Default=Warning", .. store, .. settings],
            // A standalone has no port for gateways; what is measured between processes wants one.
            builder => builder.Services.PostConfigure<EndpointOptions>(endpoints => endpoints.GatewayPort = Ports.Free()));
        await app.StartAsync();
        return new House(app, directory, http, mllp);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}

/// <summary>Commands for invented visits, straight to the grains.</summary>
internal static class Some
{
    public static readonly Actor Feed = new("feed/bench", "bench");
    public static readonly Actor Nurse = new("staff/bench", "Bench Nurse");

    private static readonly Caller Desk = new(Nurse.Id, Nurse.Id, Nurse.Name!, [], [Caller.EveryUnit], Scope.House);

    /// <summary>A call of staff, who are known to the visit as the gateway makes them known.</summary>
    public static Task<Outcome> Said(Func<Task<Outcome>> call)
    {
        Desk.Enter();
        return call();
    }

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static CommandId Id() => new(Guid.NewGuid());

    public static Arrive Arrival(int number, string unit, DateTimeOffset at, PatientClass kind = PatientClass.Emergency) => new(
        Id(), Feed, at,
        new VisitDetails
        {
            Number = $"V{number:0000000}", Class = kind,
            Location = new Location(unit, (number % 24 / 2 + 1).ToString(), (number % 24 + 1).ToString(), "H"), DefaultUnit = unit,
            Attending = new Person($"S{number % 50}", "Dr Invented Physician"), Service = "MED", AdmittedAt = at,
            Contacts = [new FamilyContact("Kin, Invented", "spouse")],
        },
        new PatientRef
        {
            Id = new PatientId(NameBasedGuid.Create(NameBasedGuid.Namespace, "bench-patient", number.ToString())), Number = $"{number:0000000}",
            FamilyName = "Family" + number,
            GivenName = "Given", BirthDate = new DateOnly(1950 + number % 60, 1, 1), Sex = "F", Language = "EN",
        },
        null);
}

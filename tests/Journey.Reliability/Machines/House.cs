using Journey.Reliability.Load;

namespace Journey.Reliability.Machines;

/// <summary>What a house is made of.</summary>
/// <param name="Silos">How many.</param>
/// <param name="Gateways">How many.</param>
/// <param name="Programs">The folder with the programs of silo and gateway; those built beside this when null.</param>
/// <param name="DiskMegabytes">The database lies on a file system of this size; on the machine's own when null.</param>
/// <param name="Skew">By how much the clocks of the silos are wrong, in turn.</param>
internal sealed record Plan(int Silos = 3, int Gateways = 2, Programs? Programs = null, int? DiskMegabytes = null,
    IReadOnlyList<TimeSpan>? Skew = null);

/// <summary>A cluster as a hospital runs it: PostgreSQL, silos and gateways, each a process on a machine of its own.</summary>
internal sealed class House : IAsyncDisposable
{
    private const int FirstSilo = 11;
    private const int FirstGateway = 21;
    private const int MllpPort = 2575;
    private const string SiloRole = "journey_silo";
    private const string GatewayRole = "journey_gateway";
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);

    private readonly Network _network;
    private readonly string _directory = Directory.CreateTempSubdirectory("journey-house-").FullName;
    private SmallDisk? _disk;
    private ClusterAuthority? _authority;
    private string? _siloConnection;
    private string? _gatewayConnection;
    private bool _siloMigrates = true;

    private House(Network network) => _network = network;

    public PostgresServer Database { get; private set; } = null!;
    public string ConnectionString { get; private set; } = "";

    /// <summary>Who signs the certificates of silos and gateways.</summary>
    public ClusterAuthority Authority => _authority ?? throw new InvalidOperationException("The house is not built yet.");
    public List<Service> Silos { get; } = [];
    public List<Service> Gateways { get; } = [];

    /// <summary>By how much the clock of a silo is ahead at most.</summary>
    public TimeSpan Skew { get; private set; }

    /// <summary>Where the database is.</summary>
    public System.Net.IPAddress DatabaseAddress => _network.Database;

    /// <summary>The file system of the database, when it has one of its own.</summary>
    public SmallDisk Disk => _disk ?? throw new InvalidOperationException("The database lies on the machine's own disk.");

    public IEnumerable<Service> Services => Silos.Concat(Gateways);
    public IReadOnlyList<(string Host, int Port)> Mllp => [.. Gateways.Select(gateway => (gateway.Machine.Address.ToString(), MllpPort))];
    public IReadOnlyList<Uri> Urls => [.. Gateways.Select(gateway => gateway.Http.BaseAddress!)];

    public static async Task<House> Open(Plan plan)
    {
        var house = new House(await Network.Create());
        try
        {
            await house.Build(plan);
            return house;
        }
        catch
        {
            await house.DisposeAsync();
            throw;
        }
    }

    public async Task UntilReady()
    {
        foreach (var service in Services) await service.UntilReady(StartPatience);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Services) await service.DisposeAsync();
        if (Database is not null) await Database.DisposeAsync();
        if (_disk is not null) await _disk.DisposeAsync();
        await _network.DisposeAsync();
        _authority?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task Build(Plan plan)
    {
        _authority = new(Path.Combine(_directory, "authority"));
        if (plan.DiskMegabytes is { } megabytes) _disk = await SmallDisk.Mount(megabytes);
        Skew = plan.Skew?.Max() ?? TimeSpan.Zero;
        Database = await PostgresServer.Create(new(_network.Database.ToString(), _network.Range, _disk?.Path));
        ConnectionString = await Database.CreateDatabase();
        var pack = Path.Combine(_directory, "policy.yaml");
        await File.WriteAllTextAsync(pack, Rules.Pack);
        var programs = plan.Programs ?? Programs.Beside;
        // As in production: the schema has an owner, silos may not change it, and gateways read the membership. An older version knows no such roles.
        if (plan.Programs is null) await MakeRoles(programs);
        for (var i = 0; i < plan.Silos; i++) Silos.Add(await Silo(i, programs, pack, plan.Skew is { } skew ? skew[i % skew.Count] : TimeSpan.Zero));
        for (var i = 0; i < plan.Gateways; i++) Gateways.Add(await Gateway(i, programs));
        foreach (var service in Services) service.Start();
        await UntilReady();
    }

    private async Task MakeRoles(Programs programs)
    {
        await using (var connection = new Npgsql.NpgsqlConnection(ConnectionString + ";Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = new Npgsql.NpgsqlCommand($"create role {SiloRole} login; create role {GatewayRole} login", connection);
            await command.ExecuteNonQueryAsync();
        }

        await Tool.Run("dotnet", programs.Silo, "migrate", "--Journey:Storage:SiloRole=" + SiloRole, "--Journey:Storage:GatewayRole=" + GatewayRole,
            "--Journey:Storage:Provider=PostgreSql", "--Journey:Storage:ConnectionString=" + ConnectionString,
            "--Journey:Storage:AllowPlaintext=true", "--Journey:Storage:KeyRing=" + Keys);
        (_siloConnection, _gatewayConnection) = (As(SiloRole), As(GatewayRole));
        _siloMigrates = false;
    }

    private string As(string role) => new Npgsql.NpgsqlConnectionStringBuilder(ConnectionString) { Username = role }.ConnectionString;

    private string Keys => Path.Combine(_directory, "keys");

    private async Task<Service> Silo(int index, Programs programs, string pack, TimeSpan skew)
    {
        var service = new Service($"silo {index + 1}", await _network.Add(FirstSilo + index), programs.Silo);
        service.Settings["Journey:Storage:Provider"] = "PostgreSql";
        service.Settings["Journey:Storage:ConnectionString"] = _siloConnection ?? ConnectionString;
        service.Settings["Journey:Storage:Migrate"] = _siloMigrates ? "true" : "false";
        service.Settings["Journey:Storage:KeyRing"] = Keys;
        // The database's server here has no certificate.
        service.Settings["Journey:Storage:AllowPlaintext"] = "true";
        service.Settings["Journey:Cluster:AdvertisedAddress"] = service.Machine.Address.ToString();
        service.Settings["Journey:Policy:Path"] = pack;
        Trust(service, ClusterAuthority.Silo);
        Frugal(service);
        if (skew != TimeSpan.Zero) FakeTime.Set(service.Settings, skew);
        return service;
    }

    private async Task<Service> Gateway(int index, Programs programs)
    {
        var service = new Service($"gateway {index + 1}", await _network.Add(FirstGateway + index), programs.Gateway);
        service.Settings["Journey:Cluster:ConnectionString"] = _gatewayConnection ?? ConnectionString;
        service.Settings["Journey:Cluster:AllowPlaintext"] = "true";
        service.Settings["Journey:Gateway:AllowUnauthenticated"] = "true";
        service.Settings["Journey:Gateway:RequestsPerSecond"] = "10000";
        service.Settings["Journey:Gateway:DrainSeconds"] = "1";
        service.Settings["Journey:Mllp:Address"] = service.Machine.Address.ToString();
        service.Settings["Journey:Mllp:Port"] = MllpPort.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Trust(service, ClusterAuthority.Gateway);
        Frugal(service);
        return service;
    }

    /// <summary>The machines are not one: without certificates none would speak to another.</summary>
    private void Trust(Service service, string name)
    {
        foreach (var setting in Authority.Settings(name))
            service.Settings[setting[..setting.IndexOf('=', StringComparison.Ordinal)]] =
                setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>Five runtimes share two cores here.</summary>
    private static void Frugal(Service service)
    {
        service.Settings["DOTNET_gcServer"] = "0";
        service.Settings["DOTNET_TieredPGO"] = "0";
        service.Settings["Logging:Console:FormatterName"] = "simple";
        service.Settings["Logging:Console:FormatterOptions:SingleLine"] = "true";
        service.Settings["Logging:Console:FormatterOptions:TimestampFormat"] = "HH:mm:ss.fff ";
    }
}

/// <summary>The assemblies that run.</summary>
internal sealed record Programs(string Silo, string Gateway)
{
    /// <summary>Those built beside this, in the same configuration.</summary>
    public static Programs Beside
    {
        get
        {
            var own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
            return In(Path.GetFullPath(Path.Combine(own, "..", "..")), Path.GetFileName(own));
        }
    }

    /// <param name="folder">A build's <c>artifacts/bin</c>.</param>
    /// <param name="configuration"><c>debug</c> or <c>release</c>.</param>
    public static Programs In(string folder, string configuration)
    {
        string PathOf(string project) => Path.Combine(folder, project, configuration, project + ".dll");
        var programs = new Programs(PathOf("Journey.Silo"), PathOf("Journey.Gateway"));
        if (!File.Exists(Path.Combine(Path.GetDirectoryName(programs.Silo)!, "Orleans.Connections.Security.dll")))
            throw new InvalidOperationException(
                $"{programs.Silo} is from before silos and gateways had certificates: such a cluster is stopped whole for its upgrade, not rolled "
                    + $"(docs/operations.md).");
        if (!File.Exists(programs.Silo) || !File.Exists(programs.Gateway))
            throw new FileNotFoundException($"There is no {programs.Silo} or no {programs.Gateway}: build both first.");
        return programs;
    }
}

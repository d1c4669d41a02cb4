using Journey.Reliability.Load;
using Journey.Reliability.Machines;

namespace Journey.Reliability.Faults;

/// <summary>All that goes wrong.</summary>
internal static class AllFaults
{
    /// <summary>The unit with most of the traffic.</summary>
    public static readonly string BusiestUnit = Rules.Units[0];

    /// <summary>A house with one silo whose clock is right.</summary>
    public static readonly Plan WrongClocks = new() { Skew = [TimeSpan.FromSeconds(2), TimeSpan.Zero, TimeSpan.FromSeconds(-2)] };

    public static readonly Fault KillBusiest =
        Fault.Named("kill-busiest", "`kill -9` of the silo with the busiest board", async strike => await Kill(await HostOf(strike, BusiestUnit)));

    public static readonly Fault PauseSilo = Fault.Named("pause", "a silo stands still for 30 s (SIGSTOP) and wakes up", Pause);

    public static readonly Fault RollingRestart =
        Fault.Named("rolling-restart", "rolling restart of everything (SIGTERM)", strike => Roll(strike.House.Services));

    public static readonly Fault NewCertificates =
        Fault.Named("new-certificates", "another authority and new certificates while everything runs, then `kill -9` of a silo", ChangeCertificates);

    /// <summary>A process looks at its files again ten seconds after it last did, with the next connection.</summary>
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(11);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static IReadOnlyList<Fault> List { get; } =
    [
        Fault.Named("none", "nothing", strike => strike.For(3)),
        Fault.Named("kill-silo", "`kill -9` of a silo", strike => Kill(strike.AnySilo)),
        Fault.Named("kill-gateway", "`kill -9` of a gateway", strike => Kill(strike.AnyGateway)),
        KillBusiest,
        PauseSilo,
        Fault.WithoutDatabase("database-restart", "PostgreSQL ends and is started again", RestartDatabase),
        Fault.WithoutDatabase("database-away", "PostgreSQL cannot be reached for 60 s", LoseDatabase),
        Fault.Named("partition", "a silo cannot reach the other silos for 20 s, all else can", Part),
        Fault.Named("skew", "clocks of the silos 2 s fast, right and 2 s slow; `kill -9` of one",
            strike => Kill(strike.AnySilo)) with { Plan = WrongClocks },
        Fault.WithoutDatabase("disk-full", "the database's disk is full for 15 s", FillDisk) with { Plan = new() { DiskMegabytes = 1500 } },
        RollingRestart,
        NewCertificates,
    ];

    /// <summary>One by one, each ready before the next; with another program from then on, when one is given.</summary>
    public static async Task Roll(IEnumerable<Service> services, string? program = null)
    {
        foreach (var service in services)
        {
            await service.Stop();
            service.Program = program ?? service.Program;
            service.Start();
            await service.UntilReady(Patience);
        }
    }

    private static async Task Kill(Service service)
    {
        service.Kill();
        await Task.Delay(TimeSpan.FromSeconds(2));
        await service.UntilReady(Patience);
    }

    /// <summary>
    /// As operations.md says it: trust both, sign anew, trust the new one alone. Nothing is restarted; the one that is killed meets the others with
    /// nothing but the new.
    /// </summary>
    private static async Task ChangeCertificates(Strike strike)
    {
        var authority = strike.House.Authority;
        authority.Succeed();
        await Task.Delay(ReadAgain);
        foreach (var name in (string[])[ClusterAuthority.Silo, ClusterAuthority.Gateway]) authority.Issue(name);
        await Task.Delay(ReadAgain);
        authority.Retire();
        await Task.Delay(ReadAgain);
        await Kill(strike.AnySilo);
        await strike.House.UntilReady();
    }

    private static async Task Pause(Strike strike)
    {
        var silo = strike.AnySilo;
        await silo.Pause();
        await strike.For(30);
        await silo.Continue();
        await Task.Delay(TimeSpan.FromSeconds(2));
        await silo.UntilReady(Patience);
    }

    private static async Task RestartDatabase(Strike strike)
    {
        // In turn as an operator does it, and as a power cut does.
        if (strike.Random.Next(2) == 0) await strike.House.Database.Stop();
        else await strike.House.Database.Kill();
        await strike.House.Database.Start();
    }

    private static async Task LoseDatabase(Strike strike)
    {
        foreach (var service in strike.House.Services) await Network.Cut(service.Machine, strike.House.DatabaseAddress);
        await strike.For(60);
        foreach (var service in strike.House.Services) await Network.Mend(service.Machine, strike.House.DatabaseAddress);
    }

    private static async Task Part(Strike strike)
    {
        var alone = strike.AnySilo;
        var others = strike.House.Silos.Where(silo => silo != alone).ToArray();
        foreach (var other in others) await Network.Cut(alone.Machine, other.Machine);
        await strike.For(20);
        foreach (var other in others) await Network.Mend(alone.Machine, other.Machine);
        await Task.Delay(TimeSpan.FromSeconds(2));
        await strike.House.UntilReady();
    }

    private static async Task FillDisk(Strike strike)
    {
        strike.House.Disk.Fill();
        await strike.For(15);
        strike.House.Disk.Free();
        if (!await strike.House.Database.IsRunning()) await strike.House.Database.Start();
    }

    private static async Task<Service> HostOf(Strike strike, string unit)
    {
        var board = (IAddressable)strike.Cluster.GetGrain(GrainId.Create("unit-board", "unit/" + unit));
        var address = await strike.Cluster.GetGrain<IManagementGrain>(0).GetActivationAddress(board)
            ?? throw new InvalidOperationException($"The board of {unit} is awake nowhere.");
        return strike.House.Silos.Single(silo => silo.Machine.Address.Equals(address.Endpoint.Address));
    }
}

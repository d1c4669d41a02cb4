using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Alerts;
using Journey.Contracts.Audit;
using Journey.Contracts.Boards;
using Journey.Contracts.Families;
using Journey.Contracts.Hotline;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Hl7;
using Journey.Hl7.Mllp;
using Journey.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Serialization;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>Who may speak to a silo, and whom it believes about who calls.</summary>
public sealed class ClusterTrustTests(ProtectedCluster cluster) : IDisposable
{
    private static readonly Caller Forged =
        new("forged", "staff/forged", "Forged", [Role.Nurse], [Caller.EveryUnit], Scope.House | Scope.Confidential);
    private readonly string _folder = Directory.CreateTempSubdirectory("journey-trusts-").FullName;

    [Fact]
    public async Task A_gateway_with_certificate_and_key_works_and_a_caller_that_it_has_not_sealed_is_nobody()
    {
        await cluster.UntilStarted();
        var (http, mllp) = (Ports.Free(), Ports.Free());
        var guest = new Guest(StandaloneHostFixture.Fresh("P"), StandaloneHostFixture.Fresh("V"), "ED", "Muster", "Max");
        await using var gateway = OwnProcess.Start("Journey.Gateway", [
            $"urls=http://127.0.0.1:{http}", $"Journey:Mllp:Port={mllp}", $"Journey:Cluster:ConnectionString={cluster.Database}",
            .. cluster.Authority.Settings(ClusterAuthority.Gateway)]);
        await OwnProcess.UntilReady(http, gateway);
        // A feed has no caller, a search and a visit have one.
        Assert.Equal("AA", await Send(mllp, guest.Message("A04")));
        using var desk = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        var found = (await desk.GetFromJsonAsync<JsonElement>($"/api/v1/visits?number={guest.Visit}", TestContext.Current.CancellationToken))[0]
            .GetProperty("visitId").GetGuid();
        foreach (var path in (string[])[
            $"visits/{found}", $"visits/{found}/timeline", "units", "units/ED/board", "units/ED/wall", "patients?query=muster",
            "lists?addressee=role/charge-nurse@ED", "alerts", "rules", "staff", "shifts", "hotline",
            "glass", "audit", "sessions", "feeds", "messages", "templates", "audit?count=5"])
        {
            using var read = await desk.GetAsync("/api/v1/" + path, TestContext.Current.CancellationToken);
            Assert.True(read.StatusCode == HttpStatusCode.OK,
                $"{path}: {read.StatusCode} {await read.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        }

        // Who has a certificate, and no key: what they say of themselves counts for nothing.
        using var other = new ClusterAuthority(Path.Combine(_folder, "other"));
        using var forger = await cluster.Client();
        using var guesser = await cluster.Client(seals: other);
        using var known = await cluster.Client(seals: cluster.Authority);
        Forged.Enter();
        foreach (var client in (Microsoft.Extensions.Hosting.IHost[])[forger, guesser]) await IsRefused(client, found);
        Assert.NotNull(await Visit(known, found).Read());
        Assert.NotEmpty(await Grains(known).GetGrain<ISearchGrain>(0).ByNumber(guest.Visit));
        // Without a caller it is the gateway's own call, sealed as such; what the house says to itself nobody says from outside, whatever key they
        // have.
        Caller.Leave();
        foreach (var client in (Microsoft.Extensions.Hosting.IHost[])[forger, guesser]) await IsRefused(client, found);
        Assert.NotEmpty(await Grains(known).GetGrain<IHospitalGrain>(BoardKeys.Hospital).Units());
        await Assert.ThrowsAsync<AccessRefusedException>(() => Visit(known, found).Read());
        await Assert.ThrowsAsync<AccessRefusedException>(() => Visit(known, found).Row());
        await Assert.ThrowsAsync<AccessRefusedException>(() => Grains(known).GetGrain<IUnitBoardGrain>(BoardKeys.Unit("ED")).Wake());

        foreach (var client in (Microsoft.Extensions.Hosting.IHost[])[forger, guesser, known])
            await client.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_certificate_opens_the_port_that_it_is_for_and_no_other()
    {
        await cluster.UntilStarted();
        using var other = new ClusterAuthority(Path.Combine(_folder, "other"));
        Assert.False(await IsShutOut(cluster.SiloPort, cluster.Authority, ClusterAuthority.Silo));
        Assert.True(await IsShutOut(cluster.SiloPort, cluster.Authority, ClusterAuthority.Gateway));
        // That a gateway's opens it the clients above show.
        Assert.True(await IsShutOut(cluster.GatewayPort, cluster.Authority, ClusterAuthority.Silo));
        foreach (var (port, name) in ((int, string)[])[(cluster.SiloPort, ClusterAuthority.Silo), (cluster.GatewayPort, ClusterAuthority.Gateway)])
        {
            Assert.True(await IsShutOut(port, null, name));
            Assert.True(await IsShutOut(port, other, name));
        }
    }

    [Fact]
    public async Task Without_certificates_nothing_is_said_to_a_silo_on_another_machine()
    {
        await cluster.UntilStarted();
        if (IPAddress.IsLoopback(cluster.Address)) Assert.Skip("This machine has no address but its own.");
        await using var gateway = OwnProcess.Start("Journey.Gateway", $"urls=http://127.0.0.1:0", "Journey:Mllp:Port=0",
            $"Journey:Cluster:ConnectionString={cluster.Database}");
        Assert.Equal(78, await gateway.ExitCode());
        foreach (var said in (string[])[cluster.Address.ToString(), "Journey:Cluster:Trust:CertificatePath", "CallerKeyFile"])
            Assert.Contains(said, gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_that_others_could_reach_does_not_start_without()
    {
        await using var silo = OwnProcess.Start("Journey.Silo", "urls=http://127.0.0.1:0", "Journey:Storage:Provider=PostgreSql",
            "Journey:Storage:ConnectionString=Host=127.0.0.1;Port=1", "Journey:Cluster:AdvertisedAddress=10.20.30.40");
        Assert.Equal(78, await silo.ExitCode());
        foreach (var said in (string[])["10.20.30.40", "Journey:Cluster:Trust:CertificatePath", "CallerKeyFile", "Journey:Cluster:AdvertisedAddress"])
            Assert.Contains(said, silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", silo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_peers_would_refuse_is_told_at_the_start_by_its_key()
    {
        using var authority = new ClusterAuthority(Path.Combine(_folder, "own"));
        using var other = new ClusterAuthority(Path.Combine(_folder, "other"));
        ClusterTrust Own(Action<ClusterTrust>? but = null)
        {
            var trust = ProtectedCluster.Trust(authority, ClusterAuthority.Silo);
            but?.Invoke(trust);
            return trust;
        }

        Assert.Empty(Own().Problems(ClusterAuthority.Silo));
        Assert.Empty(new ClusterTrust().Problems(ClusterAuthority.Silo));
        Assert.Empty(new ClusterTrust { CertificatePath = "", CallerKeyFile = authority.CallerKeyFile }.Problems(ClusterAuthority.Silo));
        Says("is half set", Own(trust => trust.KeyPath = null));
        Says("is half set", Own(trust => trust.CallerKeyFile = null));
        Says("KeyPath names no file", Own(trust => trust.KeyPath = "/nowhere.key"));
        Says("a certificate and its key", Own(trust => trust.KeyPath = authority.KeyPath(ClusterAuthority.Gateway)));
        Says("does not name journey-silo",
            Own(trust => (trust.CertificatePath, trust.KeyPath) =
                (authority.CertificatePath(ClusterAuthority.Gateway), authority.KeyPath(ClusterAuthority.Gateway))));
        Says("is not by an authority", Own(trust => trust.AuthoritiesPath = other.AuthoritiesPath));
        authority.Issue(ClusterAuthority.Silo, until: -1);
        Says("is not good today", Own());
        authority.Issue(ClusterAuthority.Silo, forServers: false);
        Says("is not for server authentication", Own());
        File.WriteAllText(authority.CallerKeyFile, "short");
        Says("32 bytes", Own());

        static void Says(string said, ClusterTrust trust) =>
            Assert.Contains(said, Assert.Single(trust.Problems(ClusterAuthority.Silo)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_commands_of_the_documentation_make_what_is_needed()
    {
        if (!File.Exists("/usr/bin/openssl")) Assert.Skip("openssl is not installed: it makes the certificates.");
        var guide = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operations.md"), TestContext.Current.CancellationToken);
        var from = guide.IndexOf("openssl req", StringComparison.Ordinal);
        using var shell = System.Diagnostics.Process
            .Start(new System.Diagnostics.ProcessStartInfo("sh",
                ["-ec", guide[from..guide.IndexOf("```", from, StringComparison.Ordinal)]])
            {
                WorkingDirectory = _folder,
                RedirectStandardError = true
            })!;
        var errors = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(shell.ExitCode == 0, await errors);
        foreach (var name in (string[])["silo", "gateway"])
        {
            string At(string file) => Path.Combine(_folder, file);
            Assert.Empty(new ClusterTrust
            {
                CertificatePath = At(name + ".crt"), KeyPath = At(name + ".key"), AuthoritiesPath = At("ca.crt"),
                CallerKeyFile = At("caller.key")
            }.Problems("journey-" + name));
        }
    }

    [Fact]
    public void A_new_certificate_counts_without_a_restart_and_half_of_a_pair_does_not()
    {
        using var authority = new ClusterAuthority(Path.Combine(_folder, "own"));
        var clock = new FakeTimeProvider();
        var port = new ClusterCertificates(ProtectedCluster.Trust(authority, ClusterAuthority.Silo), clock, NullLogger<ClusterCertificates>.Instance)
            .Takes(ClusterAuthority.Silo);
        string Shown() => port.LocalServerCertificateSelector!(null!, null).Thumbprint;
        var first = Shown();
        authority.Issue(ClusterAuthority.Silo);
        var key = File.ReadAllText(authority.KeyPath(ClusterAuthority.Silo));
        File.WriteAllText(authority.KeyPath(ClusterAuthority.Silo), File.ReadAllText(authority.KeyPath(ClusterAuthority.Gateway)));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(first, Shown());
        File.WriteAllText(authority.KeyPath(ClusterAuthority.Silo), key);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(first, Shown());
    }

    [Fact]
    public void A_seal_proves_the_caller_it_was_made_for_for_minutes()
    {
        using var services = new ServiceCollection().AddSerializer(serializer => serializer.AddAssembly(typeof(Caller).Assembly))
            .BuildServiceProvider();
        var (clock, callers) = (new FakeTimeProvider(DateTimeOffset.UtcNow), services.GetRequiredService<Serializer<Caller>>());
        var seal = new CallerSeal(new byte[32], callers, clock);
        var proof = seal.Seal(Forged);
        Assert.Equivalent(Forged, seal.Open(proof), strict: true);
        for (var at = 0; at < proof.Length; at++)
        {
            var changed = proof.ToArray();
            changed[at] ^= 1;
            Assert.Null(seal.Open(changed));
            Assert.Null(seal.Open(proof[..at]));
        }

        Assert.Null(new CallerSeal([.. Enumerable.Repeat((byte)1, 32)], callers, clock).Open(proof));
        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.NotNull(seal.Open(proof));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(seal.Open(proof));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> Send(int mllp, string message)
    {
        await using var feed = await MllpClient.ConnectAsync("127.0.0.1", mllp);
        return Hl7Message.Parse(await feed.SendAsync(Encoding.UTF8.GetBytes(message)))["MSA", 1].Text;
    }

    private static IGrainFactory Grains(Microsoft.Extensions.Hosting.IHost client) => client.Services.GetRequiredService<IGrainFactory>();

    private static IVisitGrain Visit(Microsoft.Extensions.Hosting.IHost client, Guid visit) => Grains(client).GetGrain<IVisitGrain>(visit);

    /// <summary>By every grain that a gateway asks, with the caller that is set or without.</summary>
    private static async Task IsRefused(Microsoft.Extensions.Hosting.IHost client, Guid visit)
    {
        var grains = Grains(client);
        var (id, by) = (new CommandId(Guid.NewGuid()), new Actor("staff/forged", "Forged"));
        foreach (var call in (Func<Task>[])[
            () => grains.GetGrain<IVisitGrain>(visit).Read(),
            () => grains.GetGrain<IUnitBoardGrain>(BoardKeys.Unit("ED")).Read(),
            () => grains.GetGrain<IHospitalGrain>(BoardKeys.Hospital).Units(),
            () => grains.GetGrain<ISearchGrain>(0).Search("muster", 10),
            () => grains.GetGrain<ISessionsGrain>(SessionKeys.Walls).Open(),
            () => grains.GetGrain<IWallsGrain>(WallKeys.All).Ask("AB", null),
            () => grains.GetGrain<IStaffGrain>(StaffKeys.All).Members(),
            () => grains.GetGrain<IStaffGrain>(StaffKeys.All).EndShift(id, by, "employee/1", "ED", "nurse"),
            () => grains.GetGrain<IOwedListGrain>("role/charge-nurse@ED").Read(),
            () => grains.GetGrain<IRulesGrain>(RuleKeys.House).Switch(id, by, "ed.triage", "ED", RuleSwitch.Shadow),
            () => grains.GetGrain<IHotlineGrain>(HotlineKeys.All).Read(),
            () => grains.GetGrain<IGlassGrain>(GlassKeys.All).Read(),
            () => grains.GetGrain<IAuditReaderGrain>(0).RetentionDays(),
            () => grains.GetGrain<IIntakeGrain>(0).Messages(null, 10),
            () => grains.GetGrain<IFamilyLinksGrain>(0).Open([], "AB"),
            () => grains.GetGrain<IPatientGrain>(Guid.NewGuid()).Read(),
        ])
            await Assert.ThrowsAsync<AccessRefusedException>(call);
    }

    /// <summary>
    /// The handshake of TLS 1.3 is over for a client before the server has looked at its certificate: who is shut out hears the end then, and who is
    /// let in to silos the silo's own first words.
    /// </summary>
    private async Task<bool> IsShutOut(int port, ClusterAuthority? authority, string name)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(cluster.Address, port, patience.Token);
        using var certificate = authority is null ? null : ProtectedCluster.Trust(authority, name).LoadCertificate();
        await using var tls = new SslStream(tcp.GetStream(), false, (_, _, _, _) => true);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = ClusterAuthority.Silo, ClientCertificates = certificate is null
                    ? null
                    : [certificate]
                }, patience.Token);
            return await tls.ReadAsync(new byte[1], patience.Token) == 0;
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            return true;
        }
    }
}

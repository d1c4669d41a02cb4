using System.Net;
using System.Net.Sockets;
using Journey.Standalone;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Tests.Hosts;

public class StartTests
{
    [Theory]
    [InlineData("Journey:Mllp:Port", "70000")]
    [InlineData("Journey:Mllp:Address", "everywhere")]
    [InlineData("Journey:Mllp:MaxFrameBytes", "1")]
    [InlineData("Journey:Mllp:CertificatePath", "/no/such/file")]
    [InlineData("Journey:Feed:TimeZone", "Middle/Earth")]
    [InlineData("Journey:Feeds:0:TimeZone", "Middle/Earth")]
    [InlineData("Journey:Feeds:0:Name", "")]
    [InlineData("Journey:Feeds:0:Sources", "10.20.3.7/99")]
    [InlineData("Journey:Feeds:0:Sources", "")]
    [InlineData("Journey:Feeds:0:CertificateSubject", "lab")]
    [InlineData("Journey:Feeds:0:CertificateSubject", "CN=lab")]
    [InlineData("Journey:Feeds:0:CertificateThumbprints", "abcd")]
    [InlineData("Journey:Feeds:0:May", "Merge, Everything")]
    [InlineData("Journey:Feed:May", "All")]
    [InlineData("Journey:Mllp:ReservedConnections", "512")]
    [InlineData("Journey:Mllp:FirstMessageSeconds", "0")]
    [InlineData("Journey:Gateway:StreamsPerAddress", "1")]
    [InlineData("Journey:Feed:DefaultUnits:spaceship", "ED")]
    [InlineData("Journey:Inbox:RetentionDays", "29")]
    [InlineData("Journey:Inbox:RetentionDays", "4000")]
    [InlineData("Journey:Gateway:CallAttempts", "0")]
    [InlineData("Journey:Gateway:RelayQueue", "1")]
    [InlineData("Journey:Gateway:Proxies", "10.0.0.1,everybody")]
    [InlineData("Journey:Gateway:FamilyAddress", "http://families.hospital.example")]
    [InlineData("Journey:Gateway:FamilyAddress", "https://families.hospital.example/pages")]
    [InlineData("Journey:Identity:WallNetworks", "10.20.0.0/16, corridor")]
    public async Task A_wrong_value_stops_the_start_and_names_the_key(string key, string value)
    {
        var message = await Refusal($"--{key}={value}");
        // A certificate that senders are not asked for is about two keys.
        if (value == "CN=lab") key = "Journey:Mllp:ClientAuthoritiesPath";
        Assert.Contains(key, message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Where_others_could_reach_it_the_gateway_does_not_start_unasked()
    {
        Assert.Contains("Journey:Gateway:AllowUnauthenticated", await Refusal("--urls=http://0.0.0.0:0"), StringComparison.Ordinal);
        Assert.Contains("Journey:Gateway:AllowUnauthenticated", await Refusal("--urls=http://*:0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_can_sign_in_it_does_not_start_unasked()
    {
        var message = await Refusal("--Journey:Gateway:WithoutSignIn=false");
        Assert.Contains("Journey:Identity:Authority", message, StringComparison.Ordinal);
        Assert.Contains("Journey:Gateway:WithoutSignIn", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Journey:Gateway:Proxies", "--ForwardedHeaders_Enabled=true", "--Journey:Identity:Authority=https://sign.in.example")]
    [InlineData("Journey:Identity:Authority", "--Journey:Gateway:Proxies=127.0.0.1")]
    [InlineData("AllowedHosts", "--Journey:Gateway:Proxies=127.0.0.1", "--Journey:Identity:Authority=https://sign.in.example")]
    [InlineData("AllowedHosts", "--urls=http://0.0.0.0:0", "--Journey:Identity:Authority=https://sign.in.example")]
    public async Task What_would_believe_or_answer_anybody_stops_the_start_and_is_named(string key, params string[] arguments) =>
        Assert.Contains(key, await Refusal(arguments), StringComparison.Ordinal);

    [Theory]
    [InlineData("Host=db.hospital.example", true)]
    [InlineData("Host=10.20.30.40;SSL Mode=Prefer", true)]
    [InlineData("Host=127.0.0.1,10.20.30.40", true)]
    [InlineData("Host=db.hospital.example;SSL Mode=VerifyFull", false)]
    [InlineData("Host=[::1]:5432,localhost,/run/postgresql", false)]
    public void A_database_on_another_machine_is_spoken_to_encrypted(string connection, bool refused)
    {
        string? Objection(bool allow = false) =>
            Journey.Hosting.DatabaseTls.Objection(connection + ";Username=u;Password=hushhush", allow, "The:Key", "Allow:It");
        Assert.Equal(refused, Objection()?.Contains("The:Key", StringComparison.Ordinal) == true
            && Objection()!.Contains("Allow:It", StringComparison.Ordinal));
        Assert.DoesNotContain("hushhush", Objection() ?? "", StringComparison.Ordinal);
        Assert.Null(Objection(allow: true));
    }

    [Fact]
    public async Task A_store_on_another_machine_without_encryption_is_named() =>
        Assert.Contains("Journey:Storage:AllowPlaintext",
            await Refusal("--Journey:Storage:Provider=PostgreSql", "--Journey:Storage:ConnectionString=Host=db.hospital.example;Username=u"),
            StringComparison.Ordinal);

    [Fact]
    public async Task Where_people_are_picked_and_not_proven_nobody_else_can_reach_them() =>
        Assert.Contains("Journey:Identity:Authority", await Refusal("--environment=Development", "--urls=http://0.0.0.0:0"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Journey:Identity:Authority", "http://sign.in.elsewhere")]
    [InlineData("Journey:Identity:ClientSecretFile", "/no/such/file")]
    [InlineData("Journey:Identity:IdleMinutes", "0")]
    public async Task A_wrong_setting_of_the_sign_in_stops_the_start_and_is_named(string key, string value) =>
        Assert.Contains(key, await Refusal($"--{key}={value}"), StringComparison.Ordinal);

    [Fact]
    public async Task A_gateway_without_a_cluster_says_in_a_sentence_which_key_is_missing()
    {
        await Refuses([], "Journey:Cluster:ConnectionString");
    }

    [Theory]
    [InlineData("Journey:Cluster:ConnectionString", "Host=127.0.0.1;Port=1;Database=none;Username=u;Password=hushhush", "cannot be reached")]
    [InlineData("Journey:Cluster:ConnectionString", "hushhush", "no PostgreSQL connection string")]
    [InlineData("Journey:Cluster:ConnectionString", "Host=db.hospital.example;Username=u;Password=hushhush", "SSL Mode")]
    [InlineData("Journey:Mllp:Port", "seventy", "seventy")]
    [InlineData("Journey:Mllp:Port", "70000", "65535")]
    [InlineData("Journey:Feed:TimeZone", "Europe/Atlantis", "Europe/Atlantis")]
    public async Task A_gateway_that_cannot_start_names_the_key_in_a_sentence(string key, string value, string said) =>
        await Refuses([("Journey:Cluster:ConnectionString", "Host=127.0.0.1;Port=1"), (key, value)], key, said);

    [Theory, InlineData("urls", "--urls"), InlineData("Journey:Mllp:Port", "Journey__Mllp__Port")]
    public async Task A_port_in_use_stops_the_gateway_and_is_named(string key, string said)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString();
        await Refuses([("Journey:Cluster:ConnectionString", "Host=127.0.0.1;Port=1"), (key, key == "urls" ? "http://127.0.0.1:" + port : port)], port,
            "in use", said);
    }

    private static async Task Refuses((string Key, string Value)[] settings, params string[] said)
    {
        var all = new Dictionary<string, string> { ["urls"] = "http://127.0.0.1:0", ["Journey:Mllp:Port"] = "0" };
        foreach (var (key, value) in settings) all[key] = value;
        await using var gateway = OwnProcess.Start("Journey.Gateway", [.. all.Select(pair => $"{pair.Key}={pair.Value}")]);
        Assert.Equal(78, await gateway.ExitCode());
        foreach (var word in said) Assert.Contains(word, gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hushhush", gateway.Output, StringComparison.Ordinal);
    }

    private static async Task<string> Refusal(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("journey-start-").FullName;
        try
        {
            await using var app = StandaloneHost.Build([
                "--urls=http://127.0.0.1:0", "--environment=Production", "--Journey:Gateway:WithoutSignIn=true", "--Journey:Mllp:Port=0",
                $"--Journey:DataDirectory={folder}",
                "--Logging:LogLevel:Default=None", .. arguments,
            ]);
            var refused = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));
            return refused.Message;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

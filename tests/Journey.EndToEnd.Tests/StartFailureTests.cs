using System.Net;
using System.Net.Sockets;

namespace Journey.EndToEnd.Tests;

/// <summary>A start that cannot succeed ends soon, with a sentence for whoever set it up.</summary>
public sealed class StartFailureTests
{
    [Theory]
    [InlineData("Journey:Storage:Provider", "Oracle", "Journey:Storage:Provider", "PostgreSql")]
    [InlineData("Journey:Mllp:Port", "seventy", "Journey:Mllp:Port", "seventy")]
    [InlineData("Journey:Mllp:Port", "70000", "Journey:Mllp:Port", "65535")]
    [InlineData("Journey:Mllp:Address", "nowhere", "Journey:Mllp:Address", "IP address")]
    [InlineData("Journey:Feed:TimeZone", "Europe/Atlantis", "Journey:Feed:TimeZone", "Europe/Atlantis")]
    [InlineData("Journey:Policy:Path", "/nowhere/policy.yaml", "Journey:Policy:Path", "/nowhere/policy.yaml")]
    public async Task A_wrong_setting_is_named(string key, string value, params string[] said)
    {
        await using var journey = JourneyProcess.PrepareAtDesk((key, value));
        await Refuses(journey, said);
    }

    [Fact]
    public async Task A_policy_with_errors_is_told_by_line_and_key()
    {
        await using var journey = JourneyProcess.PrepareAtDesk();
        var path = Path.Combine(journey.DataDirectory, "policy.yaml");
        await File.WriteAllTextAsync(path, "name: Wrong\nversion: 1\nrules:\n  - key: ed.triage\n    kind: touchpoint\n    frobnicate: 12\n");
        await using var wrong = JourneyProcess.PrepareAtDesk(("Journey:Policy:Path", path));
        await Refuses(wrong, "Journey:Policy:Path", path, "line 6", "frobnicate");
    }

    [Fact]
    public async Task PostgreSQL_that_does_not_answer_is_named_and_its_password_is_not()
    {
        await using var journey = JourneyProcess.PrepareAtDesk(
            ("Journey:Storage:Provider", "PostgreSql"),
            ("Journey:Storage:ConnectionString",
                $"Host=127.0.0.1;Port={Ports.Free()};Username=journey;Password=hushhush;Database=journey;Timeout=5"));
        await Refuses(journey, "PostgreSQL", "Journey:Storage:ConnectionString");
        Assert.DoesNotContain("hushhush", journey.Output, StringComparison.Ordinal);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_HTTP_port_in_use_is_named(bool atDesk)
    {
        using var taken = Listener();
        await using var journey = (atDesk ? JourneyProcess.PrepareAtDesk() : JourneyProcess.Prepare()).OnPorts(http: Port(taken));
        await Refuses(journey, Port(taken).ToString(), "--urls");
    }

    [Fact]
    public async Task An_MLLP_port_in_use_is_named()
    {
        using var taken = Listener();
        await using var journey = JourneyProcess.PrepareAtDesk().OnPorts(mllp: Port(taken));
        await Refuses(journey, Port(taken).ToString(), "Journey__Mllp__Port");
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_one_is_named()
    {
        await using var other = JourneyProcess.PrepareAtDesk();
        var file = Path.Combine(other.DataDirectory, "file");
        await File.WriteAllTextAsync(file, "");
        await using var journey = JourneyProcess.PrepareAtDesk(("Journey:DataDirectory", file));
        await Refuses(journey, file, "Journey:DataDirectory");
    }

    [Fact]
    public async Task A_database_that_is_none_is_named()
    {
        await using var journey = JourneyProcess.PrepareAtDesk();
        var file = Path.Combine(journey.DataDirectory, "journey.db");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("not a database, surely. ", 400)));
        await Refuses(journey, file, "backup");
    }

    [Fact]
    public async Task A_key_ring_that_is_another_databases_is_named_and_nothing_is_written()
    {
        await using var journey = JourneyProcess.PrepareAtDesk();
        await journey.Start();
        await journey.Kill();
        var ring = Path.Combine(journey.DataDirectory, "storage-keys");
        var keys = Directory.EnumerateFiles(ring).Select(file => (file, File.ReadAllText(file))).ToList();
        Directory.Delete(ring, recursive: true);
        await Refuses(journey, "Journey:Storage:KeyRing");
        foreach (var (file, key) in keys) await File.WriteAllTextAsync(file, key);
        await journey.Start();
    }

    private static async Task Refuses(JourneyProcess journey, params string[] said)
    {
        journey.Launch();
        var code = await journey.UntilEnded(JourneyProcess.StartPatience);
        Assert.True(code > 0, $"It ended with {code}.\n{journey.Output}");
        foreach (var word in said) Assert.Contains(word, journey.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", journey.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", journey.Output, StringComparison.OrdinalIgnoreCase);
    }

    private static TcpListener Listener()
    {
        var listener = new TcpListener(IPAddress.Loopback, Ports.Free()) { ExclusiveAddressUse = true };
        listener.Start();
        return listener;
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}

using System.Diagnostics;

namespace Journey.Kubernetes.Tests;

/// <summary>What systemd is told about a service: as little as it needs of the machine.</summary>
public sealed class UnitFileTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy", "systemd");

    public static TheoryData<string> Units() =>
        [.. Directory.EnumerateFiles(Folder, "*.service").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void Each_executable_has_one() =>
        Assert.Equal(["journey-gateway.service", "journey-silo.service", "journey-standalone.service"], Units().Select(row => row.Data));

    [Theory, MemberData(nameof(Units))]
    public async Task A_service_is_little_exposed(string unit)
    {
        if (!File.Exists("/usr/bin/systemd-analyze")) Assert.Skip("systemd-analyze is not installed: it weighs the units.");
        // Its scale ends at 10; the threshold is in tenths.
        using var analyze =
            Process.Start(new ProcessStartInfo("systemd-analyze",
                ["security", "--offline=true", "--threshold=20", "--no-pager", Path.Combine(Folder, unit)])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true
            })!;
        var (said, errors) = (analyze.StandardOutput.ReadToEndAsync(), analyze.StandardError.ReadToEndAsync());
        await analyze.WaitForExitAsync();
        Assert.True(analyze.ExitCode == 0, await said + await errors);
    }

    [Fact]
    public async Task Keys_lie_in_another_folder_than_what_they_seal()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Folder, "journey-standalone.service"));
        var data = Value("Journey__DataDirectory") + "/";
        foreach (var key in (string[])["Journey__Storage__KeyRing", "Journey__Identity__KeyRing", "Journey__Audit__KeyFile"])
            Assert.False(Value(key).StartsWith(data, StringComparison.Ordinal), key);

        string Value(string name) => lines.Single(line => line.StartsWith($"Environment={name}=", StringComparison.Ordinal)).Split('=', 3)[2];
    }

    [Theory, MemberData(nameof(Units))]
    public async Task What_a_service_writes_is_its_users_alone(string unit)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Folder, unit));
        Assert.All((string[])["UMask=0077", "StateDirectoryMode=0700", "ProtectSystem=strict", "NoNewPrivileges=true", "User=journey"],
            line => Assert.Contains(line, lines));
    }
}

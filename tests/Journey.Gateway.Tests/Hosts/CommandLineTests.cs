using System.Diagnostics;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>What an executable does not know it does not pass over.</summary>
public sealed class CommandLineTests : IDisposable
{
    private const int Wrong = 64;
    private readonly string _folder = Directory.CreateTempSubdirectory("journey-commands-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Journey.Standalone", "doubts", "measurements", "--Journey:DataDirectory=x")]
    [InlineData("Journey.Standalone", "doubts", "--urls", "http://127.0.0.1:0", "measurements")]
    [InlineData("Journey.Standalone", "Journey:Mllp:Port", "--Journey:Mllp:Prot=2575")]
    [InlineData("Journey.Standalone", "Journey:Mllp:Port", "--Journey__Mllp__Port=2575")]
    [InlineData("Journey.Standalone", "without a value", "--Journey:Mllp:Port")]
    [InlineData("Journey.Standalone", "Journey:DataDirectory", "doubts", "--Journey:DataDir=x")]
    [InlineData("Journey.Standalone", "Journey:Feeds", "--help")]
    [InlineData("Journey.Silo", "Unknown setting 'Journey:Storage:ConectionString'", "--Journey:Storage:ConectionString=Password=hushhush")]
    [InlineData("Journey.Standalone", "Unknown setting 'Journey:Feeds:0:TmeZone'", "--Journey:Feeds:0:TmeZone=Europe/Berlin")]
    [InlineData("Journey.Standalone", "Unknown setting 'Journey:Feed:Place:Unti'", "--Journey:Feed:Place:Unti=PV1-3.1")]
    [InlineData("Journey.Standalone", "Unknown setting 'Journey:Feeds:First:Name'", "--Journey:Feeds:First:Name=A")]
    [InlineData("Journey.Silo", "migrate", "migrat")]
    [InlineData("Journey.Silo", "Journey:Cluster:SiloPort", "--Journey:Cluster:Port=1")]
    [InlineData("Journey.Gateway", "There are none", "audit", "verify")]
    [InlineData("Journey.Gateway", "Journey:Gateway:DrainSeconds", "--Journey:Gateway:Drain=1")]
    public async Task An_unknown_command_or_setting_is_refused_with_those_that_are_known(string program, string said, params string[] args)
    {
        var (code, output) = await Run(program, args);
        Assert.True(code == Wrong, $"{code}: {output}");
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.DoesNotContain("hushhush", output, StringComparison.Ordinal);
        // Nothing was started, and no data made.
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("--Journey:Feeds:0:Name=A", "--Journey:Feed:Place:Unit=PV1-3.1", "--Journey:Feed:DefaultUnits:Emergency=ED",
        "--Journey:Audit:RetentionDays=400", "--Journey:Demo:Speed=2")]
    [InlineData("/urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None", "--OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9",
        "journey:mllp:address=127.0.0.1", "--Kestrel:Limits:MaxConcurrentConnections=9")]
    public async Task What_is_known_is_taken_in_every_way_of_writing_it(params string[] args)
    {
        // Refused for its value, after its keys were taken.
        var (code, output) = await Run("Journey.Standalone", [.. args, "--Journey:Mllp:Port=70000"]);
        Assert.True(code == 78, $"{code}: {output}");
        Assert.Contains("Journey:Mllp:Port must be between 0 and 65535.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Journey.Standalone", "Journey__Mllp__Prot", "Journey:Mllp:Port"),
        InlineData("Journey.Silo", "Journey__Storage__ConectionString", "Journey:Storage:ConnectionString"),
        InlineData("Journey.Gateway", "JOURNEY__MLLP__PROT", "Journey:Mllp:Port")]
    public async Task An_unknown_setting_of_ours_in_the_environment_is_refused_with_those_that_are_known(string program, string variable,
        string known)
    {
        var (code, output) = await Run(program, [], (variable, "hushhush"));
        Assert.True(code == Wrong, $"{code}: {output}");
        Assert.Contains($"Unknown setting '{variable}' in the environment.", output, StringComparison.Ordinal);
        Assert.Contains(known, output, StringComparison.Ordinal);
        Assert.DoesNotContain("hushhush", output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task What_is_known_is_taken_from_the_environment()
    {
        var (code, output) = await Run("Journey.Standalone", [], ("Journey__Feeds__0__Name", "A"), ("journey__feed__defaultunits__emergency", "ED"),
            ("JOURNEY_SERVICE_HOST", "10.0.0.1"), ("Journey__Mllp__Port", "70000"));
        Assert.True(code == 78, $"{code}: {output}");
        Assert.Contains("Journey:Mllp:Port must be between 0 and 65535.", output, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output)> Run(string program, string[] args, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Built(program), .. args])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production" },
        };
        if (program != "Journey.Silo") start.Environment["Journey__Gateway__WithoutSignIn"] = "true";
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, "It started, and did not end.");
        }
    }
}

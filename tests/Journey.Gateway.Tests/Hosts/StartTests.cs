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
    [InlineData("Journey:Feed:DefaultUnits:spaceship", "ED")]
    [InlineData("Journey:Gateway:CallAttempts", "0")]
    [InlineData("Journey:Gateway:RelayQueue", "1")]
    public async Task A_wrong_value_stops_the_start_and_names_the_key(string key, string value)
    {
        var message = await Refusal($"--{key}={value}");
        Assert.Contains(key, message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Where_others_could_reach_it_the_gateway_does_not_start_unasked()
    {
        Assert.Contains("Journey:Gateway:AllowUnauthenticated", await Refusal("--urls=http://0.0.0.0:0"), StringComparison.Ordinal);
        Assert.Contains("Journey:Gateway:AllowUnauthenticated", await Refusal("--urls=http://*:0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_without_a_cluster_says_in_a_sentence_which_key_is_missing()
    {
        await using var gateway = OwnProcess.Start("Journey.Gateway", "urls=http://127.0.0.1:0");
        Assert.Equal(78, await gateway.ExitCode());
        Assert.Contains("Journey:Cluster:ConnectionString", gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", gateway.Output, StringComparison.Ordinal);
    }

    private static async Task<string> Refusal(string argument)
    {
        var folder = Directory.CreateTempSubdirectory("journey-start-").FullName;
        try
        {
            await using var app = StandaloneHost.Build([
                "--urls=http://127.0.0.1:0", "--environment=Production", "--Journey:Mllp:Port=0", $"--Journey:DataDirectory={folder}",
                "--Logging:LogLevel:Default=None", argument,
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

using System.Text;
using Journey.Hl7.Mllp;
using Journey.Standalone;
using Microsoft.AspNetCore.Builder;

[assembly: AssemblyFixture(typeof(Journey.Client.Tests.HouseFixture))]

namespace Journey.Client.Tests;

/// <summary>The whole of Journey in this process, on a port that it keeps when it is restarted; nobody signs in.</summary>
public sealed class HouseFixture : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("journey-client-").FullName;
    private readonly (int Http, int Mllp) ports = (Ports.Free(), Ports.Free());
    private WebApplication? app;
    private int patients;

    public Uri Url => new($"http://127.0.0.1:{ports.Http}");

    public async ValueTask InitializeAsync()
    {
        app = StandaloneHost.Build([
            $"--urls={Url}", "--environment=Production", "--Journey:Gateway:WithoutSignIn=true", $"--Journey:Mllp:Port={ports.Mllp}", $"--Journey:DataDirectory={folder}", "--Journey:Demo:Enabled=false",
            "--Journey:Gateway:BoardHeartbeatSeconds=1", "--Logging:LogLevel:Default=Error",
        ]);
        await app.StartAsync();
    }

    public async Task Stop()
    {
        if (app is null) return;
        await app.StopAsync();
        await app.DisposeAsync();
        app = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A new patient arrives on a unit.</summary>
    /// <returns>The visit's number.</returns>
    public async Task<string> Arrive(string unit, string family)
    {
        var number = $"{unit}{++patients}";
        var now = DateTimeOffset.UtcNow.ToString("yyyyMMddHHmmss", null);
        var message = $"MSH|^~\\&|SYS|NORTH|JOURNEY|NORTH|{now}||ADT^A04|M{number}|P|2.5\rEVN||{now}\rPID|1||P{number}^^^NORTH^MR||{family}^Erika||19700504|F\rPV1|1|E|{unit}||||77^Stone^Ada^^^Dr||||||||||||V{number}\r";
        await using var feed = await MllpClient.ConnectAsync("127.0.0.1", ports.Mllp);
        Assert.Contains("MSA|AA", Encoding.UTF8.GetString((await feed.SendAsync(Encoding.UTF8.GetBytes(message))).Span), StringComparison.Ordinal);
        return "V" + number;
    }
}

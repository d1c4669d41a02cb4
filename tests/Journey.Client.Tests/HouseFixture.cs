using System.Text;
using Journey.Hl7.Mllp;
using Journey.Standalone;
using Microsoft.AspNetCore.Builder;

namespace Journey.Client.Tests;

/// <summary>Those who share the house: one after the other, since one of them restarts it.</summary>
[CollectionDefinition(Name)]
public sealed class InTheHouse : ICollectionFixture<HouseFixture>
{
    public const string Name = "In the house";
}

/// <summary>The whole of Journey in this process, on a port that it keeps when it is restarted; nobody signs in.</summary>
public sealed class HouseFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("journey-client-").FullName;
    private readonly (int Http, int Mllp) _ports = (Ports.Free(), Ports.Free());
    private WebApplication? _app;
    private int _patients;

    public Uri Url => new($"http://127.0.0.1:{_ports.Http}");

    public async ValueTask InitializeAsync()
    {
        _app = StandaloneHost.Build([
            $"--urls={Url}", "--environment=Production", "--Journey:Gateway:WithoutSignIn=true", $"--Journey:Mllp:Port={_ports.Mllp}",
            $"--Journey:DataDirectory={_folder}", "--Journey:Demo:Enabled=false",
            "--Journey:Gateway:BoardHeartbeatSeconds=1", "--Logging:LogLevel:Default=Error",
        ]);
        await _app.StartAsync();
    }

    public async Task Stop()
    {
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A new patient arrives on a unit.</summary>
    /// <returns>The visit's number.</returns>
    public async Task<string> Arrive(string unit, string family)
    {
        var number = $"{unit}{++_patients}";
        var now = DateTimeOffset.UtcNow.ToString("yyyyMMddHHmmss", null);
        var message =
            $"MSH|^~\\&|SYS|NORTH|JOURNEY|NORTH|{now}||ADT^A04|M{number}|P|2.5\rEVN||{now}\rPID|1||P{number}^^^NORTH^MR||{family}^Erika||19700504|F\rPV1|1|E|{unit}||||77^Stone^Ada^^^Dr||||||||||||V{number}\r";
        await using var feed = await MllpClient.ConnectAsync("127.0.0.1", _ports.Mllp);
        Assert.Contains("MSA|AA", Encoding.UTF8.GetString((await feed.SendAsync(Encoding.UTF8.GetBytes(message))).Span), StringComparison.Ordinal);
        return "V" + number;
    }
}

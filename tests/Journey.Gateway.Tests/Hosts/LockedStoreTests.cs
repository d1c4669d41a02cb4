using System.Text;
using Journey.Contracts.Boards;
using Journey.Gateway.Feeds.Listening;
using Journey.Grains.Storage;
using Journey.Hl7;
using Journey.Hl7.Mllp;
using Journey.Standalone;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>D1 as it was found: over the port, on a file that somebody else has locked, with a restart.</summary>
public sealed class LockedStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("journey-locked-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_said_of_a_bed_while_the_store_is_locked_is_not_believed_before_it_is_durable()
    {
        await using (var journey = await Start())
        {
            await Send(journey, "A20-0", "U", "AA");
            await using (var other = new SqliteConnection($"Data Source={Path.Combine(_folder, "journey.db")};Pooling=false"))
            {
                await other.OpenAsync(TestContext.Current.CancellationToken);
                await using var locking = other.CreateCommand();
                locking.CommandText = "begin immediate";
                await locking.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
                await Send(journey, "A20-1", "K", "AE");
                Assert.Equal(BedStatus.Clean, await Bed(journey));
            }

            for (var again = 0; again < 3; again++) await Send(journey, "A20-1", "K", "AA");
            Assert.Equal(2,
                (await journey.Services.GetRequiredService<IJournal>().Read("unit/WARD4", 0, TestContext.Current.CancellationToken)).Count);
            await journey.StopAsync(TestContext.Current.CancellationToken);
        }

        await using var restarted = await Start();
        Assert.Equal(BedStatus.Dirty, await Bed(restarted));
        await restarted.StopAsync(TestContext.Current.CancellationToken);
    }

    private async Task<WebApplication> Start()
    {
        var app = StandaloneHost.Build([
            "--urls", "http://127.0.0.1:0", "--environment", "Production", "--Journey:Gateway:WithoutSignIn=true", "--Journey:Mllp:Port=0",
            "--Journey:Mllp:RetrySeconds=2", $"--Journey:DataDirectory={_folder}",
            // Waits for a lock no longer than a second.
            $"--Journey:Storage:ConnectionString=Data Source={Path.Combine(_folder, "journey.db")};Default Timeout=1",
            "--Journey:Demo:Enabled=false", "--Logging:LogLevel:Default=Critical",
        ]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task Send(WebApplication journey, string id, string status, string expected)
    {
        await using var client = await MllpClient.ConnectAsync("127.0.0.1", journey.Services.GetRequiredService<MllpListener>().EndPoint!.Port);
        var message =
            $"MSH|^~\\&|HK|NORTH|JOURNEY|NORTH|20260302080000||ADT^A20|{id}|P|2.5\rEVN||{(status == "U" ? "20260302070000" : "20260302080000")}\rNPU|WARD4^12^B|{status}\r";
        Assert.Equal(expected, Hl7Message.Parse(await client.SendAsync(Encoding.UTF8.GetBytes(message)))["MSA", 1].Text);
    }

    private static async Task<BedStatus?> Bed(WebApplication journey) =>
        (await journey.Services.GetRequiredService<IGrainFactory>().GetGrain<IUnitBoardGrain>(BoardKeys.Unit("WARD4")).Read()).Beds
        .SingleOrDefault(bed => bed.Bed == "B")?.Status;
}

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Journey.Benchmarks.Harness;
using Journey.Benchmarks.Hosts;
using Journey.Contracts.Visits;
using Journey.Storage;

namespace Journey.Benchmarks;

/// <summary>
/// What trust costs: a visit read over HTTP by somebody who signed in beside nobody in particular, both recorded in the trail; and a commit whose
/// texts are sealed beside one that has none.
/// </summary>
internal static class Trusting
{
    private const int Readers = 32;

    /// <summary>Two texts of a sentence each, as a question and its answer are.</summary>
    private const string Sealed =
        """{"event":"visit.question-asked.v1","text":"When may she have visitors again?"},{"event":"visit.question-answered.v1","answer":"Tomorrow from ten, two at a time."}""";

    private const string Open =
        """{"event":"visit.question-asked.v1","name":"When may she have visitors again?"},{"event":"visit.question-answered.v1","naming":"Tomorrow from ten, two at a time."}""";

    public static async Task Run(Settings settings)
    {
        Report.Title("trust");
        await using var postgres = await Postgres.Start();
        var connection = await postgres.CreateDatabase();
        var directory = Directory.CreateTempSubdirectory("journey-bench-").FullName;
        using var silo = await Committing.Silo(o => (o.Provider, o.ConnectionString, o.KeyRing) =
                (StorageProviders.PostgreSql, connection, Path.Combine(directory, "storage-keys")), null);
        await using var atDesk = await House.Open(null);
        await using var signedIn = await House.Open(null, signIn: true, "--Journey:Gateway:RequestsPerSecond=10000");
        var document = Committing.Document(1024);

        var legs = await Rounds.Run(settings, postgres.Checkpoint, postgres.Count,
            await Reads("visits read, at the desk", atDesk, null),
            await Reads("visits read, signed in", signedIn, await Token(signedIn)),
            Committing.Journal("commits, nothing to seal", silo, document, Open),
            Committing.Journal("commits, two texts sealed", silo, document, Sealed));
        Report.Table(legs);
        Report.Say($"{Readers} readers over HTTP, each read in the trail before it is answered: "
            + $"signed in {legs[1].Median / legs[0].Median:0.00} × as many a second (token, policy table, the visit's own check), "
            + $"p50 {Report.Time(legs[1].Latencies.At(0.5))} instead of {Report.Time(legs[0].Latencies.At(0.5))}. "
            + $"Sealed {legs[3].Median / legs[2].Median:0.00} × as many commits, {Report.Time(legs[3].Own - legs[2].Own)} of processor time more "
            + $"for two texts.");
        await silo.StopAsync();
        Directory.Delete(directory, recursive: true);
    }

    private static async Task<Leg> Reads(string name, House house, string? token)
    {
        var visits = Enumerable.Range(0, Readers).Select(_ => Guid.NewGuid()).ToArray();
        for (var i = 0; i < Readers; i++) await house.Grains.GetGrain<IVisitGrain>(visits[i]).Arrive(Some.Arrival(i, "ED", Some.Now));
        var http = new HttpClient { BaseAddress = house.Url };
        if (token is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new(name, "reads/s", (time, latencies) => Workers.Run(Readers, time, latencies, async worker =>
        {
            using var answer = await http.GetAsync($"/api/v1/visits/{visits[worker]}");
            answer.EnsureSuccessStatusCode();
        }));
    }

    private static async Task<string> Token(House house)
    {
        using var http = new HttpClient { BaseAddress = house.Url };
        using var form =
            new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "journey-dev"),
                new("client_secret", "journey-dev")]);
        using var answer = await http.PostAsync("/identity/token", form);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }
}

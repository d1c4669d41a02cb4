using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using Journey.Api;
using Journey.Hl7.Mllp;
using Microsoft.Data.Sqlite;

namespace Journey.EndToEnd.Tests;

/// <summary>
/// What the version before persons (commit 81fd11b) left in its data directory: its database and the keys it is read with. Invented people; see
/// <c>Golden/README.md</c>.
/// </summary>
internal static class EarlierStore
{
    public const string Nurse = "Nora Nightshade";

    /// <summary>When it was stopped.</summary>
    public static readonly DateTimeOffset Written = new(2026, 11, 3, 10, 0, 0, TimeSpan.Zero);

    private static string Golden(string name) => Path.Combine(Repository.Root, "tests", "Journey.EndToEnd.Tests", "Golden", name);

    private static string Archive => Golden("journey-before-persons.zip");

    /// <summary>All that it was fed, in the order it came.</summary>
    public static List<byte[]> Feed() =>
        [.. File.ReadAllText(Golden("journey-before-persons.hl7")).Split("\n\n")
            .Select(message => Encoding.ASCII.GetBytes(message.Trim().Replace('\n', '\r') + "\r"))];

    public static void Unpack(string directory) => ZipFile.ExtractToDirectory(Archive, directory);

    /// <summary>
    /// Lets a standalone of that version live the feed at its own times, lets staff add what they record, and packs what it leaves.
    /// </summary>
    public static async Task Make(string standalone)
    {
        var feed = Feed();
        using var time = new SteppedTime(Sent(feed[0]));
        await using var journey = JourneyProcess.Prepare(time.Settings).Running(standalone);
        await journey.Start();
        await using (var line = await MllpClient.ConnectAsync("127.0.0.1", journey.MllpPort))
        {
            foreach (var message in feed)
            {
                time.Now = Sent(message);
                await CensusTests.Accepted(line, message);
            }
        }

        time.Now = Written;
        await Care(journey);
        await journey.Terminate();
        await journey.UntilEnded(TimeSpan.FromSeconds(60));
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(journey.DataDirectory, "journey.db")};Pooling=false"))
        {
            await database.OpenAsync();
            await using var command = database.CreateCommand();
            command.CommandText = "vacuum; pragma wal_checkpoint(truncate); pragma journal_mode = delete;";
            await command.ExecuteNonQueryAsync();
        }

        File.Delete(Archive);
        ZipFile.CreateFromDirectory(journey.DataDirectory, Archive, CompressionLevel.SmallestSize, includeBaseDirectory: false);
    }

    private static async Task Care(JourneyProcess journey)
    {
        var alder = await Visit("V1001");
        await Do($"{alder}/assignments", new AssignmentRequest("nurse", Nurse));
        await Do($"{alder}/touchpoints", new TouchpointRequest("step", "triaged", OccurredAt: Written.AddHours(-3)));
        await Do($"{alder}/questions", new QuestionRequest(new("patient"), "clinical", "When may I eat?", OccurredAt: Written.AddHours(-2)));
        await Do($"{alder}/promises", new PromiseRequest("Bring the results", Written.AddHours(8), OccurredAt: Written.AddHours(-1)));
        await Do($"{alder}/family/told", new FamilyToldRequest("Arno Alder", "Waiting for results", Written.AddHours(9)) { Topics = ["tests"] });
        var birch = await Visit("V2001");
        await Do($"{birch}/promises", new PromiseRequest("Call the brother", Written.AddHours(7), OccurredAt: Written.AddHours(-1)));
        await Do($"{await Visit("V2002")}/assignments", new AssignmentRequest("nurse", Nurse));
        var fir = await Visit("V6001");
        Guid? alert = null;
        await Eventually.Holds(async () =>
            ((alert = (await Read(fir)).Row.Alerts.FirstOrDefault(a => a.State == "raised")?.Id) is not null, "no alert"),
            TimeSpan.FromSeconds(30), () => journey.Output);
        await Do($"{fir}/alerts/{alert}/acknowledge", new AcknowledgeRequest(Written.AddHours(6)));

        async Task<string> Visit(string number) => $"{Paths.Visits}/{(await journey.Numbered(number)).Single().VisitId}";

        async Task<Api.Visit> Read(string visit) => (await journey.Http.GetFromJsonAsync<Api.Visit>(visit))!;

        Task Do(string path, object body) => journey.Do(path, body, Nurse);
    }

    private static DateTimeOffset Sent(byte[] message) => PersonCensusTests.Sent(message, TimeZoneInfo.Utc);
}

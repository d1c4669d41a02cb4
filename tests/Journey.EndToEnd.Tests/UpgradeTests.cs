using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Journey.Api;
using Journey.Hl7.Mllp;

namespace Journey.EndToEnd.Tests;

/// <summary>
/// A store that the version before persons wrote, opened by this one: who was there is there, what staff had recorded stays, and messages about
/// people who were known by another id go to the visits they had. The clock stands two hours after the old version was stopped.
/// </summary>
public sealed class UpgradeTests
{
    private static readonly DateTimeOffset Now = EarlierStore.Written.AddHours(2);

    /// <summary>
    /// As the old version left them. Dora Dogwood, of whom nothing was heard for four days, has ended by rule; "gone" is probably gone.
    /// </summary>
    private static readonly string[] Rows =
    [
        "ED - CHAIR2 Elder, Emil", "ED HALL H3 Fir, Fiona", "ED R01 1 Alder, Anna", "ED R02 1 Birch, Bruno", "ED R03 1 Cedar, Clara",
        "ED R05 1 Juniper, Jan", "ED R07 1 Kapok, Kim",
        "ED R08 1 Maple, Max gone", "ED R09 1 Nettle, Nora", "ED R10 1 Oak, Otto", "ED R11 1 Quince, Quinn",
        "MED - - Larch, Lena expected", "MED M01 1 Birch, Bruno", "MED M02 2 Gorse, Gil", "MED M03 1 Nettle, Nora",
        "SUR S01 1 Hazel, Hana", "SUR S02 1 Pine, Paul",
    ];

    /// <summary>
    /// How <c>Golden/journey-before-persons.zip</c> is made again: <c>JOURNEY_BEFORE</c> names the old version's <c>Journey.Standalone.dll</c>.
    /// </summary>
    [Fact(Explicit = true)]
    public Task Makes_the_store_of_the_version_before() =>
        EarlierStore.Make(Environment.GetEnvironmentVariable("JOURNEY_BEFORE")
            ?? throw new InvalidOperationException("JOURNEY_BEFORE names no Journey.Standalone.dll."));

    [Fact]
    public async Task Rows_what_staff_recorded_and_the_message_log_are_as_the_version_before_left_them()
    {
        using var time = new SteppedTime(Now);
        await using var journey = Prepare(time);
        var store = Store.Sqlite(journey.DataDirectory);
        var before = await LastStep(store);
        await journey.Start();
        // This version added no step of the schema yet; one that does says so.
        Assert.Equal(await LastStep(store) > before, journey.Output.Contains("The schema was brought up to date", StringComparison.Ordinal));
        await Shows(journey, Rows);
        await IsAsStaffLeftIt(journey);
        var log = await journey.Log();
        Assert.Equal(EarlierStore.Feed().Select(message => new Plain(message).ControlId), log.Select(line => line.ControlId));
        Assert.All(log, line => Assert.Contains(line.Result, (string[])["applied", "unchanged"]));
        journey.SaysNothingOf(CensusTests.Names(EarlierStore.Feed()));
    }

    [Fact]
    public async Task Messages_about_people_of_the_version_before_go_to_the_visits_they_had()
    {
        using var time = new SteppedTime(Now);
        await using var journey = Prepare(time);
        await journey.Start();
        await Shows(journey, Rows);
        await GoesOn(journey);
    }

    [Fact]
    public async Task Every_message_of_the_version_before_sent_again_is_repeated_and_changes_no_row()
    {
        using var time = new SteppedTime(Now);
        await using var journey = Prepare(time);
        await journey.Start();
        await Shows(journey, Rows);
        var last = (await journey.Log())[^1].Sequence;
        await using var line = await MllpClient.ConnectAsync("127.0.0.1", journey.MllpPort);
        var feed = EarlierStore.Feed();
        foreach (var message in feed) await CensusTests.Accepted(line, message);
        var log = await journey.Log(after: last);
        Assert.Equal(feed.Count, log.Count);
        var odd = log.Where(entry => entry.Result is not ("repeated" or "unchanged"))
            .Select(entry => $"{entry.ControlId} {entry.Type} {entry.Result}").ToArray();
        Assert.True(odd.Length == 0, string.Join("; ", odd));
        await Shows(journey, Rows);
    }

    [Fact]
    public async Task The_command_lists_what_is_doubted_in_such_a_store_names_nobody_and_changes_nothing()
    {
        await using var journey = JourneyProcess.Prepare();
        EarlierStore.Unpack(journey.DataDirectory);
        var store = Store.Sqlite(journey.DataDirectory);
        var (before, silent, twice) =
            (await store.Count("journal"), await Visit(store, "V4001"), new[] { await Visit(store, "V2001"), await Visit(store, "V2002") });
        var (code, said) = await Run("doubts", "--Journey:DataDirectory=" + journey.DataDirectory);
        Assert.True(code == 0, said);
        var lines = said.Split('\n');
        Assert.Contains(lines, line => line.StartsWith(silent, StringComparison.Ordinal) && line.Contains("ends by rule", StringComparison.Ordinal));
        Assert.All(twice, visit => Assert.Contains(lines, line => line.StartsWith(visit, StringComparison.Ordinal)
            && line.Contains("the same person is on 2 rows", StringComparison.Ordinal)));
        Assert.All(CensusTests.Names(EarlierStore.Feed()), name => Assert.DoesNotContain(name, said, StringComparison.Ordinal));
        Assert.Equal(before, await store.Count("journal"));
    }

    [Fact]
    public async Task Moved_to_PostgreSQL_by_this_version_such_a_store_goes_on_the_same()
    {
        await using var server = await PostgresServer.Create();
        var connection = await server.CreateDatabase();
        using var time = new SteppedTime(Now);
        await using var old = Prepare(time);
        string[] target = ["--Journey:Storage:Provider=PostgreSql", "--Journey:Storage:ConnectionString=" + connection,
            "--Journey:Storage:KeyRing=" + Path.Combine(old.DataDirectory, "storage-keys"),
            "--Journey:Audit:KeyFile=" + Path.Combine(old.DataDirectory, "audit.key")];
        // This version has a step of the schema more: without it nothing is moved, and it says what to do.
        var (code, said) = await Run(["move", "--from=" + old.DataDirectory, .. target]);
        Assert.True(code != 0 && said.Contains("start this version on it once", StringComparison.Ordinal), said);
        await old.Start();
        await old.Terminate();
        await old.UntilEnded(JourneyProcess.StartPatience);
        (code, said) = await Run(["move", "--from=" + old.DataDirectory, .. target]);
        Assert.True(code == 0 && said.Contains(" 0 faults", StringComparison.Ordinal), said);
        await using var journey = JourneyProcess.Prepare([.. time.Settings, .. target
                .Select(setting =>
                    (setting[2..setting.IndexOf('=', StringComparison.Ordinal)], setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..]))]);
        await journey.Start();
        await Shows(journey, Rows);
        await IsAsStaffLeftIt(journey);
        await GoesOn(journey);
    }

    private static async Task<long> LastStep(Store store) =>
        (await store.Query("select max(number) from schema_version", row => row.GetInt64(0))).Single();

    private static async Task<string> Visit(Store store, string number) =>
        (await store.Query($"select visit from visit_card where number = '{number}'", row => Guid.Parse(row.GetString(0)).ToString("N"))).Single();

    private static JourneyProcess Prepare(SteppedTime time)
    {
        var journey = JourneyProcess.Prepare(time.Settings);
        EarlierStore.Unpack(journey.DataDirectory);
        return journey;
    }

    private static async Task IsAsStaffLeftIt(JourneyProcess journey)
    {
        var alder = await Read(journey, "V1001");
        Assert.Equal(EarlierStore.Nurse, alder.Row.Nurse);
        Assert.Contains(alder.Milestones, milestone => milestone is { Step: "triaged" } && milestone.At == EarlierStore.Written.AddHours(-3));
        Assert.Equal(("When may I eat?", "open"), alder.Care.Questions.Select(question => (question.Text, question.State)).Single());
        Assert.Contains(alder.Care.Promises, promise => promise is { What: "Bring the results", State: "open" }
            && promise.DueAt == EarlierStore.Written.AddHours(8));
        Assert.Equal("Arno Alder", Assert.Single(alder.Care.Told).Who);
        Assert.Equal("Arno Alder", alder.Row.Family.LastToldWho);
        Assert.Contains(alder.Row.Family.Contacts, contact => contact.Name == "Arno Alder");
        Assert.Contains((await Read(journey, "V6001")).Row.Alerts, alert => alert is { State: "acknowledged", Owner: EarlierStore.Nurse });
        Assert.Equal(EarlierStore.Nurse, (await Read(journey, "V2002")).Row.Nurse);
    }

    /// <summary>What a feed says in the next minutes, each the first message since the upgrade about that person.</summary>
    private static async Task GoesOn(JourneyProcess journey)
    {
        var rows = Rows.ToHashSet();
        await using var line = await MllpClient.ConnectAsync("127.0.0.1", journey.MllpPort);
        var id = 0;

        // The same identifiers: the visit there was, by its number or without one.
        await Hear("A02", "100001", "Alder^Anna", "V1001", "E", "ED^R01^2", ["ED R01 2 Alder, Anna"], ["ED R01 1 Alder, Anna"]);
        await Hear("A02", "100011", "Kapok^Kim", null, "E", "ED^R07^2", ["ED R07 2 Kapok, Kim"], ["ED R07 1 Kapok, Kim"]);
        // Under a number that an old merge gave up.
        await Hear("A02", "T90003", "Cedar^Clara", "V3001", "E", "ED^R03^2", ["ED R03 2 Cedar, Clara"], ["ED R03 1 Cedar, Clara"]);
        // A silent visit that is heard of.
        await Hear("A08", "100013", "Maple^Max", "V13001", "E", "ED^R08^1", ["ED R08 1 Maple, Max"], ["ED R08 1 Maple, Max gone"]);
        // An admission continues the emergency visit, of which the old version knew nothing.
        await Hear("A08", "100002", "Birch^Bruno", "V2002", "I", "MED^M01^1", [], ["ED R02 1 Birch, Bruno"]);
        var birch = await Read(journey, "V2002");
        Assert.Contains(birch.Row.Links, link => link is { As: "admitted-from", VisitNumber: "V2001" });
        Assert.Contains(birch.Care.Promises, promise => promise is { What: "Call the brother", State: "open" });
        Assert.Equal("admitted", (await Read(journey, "V2001")).Row.DepartedAs);
        // Two senders were two persons: they are one as soon as both are heard of.
        await Hear("A08", "100014", "Nettle^Nora", "V14002", "I", "MED^M03^1", [], []);
        await Hear("A08", "100014", "Nettle^Nora", "V14001", "E", "ED^R09^1", [], ["ED R09 1 Nettle, Nora"], sender: "EDIS|EMERG");
        // A merge of two who have been heard of under neither number.
        await Hear("A40", "100015", "Oak^Otto", null, null, null, [], [], "MRG|T90015^^^MAIN^MR");
        await Hear("A02", "100015", "Oak^Otto", "V15001", "E", "ED^R10^2", ["ED R10 2 Oak, Otto"], ["ED R10 1 Oak, Otto"]);
        // A merge whose survivor has not been heard of.
        await Hear("A40", "100016", "Pine^Paul", null, null, null, [], [], "MRG|T90016^^^MAIN^MR");
        await Hear("A02", "100016", "Pine^Paul", "V16001", "I", "SUR^S02^2", ["SUR S02 2 Pine, Paul"], ["SUR S02 1 Pine, Paul"]);
        // Another number for a visit, and a person deleted.
        await Hear("A50", "100005", "Elder^Emil", "V5002", "E", "ED^^CHAIR2", [], [], "MRG|100005^^^MAIN^MR||||V5001");
        await Hear("A02", "100005", "Elder^Emil", "V5002", "E", "ED^^CHAIR3", ["ED - CHAIR3 Elder, Emil"], ["ED - CHAIR2 Elder, Emil"]);
        await Hear("A29", "100017", "Quince^Quinn", null, null, null, [], ["ED R11 1 Quince, Quinn"]);

        Assert.All(rows.GroupBy(row => row.Split(' ', 4)[3]), person => Assert.Single(person));

        async Task Hear(string trigger, string number, string name, string? visit, string? kind, string? place, string[] comes, string[] goes,
            string? more = null, string sender = "HIS|MAIN")
        {
            var at = Now.AddMinutes(1 + id).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
            var control = $"N{++id:00}";
            await CensusTests.Accepted(line, Encoding.ASCII.GetBytes(string.Join('\r', (string?[])
                [$@"MSH|^~\&|{sender}|JOURNEY|MAIN|{at}||ADT^{trigger}|{control}|P|2.5.1", $"EVN|{trigger}|{at}",
                    $"PID|1||{number}^^^MAIN^MR||{name}", more,
                    place is null ? null : $"PV1|1|{kind}|{place}{new string('|', 16)}{visit}"])
                        .Replace("\r\r", "\r", StringComparison.Ordinal) + "\r"));
            rows.ExceptWith(goes);
            rows.UnionWith(comes);
            await Shows(journey, rows, $"after {control}, {trigger} of {name}");
        }
    }

    private static async Task Shows(JourneyProcess journey, IEnumerable<string> rows, string when = "")
    {
        var expected = rows.Order(StringComparer.Ordinal).ToArray();
        await Eventually.Holds(async () =>
        {
            var shown = (await journey.AllBoards()).SelectMany(board => board.Rows.Where(row => row.Status is "present" or "expected").Select(row =>
                $"{board.Unit} {row.Room ?? "-"} {row.Bed ?? "-"} {row.Patient.Name}{(row.Status == "expected" ? " expected" : row.ProbablyGone ? " gone" : "")}")).Order(StringComparer.Ordinal).ToArray();
            return (shown.SequenceEqual(expected),
                $"missing: {string.Join("; ", expected.Except(shown))}; too many: {string.Join("; ", shown.Except(expected))}; {shown.Length} rows");
        }, TimeSpan.FromSeconds(20), () => $"The boards are not those expected {when}.\n{journey.Output}");
    }

    private static async Task<Api.Visit> Read(JourneyProcess journey, string number) =>
        (await journey.Http.GetFromJsonAsync<Api.Visit>($"{Paths.Visits}/{(await journey.Numbered(number)).Single().VisitId}"))!;

    private static async Task<(int Code, string Said)> Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Published.Standalone, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}

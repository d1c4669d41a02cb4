using System.Net.Http.Json;
using Journey.Api;
using Journey.Hl7.Mllp;
using Journey.Simulator.Crooked;
using Journey.Simulator.Model;

namespace Journey.EndToEnd.Tests;

/// <summary>
/// A simulated hospital whose messages are lost, late, repeated, overtaken and skewed, whose visits get new numbers and whose people are merged:
/// whatever arrives, boards count whom an oracle finds in the same messages, and what people asked is there once. Set <c>CROOKED_SEED</c> for other
/// hospitals.
/// </summary>
public sealed class CrookedCensusTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Length = TimeSpan.FromHours(20);
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("CROOKED_SEED"), out var seed) ? seed : 730726;

    /// <summary>
    /// Without numbered chairs: patients pass through one in the second in which they move on, and of two moves of one second none is the later.
    /// </summary>
    private static readonly Habits Sloppy = Habits.Many with { Chairs = false };

    /// <summary>Questions an hour, each about another visit.</summary>
    private const int Asked = 4;
    private const int MostDifferences = 3;
    private const int Kills = 6;

    [Fact]
    public Task Nobody_is_twice_and_no_ghost_is_counted_on_an_honest_line() => Live(Sloppy with { WrongPatients = 0 }, new());

    [Fact]
    public Task So_it_is_whatever_happens_to_messages_on_their_way() => Live(Sloppy with { WrongPatients = 0, NoEnds = 0 }, Crookedness.Usual);

    [Fact]
    public Task So_it_is_when_some_never_arrive() =>
        Live(Habits.Some with { WrongPatients = 0 }, Crookedness.Usual with { Lost = 0.1, Renumbered = 1 });

    /// <summary>A question goes with the family that asked it, so visits that change hands are asked about nothing.</summary>
    [Fact]
    public Task So_it_is_when_visits_change_hands() => Live(Sloppy, Crookedness.Usual with { Delayed = 0.2, Repeated = 0.3 }, asks: false);

    /// <summary>All of it after an outage, by a clock that stands where the feed ends, and the server dying under it.</summary>
    [Fact]
    public async Task So_it_is_when_the_server_is_killed_again_and_again()
    {
        var feed = CrookedFeed.Create(new Hospital(Seed, Start) { Habits = Sloppy }, Length, Crookedness.Usual, Seed);
        var messages = feed.Messages;
        using var time = new SteppedTime(messages[^1].ArrivesAt);
        await using var journey = PolicyPack.OffTheClock([.. PersonCensusTests.Settings, .. time.Settings]);
        await journey.Start();
        var line = new FeedLine(journey.MllpPort, [.. messages.Select(message => message.Bytes.ToArray())]);
        var feeding = line.Run(TestContext.Current.CancellationToken);
        var random = new Random(Seed);
        foreach (var moment in Enumerable.Range(0, Kills).Select(_ => random.Next(20, messages.Length - 50)).Order())
        {
            await Eventually.Holds(() =>
                Task.FromResult((line.Accepted.Count >= moment || feeding.IsCompleted, $"{line.Accepted.Count} of {moment}")),
                    TimeSpan.FromMinutes(2), () => journey.Output, TimeSpan.FromMilliseconds(1));
            await Task.Delay(random.Next(0, 25), TestContext.Current.CancellationToken);
            await journey.Kill();
            await journey.Start();
        }

        await feeding;
        var census = new PersonCensus("ED", PersonCensusTests.London);
        foreach (var message in messages) census.Apply(new Plain(message.Bytes.Span));
        time.Now = census.Latest;
        if (await Proof.Difference(journey, census, time.Now) is { } difference)
            Assert.Fail($"After {Kills} kills, CROOKED_SEED={Seed}: {difference}{Told(feed, census, difference)}\n{journey.Output}");
    }

    private static async Task Live(Habits habits, Crookedness how, bool asks = true)
    {
        var feed = CrookedFeed.Create(new Hospital(Seed, Start) { Habits = habits }, Length, how, Seed);
        using var time = new SteppedTime(feed.Messages[0].ArrivesAt);
        await using var journey = PolicyPack.OffTheClock([.. PersonCensusTests.Settings, .. time.Settings]);
        await journey.Start();
        var census = new PersonCensus("ED", PersonCensusTests.London);
        var differences = new List<string>();
        var questions = new Dictionary<string, Guid>();
        await using (var line = await MllpClient.ConnectAsync("127.0.0.1", journey.MllpPort, new() { Timeout = TimeSpan.FromSeconds(60) }))
        {
            foreach (var hour in feed.Messages.GroupBy(message => message.ArrivesAt.UtcTicks / TimeSpan.TicksPerHour))
            {
                foreach (var message in hour)
                {
                    time.Now = message.ArrivesAt;
                    await CensusTests.Accepted(line, message.Bytes.ToArray());
                    census.Apply(new Plain(message.Bytes.Span));
                }

                var end = new DateTimeOffset((hour.Key + 1) * TimeSpan.TicksPerHour, TimeSpan.Zero);
                time.Now = census.Latest > end ? census.Latest : end;
                if (differences.Count < MostDifferences && await Proof.Difference(journey, census, time.Now) is { } difference)
                    differences.Add($"At {end:MM-dd HH:mm}: {difference}");
                if (asks) await Ask(journey, questions);
            }
        }

        Assert.True(differences.Count == 0,
            $"CROOKED_SEED={Seed}\n{string.Join('\n', differences.Select(difference => difference + Told(feed, census, difference)))}\n{journey.Output}");
        await EachQuestionIsOpenOnce(journey, questions.Keys);
        journey.SaysNothingOf(CensusTests.Names(feed.Messages.Select(message => message.Bytes.ToArray())));
    }

    /// <summary>What was told of those whom a difference names, in the order in which it came; the people are invented.</summary>
    private static string Told(CrookedFeed feed, PersonCensus census, string difference)
    {
        var told = feed.Messages.Select(message => (message.ArrivesAt, Plain: new Plain(message.Bytes.Span)))
            .Select(message => (message.ArrivesAt, message.Plain, Person: census.PersonOf(message.Plain.Part("PID", 3, 1))));
        return string.Concat(told.Where(message => message.Person.Length > 0 && difference.Contains(message.Person, StringComparison.Ordinal))
            .GroupBy(message => message.Person).SelectMany(person => person.Take(30)).Select(message =>
            $"\n  {message.ArrivesAt:dd HH:mm} {message.Person} {message.Plain.Code} {message.Plain.Trigger} {string.Join(' ', Fields.Select(field => message.Plain.Field(field.Segment, field.At)))}"));
    }

    private static readonly (string Segment, int At)[] Fields =
        [("MSH", 7), ("EVN", 2), ("EVN", 6), ("PV1", 2), ("PV1", 3), ("PV1", 19), ("PV1", 44), ("PV1", 45)];

    private static async Task Ask(JourneyProcess journey, Dictionary<string, Guid> questions)
    {
        var rows = (await journey.AllBoards()).SelectMany(board => board.Rows)
            .Where(row => row.Status == "present" && !row.ProbablyGone && !questions.ContainsValue(row.VisitId)).Take(Asked);
        foreach (var row in rows)
        {
            var text = $"Question {questions.Count + 1} of the family";
            questions.Add(text, row.VisitId);
            await journey.Do($"{Paths.Visits}/{row.VisitId}/questions", new QuestionRequest(new("family"), "clinical", text));
        }
    }

    /// <summary>Wherever the person's visit went on: nothing was lost on the way, and nothing is asked for twice.</summary>
    private static async Task EachQuestionIsOpenOnce(JourneyProcess journey, IReadOnlyCollection<string> questions)
    {
        var visits = await Store.Sqlite(journey.DataDirectory).Query("select visit from visit_card", row => Guid.Parse(row.GetString(0)));
        var open = new List<(string Text, string Where)>();
        foreach (var id in visits)
        {
            using var answer = await journey.Http.GetAsync($"{Paths.Visits}/{id}");
            var visit = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Api.Visit>();
            open.AddRange(visit!.Care.Questions.Where(question => question.State == "open").Select(question =>
                (question.Text,
                    $"{visit.Row.VisitNumber} {visit.Row.Status} {string.Join(' ', visit.Row.Links.Select(link => $"{link.As} {link.VisitNumber}"))}")));
        }

        var wrong = questions.Select(text => (Text: text, Where: open.Where(one => one.Text == text).Select(one => one.Where).ToArray()))
            .Where(one => one.Where.Length != 1)
            .Select(one => $"{one.Text}: {one.Where.Length} times {string.Join(" and ", one.Where)}").ToArray();
        Assert.True(wrong.Length == 0, $"CROOKED_SEED={Seed}\n{string.Join('\n', wrong)}");
    }
}

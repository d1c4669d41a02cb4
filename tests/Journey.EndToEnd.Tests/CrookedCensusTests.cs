using System.Net.Http.Json;
using Journey.Api;
using Journey.Hl7.Mllp;
using Journey.Simulator.Crooked;
using Journey.Simulator.Model;

namespace Journey.EndToEnd.Tests;

/// <summary>
/// A simulated hospital whose messages are lost, late, repeated, overtaken and skewed, whose visits get new numbers and whose people are merged: whatever arrives,
/// boards count whom an oracle finds in the same messages, and what people asked is there once. A seed of its own each run; set <c>CROOKED_SEED</c> to run one again.
/// </summary>
public sealed class CrookedCensusTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Length = TimeSpan.FromHours(30);
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("CROOKED_SEED"), out var seed) ? seed : Random.Shared.Next(1, 1_000_000);

    /// <summary>Questions an hour, each about another visit.</summary>
    private const int Asked = 4;
    private const int MostDifferences = 3;

    [Fact]
    public Task Nobody_is_twice_and_no_ghost_is_counted_on_an_honest_line() => Live(Habits.Many with { WrongPatients = 0 }, new());

    [Fact]
    public Task So_it_is_whatever_happens_to_messages_on_their_way() => Live(Habits.Many with { WrongPatients = 0, NoEnds = 0 }, Crookedness.Usual);

    [Fact]
    public Task So_it_is_when_some_never_arrive() => Live(Habits.Some with { WrongPatients = 0 }, Crookedness.Usual with { Lost = 0.1, Renumbered = 1 });

    /// <summary>A question goes with the family that asked it, so visits that change hands are asked about nothing.</summary>
    [Fact]
    public Task So_it_is_when_visits_change_hands() => Live(Habits.Many, Crookedness.Usual with { Delayed = 0.2, Repeated = 0.3 }, asks: false);

    private static async Task Live(Habits habits, Crookedness how, bool asks = true)
    {
        var feed = CrookedFeed.Of(new Hospital(Seed, Start) { Habits = habits }, Length, how, Seed);
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
                    census.Hear(new Plain(message.Bytes.Span));
                }

                var end = new DateTimeOffset((hour.Key + 1) * TimeSpan.TicksPerHour, TimeSpan.Zero);
                time.Now = census.Latest > end ? census.Latest : end;
                if (differences.Count < MostDifferences && await Proof.Difference(journey, census, time.Now) is { } difference) differences.Add($"At {end:MM-dd HH:mm}: {difference}");
                if (asks) await Ask(journey, questions);
            }
        }

        Assert.True(differences.Count == 0, $"CROOKED_SEED={Seed}\n{string.Join('\n', differences)}\n{journey.Output}");
        await EachQuestionIsOpenOnce(journey, questions.Keys);
        journey.SaysNothingOf(CensusTests.Names(feed.Messages.Select(message => message.Bytes.ToArray())));
    }

    private static async Task Ask(JourneyProcess journey, Dictionary<string, Guid> questions)
    {
        var rows = (await journey.AllBoards()).SelectMany(board => board.Rows).Where(row => row.Status == "present" && !row.ProbablyGone && !questions.ContainsValue(row.VisitId)).Take(Asked);
        foreach (var row in rows)
        {
            var text = $"Question {questions.Count + 1} of the family";
            questions.Add(text, row.VisitId);
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Paths.Visits}/{row.VisitId}/questions") { Content = JsonContent.Create(new QuestionRequest(new("family"), "clinical", text)) };
            request.Headers.Add(Paths.IdempotencyKey, text.Replace(' ', '-'));
            request.Headers.Add(Paths.ActingAs, Uri.EscapeDataString("Nora Nightshade"));
            using var answer = await journey.Http.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>Wherever the person's visit went on: nothing was lost on the way, and nothing is asked for twice.</summary>
    private static async Task EachQuestionIsOpenOnce(JourneyProcess journey, IReadOnlyCollection<string> questions)
    {
        var visits = await Store.Sqlite(journey.DataDirectory).Query("select visit from visit_card", row => Guid.Parse(row.GetString(0)));
        var open = new List<string>();
        foreach (var id in visits)
        {
            using var answer = await journey.Http.GetAsync($"{Paths.Visits}/{id}");
            var visit = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Visit>();
            open.AddRange(visit!.Care.Questions.Where(question => question.State == "open").Select(question => question.Text));
        }

        Assert.Equal(questions.Order(StringComparer.Ordinal), open.Order(StringComparer.Ordinal));
    }
}

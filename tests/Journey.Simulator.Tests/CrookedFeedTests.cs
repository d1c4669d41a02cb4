using System.Text;
using Journey.Simulator.Crooked;
using Journey.Simulator.Model;

namespace Journey.Simulator.Tests;

public class CrookedFeedTests
{
    private static readonly TimeSpan TwoDays = TimeSpan.FromDays(2);

    [Fact]
    public void The_same_seed_gives_the_same_bytes_in_the_same_order()
    {
        Assert.Equal(Texts(Feed(7, Crookedness.Usual)), Texts(Feed(7, Crookedness.Usual)));
        Assert.NotEqual(Texts(Feed(7, Crookedness.Usual)), Texts(Feed(8, Crookedness.Usual)));
    }

    [Fact]
    public void Without_crookedness_every_message_arrives_once_and_as_it_was_sent()
    {
        var feed = Feed(7, new());
        Assert.Equal(feed.Messages.Length, Texts(feed).Distinct().Count());
        Assert.All(feed.Messages, message => Assert.Equal("DEMOHIS", Plain(message).Field("MSH", 3)));
        Assert.True(feed.Messages.Length > 2000);
    }

    [Fact]
    public void Nobody_really_is_in_two_places()
    {
        var feed = Feed(7, new());
        for (var hour = 0; hour < 48; hour++) Assert.NotEmpty(feed.Truth.At(Stories.Start.AddHours(hour)));
    }

    [Fact]
    public void Each_crookedness_shows_in_the_messages()
    {
        var plain = Feed(7, new()).Messages.Length;
        Assert.InRange(Feed(7, new() { Lost = 0.2 }).Messages.Length, plain * 0.75, plain * 0.85);
        Assert.InRange(Feed(7, new() { Repeated = 0.2 }).Messages.Length, plain * 1.15, plain * 1.25);
        var reordered = Feed(7, new() { Reordering = TimeSpan.FromMinutes(10) }).Messages.Select(message => Plain(message).Field("MSH", 7)).ToList();
        Assert.NotEqual(reordered.Order(StringComparer.Ordinal), reordered);
        Assert.Contains(Feed(7, new() { Skew = TimeSpan.FromSeconds(30) }).Messages, message => Plain(message).Field("MSH", 4) == "DEMOLAB");
        var numbered = Feed(7, new() { Renumbered = 1 }).Messages.Select(Plain).ToList();
        Assert.Contains(numbered, message => message.Trigger == "A01" && message.Part("PV1", 19, 1).StartsWith('I'));
        Assert.Contains(numbered, message => message.Trigger == "A14");
        Assert.True(Feed(7, new() { Renumbered = 1, Unplanned = 1 }).Messages.Count(message => Plain(message).Trigger == "A14") < numbered
            .Count(message => message.Trigger == "A14"));
        Assert.True(Feed(7, new() { CircularMerges = 1 }).Messages.Count(message => Plain(message).Trigger == "A40") == 2 * numbered
            .Count(message => message.Trigger == "A40"));
        var given = numbered.Where(message => message.Trigger == "A40").Select(message => message.Part("MRG", 1, 1)).First();
        var after = Feed(7, new() { RetiredIds = 1 }).Messages.Select(Plain).SkipWhile(message => message.Part("MRG", 1, 1) != given).Skip(1);
        Assert.Contains(after, message => message.Part("PID", 3, 1) == given);
    }

    /// <summary>Two that know nothing of each other agree: the story's own truth, and the oracle that reads the crooked messages.</summary>
    [Theory, InlineData(1), InlineData(7), InlineData(12), InlineData(99)]
    public void From_whatever_is_not_lost_the_oracle_finds_where_everybody_really_is(long seed)
    {
        var sloppy = Habits.Many with { NoEnds = 0, Chairs = false };
        foreach (var (habits, how) in new[]
                 {
                     (Habits.None, new()), (Habits.None, Crookedness.Usual), (sloppy, new()),
                     (sloppy, Crookedness.Usual with { Renumbered = 1, Delayed = 0.3, Skew = TimeSpan.FromSeconds(-70) }),
                 })
        {
            var feed = Feed(seed, how, habits);
            var census = new PersonCensus("ED", TimeZoneInfo.Utc);
            foreach (var message in feed.Messages) census.Apply(Plain(message));
            foreach (var hour in (int[])[11, 27, 43])
            {
                var at = Stories.Start.AddHours(hour);
                var real = feed.Truth.At(at)
                    .Select(here => $"{census.PersonOf(here.Key)} {here.Value.Unit} {(here.Value.IsBed ? here.Value.Name : "-")}")
                    .Order(StringComparer.Ordinal);
                Assert.Equal(real, census.At(at).Select(here => here.ToString()).Order(StringComparer.Ordinal));
            }
        }
    }

    private static CrookedFeed Feed(long seed, Crookedness how, Habits? habits = null) =>
        CrookedFeed.Create(new Hospital(seed, Stories.Start) { Habits = habits ?? Habits.None }, TwoDays, how, seed);

    private static IEnumerable<string> Texts(CrookedFeed feed) => feed.Messages.Select(message => Encoding.UTF8.GetString(message.Bytes.Span));

    private static Plain Plain(ArrivingMessage message) => new(message.Bytes.Span);
}

using System.Text;

namespace Journey.Storage.Tests;

public abstract partial class JournalContract
{
    [Fact]
    public async Task A_card_comes_back_as_it_was_written()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        var card = Some.Card(1, 1, number: "V-1", closed: Some.Noon.AddHours(1), deadline: Some.Noon.AddTicks(10));
        await store.Journal.Append(Some.Commit("visit/1", 1, card: card));

        var read = Assert.Single(await store.Cards.ByNumber("V-1"));

        Assert.Equal(card, read with { Row = card.Row });
        Assert.Equal("""{"bed":"3"}""", Encoding.UTF8.GetString(read.Row.Span));
        Assert.Empty(await store.Cards.ByNumber("V-2"));
    }

    [Fact]
    public async Task An_older_card_never_replaces_a_newer_one()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        await store.Journal.Append(Some.Commit("visit/1", 1, card: Some.Card(1, 5, unit: "ICU")));
        await store.Journal.Append(Some.Commit("visit/1", 2, card: Some.Card(1, 4, unit: "ED")));
        await store.Journal.Append(Some.Commit("visit/1", 3, card: Some.Card(1, 5, unit: "ED")));

        Assert.Equal(["ICU"], await store.Cards.Units(Some.Noon));
        Assert.Equal(3, (await store.Journal.Read("visit/1", 0)).Count);
    }

    [Fact]
    public async Task A_board_shows_what_is_open_or_closed_of_late()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        await store.Journal.Append(Some.Commit("visit/1", 1, card: Some.Card(1, 1)));
        await store.Journal.Append(Some.Commit("visit/2", 1, card: Some.Card(2, 1, closed: Some.Noon)));
        await store.Journal.Append(Some.Commit("visit/3", 1, card: Some.Card(3, 1, closed: Some.Noon.AddMicroseconds(-1))));
        await store.Journal.Append(Some.Commit("visit/4", 1, card: Some.Card(4, 1, onBoard: false)));
        await store.Journal.Append(Some.Commit("visit/5", 1, card: Some.Card(5, 1, unit: "ICU", closed: Some.Noon.AddHours(-1))));
        await store.Journal.Append(Some.Commit("visit/6", 1, card: Some.Card(6, 1, unit: "")));

        Assert.Equal([Some.Id(1), Some.Id(2)], (await store.Cards.OnUnit("ED", Some.Noon)).Select(c => c.Visit));
        Assert.Equal(["ED"], await store.Cards.Units(Some.Noon));
    }

    [Fact]
    public async Task Search_finds_cards_where_every_word_begins_a_word()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        await store.Journal.Append(Some.Commit("visit/1", 1, card: Some.Card(1, 1, words: "o'hara anna-lena 47-11 zoë")));
        await store.Journal.Append(Some.Commit("visit/2", 1, card: Some.Card(2, 1, words: "smith anna 4712 the")));
        await store.Journal.Append(Some.Commit("visit/3", 1, card: Some.Card(3, 1, words: "anna closed", closed: Some.Noon)));

        async Task<int[]> Find(int count, params string[] words) =>
            [.. (await store.Cards.Search(words, count)).Select(c => BitConverter.ToInt32(c.Visit.ToByteArray()))];

        Assert.Equal((int[])[2, 1, 3], await Find(10, "anna"));
        Assert.Equal((int[])[2, 1], await Find(2, "ann"));
        Assert.Equal((int[])[1], await Find(10, "o'h", "47-"));
        Assert.Equal((int[])[2], await Find(10, "th", "sm"));
        Assert.Equal((int[])[1], await Find(10, "zo"));
        Assert.Equal((int[])[1], await Find(10, "zoë"));
        Assert.Empty(await Find(10, "nna"));
        Assert.Empty(await Find(10, "anna", "%"));
        Assert.Empty(await Find(10, "a\\' | b:*"));
        Assert.Equal((int[])[2, 1, 3], await Find(10));
    }

    [Fact]
    public async Task A_search_text_of_any_size_can_be_stored()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        var endless = string.Join(' ', Enumerable.Range(0, 5000).Select(i => $"w{i}")) + " " + new string('x', 10_000) + "\0";

        await store.Journal.Append(Some.Commit("visit/1", 1, card: Some.Card(1, 1, words: endless)));

        Assert.Single(await store.Cards.Search(["w1"], 10));
    }

    [Fact]
    public async Task Overdue_visits_are_taken_oldest_first_once_per_lease_and_again_after_it()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        for (var i = 1; i <= 5; i++)
            await store.Journal.Append(Some.Commit($"visit/{i}", 1, card: Some.Card(i, 1, deadline: Some.Noon.AddSeconds(-i))));
        await store.Journal.Append(Some.Commit("visit/6", 1, card: Some.Card(6, 1, deadline: Some.Noon)));
        var lease = TimeSpan.FromSeconds(10);

        Task<IReadOnlyList<Guid>> Take(int seconds, int count = 3) => store.Cards.TakeOverdue(Some.Noon, count, lease, Some.Noon.AddSeconds(seconds));

        Assert.Equal([Some.Id(5), Some.Id(4), Some.Id(3)], await Take(0));
        Assert.Equal([Some.Id(2), Some.Id(1)], await Take(0));
        Assert.Empty(await Take(9));
        Assert.Equal(5, (await Take(10, 10)).Count);
        await store.Journal.Append(Some.Commit("visit/3", 2, card: Some.Card(3, 2, deadline: Some.Noon.AddSeconds(-1))));
        Assert.Equal([Some.Id(3)], await Take(11));
    }

    [Fact]
    public async Task Sweeps_of_two_silos_never_take_the_same_visit()
    {
        await using var database = await NewDatabase();
        var (one, two) = (await database.Open(), await database.Open());
        await Task.WhenAll(Enumerable.Range(1, 400)
            .Select(i => one.Journal.Append(Some.Commit($"visit/{i}", 1, card: Some.Card(i, 1, deadline: Some.Noon)))));

        var taken = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            var mine = new List<Guid>();
            while (true)
            {
                var some = await (i % 2 == 0 ? one : two).Cards.TakeOverdue(Some.Noon.AddSeconds(1), 10, TimeSpan.FromMinutes(1), Some.Noon);
                if (some.Count == 0) return mine;
                mine.AddRange(some);
            }
        })));

        var all = taken.SelectMany(mine => mine).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        // SKIP LOCKED may leave a few to the next sweep, never to two.
        all.AddRange(await one.Cards.TakeOverdue(Some.Noon.AddSeconds(1), 400, TimeSpan.FromMinutes(1), Some.Noon));
        Assert.Equal(400, all.Distinct().Count());
    }
}

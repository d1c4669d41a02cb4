using System.Text;
using Journey.Grains.Storage;

namespace Journey.Storage.Tests;

public abstract partial class JournalContract
{
    [Fact]
    public async Task The_usual_time_in_a_step_is_what_99_of_a_hundred_visits_did_not_exceed()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        // Of 200 the 198th, of 100 the 99th; whoever is in the highest hundredth counts for nothing, however long they were.
        await Task.WhenAll(Enumerable.Range(1, 200)
            .Select(i => Ended(store, i, Spent("ED", "seen", i == 200 ? 90_000 : i) + (i <= 100 ? "," + Spent("4W", "seen", 1000 + i) : ""))));

        Assert.Equal([new UsualTime("4W", "seen", TimeSpan.FromMinutes(1099)), new UsualTime("ED", "seen", TimeSpan.FromMinutes(198))],
            await store.Cards.UsualTimes(Some.Noon, 100));
    }

    [Fact]
    public async Task Too_few_visits_and_those_before_the_time_and_those_that_have_not_ended_give_no_usual_time()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        for (var i = 1; i <= 3; i++) await Ended(store, i, Spent("ED", "seen", 10));
        await Ended(store, 4, Spent("ED", "seen", 10), Some.Noon.AddSeconds(-1));
        await store.Journal
            .Append(Some.Commit("visit/5", 1,
                card: Some.Card(5, 1) with { Row = Encoding.UTF8.GetBytes($$"""{"spent":[{{Spent("ED", "seen", 10)}}]}""") }));
        // Of an earlier version, and with a character that no database's JSON can hold.
        await store.Journal.Append(Some.Commit("visit/6", 1, card: Some.Card(6, 1, closed: Some.Noon)));
        await store.Journal
            .Append(Some.Commit("visit/7", 1, card: Some.Card(7, 1, closed: Some.Noon) with { Row = """{"complaint":"\u0000"}"""u8.ToArray() }));

        Assert.Empty(await store.Cards.UsualTimes(Some.Noon, 4));
        Assert.Equal([new UsualTime("ED", "seen", TimeSpan.FromMinutes(10))], await store.Cards.UsualTimes(Some.Noon, 3));
    }

    private static string Spent(string unit, string step, int minutes) => $$"""{"step":"{{step}}","unit":"{{unit}}","minutes":{{minutes}}}""";

    private static Task<AppendResult> Ended(Store store, int visit, string spent, DateTimeOffset? at = null) => store.Journal.Append(
        Some.Commit($"visit/{visit}", 1,
            card: Some.Card(visit, 1, closed: at ?? Some.Noon) with { Row = Encoding.UTF8.GetBytes($$"""{"bed":"3","spent":[{{spent}}]}""") }));
}

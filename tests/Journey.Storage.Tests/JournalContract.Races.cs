using CsCheck;
using Journey.Contracts.Visits;
using Journey.Grains.Storage;

namespace Journey.Storage.Tests;

public abstract partial class JournalContract
{
    /// <summary>One producer's wish, from a space so small that versions, commands and messages collide all the time.</summary>
    private sealed record Wish(int Silo, int Stream, int Version, int Command, int Message, bool Good);

    private static readonly Gen<Wish> GenWish =
        from silo in Gen.Int[0, 1]
        from stream in Gen.Int[0, 5]
        from version in Gen.Int[1, 4]
        from command in Gen.Int[0, 12]
        from message in Gen.Int[-8, 12]
        from good in Gen.Int[0, 30]
        select new Wish(silo, stream, version, command, message, good > 0);

    /// <summary>
    /// Two silos append the same few things at once. Whatever the interleaving: each answer must be justified by what is in the database at the end,
    /// and the database must hold exactly what was answered as appended, whole.
    /// </summary>
    [Fact]
    public async Task Racing_silos_get_answers_that_the_database_bears_out()
    {
        var wishes = GenWish.Array[1, 120];
        for (var round = 0; round < 12; round++)
        {
            await using var database = await NewDatabase();
            Store[] silos = [await database.Open(o => o.Writers = o.IsPostgreSql ? 3 : null), await database.Open()];
            // The generator is seeded by the round: a failure can be run again.
            var batch = wishes.Generate(new PCG(1, (ulong)round), null, out _);
            var answers = await Task.WhenAll(batch.Select((wish, i) => Task.Run(() => Outcome(silos[wish.Silo], Wished(wish, i)))));
            await Check(database, silos[0], batch, answers, $"round {round}");
        }
    }

    [Fact]
    public async Task One_producer_at_a_time_gets_what_the_model_says()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        var wishes = GenWish.Array[300].Generate(new PCG(1, 42), null, out _);
        var (versions, commands, messages) = (new HashSet<(int, int)>(), new HashSet<(int, int)>(), new HashSet<int>());
        for (var i = 0; i < wishes.Length; i++)
        {
            var wish = wishes[i];
            var expected = !wish.Good ? "refused"
                : commands.Contains((wish.Stream, wish.Command)) ? "DuplicateCommand"
                : messages.Contains(wish.Message) ? "DuplicateMessage"
                : versions.Contains((wish.Stream, wish.Version)) ? "VersionConflict"
                : "Appended";
            var answer = await Outcome(store, Wished(wish, i));
            // What is wrong with the payload may be seen first or last.
            Assert.True(expected == answer || !wish.Good && answer != "Appended", $"wish {i} {wish}: expected {expected}, got {answer}");
            if (answer != "Appended") continue;
            versions.Add((wish.Stream, wish.Version));
            commands.Add((wish.Stream, wish.Command));
            if (wish.Message >= 0) messages.Add(wish.Message);
        }
    }

    private static Commit Wished(Wish wish, int producer) => Some.Commit($"visit/{wish.Stream}", wish.Version, Some.Id(wish.Command),
        wish.Good ? $$"""{"producer":{{producer}}}""" : "{", Some.Card(wish.Stream, wish.Version, words: $"p{producer}"),
        wish.Message < 0 ? null : new MessageKey("ADT", $"{wish.Message}"));

    private static async Task Check(Database database, Store store, Wish[] wishes, string[] answers, string round)
    {
        var appended = wishes.Where((_, i) => answers[i] == "Appended").ToList();
        var rows = new HashSet<(int Stream, long Version, Guid Command)>();
        for (var stream = 0; stream <= 5; stream++)
        {
            foreach (var entry in await store.Journal.Read($"visit/{stream}", 0)) rows.Add((stream, entry.Version, entry.CommandId));
            var newest = appended.Where(w => w.Stream == stream).Select(w => (long)w.Version).DefaultIfEmpty(0).Max();
            Assert.Equal(newest, await database.Scalar($"select coalesce(max(version), 0) from visit_card where visit = '{Some.Id(stream)}'"));
        }

        Assert.True(rows.SetEquals(appended.Select(w => (w.Stream, (long)w.Version, Some.Id(w.Command)))), $"{round}: journal and answers differ");
        Assert.Equal(appended.Count, rows.Count);
        var received = appended.Where(w => w.Message >= 0).Select(w => w.Message).ToList();
        Assert.Equal(received.Count, received.Distinct().Count());
        Assert.Equal(received.Count, await database.Scalar("select count(*) from inbox"));
        for (var i = 0; i < wishes.Length; i++)
        {
            var wish = wishes[i];
            var justified = answers[i] switch
            {
                "Appended" => wish.Good,
                "DuplicateCommand" => rows.Any(r => r.Stream == wish.Stream && r.Command == Some.Id(wish.Command)),
                "DuplicateMessage" => received.Contains(wish.Message),
                "VersionConflict" => rows.Any(r => r.Stream == wish.Stream && r.Version == wish.Version),
                _ => !wish.Good,
            };
            Assert.True(justified, $"{round}, producer {i} {wish}: {answers[i]} is not borne out");
        }
    }
}

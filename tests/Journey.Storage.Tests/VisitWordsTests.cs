namespace Journey.Storage.Tests;

/// <summary>On PostgreSQL what a visit is found by stands in a table of its own beside the cards and follows them, whoever writes a card.</summary>
public sealed class VisitWordsTests(SharedPostgres postgres)
{
    /// <summary>Undoes step 10.</summary>
    public const string AsStepNineLeftIt = """
        drop function visit_words_follow() cascade; drop table visit_words;
        create index visit_card_number on visit_card (number) where number is not null;
        create index visit_card_words on visit_card using gin (array_to_tsvector(array_remove(string_to_array(search_text, ' '), '')));
        delete from schema_version where number = 10
        """;

    [Fact]
    public async Task Words_and_numbers_follow_the_cards()
    {
        await using var database = new PostgresDatabase(await (await postgres.Server).CreateDatabase());
        var store = await database.Open();
        (string Words, string? Number)[] known = [("", null), ("smith anna", null), ("smith anna", "V1"), ("jones anna", "V2"), ("jones anna", null)];
        for (var version = 1; version <= known.Length; version++)
        {
            var (words, number) = known[version - 1];
            for (var visit = 1; visit <= 3; visit++)
                await store.Journal.Append(Some.Commit($"visit/{visit}", version, card: Some.Card(visit, version, words: words, number: number)));
            await Same(database, 3);
        }

        await database.Execute($"delete from visit_card where visit = '{Some.Id(2)}'");
        await Same(database, 2);
    }

    [Fact]
    public async Task What_silos_of_the_version_before_write_before_and_after_the_step_is_found()
    {
        await using var database = new PostgresDatabase(await (await postgres.Server).CreateDatabase());
        var store = await database.Open();
        for (var visit = 1; visit <= 3; visit++)
            await store.Journal.Append(Some.Commit($"visit/{visit}", 1, card: Some.Card(visit, 1, words: $"one w{visit}", number: $"V{visit}")));
        await database.Execute(AsStepNineLeftIt);

        Assert.Equal(1, await store.Migrator.Migrate());

        await Same(database, 3);
        await database.Execute($"update visit_card set search_text = 'other', number = 'V9' where visit = '{Some.Id(1)}'");
        await database.Execute($"""
            insert into visit_card (visit, version, unit, status, on_board, number, search_text, occurred_at, board_row)
            values ('{Some.Id(4)}', 1, 'ED', 'present', true, 'V4', 'one w4', now(), '')
            """);
        await Same(database, 4);
        Assert.Equal([Some.Id(2), Some.Id(3), Some.Id(4)], (await store.Cards.Search(["one"], 10)).Select(card => card.Visit).Order());
        Assert.Equal(Some.Id(1), Assert.Single(await store.Cards.ByNumber("V9")).Visit);
        Assert.Empty(await store.Cards.ByNumber("V1"));
    }

    [Fact]
    public async Task A_card_that_moves_leaves_its_words_alone()
    {
        await using var database = new PostgresDatabase(await (await postgres.Server).CreateDatabase());
        var store = await database.Open();

        for (var version = 1; version <= 4; version++)
            await store.Journal.Append(Some.Commit("visit/1", version,
                card: Some.Card(1, version, $"U{version}", deadline: Some.Noon.AddMinutes(version), number: "V1")));

        Assert.Equal(0, await database.Scalar("select count(*) from visit_words w join visit_card c using (visit) where w.xmin = c.xmin"));
    }

    private static async Task Same(PostgresDatabase database, int count)
    {
        Assert.Equal(count, await database.Scalar("select count(*) from visit_words"));
        Assert.Equal(count, await database.Scalar("select count(*) from visit_words w join visit_card c using (visit) "
            + "where w.number is not distinct from c.number and w.search_text = c.search_text"));
    }
}

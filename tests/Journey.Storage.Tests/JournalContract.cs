using System.Text;
using System.Text.Json.Nodes;
using Journey.Contracts.Intake;
using Journey.Contracts.Visits;
using Journey.Grains.Storage;

namespace Journey.Storage.Tests;

/// <summary>What the store promises, whichever database is below.</summary>
public abstract partial class JournalContract
{
    protected abstract Task<Database> NewDatabase();

    [Fact]
    public async Task What_was_appended_is_read_back_in_order()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        Commit[] commits = [.. Enumerable.Range(1, 5).Select(v => Some.Commit("visit/a", v, payload: $$"""{"name":"Zoë \u2603","v":{{v}}}"""))];
        foreach (var commit in commits) Assert.Equal(AppendResult.Appended, await store.Journal.Append(commit));
        await store.Journal.Append(Some.Commit("visit/b", 1));

        var read = await store.Journal.Read("visit/a", 2);

        Assert.Equal([3, 4, 5], read.Select(e => e.Version));
        Assert.All(read, e =>
        {
            var commit = commits[e.Version - 1];
            Assert.Equal((commit.Stream, commit.CommandId, commit.Actor, commit.RecordedAt), (e.Stream, e.CommandId, e.Actor, e.RecordedAt));
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(commit.Payload.Span), JsonNode.Parse(e.Payload.Span)),
                Encoding.UTF8.GetString(e.Payload.Span));
        });
        Assert.Empty(await store.Journal.Read("visit/none", 0));
    }

    [Fact]
    public async Task Times_keep_their_microseconds_and_come_back_as_UTC()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        var time = new DateTimeOffset(2026, 10, 25, 2, 30, 0, TimeSpan.FromHours(2)).AddTicks(1234567);
        await store.Journal.Append(Some.Commit("visit/a", 1) with { RecordedAt = time });

        var read = Assert.Single(await store.Journal.Read("visit/a", 0)).RecordedAt;

        Assert.Equal((time.AddTicks(-7), TimeSpan.Zero), (read, read.Offset));
    }

    [Fact]
    public async Task A_message_is_known_once_a_commit_came_with_it()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        await store.Journal.Append(Some.Commit("visit/a", 1, message: new("LAB\0", "1")));

        Assert.True(await store.Journal.Knows(new("LAB\0", "1")));
        Assert.False(await store.Journal.Knows(new("LAB\0", "2")));
    }

    [Fact]
    public async Task A_taken_version_is_a_conflict_and_leaves_nothing_behind()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        await store.Journal.Append(Some.Commit("visit/a", 1, card: Some.Card(1, 1)));

        var second = await store.Journal.Append(Some.Commit("visit/a", 1, card: Some.Card(1, 9, unit: "ICU"), message: new("LAB", "1")));

        Assert.Equal(AppendResult.VersionConflict, second);
        Assert.Equal((1, 0), (await database.Scalar("select count(*) from journal"), await database.Scalar("select count(*) from inbox")));
        Assert.Single(await store.Cards.OnUnit("ED", Some.Noon));
        Assert.Equal(AppendResult.Appended, await store.Journal.Append(Some.Commit("visit/a", 2, message: new("LAB", "1"))));
    }

    [Fact]
    public async Task A_command_is_taken_once_per_stream()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        var command = Guid.NewGuid();
        await store.Journal.Append(Some.Commit("visit/a", 1, command));

        Assert.Equal(AppendResult.DuplicateCommand, await store.Journal.Append(Some.Commit("visit/a", 2, command, message: new("LAB", "1"))));
        Assert.Equal(AppendResult.DuplicateCommand, await store.Journal.Append(Some.Commit("visit/a", 1, command)));
        Assert.Equal(AppendResult.Appended, await store.Journal.Append(Some.Commit("visit/b", 1, command)));
        Assert.Equal(0, await database.Scalar("select count(*) from inbox"));
    }

    [Fact]
    public async Task A_message_is_taken_once_whatever_the_stream()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        await store.Journal.Append(Some.Commit("visit/a", 1, message: new("ADT", "1")));

        Assert.Equal(AppendResult.DuplicateMessage,
            await store.Journal.Append(Some.Commit("visit/b", 1, message: new("ADT", "1"), card: Some.Card(2, 1))));
        Assert.Equal(AppendResult.Appended, await store.Journal.Append(Some.Commit("visit/b", 1, message: new("LAB", "1"))));
        Assert.Equal(0, await database.Scalar("select count(*) from visit_card"));
    }

    [Fact]
    public async Task A_repeat_of_command_and_message_is_told_as_a_repeat_of_the_command()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        var commit = Some.Commit("visit/a", 1, message: new("ADT", "1"));
        await store.Journal.Append(commit);

        Assert.Equal(AppendResult.DuplicateCommand, await store.Journal.Append(commit));
        Assert.Equal(AppendResult.DuplicateCommand, await store.Journal.Append(commit with { Version = 2 }));
    }

    [Fact]
    public async Task Producers_that_share_a_batch_are_resolved_one_by_one()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        var taken = Guid.NewGuid();
        await store.Journal.Append(Some.Commit("visit/v", 1));
        await store.Journal.Append(Some.Commit("visit/c", 1, taken, message: new("ADT", "taken")));

        var results = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Outcome(store, (i % 50) switch
        {
            7 => Some.Commit("visit/v", 1, message: new("ADT", $"torn {i}")),
            17 => Some.Commit("visit/c", 2, taken),
            27 => Some.Commit($"visit/{i}", 1, message: new("ADT", "taken")),
            37 => Some.Commit($"visit/{i}", 1, payload: "{not json"),
            _ => Some.Commit($"visit/{i}", 1, card: Some.Card(i, 1), message: new("ADT", $"{i}")),
        })));

        for (var i = 0; i < results.Length; i++)
        {
            var expected = (i % 50) switch
            {
                7 => "VersionConflict",
                17 => "DuplicateCommand",
                27 => "DuplicateMessage",
                37 => "refused",
                _ => "Appended"
            };
            Assert.True(expected == results[i], $"producer {i}: expected {expected}, got {results[i]}");
        }

        Assert.Equal((462, 461, 460), (await database.Scalar("select count(*) from journal"), await database.Scalar("select count(*) from inbox"),
            await database.Scalar("select count(*) from visit_card")));
    }

    [Fact]
    public async Task Two_commits_of_one_stream_in_one_batch_both_count_in_order()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();

        var results = await Task.WhenAll(Enumerable.Range(1, 40).SelectMany(stream => Enumerable.Range(1, 3).Select(version =>
            store.Journal.Append(Some.Commit($"visit/{stream}", version, card: Some.Card(stream, version))))));

        Assert.All(results, result => Assert.Equal(AppendResult.Appended, result));
        Assert.Equal(40, await database.Scalar("select count(*) from visit_card where version = 3"));
    }

    [Fact]
    public async Task One_message_sent_many_times_at_once_lands_once()
    {
        await using var database = await NewDatabase();
        var (one, two) = (await database.Open(), await database.Open());

        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i =>
            (i % 2 == 0 ? one : two).Journal.Append(Some.Commit($"visit/{i}", 1, message: new("ADT", "same")))));

        Assert.Single(results, AppendResult.Appended);
        Assert.Equal(59, results.Count(r => r == AppendResult.DuplicateMessage));
        Assert.Equal((1, 1), (await database.Scalar("select count(*) from journal"), await database.Scalar("select count(*) from inbox")));
    }

    [Fact]
    public async Task A_payload_that_is_not_JSON_is_refused_with_words_and_nothing_else_suffers()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();

        var refused =
            await Assert.ThrowsAsync<StorageException>(() => store.Journal.Append(Some.Commit("visit/a", 1, payload: "{no", message: new("A", "1"))));

        Assert.Contains("nothing was written", refused.Message);
        Assert.Equal(0, await database.Scalar("select count(*) from inbox"));
        Assert.Equal(AppendResult.Appended, await store.Journal.Append(Some.Commit("visit/a", 1, message: new("A", "1"))));
    }

    [Fact]
    public async Task A_NUL_in_a_field_does_not_keep_an_event_out_of_the_journal()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();

        await store.Journal.Append(Some.Commit("visit/a", 1, payload: """{"name":"a\u0000b","path":"c:\\u0000"}"""));

        var read = JsonNode.Parse(Assert.Single(await store.Journal.Read("visit/a", 0)).Payload.Span)!;
        Assert.Equal(("a\uFFFDb", "c:\\u0000"), ((string?)read["name"], (string?)read["path"]));
    }

    [Fact]
    public async Task Only_the_oldest_commits_are_read_when_no_more_are_asked_for()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        for (var v = 1; v <= 5; v++) await store.Journal.Append(Some.Commit("visit/a", v));

        Assert.Equal([2, 3], (await store.Journal.Read("visit/a", 1, 2, CancellationToken.None)).Select(e => e.Version));
    }

    [Fact]
    public async Task A_message_is_logged_with_its_commit_or_not_at_all()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        var line = new MessageRecord("adt", "EPIC\0", "C1", "ADT^A01", Some.Noon, "MSH|"u8.ToArray());
        Assert.Equal(AppendResult.Appended,
            await store.Journal.Append(Some.Commit("visit/a", 1, message: new("ADT", "C1"), card: Some.Card(1, 1)) with { Line = line }));
        Assert.Equal(AppendResult.VersionConflict,
            await store.Journal.Append(Some.Commit("visit/a", 1, message: new("ADT", "C2")) with { Line = line with { ControlId = "C2" } }));
        Assert.Equal(AppendResult.DuplicateMessage,
            await store.Journal.Append(Some.Commit("visit/b", 1, message: new("ADT", "C1")) with { Line = line with { ControlId = "C3" } }));

        var logged = Assert.Single(await store.Messages.Newest(null, 10));
        Assert.Equal(("adt", "EPIC\uFFFD", "C1", "ADT^A01", Some.Noon, new IntakeOutcome(IntakeResult.Applied)),
            (logged.Message.Feed, logged.Message.Source, logged.Message.ControlId, logged.Message.Type, logged.Message.ReceivedAt, logged.Outcome));
        Assert.Equal("MSH|"u8.ToArray(), logged.Message.Raw.ToArray());
    }

    [Fact]
    public async Task Messages_are_logged_in_the_order_they_came_and_read_newest_first()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        byte[] garbled = [0, 0xFF, 0xFE, 13, 200];
        for (var i = 1; i <= 5; i++)
        {
            await store.Messages.Append(new("adt", "EPIC\0|X\uD800", $"C{i}", "ADT^A01", Some.Noon.AddDays(i), garbled),
                i == 5 ? new(IntakeResult.Rejected, "no MSH") : new(IntakeResult.Applied));
        }

        var first = await store.Messages.Newest(null, 2);
        var rest = await store.Messages.Newest(first[^1].Sequence, 10);

        Assert.Equal(["C5", "C4"], first.Select(m => m.Message.ControlId));
        Assert.Equal(["C3", "C2", "C1"], rest.Select(m => m.Message.ControlId));
        Assert.Equal((IntakeResult.Rejected, "no MSH"), (first[0].Outcome.Result, first[0].Outcome.Reason));
        Assert.Equal(garbled, first[0].Message.Raw.ToArray());
        Assert.Equal(("EPIC\uFFFD|X\uFFFD", Some.Noon.AddDays(5)), (first[0].Message.Source, first[0].Message.ReceivedAt));
        Assert.Equal(2, await store.Messages.Trim(Some.Noon.AddDays(3)));
        Assert.Equal(3, (await store.Messages.Newest(null, 10)).Count);
    }

    [Fact]
    public async Task Messages_applied_long_ago_are_forgotten_and_all_others_are_known()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        const int Old = 2500;
        await Task.WhenAll(Enumerable.Range(1, Old).Select(i => store.Journal.Append(Some.Commit($"visit/{i}", 1, message: new("ADT", $"old {i}")))));
        await store.Journal.Append(Some.Commit("visit/0", 1, message: new("ADT", "new")) with { RecordedAt = Some.Noon.AddDays(1) });

        Assert.Equal(Old, await store.Messages.TrimInbox(Some.Noon.AddDays(1)));

        Assert.True(await store.Journal.Knows(new("ADT", "new")));
        Assert.False(await store.Journal.Knows(new("ADT", "old 1")));
        Assert.Equal(0, await store.Messages.TrimInbox(Some.Noon.AddDays(1)));
        Assert.Equal(Old + 1, await database.Scalar("select count(*) from journal"));
    }

    [Fact]
    public async Task Migrating_again_and_from_several_processes_at_once_changes_nothing()
    {
        await using var database = await NewDatabase();
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => database.Open(migrate: false)));

        var applied = await Task.WhenAll(stores.Select(store => Task.Run(() => store.Migrator.Migrate())));

        Assert.Single(applied, steps => steps > 0);
        Assert.Equal(0, await stores[0].Migrator.Migrate());
        Assert.Equal(AppendResult.Appended, await stores[3].Journal.Append(Some.Commit("visit/a", 1)));
    }

    [Fact]
    public async Task A_schema_from_a_newer_version_is_refused()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        await database.Execute("update schema_version set number = 9999, needs = null where number = 1");

        var refused = await Assert.ThrowsAsync<StorageException>(() => store.Migrator.Migrate());

        Assert.Contains("newer version", refused.Message);
    }

    [Fact]
    public async Task A_newer_schema_whose_new_steps_only_add_is_worked_with()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        await database.Execute("insert into schema_version select 9999, 'newer', max(applied_at), max(number) from schema_version");

        Assert.Equal(0, await store.Migrator.Migrate());
        Assert.Equal(0, await store.Migrator.Missing());
        Assert.Equal(AppendResult.Appended, await store.Journal.Append(Some.Commit("visit/a", 1)));
    }

    [Fact]
    public async Task What_is_missing_is_counted_without_changing_anything()
    {
        await using var database = await NewDatabase();
        var store = await database.Open(migrate: false);

        var missing = await store.Migrator.Missing();

        Assert.Equal(missing, await store.Migrator.Migrate());
        Assert.Equal(0, await store.Migrator.Missing());
    }

    private static async Task<string> Outcome(Store store, Commit commit)
    {
        try
        {
            return (await store.Journal.Append(commit)).ToString();
        }
        catch (StorageException)
        {
            return "refused";
        }
    }
}

public sealed class SqliteJournalTests : JournalContract
{
    protected override Task<Database> NewDatabase() => Task.FromResult<Database>(new SqliteDatabase());
}

public sealed class PostgresJournalTests(SharedPostgres postgres) : JournalContract
{
    protected override async Task<Database> NewDatabase() => new PostgresDatabase(await (await postgres.Server).CreateDatabase());
}

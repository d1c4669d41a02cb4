using System.Text;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Intake;
using Journey.Contracts.Visits;
using Journey.Domain;
using Journey.Domain.Facts;
using Journey.Domain.Visits;
using Journey.Grains.Storage;
using Journey.Storage.Sealing;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Storage.Tests;

/// <summary>What is sensitive lies sealed in the database, comes back as it was, and outlives its keys' rotation.</summary>
public abstract class SealingContract
{
    private const string Mark = "Sperling4711";
    private static readonly Actor Kim = new("staff/kim", "Kim");

    protected abstract Task<Database> Create();

    /// <summary>Everything in the database as one text.</summary>
    protected abstract Task<string> Dump(Database database);

    /// <summary>What its rows hold now: on a disk there may be more, of rows that were overwritten.</summary>
    protected abstract Task<string> Rows(Database database);

    [Fact]
    public async Task Marked_texts_are_nowhere_in_the_database_and_come_back_as_they_were()
    {
        await using var database = await Create();
        var store = await database.Open();
        var commit = Sensitive(1);
        Assert.Equal(AppendResult.Appended, await store.Journal.Append(commit));
        var message = new MessageRecord("adt", "SYS", "M1", "ADT^A04", Some.Noon, Encoding.UTF8.GetBytes($"MSH|^~\\&|{Mark}"));
        await store.Messages.Append(message, new IntakeOutcome(IntakeResult.Applied));

        var dump = await Dump(database);
        Assert.DoesNotContain(Mark, dump, StringComparison.Ordinal);
        Assert.Contains("visit.question-asked.v1", dump, StringComparison.Ordinal); // The rest is there to be read.
        Assert.Contains("Lee Moss", dump, StringComparison.Ordinal);
        Assert.Matches("\"how\": ?\"acted\"", dump); // A promise's "how" is free text, an alert's is a code.

        Assert.Equal(Encoding.UTF8.GetString(commit.Payload.Span),
            Plain(Assert.Single(await store.Journal.Read(commit.Stream, 0, TestContext.Current.CancellationToken)).Payload));
        Assert.Equal(Encoding.UTF8.GetString(commit.Card!.Row.Span),
            Encoding.UTF8.GetString(Assert.Single(await store.Cards.OnUnit("ED", Some.Noon, TestContext.Current.CancellationToken)).Row.Span));
        Assert.Equal(message.Raw.ToArray(),
            Assert.Single(await store.Messages.Newest(null, 5, TestContext.Current.CancellationToken)).Message.Raw.ToArray());
    }

    [Fact]
    public async Task What_was_written_before_there_was_a_ring_is_read_and_can_be_sealed_later()
    {
        await using var database = await Create();
        var store = await database.Open();
        Assert.Equal(AppendResult.Appended, await store.Journal.Append(Some.Commit("visit/1", 1, payload: "{}")));
        await database
            .Execute($$"""update journal set payload = '{"by":{"id":"staff/kim"},"events":[{"event":"visit.question-answered.v1","answer":"{{Mark}}","item":"00000000-0000-0000-0000-000000000007","at":"2031-03-14T08:30:00+01:00"}]}'""");
        Assert.Contains(Mark, Plain(Assert.Single(await store.Journal.Read("visit/1", 0, TestContext.Current.CancellationToken)).Payload),
            StringComparison.Ordinal);

        var report = await store.Services.GetRequiredService<Resealing>().Run(TestContext.Current.CancellationToken);

        Assert.Equal((1, 1, 0), (report[0].Seen, report[0].Sealed, report[0].Left));
        Assert.DoesNotContain(Mark, await Dump(database), StringComparison.Ordinal);
        Assert.Contains(Mark, Plain(Assert.Single(await store.Journal.Read("visit/1", 0, TestContext.Current.CancellationToken)).Payload),
            StringComparison.Ordinal);
        Assert.All(await store.Services.GetRequiredService<Resealing>().Run(TestContext.Current.CancellationToken),
            table => Assert.Equal(0, table.Sealed));
    }

    [Fact]
    public async Task What_was_sealed_by_a_name_alone_is_read_and_rewriting_seals_what_is_sensitive_and_no_more()
    {
        await using var database = await Create();
        var store = await database.Open();
        Assert.Equal(AppendResult.Appended, await store.Journal.Append(Some.Commit("visit/1", 1, payload: "{}")));
        var ring = store.Services.GetRequiredService<KeyRing>();
        var how = Convert.ToBase64String(ring.Seal("acted"u8.ToArray(), Seals.OfCommit, Seals.Row("visit/1", 1)));
        await database
            .Execute($$$"""update journal set payload = '{"by":{"id":"staff/kim"},"events":[{"event":"visit.alert-resolved.v1","alert":"00000000-0000-0000-0000-000000000007","how":{"sealed":"{{{how}}}"},"action":"{{{Mark}}}"}]}'""");
        Assert.Equal(new AlertResolved(new("00000000-0000-0000-0000-000000000007"), "acted", Mark), await Only(store));

        var report = await store.Services.GetRequiredService<Resealing>().Run(TestContext.Current.CancellationToken);

        Assert.Equal((1, 1, 0), (report[0].Seen, report[0].Sealed, report[0].Left));
        var rows = await Rows(database);
        Assert.DoesNotContain(Mark, rows, StringComparison.Ordinal);
        Assert.Matches("\"how\": ?\"acted\"", rows);
        Assert.Equal(new AlertResolved(new("00000000-0000-0000-0000-000000000007"), "acted", Mark), await Only(store));
        Assert.All(await store.Services.GetRequiredService<Resealing>().Run(TestContext.Current.CancellationToken),
            table => Assert.Equal(0, table.Sealed));

        static async Task<VisitEvent> Only(Store store) =>
            Assert.Single(VisitJson.Read(1, Guid.Empty, Some.Noon,
                Assert.Single(await store.Journal.Read("visit/1", 0, TestContext.Current.CancellationToken)).Payload.Span).Events);
    }

    [Fact]
    public async Task A_rotated_key_seals_from_now_on_others_read_it_at_once_and_rewriting_leaves_nothing_to_the_old_one()
    {
        await using var database = await Create();
        var (one, other) = (await database.Open(), await database.Open());
        Assert.Equal(AppendResult.Appended, await one.Journal.Append(Sensitive(1)));
        var ring = one.Services.GetRequiredService<KeyRing>();
        var old = Assert.Single(ring.Keys()).Id;
        Assert.Single(await other.Journal.Read(Stream, 0, TestContext.Current.CancellationToken));

        ring.Rotate();
        Assert.Equal(AppendResult.Appended, await one.Journal.Append(Sensitive(2)));
        Assert.Equal(2,
            (await other.Journal.Read(Stream, 0, TestContext.Current.CancellationToken)).Count); // Its ring did not know that key when it was opened.
        Assert.Equal([false, true], ring.Keys().Select(k => k.Current));

        var writing = Task.Run(async () =>
        {
            for (var version = 3; version <= 40; version++) Assert.Equal(AppendResult.Appended, await other.Journal.Append(Sensitive(version)));
        });
        await one.Services.GetRequiredService<Resealing>().Run(TestContext.Current.CancellationToken);
        await writing;
        await one.Services.GetRequiredService<Resealing>().Run(TestContext.Current.CancellationToken);

        Assert.DoesNotContain(old, SealedJson.KeysIn(await Rows(database)));
        var all = await other.Journal.Read(Stream, 0, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, 40).Select(v => Encoding.UTF8.GetString(Sensitive(v).Payload.Span)), all.Select(e => Plain(e.Payload)));
        Assert.NotEmpty(VisitJson.Read(1, Guid.Empty, Some.Noon, all[0].Payload.Span).Events);
    }

    [Fact]
    public async Task Altered_moved_or_under_an_unknown_key_a_text_does_not_open_and_the_key_is_named()
    {
        await using var database = await Create();
        var store = await database.Open();
        await store.Journal.Append(Sensitive(1));
        await store.Journal.Append(Some.Commit(Stream, 2, payload: "{}"));
        await database.Execute("update journal set payload = (select payload from journal where version = 1) where version = 2");
        var moved = await Assert.ThrowsAsync<StorageException>(() => store.Journal.Read(Stream, 1, TestContext.Current.CancellationToken));
        Assert.Contains(store.Services.GetRequiredService<KeyRing>().Keys()[0].Id.ToString(), moved.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Mark, moved.ToString(), StringComparison.Ordinal);

        var stranger = Directory.CreateTempSubdirectory("journey-ring-").FullName;
        await store.Messages.Append(new MessageRecord("adt", "SYS", "M1", "ADT^A04", Some.Noon, Encoding.UTF8.GetBytes($"MSH|^~\\&|{Mark}")),
            new IntakeOutcome(IntakeResult.Applied));
        var without = await database.Open(o => o.KeyRing = stranger, migrate: false);
        var line = Assert.Single(await without.Messages.Newest(null, 5, TestContext.Current.CancellationToken));
        Assert.Equal(("M1", true), (line.Message.ControlId, KeyRing.IsSealed(line.Message.Raw.Span)));
        await Assert.ThrowsAsync<StorageException>(() => without.Journal.Read(Stream, 0, TestContext.Current.CancellationToken));
        Directory.Delete(stranger, recursive: true);
    }

    [Fact]
    public async Task A_database_is_opened_with_its_own_ring_only()
    {
        await using var database = await Create();
        var store = await database.Open();
        var check = store.Services.GetRequiredService<RingCheck>();
        await Task.WhenAll(check.Check(TestContext.Current.CancellationToken),
            (await database.Open()).Services.GetRequiredService<RingCheck>().Check(TestContext.Current.CancellationToken));
        await check.Check(TestContext.Current.CancellationToken);
        // The first made the secret of the house; every other has the same, and no row holds it in clear.
        var again = await database.Open();
        await again.Services.GetRequiredService<RingCheck>().Check(TestContext.Current.CancellationToken);
        Assert.Equal(store.Services.GetRequiredService<HouseKey>().For("codes"), again.Services.GetRequiredService<HouseKey>().For("codes"));
        var stranger = Directory.CreateTempSubdirectory("journey-ring-").FullName;
        var another = await database.Open(o => o.KeyRing = stranger);
        var refused = await Assert.ThrowsAsync<StorageException>(() => another.Services.GetRequiredService<RingCheck>()
            .Check(TestContext.Current.CancellationToken));
        Assert.Contains("Journey:Storage:KeyRing", refused.Message, StringComparison.Ordinal);
        Directory.Delete(stranger, recursive: true);
    }

    private const string Stream = "visit/00000007000070078001020304050607";

    private static Commit Sensitive(int version)
    {
        VisitEvent[] events =
        [
            new QuestionAsked(Some.Noon, Some.Id(1), QuestionKind.Clinical, new Asker(AskerKind.Family, "Lee Moss"),
                $"{Mark} \"when\"? \\ ü {version}", null, null), new QuestionAnswered(Some.Noon, Some.Id(1), Mark),
            new CodeWordSet(Some.Noon, Mark),
            new ContactSet(Some.Noon, new ContactCard(Some.Id(2), "Lee Moss", "brother", 1, "en", Mark + "@demo.test", Mark, Consent.Full, true)),
            new UpdateWritten(Some.Noon, Some.Id(3), null, [new LocalText("en", Mark), new LocalText("de", Mark)], Some.Noon, null),
            new HandoffOffered(Some.Noon, Some.Id(4), CareRole.Nurse, null, new Person("staff/sam", "Sam"),
                new IPass($"watcher: {Mark}", Mark, [Mark, "", Mark], Mark)),
            new HandoffReturned(Some.Noon, Some.Id(4), Mark), new RequestDone(Some.Noon, Some.Id(5), Mark, null),
            new PromiseKept(Some.Noon, Some.Id(6), Mark),
            new AlertResolved(Some.Id(8), Resolutions.Acted, Mark), new AlertSnoozed(Some.Id(8), Some.Noon, Mark),
            new CareCarried(new VisitId(Some.Id(9)),
                [new EntryDocument(new QuestionAnswered(Some.Noon, Some.Id(1), Mark), Some.Id(1), Some.Noon, Kim, false)]),
            new FamilyTold(Some.Noon, "Lee Moss", Mark, null), new LockSet(Some.Noon, PrivacyLock.Safety, true, Mark),
        ];
        var row = new VisitRow
        {
            Patient = new PatientRef { FamilyName = "Moss" }, Complaint = Mark, InterpreterFor = Mark,
            Prompts = [new PromptView("event/1", Mark, new DateOnly(2031, 3, 14))],
            Alerts = [new AlertView(Some.Id(8), "ed.triage", "touchpoint", "Triage", Severity.Warning, AlertState.Snoozed, Some.Noon, Some.Noon, null,
                null, Some.Noon, null, null, Mark)],
        };
        var card = Some.Card(7, version) with { Row = VisitJson.WriteRow(row) };
        return Some.Commit(Stream, version, payload: Encoding.UTF8.GetString(VisitJson.Write(Kim, [.. events])), card: card);
    }

    /// <summary>As it was written: jsonb orders keys in its own way.</summary>
    private static string Plain(ReadOnlyMemory<byte> payload) =>
        System.Text.Json.Nodes.JsonNode.Parse(payload.Span)!["events"] is { } events
        && events[0]?["event"]?.GetValue<string>() == "visit.question-asked.v1"
        ? Encoding.UTF8.GetString(VisitJson.Write(Kim, VisitJson.Read(1, Guid.Empty, Some.Noon, payload.Span).Events))
        : Encoding.UTF8.GetString(payload.Span);
}

public sealed class SqliteSealingTests : SealingContract
{
    protected override Task<Database> Create() => Task.FromResult<Database>(new SqliteDatabase());

    /// <summary>The files themselves, as a thief has them.</summary>
    protected override Task<string> Dump(Database database)
    {
        var folder = Path.GetDirectoryName(((SqliteDatabase)database).File)!;
        return Task.FromResult(string.Concat(Directory.EnumerateFiles(folder, "journey.db*").Select(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return Encoding.Latin1.GetString(bytes);
        })));
    }

    protected override Task<string> Rows(Database database) => ((SqliteDatabase)database).Text("select group_concat(payload, char(10)) from journal");
}

public sealed class PostgresSealingTests(SharedPostgres postgres) : SealingContract
{
    protected override async Task<Database> Create() => new PostgresDatabase(await (await postgres.Server).CreateDatabase());

    protected override Task<string> Rows(Database database) => Dump(database);

    /// <summary>Every column of every row as text, binary ones as their bytes.</summary>
    protected override async Task<string> Dump(Database database) => await ((PostgresDatabase)database).Text(
        "select string_agg(t.one, chr(10)) from (select payload::text as one from journal union all select board_row from visit_card union all "
            + "select encode(raw, 'escape') from message_log union all select encode(payload, 'escape') from orleans_snapshot) t");
}

using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Access;
using Journey.Domain.Facts;
using Journey.Domain.Hotline;
using Journey.Domain.Patients;
using Journey.Domain.Visits;
using Journey.Grains.Audit;
using Journey.Grains.Storage;
using Journey.Storage.Erasing;
using Journey.Storage.Setup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Journey.Storage.Tests;

/// <summary>Of a person who was erased nothing is left in any byte, sealed or not, and everybody else is as before.</summary>
public abstract class ErasureContract
{
    private const string Line = "hotline/all", Glass = "glass/all";
    private static readonly Guid Ada = Some.Id(101), Retired = Some.Id(102), Alias = Some.Id(103), Bob = Some.Id(201), Hers = Some.Id(11),
        His = Some.Id(21);

    protected abstract Task<Database> Create();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_text_that_can_be_stored_of_a_person_is_found_before_and_nowhere_after()
    {
        await using var database = await Create();
        var store = await database.Open();
        var (ada, bob) = (await Write(store, "adq", Ada, Hers), await Write(store, "boq", Bob, His));
        Assert.Empty(StreamKinds.Texts
            .Where(text => VisitEvent.Codec.Texts.Concat(PatientEvent.Codec.Texts).Concat(VisitJson.RowTexts).Contains(text))
            .Select(text => $"{text.Owner.Name}.{text.Property}").Except(ada.Words.Select(word => word.Of)));
        string[] hers = [.. Gone(ada), "adqmessage", "adqsearch"], his = [.. Gone(bob), "boqmessage", "boqsearch"];
        var proof = store.Services.GetRequiredService<ErasureProof>();
        Assert.Equal(hers.Length, (await proof.Search(hers, Stop)).Select(place => place.Word).Distinct().Count());
        var before = await Told(store, Bob, His);

        var result = await Erase(store, Ada);

        Assert.Equal((1, 1), (result.Visits, result.Messages));
        await store.Services.GetRequiredService<Eraser>().Scrub(Stop);
        Assert.Empty(await proof.Search(hers, Stop));
        Assert.Equal(his.Length, (await proof.Search(his, Stop)).Select(place => place.Word).Distinct().Count());
        Assert.Equal(before, await Told(store, Bob, His));

        // Streams are whole, and one who is not there.
        var visit = await store.Journal.Read(StreamKinds.Visit + Hers.ToString("N"), 0, Stop);
        Assert.Equal(Enumerable.Range(1, visit.Count).Select(version => (long)version), visit.Select(entry => entry.Version));
        Assert.False(visit.Aggregate(Visit.Unknown,
            (known, e) => VisitFold.Fold(known, VisitJson.Read(e.Version, e.CommandId, e.RecordedAt, e.Payload.Span))).Exists);
        Assert.Equal(0, await database.Scalar($"select count(*) from visit_card where number = 'adqnumber'"));
        Assert.Empty(await store.Cards.Search(["adqsearch"], 5, Stop));
        // Who broke the glass, and who took the call, stays to be answered for.
        Assert.Equal(2 * (Calls.Length + Glasses.Length),
            (await store.Journal.Read(Line, 0, Stop)).Count + (await store.Journal.Read(Glass, 0, Stop)).Count);
        Assert.All(await store.Journal.Read(Line, 0, Stop), entry => HotlineEvent.Codec.Read(entry.Payload.Span));
        Assert.All(await store.Journal.Read(Glass, 0, Stop), entry => GlassEvent.Codec.Read(entry.Payload.Span));
        await Verify(store, 2);
    }

    [Fact]
    public async Task Every_identity_that_a_merge_made_theirs_goes_with_them()
    {
        await using var database = await Create();
        var store = await database.Open();
        await Patients(store, Retired,
            new PatientTold(new PatientFacts { Id = new(Retired), Number = "retq00001", FamilyName = "retqname" }, Some.Noon),
            new PatientMerged(new(Ada)));
        await Patients(store, Alias, new PatientAliased(new(Ada)));
        await Patients(store, Ada, new PatientTold(new PatientFacts { Id = new(Ada), Number = "retq00002", FamilyName = "retqother" }, Some.Noon),
            new NamesKnown([new(Retired)], true), new NamesKnown([new(Alias)], false));
        var erasure = await store.Services.GetRequiredService<Eraser>().Look([new(Alias)], Guid.NewGuid(), Some.Noon, "kim", "request", Stop);
        Assert.Equal([Ada, Retired, Alias], erasure!.Patients.OrderBy(id => id.ToString()));

        await store.Services.GetRequiredService<ErasureDesk>().Erase(erasure, Alias, Stop);

        await store.Services.GetRequiredService<Eraser>().Scrub(Stop);
        Assert.Empty(await store.Services.GetRequiredService<ErasureProof>().Search(["retq00001", "retq00002", "retqname", "retqother"], Stop));
        Assert.Null(await store.Services.GetRequiredService<Eraser>().Look([new(Ada)], Guid.NewGuid(), Some.Noon, "kim", "request", Stop));
        foreach (var id in (Guid[])[Ada, Retired, Alias])
            Assert.False((await store.Journal.Read(StreamKinds.Patient + id.ToString("N"), 0, Stop))
                .Aggregate(Patient.Unknown, (known, e) => PatientFold.Fold(known, PatientJson.Read(e.Version, e.CommandId, e.Payload.Span))).IsKnown);
    }

    [Fact]
    public async Task A_visit_that_became_anothers_loses_what_was_hers_and_is_his()
    {
        await using var database = await Create();
        var store = await database.Open();
        var visit = new VisitId(Hers);
        await Patients(store, Ada, new VisitListed(new VisitEntry(visit, "v-1", VisitEntryState.Open, Some.Noon, null)),
            new VisitGivenUp(visit, new(Bob)));
        await Patients(store, Bob, new VisitListed(new VisitEntry(visit, "v-1", VisitEntryState.Open, Some.Noon, null)));
        await Visits(store, Hers,
            [new Identified(new PatientRef { Id = new(Ada), FamilyName = "adaqname", GivenName = "x" })],
            [new QuestionAsked(Some.Noon, Guid.NewGuid(), default, new(default, "adaqsister"), "adaqquestion", null, null)],
            [new HandsChanged(Some.Noon) { From = new(Ada), Contacts = [new("adaqbrother", null)] },
                new Identified(new PatientRef { Id = new(Bob), FamilyName = "bobqname" })], [new StepReached(Some.Noon, "triaged")]);

        await Erase(store, Ada);

        await store.Services.GetRequiredService<Eraser>().Scrub(Stop);
        Assert.Empty(await store.Services.GetRequiredService<ErasureProof>().Search(["adaqname", "adaqsister", "adaqquestion", "adaqbrother"], Stop));
        var folded = (await store.Journal.Read(StreamKinds.Visit + Hers.ToString("N"), 0, Stop))
            .Aggregate(Visit.Unknown, (known, e) => VisitFold.Fold(known, VisitJson.Read(e.Version, e.CommandId, e.RecordedAt, e.Payload.Span)));
        Assert.Equal((true, "bobqname", 4L), (folded.Exists, folded.Patient.FamilyName, folded.Version));
    }

    [Fact]
    public async Task Interrupted_it_changed_nothing_and_is_carried_out_at_the_next_start()
    {
        await using var database = await Create();
        var store = await database.Open();
        var ada = await Write(store, "adq", Ada, Hers);
        await database.Execute("drop table erasure");
        await Assert.ThrowsAsync<StorageException>(() => Erase(store, Ada));
        var proof = store.Services.GetRequiredService<ErasureProof>();
        Assert.Equal(Gone(ada).Length, (await proof.Search(Gone(ada), Stop)).Select(place => place.Word).Distinct().Count());

        await database
            .Execute($"create table erasure (id {(this is PostgresErasureTests ? "uuid, erased_at timestamptz, commits bigint, scrubbed boolean)" : "text, erased_at integer, commits integer, scrubbed integer)")}");
        await Starts(store);

        await store.Services.GetRequiredService<Eraser>().Scrub(Stop);
        Assert.Empty(await proof.Search(Gone(ada), Stop));
        await Verify(store, 3);
    }

    [Fact]
    public async Task A_backup_that_is_put_back_is_not_served_before_it_was_erased_again()
    {
        await using var database = await Create();
        await using var backup = await Create();
        var store = await database.Open();
        var ada = await Write(store, "adq", Ada, Hers);
        await Erase(store, Ada);
        await Starts(store); // Nothing is left to do.
        await Verify(store, 2);

        // The keys are those of today, as after any restore.
        var options = new StorageOptions();
        database.Configure(options);
        var ring = options.KeyRing ?? Path.Combine(options.DataDirectory, "storage-keys");
        var restored = await backup.Open(o => o.KeyRing = ring);
        await Write(restored, "adq", Ada, Hers);
        var silo = await backup.Open(o => (o.KeyRing, o.Migrate) = (ring, false));
        Assert.Contains("erase --again", (await Assert.ThrowsAsync<StorageException>(() => Starts(silo))).Message, StringComparison.Ordinal);
        // A list that lost its end, or was spoilt, is not passed over.
        var list = Path.Combine(ring, "erasures");
        var whole = await File.ReadAllTextAsync(list, Stop);
        foreach (var spoilt in (string[])[whole[..^40], "zzz", "\nzzz\n" + whole])
        {
            await File.WriteAllTextAsync(list, spoilt, Stop);
            Assert.Contains("cannot be read", (await Assert.ThrowsAsync<StorageException>(() => Starts(restored))).Message, StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(list, whole, Stop);
        await Starts(restored);

        await restored.Services.GetRequiredService<Eraser>().Scrub(Stop);
        Assert.Empty(await restored.Services.GetRequiredService<ErasureProof>().Search(Gone(ada), Stop));
        await Starts(silo);
    }

    [Fact]
    public async Task Whoever_holds_the_stream_in_memory_meets_the_tombstone_with_their_next_commit()
    {
        await using var database = await Create();
        var store = await database.Open();
        await Write(store, "adq", Ada, Hers);
        var stream = StreamKinds.Visit + Hers.ToString("N");
        var last = (await store.Journal.Read(stream, 0, Stop))[^1].Version;
        await Erase(store, Ada);
        Assert.Equal(AppendResult.VersionConflict,
            await store.Journal.Append(Some.Commit(stream, last + 1, payload: Payload([new Contacted(Some.Noon)]))));
        Assert.IsType<Erased>(
            Assert.Single(VisitJson.Read(1, Guid.Empty, Some.Noon, (await store.Journal.Read(stream, last, Stop)).Single().Payload.Span).Events));
    }

    [Fact]
    public async Task Past_the_retention_is_whose_every_visit_ended_before_it_and_nobody_else()
    {
        await using var database = await Create();
        var store = await database.Open();
        var (old, returned, present, reborn) = (Some.Id(301), Some.Id(302), Some.Id(303), Some.Id(304));
        await Closed(store, 31, old, Some.Noon.AddDays(1));
        await Closed(store, 32, returned, Some.Noon.AddDays(1));
        await Closed(store, 33, returned, Some.Noon.AddDays(50));
        await Closed(store, 34, present, null);
        await Closed(store, 35, reborn, Some.Noon.AddDays(1));
        await Closed(store, 36, old, Some.Noon.AddDays(2));
        var rang = new CallRang(Guid.NewGuid(), Some.Noon, "oldqcaller", "oldqnumber", Some.Noon);
        Assert.Equal(AppendResult.Appended,
            await store.Journal.Append(Some.Commit(Line, 1, payload: Encoding.UTF8.GetString(HotlineEvent.Codec.Write(Actor.System, [rang])))));
        // Something was heard of them since, whatever their visits say.
        Assert.Equal(AppendResult.Appended,
            await store.Journal
                .Append(Some.Commit(StreamKinds.Patient + reborn.ToString("N"), 2,
                    payload: Encoding.UTF8.GetString(PatientJson.Write(Actor.System, []))) with
                { RecordedAt = Some.Noon.AddDays(50) }));

        var erasures = store.Services.GetRequiredService<IErasures>();
        Assert.Null(await erasures.Closed(Some.Noon, 10, Some.Noon, "retention", Stop));
        var erasure = await erasures.Closed(Some.Noon.AddDays(30), 10, Some.Noon.AddDays(60), "retention", Stop);
        Assert.Equal([old], erasure!.Patients);
        Assert.Equal([Some.Id(31), Some.Id(36)], erasure.Visits.OrderBy(id => id.ToString()));
        Assert.Equal("2 visits", (await erasures.Erase(erasure, Stop)).ToString().Split(',')[0]);
        Assert.Null(await erasures.Closed(Some.Noon.AddDays(30), 10, Some.Noon.AddDays(60), "retention", Stop));
        Assert.Equal(4, await database.Scalar("select count(*) from visit_card"));

        Assert.Equal(0, await erasures.ForgetCalls(Some.Noon, Stop));
        Assert.Equal((1, 0), (await erasures.ForgetCalls(Some.Noon.AddDays(30), Stop), await erasures.ForgetCalls(Some.Noon.AddDays(30), Stop)));
        Assert.Equal(rang with { Caller = null, Number = null },
            HotlineEvent.Codec.Read((await store.Journal.Read(Line, 0, Stop)).Single().Payload.Span).Events.Single());
    }

    private static async Task Closed(Store store, int visit, Guid patient, DateTimeOffset? closed)
    {
        var (id, stream) = (new VisitId(Some.Id(visit)), StreamKinds.Patient + patient.ToString("N"));
        var last = (await store.Journal.Read(stream, 0, Stop)).Count;
        Assert.Equal(AppendResult.Appended,
            await store.Journal
                .Append(Some.Commit(stream, last + 1,
                    payload: Encoding.UTF8.GetString(
                        PatientJson.Write(Actor.System, [new VisitListed(new VisitEntry(id, null, VisitEntryState.Closed, Some.Noon, closed))])))));
        var shown = new PatientRef { Id = new(patient) };
        var card = Some.Card(visit, 1, closed: closed) with { Row = VisitJson.WriteRow(new VisitRow { Visit = id, Patient = shown }) };
        Assert.Equal(AppendResult.Appended,
            await store.Journal.Append(Some.Commit(StreamKinds.Visit + id, 1, payload: Payload([new Identified(shown)]), card: card)));
    }

    [Fact]
    public async Task Snapshots_of_theirs_go_and_of_others_stay()
    {
        await using var database = await Create();
        await using (var silo = await SiloHost.Start(database))
        {
            var storage = silo.Services.GetRequiredKeyedService<Orleans.Storage.IGrainStorage>(Snapshots.SnapshotStorage.Name);
            foreach (var visit in (Guid[])[Hers, His])
                await storage.WriteStateAsync("visit-snapshot",
                    Orleans.Runtime.GrainId.Create(Orleans.Runtime.GrainType.Create("visit"),
                        Orleans.Runtime.GrainIdKeyExtensions.CreateGuidKey(visit)),
                        new Orleans.GrainState<Snapshot>(new Snapshot { Name = visit.ToString() }));
        }

        var store = await database.Open();
        await Patients(store, Ada, new VisitListed(new VisitEntry(new(Hers), null, VisitEntryState.Closed, Some.Noon, null)));
        await Visits(store, Hers, [new Identified(new PatientRef { Id = new(Ada) })]);
        Assert.Equal([0, 1], (await store.Services.GetRequiredService<ErasureProof>().Search([Hers.ToString(), His.ToString()], Stop))
            .Where(place => place.Where.StartsWith("a snapshot", StringComparison.Ordinal)).Select(place => place.Word).Order());
        await Erase(store, Ada);
        Assert.Equal([1], (await store.Services.GetRequiredService<ErasureProof>().Search([Hers.ToString(), His.ToString()], Stop))
            .Where(place => place.Where.StartsWith("a snapshot", StringComparison.Ordinal)).Select(place => place.Word));
        Assert.Equal(1, await database.Scalar("select count(*) from orleans_snapshot"));
    }

    [Fact]
    public async Task Of_every_table_somebody_has_said_what_goes()
    {
        await using var database = await Create();
        await database.Open();
        string[] keeps =
        [
            "audit", "audit_head", "audit_retention", // Ids and who works here; kept as long as the law wants.
            "inbox", // Senders, and numbers and digests of messages: by them a message is known again.
            "erasure", "sealing", "schema_version", "orleansquery", "orleans_cluster", "orleans_silo", "orleans_reminder",
        ];
        Assert.Equal(keeps.Where(table => this is PostgresErasureTests
            || table is "audit" or "audit_head" or "inbox" or "erasure" or "sealing" or "schema_version" or "orleansquery").Concat(Eraser.Touched(this is PostgresErasureTests))
            .Order(StringComparer.Ordinal), await Tables(database));
    }

    protected abstract Task<string[]> Tables(Database database);

    [Fact]
    public void Of_every_stream_somebody_has_said_whose_it_is()
    {
        // Who works here and looked at whom by id, beds, how rules are set and boards are had. A text that is added to one of these fails here until
        // somebody has said that it is of no patient.
        string[] nobodys =
        [
            "Actor.Id", "Actor.Name", "BedFact.Bed", "BedFact.Room", "BoardLayout.Steps", "Finding.Account", "Finding.Unit", "Look.Unit",
            "Person.Id", "Person.Name",
            "RuleSwitched.Reason", "RuleSwitched.Rule", "RuleSwitched.Unit", "SessionEnded.Reason", "SessionEnded.Session", "SessionInfo.Address",
            "SessionInfo.Id", "SessionInfo.Name", "SessionInfo.ProviderSession", "SessionInfo.Units", "SessionInfo.Who", "Shift.Role", "Shift.Unit",
            "ShiftEnded.Member", "ShiftEnded.Role", "ShiftEnded.Unit", "StaffMember.Id", "StaffMember.Name",
            "StaffMember.Roles", "StaffMember.Units", "ViewChosen.Unit", "ViewKept.Name",
        ];
        // Lines about patients lose what is sensitive; what stays says who of the house did what.
        string[] stays = ["Actor.Id", "Actor.Name", "GlassAsked.Reason", "GlassOpened.Unit", "GlassRefused.Code", "Person.Id", "Person.Name"];
        Assert.Equal(nobodys, Names(StreamKinds.Kinds.Where(kind => kind.Holds == Holding.Nobody).Select(kind => kind.Name)));
        Assert.Equal(stays, Names(StreamKinds.Kinds.Where(kind => kind.Holds.Line is not null).Select(kind => kind.Name), clear: true));

        static string[] Names(IEnumerable<string> kinds, bool clear = false) =>
            [.. kinds.SelectMany(StreamKinds.TextsOf).Where(text => !clear || !text.IsSensitive).Select(text => $"{text.Owner.Name}.{text.Property}")
                .Distinct().Order(StringComparer.Ordinal)];
    }

    private static readonly HotlineEvent[] Calls =
        [new CallRang(default, default, null, null, default), new CallbackPromised(default, default, null, null, default, new("staff/kim", "Kim")),
            new AskedOnVisit(default, default, default, default)];
    private static readonly GlassEvent[] Glasses =
        [new GlassAsked(default, default, "emergency", null, default), new GlassJudged(default, default, default, null)];

    /// <summary>What must go: everything of their own streams and card, and of the house's what is sealed.</summary>
    private static string[] Gone(Filled of) => [.. of.Words.Select(word => word.Word)];

    /// <summary>Everything that can be stored of a person, once.</summary>
    private static async Task<Filled> Write(Store store, string mark, Guid patient, Guid visit)
    {
        var filled = new Filled(mark, patient, visit);
        var version = 0;
        foreach (var (name, type) in Kinds(typeof(PatientEvent))
            .Where(kind => kind.Type != typeof(PatientErased) && kind.Type != typeof(VisitGivenUp)))
            await Append(store, StreamKinds.Patient + patient.ToString("N"), ++version, filled.JsonOf(type, name), isList: true);
        version = 0;
        var row = filled.JsonOf(typeof(VisitRow)).ToJsonString();
        foreach (var (name, type) in Kinds(typeof(VisitEvent)).Where(kind => kind.Type != typeof(Erased)))
        {
            var card = new VisitCard(visit, version + 1, "ED", "present", true, mark + "number", mark + "search", Some.Noon, null, null,
                Encoding.UTF8.GetBytes(row),
                Beds: [new Stay(new Location("ED", "1", "A"), Some.Noon, null)],
                Alerts: [new("ed.triage", "ED", default, false, Some.Noon, null, null, null)]);
            await Append(store, StreamKinds.Visit + visit.ToString("N"), ++version, filled.JsonOf(type, name), isList: true, card,
                new MessageKey("ADT", $"{mark}.{version}"));
        }

        await Append(store, StreamKinds.Number + Guid.NewGuid().ToString("N"), 1,
            new JsonObject { ["event"] = "number.names.v1", ["visit"] = visit, ["patient"] = patient, ["saidAt"] = "2031-03-14T08:30:00+01:00" },
            isList: null);
        var shared = new Filled(mark + "s", patient, visit);
        foreach (var (stream, events) in ((string, object[])[])[(Line, Calls), (Glass, Glasses)])
        {
            version = await store.Journal.Read(stream, 0, Stop) is [.., var last] ? (int)last.Version : 0;
            foreach (var e in events)
                await Append(store, stream, ++version,
                    shared.JsonOf(e.GetType(), Kinds(e.GetType().BaseType!).Single(kind => kind.Type == e.GetType()).Name), isList: false);
        }

        var number = filled.Words.First(word => word.Of == "PatientFacts.Number").Word;
        await store.Messages
            .Append(new MessageRecord("adt", "SYS", mark, "ADT^A04", Some.Noon,
                Encoding.UTF8.GetBytes($"MSH|^~\\&|SYS|NORTH\rPID|1||{number}^^^NORTH^MR||{mark}message^X\r")),
                new IntakeOutcome(IntakeResult.Applied));
        // Of lines of the house what is not sealed stays.
        return filled.With(shared.Words.Where(word => word.IsSensitive));
    }

    private static (string Name, Type Type)[] Kinds(Type root) =>
        [.. root.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => ((string)a.TypeDiscriminator!, a.DerivedType))];

    private static async Task Append(Store store, string stream, long version, JsonNode e, bool? isList, VisitCard? card = null,
        MessageKey? message = null)
    {
        var by = new JsonObject { ["id"] = "staff/kim" };
        var payload = isList switch
        {
            true => new JsonObject { ["by"] = by, ["events"] = new JsonArray(e) },
            false => new JsonObject { ["by"] = by, ["event"] = e },
            null => e
        };
        Assert.Equal(AppendResult.Appended,
            await store.Journal.Append(Some.Commit(stream, version, payload: payload.ToJsonString(), card: card, message: message)));
    }

    private static async Task Patients(Store store, Guid patient, params PatientEvent[] events)
    {
        for (var i = 0; i < events.Length; i++)
            Assert.Equal(AppendResult.Appended,
                await store.Journal
                    .Append(Some.Commit(StreamKinds.Patient + patient.ToString("N"), i + 1,
                        payload: Encoding.UTF8.GetString(PatientJson.Write(Actor.System, [events[i]])))));
    }

    private static async Task Visits(Store store, Guid visit, params VisitEvent[][] commits)
    {
        for (var i = 0; i < commits.Length; i++)
            Assert.Equal(AppendResult.Appended,
                await store.Journal.Append(Some.Commit(StreamKinds.Visit + visit.ToString("N"), i + 1, payload: Payload(commits[i]))));
    }

    private static string Payload(VisitEvent[] events) => Encoding.UTF8.GetString(VisitJson.Write(Actor.System, [.. events]));

    private static async Task<ErasureResult> Erase(Store store, Guid patient)
    {
        var erasure = await store.Services.GetRequiredService<Eraser>()
            .Look([new(patient)], Guid.NewGuid(), Some.Noon.AddDays(1), "kim", "request", Stop);
        return await store.Services.GetRequiredService<ErasureDesk>().Erase(erasure!, patient, Stop);
    }

    private static Task Starts(Store store) =>
        ((IHostedLifecycleService)store.Services.GetServices<IHostedService>().Single(service => service is MigrateOnStart)).StartingAsync(Stop);

    private static async Task<string> Told(Store store, Guid patient, Guid visit)
    {
        var told = new StringBuilder();
        foreach (var stream in (string[])[StreamKinds.Patient + patient.ToString("N"), StreamKinds.Visit + visit.ToString("N")])
            foreach (var entry in await store.Journal.Read(stream, 0, Stop))
                told.Append(entry.Version).Append(entry.CommandId).AppendLine(Encoding.UTF8.GetString(entry.Payload.Span));
        foreach (var card in await store.Cards.OnUnit("ED", Some.Noon, Stop))
            if (card.Visit == visit) told.AppendLine(Encoding.UTF8.GetString(card.Row.Span)).AppendLine(card.SearchText);
        return told.ToString();
    }

    private static async Task Verify(Store store, int erasures)
    {
        var log = store.Services.GetRequiredService<IAuditLog>();
        Assert.Empty((await AuditVerifier.Run(log, store.Services.GetRequiredService<AuditKey>(), cancellation: Stop)).Faults);
        Assert.Equal(erasures, (await log.Find(new() { Action = Contracts.Audit.AuditAction.Erase }, Stop)).Count);
    }
}

public sealed class SqliteErasureTests : ErasureContract
{
    [Fact]
    public async Task A_folder_without_a_store_is_not_one_in_which_nobody_is_known()
    {
        await using var database = new SqliteDatabase();
        var store = await database.Open(o => o.DataDirectory += "-mistyped", migrate: false);
        Assert.StartsWith("There is no store",
            (await Assert.ThrowsAsync<StorageException>(() => store.Services.GetRequiredService<Eraser>()
                .RefuseWhileInUse(TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
    }

    protected override Task<Database> Create() => Task.FromResult<Database>(new SqliteDatabase());

    protected override async Task<string[]> Tables(Database database) =>
        (await ((SqliteDatabase)database)
            .Text("select group_concat(name) from (select lower(name) as name from sqlite_master where type = 'table' and name not like "
                + "'sqlite_%')")).Split(',').Order(StringComparer.Ordinal).ToArray();
}

public sealed class PostgresErasureTests(SharedPostgres postgres) : ErasureContract
{
    protected override async Task<Database> Create() => new PostgresDatabase(await (await postgres.Server).CreateDatabase());

    protected override async Task<string[]> Tables(Database database) =>
        (await ((PostgresDatabase)database)
            .Text("select string_agg(relname, ',') from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace")).Split(',')
            .Order(StringComparer.Ordinal).ToArray();
}

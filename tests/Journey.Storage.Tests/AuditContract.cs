using System.Security.Cryptography;
using CsCheck;
using Journey.Contracts.Audit;
using Journey.Domain.Audit;
using Journey.Grains.Audit;
using Journey.Grains.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Storage.Tests;

/// <summary>What the audit trail promises, whichever database is below.</summary>
public abstract class AuditContract
{
    private static readonly byte[] Key = SHA256.HashData("the tests' key"u8);
    private static readonly string[] Texts = ["who", "name", "roles", "authority", "address", "device", "action", "operation", "outcome", "unit", "found", "detail"];
    private static readonly string[] Ids = ["id", "visit", "patient", "command"];
    private readonly string keyFile = Path.Combine(Path.GetTempPath(), $"journey-{Guid.NewGuid():N}.key");

    protected abstract Task<Database> NewDatabase();

    /// <summary>The statements that take the append-only guard off, as who owns the database can.</summary>
    protected abstract string DropGuards { get; }

    protected abstract string Bytes(string column);

    [Fact]
    public async Task What_was_recorded_is_found_newest_first()
    {
        await using var database = await NewDatabase();
        var log = await Begin(database);
        await Fill(log, 0, 5);
        await Fill(log, 1, 5);

        var found = (await log.Find(new() { Count = 100 })).Select(AuditChain.Read).ToList();

        Assert.Equal(10, found.Count);
        Assert.Equal(found.OrderByDescending(e => (e.Entry.At, e.Chain, e.Sequence)).Select(e => e.Entry.Id), found.Select(e => e.Entry.Id));
        var entry = Entry(0, 3);
        var back = found.Single(e => e.Chain == 0 && e.Sequence == 3).Entry;
        Assert.Equal(entry with { Who = entry.Who with { Roles = [] }, Found = [] }, back with { Who = back.Who with { Roles = [] }, Found = [] });
        Assert.Equal(entry.Found, back.Found);
        Assert.Equal(entry.Who.Roles, back.Who.Roles);
    }

    [Fact]
    public async Task It_is_found_by_visit_by_what_a_search_showed_by_person_time_and_action_and_page_by_page()
    {
        await using var database = await NewDatabase();
        var log = await Begin(database);
        for (var chain = 0; chain < 4; chain++) await Fill(log, chain, 25);
        var all = (await log.Find(new() { Count = 1000 })).Select(AuditChain.Read).ToList();

        async Task Same(AuditQuery query, Func<AuditEntry, bool> so)
        {
            var expected = all.Where(e => so(e.Entry)).Select(e => e.Entry.Id).ToList();
            Assert.NotEmpty(expected);
            var paged = new List<Guid>();
            for (AuditPlace? before = null; ;)
            {
                var page = (await log.Find(query with { Count = 7, Before = before })).Select(AuditChain.Read).ToList();
                paged.AddRange(page.Select(e => e.Entry.Id));
                if (page.Count < 7) break;
                before = new(page[^1].Entry.At, page[^1].Chain, page[^1].Sequence);
            }

            Assert.Equal(expected, paged);
        }

        await Same(new(), _ => true);
        await Same(new() { Visits = [Some.Id(3)] }, e => e.Visit == Some.Id(3) || e.Found.Contains(Some.Id(3)));
        await Same(new() { Visits = [Some.Id(3), Some.Id(104)] }, e => e.Visit == Some.Id(3) || e.Found.Contains(Some.Id(3)) || e.Found.Contains(Some.Id(104)));
        await Same(new() { Person = "staff/2" }, e => e.Who.Id == "staff/2");
        await Same(new() { From = Some.Noon.AddSeconds(5), To = Some.Noon.AddSeconds(9) }, e => e.At >= Some.Noon.AddSeconds(5) && e.At < Some.Noon.AddSeconds(9));
        await Same(new() { Action = AuditAction.Search }, e => e.Action == AuditAction.Search);
        Assert.Empty(await log.Find(new() { Person = "staff/2' or true --" }));
    }

    [Fact]
    public async Task A_place_is_taken_once_and_the_loser_changes_nothing()
    {
        await using var database = await NewDatabase();
        var log = await Begin(database);
        var head = await Fill(log, 0, 3);
        var stale = AuditChain.Start(0, Key);
        var row = AuditChain.Link(stale, Entry(0, 9));

        await Assert.ThrowsAsync<StorageException>(() => log.Append([row], AuditChain.Sealed(AuditChain.After(stale, row), Key)));

        Assert.Equal(head.Hash, (await log.Heads()).Single(h => h.Chain == 0).Hash);
        Assert.Equal(3, await database.Scalar("select count(*) from audit"));
        await Intact(database, log);
    }

    [Fact]
    public async Task Nothing_can_be_changed_or_removed_through_the_database()
    {
        await using var database = await NewDatabase();
        await Fill(await Begin(database), 0, 3);

        await Assert.ThrowsAnyAsync<Exception>(() => database.Execute("update audit set who = 'x' where sequence = 2"));
        await Assert.ThrowsAnyAsync<Exception>(() => database.Execute("delete from audit where sequence = 3"));
        Assert.Equal(3, await database.Scalar("select count(*) from audit where who <> 'x'"));
    }

    [Fact]
    public async Task A_trail_that_has_begun_is_not_begun_again()
    {
        await using var database = await NewDatabase();
        var log = await Begin(database);
        await Fill(log, 2, 3);
        await database.Execute("delete from audit_head where chain = 2");

        await log.Begin([.. Enumerable.Range(0, 4).Select(n => AuditChain.Start(n, Key))]);

        Assert.DoesNotContain(await log.Heads(), h => h.Chain == 2);
        Assert.NotEmpty(await Faults(log));
    }

    [Fact]
    public async Task Any_tampering_is_detected_and_no_trail_that_was_left_alone_is_accused()
    {
        await using var database = await NewDatabase();
        var log = await Begin(database);
        for (var chain = 0; chain < 4; chain++) await Fill(log, chain, 6);
        await Intact(database, log);
        await database.Execute(DropGuards);
        await database.Execute("create table kept as select * from audit");
        await database.Execute("create table kept_head as select * from audit_head");

        var places = Gen.Select(Gen.Int[0, 3], Gen.Int[1, 6], (chain, sequence) => $"chain = {chain} and sequence = {sequence}");
        var tamperings = Gen.OneOf(
            // One byte of a text, also of one that was empty or none.
            Gen.Select(places, AnyOf(Texts), (place, column) => $"update audit set {column} = coalesce({column}, '') || 'x' where {place}"),
            Gen.Select(places, AnyOf(Texts), (place, column) => $"update audit set {column} = 'x' || substr({column}, 2) where {place} and {column} is not null and substr({column}, 1, 1) <> 'x' and {column} <> ''"),
            Gen.Select(places, AnyOf(Ids), (place, column) => $"update audit set {column} = '{Guid.NewGuid():N}' where {place}"),
            Gen.Select(places, AnyOf("at", "form"), (place, column) => $"update audit set {column} = {column} + 1 where {place}"),
            Gen.Select(places, AnyOf("hash", "previous_hash"), (place, column) => $"update audit set {column} = {Bytes(column)} where {place}"),
            Gen.Select(places, AnyOf("visit", "name", "found", "detail"), (place, column) => $"update audit set {column} = null where {place} and {column} is not null"),
            // Rows and heads taken away, at the end and anywhere.
            places.Select(place => $"delete from audit where {place}"),
            Gen.Int[0, 3].Select(chain => $"delete from audit where chain = {chain} and sequence > 4"),
            Gen.Int[0, 3].Select(chain => $"delete from audit where chain = {chain}; delete from audit_head where chain = {chain}"),
            Gen.Int[0, 3].Select(chain => $"delete from audit_head where chain = {chain}"),
            // Cut off, with the head made to fit, but without the key.
            Gen.Int[0, 3].Select(chain => $"delete from audit where chain = {chain} and sequence > 4; "
                + $"update audit_head set sequence = 4, hash = (select hash from audit where chain = {chain} and sequence = 4) where chain = {chain}"),
            // Removed as if by retention.
            Gen.Int[0, 3].Select(chain => $"update audit_head set base = 3, base_hash = (select hash from audit where chain = {chain} and sequence = 3) where chain = {chain}; "
                + $"delete from audit where chain = {chain} and sequence <= 3"),
            // Swapped, doubled, moved to another chain, put in front.
            Gen.Select(Gen.Int[0, 3], Gen.Int[1, 5], (chain, n) => $"update audit set sequence = 99 where chain = {chain} and sequence = {n}; "
                + $"update audit set sequence = {n} where chain = {chain} and sequence = {n + 1}; update audit set sequence = {n + 1} where chain = {chain} and sequence = 99"),
            places.Select(place => $"insert into audit ({Columns("sequence + 6")}) select {Columns("sequence + 6", values: true)} from audit where {place}"),
            places.Select(place => $"update audit set chain = 7 where {place}"),
            places.Select(place => $"insert into audit ({Columns("0")}) select {Columns("0", values: true)} from audit where {place}"));

        foreach (var tampering in tamperings.Array[120].Single())
        {
            await database.Execute(tampering);
            var changed = await database.Scalar(Difference("audit", "kept")) + await database.Scalar(Difference("kept", "audit"))
                + await database.Scalar(Difference("audit_head", "kept_head")) + await database.Scalar(Difference("kept_head", "audit_head"));
            Assert.True(changed == 0 == ((await Faults(log)).Count == 0), $"{(changed == 0 ? "accused" : "not detected")}: {tampering}");
            await database.Execute("delete from audit; delete from audit_head; insert into audit select * from kept; insert into audit_head select * from kept_head");
        }
    }

    [Fact]
    public async Task A_chain_made_anew_without_the_key_is_detected()
    {
        await using var database = await NewDatabase();
        var log = await Begin(database);
        for (var chain = 0; chain < 4; chain++) await Fill(log, chain, 3);
        await database.Execute(DropGuards);
        await database.Execute("delete from audit; delete from audit_head");

        foreach (var forged in new[] { null, SHA256.HashData("a guess"u8) })
        {
            await log.Begin([.. Enumerable.Range(0, 4).Select(n => AuditChain.Start(n, forged))]);
            for (var chain = 0; chain < 4; chain++) await Fill(log, chain, 3, forged);
            Assert.Equal(4, (await Faults(log)).Count);
            await database.Execute("delete from audit; delete from audit_head");
        }
    }

    private static Gen<string> AnyOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static string Difference(string left, string right) => $"select count(*) from (select * from {left} except select * from {right}) d";

    private static string Columns(string sequence, bool values = false) => "chain, " + (values ? sequence : "sequence")
        + ", form, id, at, who, name, roles, authority, address, device, action, operation, outcome, visit, patient, unit, command, found, detail, previous_hash, hash";

    private async Task<IAuditLog> Begin(Database database)
    {
        await File.WriteAllBytesAsync(keyFile, Key);
        var store = await database.Open(o => o.AuditKeyFile = keyFile);
        Assert.Equal(Key, store.Services.GetRequiredService<AuditKey>().Bytes ?? []);
        File.Delete(keyFile);
        var log = store.Services.GetRequiredService<IAuditLog>();
        await log.Begin([.. Enumerable.Range(0, 4).Select(n => AuditChain.Start(n, Key))]);
        return log;
    }

    private static Task<AuditHead> Fill(IAuditLog log, int chain, int count) => Fill(log, chain, count, Key);

    private static async Task<AuditHead> Fill(IAuditLog log, int chain, int count, byte[]? key)
    {
        var (head, rows) = ((await log.Heads()).Single(h => h.Chain == chain), new List<AuditRow>());
        for (var n = 1; n <= count; n++)
        {
            rows.Add(AuditChain.Link(head, Entry(chain, n)));
            head = AuditChain.After(head, rows[^1]);
        }

        head = AuditChain.Sealed(head, key);
        await log.Append(rows, head);
        return head;
    }

    private static AuditEntry Entry(int chain, int n) => new()
    {
        Id = Some.Id(chain * 1000 + n),
        At = Some.Noon.AddSeconds(n),
        Who = new AuditParty($"staff/{n % 3}", n % 2 == 0 ? "Zoë Nurse" : null, n % 3 == 0 ? [] : ["nurse", "charge-nurse"], "nurse@ED", "10.0.0.7", null),
        Action = n % 4 == 0 ? AuditAction.Search : AuditAction.ReadVisit,
        Operation = "GET /api/v1/visits/{id}",
        Outcome = AuditOutcome.Done,
        Visit = n % 4 == 0 ? null : Some.Id(n % 5),
        Unit = n % 2 == 0 ? "ED" : null,
        Found = n % 4 == 0 ? [Some.Id(n % 5), Some.Id(100 + n)] : [],
        Detail = n % 5 == 0 ? "two shown" : null,
    };

    private static async Task<IReadOnlyList<AuditFault>> Faults(IAuditLog log) => (await AuditVerifier.Run(log, new AuditKey(Key))).Faults;

    private static async Task Intact(Database database, IAuditLog log)
    {
        var report = await AuditVerifier.Run(log, new AuditKey(Key));
        Assert.Empty(report.Faults);
        Assert.Equal(await database.Scalar("select count(*) from audit"), report.Entries);
    }
}

public sealed class SqliteAuditTests : AuditContract
{
    protected override Task<Database> NewDatabase() => Task.FromResult<Database>(new SqliteDatabase());

    protected override string DropGuards => "drop trigger audit_no_update; drop trigger audit_no_delete";

    protected override string Bytes(string column) => $"cast(substr({column}, 1, 31) || x'00' as blob)";
}

public sealed class PostgresAuditTests(SharedPostgres postgres) : AuditContract
{
    protected override async Task<Database> NewDatabase() => new PostgresDatabase(await (await postgres.Server).CreateDatabase());

    protected override string DropGuards => "drop trigger audit_append_only on audit; drop trigger audit_no_truncate on audit";

    protected override string Bytes(string column) => $"set_byte({column}, 31, (get_byte({column}, 31) + 1) % 256)";
}

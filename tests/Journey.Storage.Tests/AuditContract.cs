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
    protected static readonly byte[] Key = SHA256.HashData("the tests' key"u8);
    private static readonly string[] Texts =
        ["who", "name", "roles", "authority", "address", "device", "action", "operation", "outcome", "unit", "found", "detail"];
    private static readonly string[] Ids = ["id", "visit", "patient", "command"];
    private readonly string _keyFile = Path.Combine(Path.GetTempPath(), $"journey-{Guid.NewGuid():N}.key");

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
        await Same(new() { Visits = [Some.Id(3), Some.Id(104)] }, e => e.Visit == Some.Id(3) || e.Found.Contains(Some.Id(3))
            || e.Found.Contains(Some.Id(104)));
        await Same(new() { Person = "staff/2" }, e => e.Who.Id == "staff/2");
        await Same(new() { From = Some.Noon.AddSeconds(5), To = Some.Noon.AddSeconds(9) }, e => e.At >= Some.Noon.AddSeconds(5)
            && e.At < Some.Noon.AddSeconds(9));
        await Same(new() { Action = AuditAction.Search }, e => e.Action == AuditAction.Search);
        Assert.Empty(await log.Find(new() { Person = "staff/2' or true --" }));
    }

    [Fact]
    public async Task A_place_is_taken_once_and_the_loser_changes_nothing()
    {
        await using var database = await NewDatabase();
        var log = await Begin(database);
        for (var chain = 1; chain < 4; chain++) await Fill(log, chain, 1);
        var head = await Fill(log, 0, 3);
        var stale = AuditChain.Start(0, Key);
        var row = AuditChain.Link(stale, Entry(0, 9));

        await Assert.ThrowsAsync<StorageException>(() => log.Append([row], AuditChain.Sealed(AuditChain.After(stale, row), Key)));

        Assert.Equal(head.Hash, (await log.Heads()).Single(h => h.Chain == 0).Hash);
        Assert.Equal(6, await database.Scalar("select count(*) from audit"));
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

    [Theory]
    [InlineData("delete from audit_head where chain = 1")]
    [InlineData("update audit_head set sequence = sequence - 1 where chain = 1")]
    [InlineData("update audit_head set chain = 9 where chain = 1")]
    [InlineData("update audit_head set base = 3 where chain = 1")]
    [InlineData("update audit_head set base = 9 where chain = 1")]
    [InlineData("update audit_head set base_hash = hash where chain = 1")]
    public async Task Heads_only_move_forward(string sql)
    {
        await using var database = await NewDatabase();
        var log = await Begin(database);
        for (var chain = 0; chain < 4; chain++) await Fill(log, chain, 3);

        await Assert.ThrowsAnyAsync<Exception>(() => database.Execute(sql));

        await Intact(database, log);
    }

    [Fact]
    public async Task An_empty_trail_is_a_fault()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        var log = store.Services.GetRequiredService<IAuditLog>();
        Assert.Equal(4, (await Faults(log)).Count);

        log = await Begin(database);
        Assert.Equal(4, (await Faults(log)).Count);

        for (var chain = 0; chain < 4; chain++) await Fill(log, chain, 1);
        await Intact(database, log);
        await database.Execute(DropGuards);
        await database.Execute("delete from audit; delete from audit_head");
        Assert.Equal(4, (await Faults(log)).Count);
    }

    [Fact]
    public async Task Two_that_begin_a_trail_at_once_begin_one()
    {
        await using var database = await NewDatabase();
        await File.WriteAllBytesAsync(_keyFile, Key);
        var stores = new List<Store>();
        for (var n = 0; n < 4; n++) stores.Add(await database.Open(o => o.AuditKeyFile = _keyFile));
        await Task.WhenAll(stores.Select((store, n) => Task.Run(() =>
        {
            var starts = Enumerable.Range(0, 4).Select(chain => AuditChain.Start(chain, Key)).ToArray();
            var rows = Array.ConvertAll(starts, start => AuditChain.Link(start, AuditChain.Beginning(start.Chain, Some.Noon.AddSeconds(n))));
            return store.Services.GetRequiredService<IAuditLog>()
                .Begin(rows, [.. starts.Zip(rows, (start, row) => AuditChain.Sealed(AuditChain.After(start, row), Key))]);
        })));
        File.Delete(_keyFile);
        Assert.Equal(4, await database.Scalar("select count(*) from audit where operation = 'beginning'"));
        await Intact(database, stores[0].Services.GetRequiredService<IAuditLog>());
    }

    [Fact]
    public async Task A_head_that_was_kept_tells_of_an_older_trail_put_back_and_of_one_made_anew_with_the_key()
    {
        await using var database = await NewDatabase();
        var log = await Begin(database);
        for (var chain = 0; chain < 4; chain++) await Fill(log, chain, 3);
        await database.Execute("create table kept as select * from audit");
        await database.Execute("create table kept_head as select * from audit_head");
        await Fill(log, 2, 3);
        var kept = KeptHead.Read(KeptHead.Write(await log.Heads()))!;
        Assert.Equal(4, kept.Count);
        Assert.Empty((await AuditVerifier.Run(log, new AuditKey(Key), kept)).Faults);
        await Fill(log, 2, 1);
        Assert.Empty((await AuditVerifier.Run(log, new AuditKey(Key), kept)).Faults);

        await database.Execute(DropGuards);
        await database
            .Execute("delete from audit; delete from audit_head; insert into audit select * from kept; insert into audit_head select * from "
                + "kept_head");
        Assert.Empty(await Faults(log));
        Assert.Equal((2, 6L), Assert.Single((await AuditVerifier.Run(log, new AuditKey(Key), kept)).Faults) is { } fault
            ? (fault.Chain, fault.Sequence!.Value)
            : default);

        await database.Execute("delete from audit; delete from audit_head");
        await Begin(log, Key);
        for (var chain = 0; chain < 4; chain++) await Fill(log, chain, chain == 2 ? 6 : 4, Key, shift: 100);
        Assert.Empty(await Faults(log));
        Assert.Equal(4, (await AuditVerifier.Run(log, new AuditKey(Key), kept)).Faults.Count);
    }

    [Fact]
    public async Task A_trail_that_has_begun_is_not_begun_again()
    {
        await using var database = await NewDatabase();
        var log = await Begin(database);
        await Fill(log, 2, 3);
        await database.Execute(DropGuards);
        await database.Execute("delete from audit_head where chain = 2");

        await Begin(log, Key);

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
            Gen.Select(places, AnyOf(Texts),
                (place, column) =>
                    $"update audit set {column} = 'x' || substr({column}, 2) where {place} and {column} is not null and substr({column}, 1, 1) <> 'x' and {column} <> ''"),
            Gen.Select(places, AnyOf(Ids), (place, column) => $"update audit set {column} = '{Guid.NewGuid():N}' where {place}"),
            Gen.Select(places, AnyOf("at", "form"), (place, column) => $"update audit set {column} = {column} + 1 where {place}"),
            Gen.Select(places, AnyOf("hash", "previous_hash"), (place, column) => $"update audit set {column} = {Bytes(column)} where {place}"),
            Gen.Select(places, AnyOf("visit", "name", "found", "detail"),
                (place, column) => $"update audit set {column} = null where {place} and {column} is not null"),
            // Rows and heads taken away, at the end and anywhere.
            places.Select(place => $"delete from audit where {place}"),
            Gen.Int[0, 3].Select(chain => $"delete from audit where chain = {chain} and sequence > 4"),
            Gen.Int[0, 3].Select(chain => $"delete from audit where chain = {chain}; delete from audit_head where chain = {chain}"),
            Gen.Int[0, 3].Select(chain => $"delete from audit_head where chain = {chain}"),
            // Cut off, with the head made to fit, but without the key.
            Gen.Int[0, 3].Select(chain => $"delete from audit where chain = {chain} and sequence > 4; "
                + $"update audit_head set sequence = 4, hash = (select hash from audit where "
                + $"chain = {chain} and sequence = 4) where chain = {chain}"),
            // Removed as if by retention.
            Gen.Int[0, 3]
                .Select(chain =>
                    $"update audit_head set base = 3, base_hash = (select hash from audit where "
                    + $"chain = {chain} and sequence = 3) where chain = {chain}; "
                + $"delete from audit where chain = {chain} and sequence <= 3"),
            // Swapped, doubled, moved to another chain, put in front.
            Gen.Select(Gen.Int[0, 3], Gen.Int[1, 5], (chain, n) => $"update audit set sequence = 99 where chain = {chain} and sequence = {n}; "
                + $"update audit set sequence = {n} where chain = {chain} and sequence = {n + 1}; update audit set "
                + $"sequence = {n + 1} where chain = {chain} and sequence = 99"),
            places.Select(place =>
                $"insert into audit ({Columns("sequence + 6")}) select {Columns("sequence + 6", values: true)} from audit where {place}"),
            places.Select(place => $"update audit set chain = 7 where {place}"),
            places.Select(place => $"insert into audit ({Columns("0")}) select {Columns("0", values: true)} from audit where {place}"));

        foreach (var tampering in tamperings.Array[120].Single())
        {
            await database.Execute(tampering);
            var changed = await database.Scalar(Difference("audit", "kept")) + await database.Scalar(Difference("kept", "audit"))
                + await database.Scalar(Difference("audit_head", "kept_head")) + await database.Scalar(Difference("kept_head", "audit_head"));
            Assert.True(changed == 0 == ((await Faults(log)).Count == 0), $"{(changed == 0 ? "accused" : "not detected")}: {tampering}");
            await database
                .Execute("delete from audit; delete from audit_head; insert into audit select * from kept; insert into audit_head select * from "
                    + "kept_head");
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
            await Begin(log, forged);
            for (var chain = 0; chain < 4; chain++) await Fill(log, chain, 3, forged);
            Assert.Equal(4, (await Faults(log)).Count);
            await database.Execute("delete from audit; delete from audit_head");
        }
    }

    private static Gen<string> AnyOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static string Difference(string left, string right) => $"select count(*) from (select * from {left} except select * from {right}) d";

    private static string Columns(string sequence, bool values = false) => "chain, " + (values ? sequence : "sequence")
        + ", form, id, at, who, name, roles, authority, address, device, action, operation, outcome, visit, patient, unit, command, found, detail, "
        + "previous_hash, hash";

    protected async Task<IAuditLog> Begin(Database database, bool migrate = true)
    {
        await File.WriteAllBytesAsync(_keyFile, Key);
        var store = await database.Open(o => o.AuditKeyFile = _keyFile, migrate);
        Assert.Equal(Key, store.Services.GetRequiredService<AuditKey>().Bytes ?? []);
        File.Delete(_keyFile);
        var log = store.Services.GetRequiredService<IAuditLog>();
        await Begin(log, Key);
        return log;
    }

    /// <summary>As versions before 2026-12 began a trail: heads without an entry.</summary>
    private static Task Begin(IAuditLog log, byte[]? key) => log.Begin([], [.. Enumerable.Range(0, 4).Select(n => AuditChain.Start(n, key))]);

    protected static Task<AuditHead> Fill(IAuditLog log, int chain, int count) => Fill(log, chain, count, Key);

    private static async Task<AuditHead> Fill(IAuditLog log, int chain, int count, byte[]? key, int shift = 0)
    {
        var (head, rows) = ((await log.Heads()).Single(h => h.Chain == chain), new List<AuditRow>());
        for (var n = 1; n <= count; n++)
        {
            rows.Add(AuditChain.Link(head, Entry(chain, n + shift)));
            head = AuditChain.After(head, rows[^1]);
        }

        head = AuditChain.Sealed(head, key);
        await log.Append(rows, head);
        return head;
    }

    protected static AuditEntry Entry(int chain, int n) => new()
    {
        Id = Some.Id(chain * 1000 + n),
        At = Some.Noon.AddSeconds(n),
        Who = new AuditParty($"staff/{n % 3}", n % 2 == 0 ? "Zoë Nurse" : null, n % 3 == 0
            ? []
            : ["nurse", "charge-nurse"], "nurse@ED", "10.0.0.7", null),
        Action = n % 4 == 0 ? AuditAction.Search : AuditAction.ReadVisit,
        Operation = "GET /api/v1/visits/{id}",
        Outcome = AuditOutcome.Done,
        Visit = n % 4 == 0 ? null : Some.Id(n % 5),
        Unit = n % 2 == 0 ? "ED" : null,
        Found = n % 4 == 0 ? [Some.Id(n % 5), Some.Id(100 + n)] : [],
        Detail = n % 5 == 0 ? "two shown" : null,
    };

    protected static async Task<IReadOnlyList<AuditFault>> Faults(IAuditLog log) => (await AuditVerifier.Run(log, new AuditKey(Key))).Faults;

    protected static async Task Intact(Database database, IAuditLog log)
    {
        var report = await AuditVerifier.Run(log, new AuditKey(Key));
        Assert.Empty(report.Faults);
        Assert.Equal(await database.Scalar("select count(*) from audit"), report.Entries);
    }
}

public sealed class SqliteAuditTests : AuditContract
{
    protected override Task<Database> NewDatabase() => Task.FromResult<Database>(new SqliteDatabase());

    protected override string DropGuards =>
        "drop trigger audit_no_update; drop trigger audit_no_delete; drop trigger audit_head_no_delete; drop trigger audit_head_forward";

    protected override string Bytes(string column) => $"cast(substr({column}, 1, 31) || x'00' as blob)";
}

public sealed class PostgresAuditTests(SharedPostgres postgres) : AuditContract
{
    protected override async Task<Database> NewDatabase() => new PostgresDatabase(await (await postgres.Server).CreateDatabase());

    protected override string DropGuards =>
        "drop trigger audit_append_only on audit; drop trigger audit_no_truncate on audit; drop trigger audit_head_forward on audit_head; drop "
            + "trigger audit_head_no_truncate on audit_head";

    [Theory]
    [InlineData("update audit_head set base = sequence, base_hash = hash", "23J02")]
    [InlineData("update audit_head set base = sequence, base_hash = hash; delete from audit; delete from audit_head", "23J02")]
    [InlineData("delete from audit", "42501")]
    [InlineData("delete from audit_head", "42501")]
    [InlineData("update audit set who = 'x'", "42501")]
    [InlineData("truncate audit, audit_head", "42501")]
    [InlineData("update audit_retention set days = 1", "42501")]
    [InlineData("create or replace function audit_is_past(at bigint) returns boolean language sql as 'select true'", "42501")]
    // Whoever may make temporary tables could have the guards ask one of those.
    [InlineData("create temp table audit_head as select chain, sequence as base, hash as base_hash, sequence, hash, seal from audit_head; select "
        + "audit_expire(array[0, 1, 2, 3])", "")]
    [InlineData("create temp table audit_retention as select true as one, -1 as days; update audit_head set base = sequence, base_hash = hash",
        "23J02")]
    [InlineData("create temp table audit as select * from audit where false; update audit_head set base = sequence, base_hash = hash", "23J02")]
    public async Task The_silos_role_erases_nothing(string sql, string expected)
    {
        var house = await Roles.CreateOn(await postgres.Server);
        await using var database = new PostgresDatabase(house.Silo);
        var log = await Begin(database, migrate: false);
        for (var chain = 0; chain < 4; chain++) await Fill(log, chain, 3);

        Assert.Equal(expected, await Roles.State(house.Silo, sql));

        Assert.Equal(12, (await AuditVerifier.Run(log, new AuditKey(Key))).Entries);
        Assert.Empty(await Faults(log));
    }

    [Fact]
    public async Task What_is_past_the_owners_retention_the_silos_role_has_removed_and_nothing_younger()
    {
        var house = await Roles.CreateOn(await postgres.Server, retentionDays: 30);
        await using var database = new PostgresDatabase(house.Silo);
        var log = await Begin(database, migrate: false);
        var now = DateTimeOffset.UtcNow;
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        for (var chain = 0; chain < 4; chain++)
            foreach (var days in (int[])[40, 31, 29, 0]) await Add(log, chain, Entry(chain, days + 1) with { At = now.AddDays(-days) });

        await Expire(log, 1, 2);
        Assert.Equal(15, (await AuditVerifier.Run(log, new AuditKey(Key))).Entries);
        Assert.Empty(await Faults(log));
        await Assert.ThrowsAsync<StorageException>(() => Expire(log, 1, 3));
        await Assert.ThrowsAsync<StorageException>(() => Expire(log, 2, 3));
        Assert.Empty(await Faults(log));
        Assert.Equal(15, await database.Scalar("select count(*) from audit"));
    }

    [Fact]
    public async Task A_database_of_an_earlier_version_is_upgraded_with_its_trail()
    {
        var house = await Roles.CreateOn(await postgres.Server);
        await using var database = new PostgresDatabase(house.Silo);
        var log = await Begin(database, migrate: false);
        for (var chain = 0; chain < 4; chain++) await Fill(log, chain, 3);
        await using var owner = new PostgresDatabase(house.Owner);
        // As step 7 left it.
        await owner.Execute(VisitWordsTests.AsStepNineLeftIt);
        await owner.Execute("""
            drop trigger audit_head_forward on audit_head; drop trigger audit_head_no_truncate on audit_head; drop function audit_head_refuse(); drop function audit_expire(integer[]);
            create or replace function audit_refuse() returns trigger language plpgsql as $$
            begin
                if tg_op = 'DELETE' then
                    if old.sequence <= (select h.base from audit_head h where h.chain = old.chain) then return old; end if;
                end if;
                raise exception 'the audit trail is append-only' using errcode = '23J01';
            end $$;
            drop function audit_is_past(bigint); drop table audit_retention, erasure; delete from schema_version where number >= 8; grant update, delete on audit, audit_head to current_role
            """);
        await owner.Execute($"grant update, delete on audit, audit_head to {house.SiloRole}");

        await using (var upgraded = new PostgresDatabase(house.Owner))
            Assert.Equal(3, await (await upgraded.Open(o => o.SiloRole = house.SiloRole, migrate: false)).Migrator.Migrate());

        Assert.Empty(await Faults(log));
        Assert.Equal("23J02", await Roles.State(house.Silo, "update audit_head set base = sequence, base_hash = hash"));
        Assert.Equal("42501", await Roles.State(house.Silo, "delete from audit"));
        await Fill(log, 0, 3);
        Assert.Empty(await Faults(log));
    }

    private static async Task Add(IAuditLog log, int chain, AuditEntry entry)
    {
        var head = (await log.Heads()).Single(h => h.Chain == chain);
        var row = AuditChain.Link(head, entry);
        await log.Append([row], AuditChain.Sealed(AuditChain.After(head, row), Key));
    }

    /// <summary>As retention does it.</summary>
    private static async Task Expire(IAuditLog log, int chain, long through)
    {
        var (head, last) = ((await log.Heads()).Single(h => h.Chain == chain), (await log.After(chain, through - 1, 1)).Single());
        var shortened = head with { Base = last.Sequence, BaseHash = last.Hash };
        var checkpoint =
            AuditChain.Link(shortened, Entry(chain, 1) with
            {
                Action = AuditAction.Expire,
                At = DateTimeOffset.UnixEpoch.AddTicks(last.At * 10),
                Detail = AuditCheck.Checkpoint(last.Sequence, last.Hash)
            });
        await log.Append([checkpoint], AuditChain.Sealed(AuditChain.After(shortened, checkpoint), Key));
    }

    protected override string Bytes(string column) => $"set_byte({column}, 31, (get_byte({column}, 31) + 1) % 256)";
}

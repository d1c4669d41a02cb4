using System.Text.Json;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Alerts;
using Journey.Contracts.Audit;
using Journey.Contracts.Boards;
using Journey.Contracts.Families;
using Journey.Contracts.Hotline;
using Journey.Contracts.Patients;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Grains.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace Journey.Grains.Tests;

[Collection(nameof(ClusterTests))]
public sealed class SqliteStreamFaultTests(Cluster cluster) : StreamFaultTests(cluster);

[Collection(nameof(PostgresClusterTests))]
public sealed class PostgresStreamFaultTests(PostgresCluster cluster) : StreamFaultTests(cluster);

/// <summary>
/// Whatever stream is written and however the store fails, nothing is believed that is not durable, and what is sent again is done once. What no
/// store can bring about: <see cref="EventStreamTests"/>.
/// </summary>
public abstract class StreamFaultTests(Cluster cluster)
{
    /// <summary>A grain that writes, by the kind of stream, and each step of one that writes in several.</summary>
    private static readonly Dictionary<string, Func<Cluster, Task<Writer>>> Writers = new()
    {
        [StreamKinds.Visit] = Visit,
        [StreamKinds.Visit + ", a code word"] = CodeWord,
        [StreamKinds.Patient] = Patient,
        [StreamKinds.Number] = Number,
        [StreamKinds.Unit] = Bed,
        [StreamKinds.Sessions] = Sessions,
        [HotlineKeys.All] = Hotline,
        [GlassKeys.All] = cluster => Glass(cluster, 0),
        [GlassKeys.All + ", the answer"] = cluster => Glass(cluster, 1),
        [LookKeys.Prefix] = Looks,
        [FindingKeys.All] = Findings,
        [StaffKeys.All] = Staff,
        [RuleKeys.House] = Rules,
        [ViewKeys.Prefix] = Views,
        [AuditChains.Prefix] = Audit,
    };

    public static TheoryData<string, Fault> Cases()
    {
        var cases = new TheoryData<string, Fault>();
        foreach (var name in Writers.Keys)
            foreach (var fault in (Fault[])[Fault.BeforeWriting, Fault.AfterWriting, Fault.Overtaken, Fault.DoneElsewhere]) cases.Add(name, fault);
        return cases;
    }

    public static TheoryData<string> Names() => [.. Writers.Keys];

    [Theory, MemberData(nameof(Cases))]
    public async Task Nothing_is_believed_that_is_not_durable_and_what_is_sent_again_is_done_once(string name, Fault fault)
    {
        var writer = await Writers[name](cluster);
        var before = await writer.Read();
        cluster.Faults.Next(writer.Stream, fault, writer.After);
        var failure = await Record.ExceptionAsync(writer.Send);
        // A visit that was overtaken sees what the other did and decides again; everybody else asks to be sent the same again.
        if (failure is not null || fault is Fault.BeforeWriting or Fault.AfterWriting) Assert.IsType<OutcomeUnknownException>(failure);
        if (fault == Fault.BeforeWriting && writer.After == 0) Assert.Equal(before, await writer.Read());

        await writer.Send();
        var after = await writer.Read();
        Assert.NotEqual(before, after);
        var rows = await Rows(writer);
        if (fault == Fault.Overtaken) Assert.InRange(rows, 0, 1);
        else Assert.Equal(1, rows);

        var answer = await writer.Send();
        Assert.Equal((after, rows), (await writer.Read(), await Rows(writer)));
        await Sleep(writer);
        Assert.Equal(answer, await writer.Send());
        Assert.Equal((after, rows), (await writer.Read(), await Rows(writer)));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_grain_whose_stream_cannot_be_read_says_that_nobody_knows_and_comes_up_once_it_can(string name)
    {
        var writer = await Writers[name](cluster);
        await Sleep(writer);
        cluster.Faults.Next("read " + writer.Stream, Fault.BeforeWriting);
        // A board that is told of something may wake it first, and meet the fault.
        if (await Record.ExceptionAsync(() => writer.Send()) is { } failure) Assert.IsType<OutcomeUnknownException>(failure);
        Assert.False(cluster.Faults.IsAhead("read " + writer.Stream));
        await writer.Send();
        Assert.Equal(1, await Rows(writer));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_bug_on_the_way_to_the_store_is_told_as_one_and_what_is_sent_again_is_done(string name)
    {
        var writer = await Writers[name](cluster);
        var before = await writer.Read();
        cluster.Faults.Next(writer.Stream, Fault.Bug, writer.After);
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.Send());
        if (writer.After == 0) Assert.Equal(before, await writer.Read());
        await writer.Send();
        Assert.Equal(1, await Rows(writer));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Of_a_store_that_failed_the_caller_learns_the_cause(string name)
    {
        var writer = await Writers[name](cluster);
        cluster.Faults.Next(writer.Stream, Fault.BeforeWriting, writer.After);
        var failure = await Assert.ThrowsAsync<OutcomeUnknownException>(() => writer.Send());
        Assert.Equal("StorageException", failure.Cause);
    }

    /// <summary>A new kind fails here until it has its writer above.</summary>
    [Fact]
    public void Every_kind_of_stream_is_tried() =>
        Assert.Equal(StreamKinds.Kinds.Select(kind => kind.Name).Append(AuditChains.Prefix).Order(),
            Writers.Keys.Select(name => name.Split(',')[0]).Distinct().Order());

    /// <param name="Stream">How the stream begins that it writes.</param>
    /// <param name="Send">Sends always the same command, and answers with what the grain does.</param>
    /// <param name="Read">What the grain believes.</param>
    /// <param name="Id">The command under which the journal has it; null for the audit trail, which knows no commands and is written at least
    /// once.</param>
    /// <param name="After">How many commits of it go well first.</param>
    private sealed record Writer(IAddressable Grain, string Stream, CommandId? Id, Func<Task<string>> Send, Func<Task<string>> Read, int After = 0);

    private async Task<int> Rows(Writer writer) => writer.Id is { } id
        ? (await cluster.Silos[0].ServiceProvider.GetRequiredService<IJournal>().Read(writer.Stream, 0, TestContext.Current.CancellationToken))
        .Count(entry => entry.CommandId == id.Value)
        : 1;

    private static Task<Writer> Patient(Cluster cluster)
    {
        var feed = new Feed(cluster);
        var (patient, id) = (cluster.Patient(feed.Patient), Feed.NewId());
        var command = new ReceivePatient(id, Feed.Actor, feed.Now, new PatientFacts { Id = feed.Patient, FamilyName = "Invented" }, VisitIntent.Opens,
            feed.Number)
        {
            Details = feed.Details("1"), NamedAs = feed.Patient, IsNumberAsked = true, AreAliasesAsked = true,
        };
        return Task.FromResult(new Writer(patient, "patient/" + feed.Patient.Value.ToString("N"), id,
            async () => Text(await patient.Receive(command)), async () => Text(await patient.Read())));
    }

    private static async Task<Writer> Visit(Cluster cluster)
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive(bed: "1"));
        var id = await feed.Visit();
        var (visit, command) = (cluster.Visit(id), new SetAcuity(Feed.NewId(), Feed.Nurse, feed.Now, 2));
        return new Writer(visit, "visit/" + id, command.Id, async () => Text(await visit.SetAcuity(command)),
            async () => Text((await visit.Read())!.Row.Acuity));
    }

    private static async Task<Writer> CodeWord(Cluster cluster)
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive(bed: "1"));
        var (id, command) = (await feed.Visit(), Feed.NewId());
        var visit = cluster.Visit(id);
        await visit.SetCodeWord(new SetCodeWord(Feed.NewId(), Feed.Nurse, feed.Now, "Bluebird"));
        return new Writer(visit, "visit/" + id, command, async () => Text(await visit.CheckCodeWord(command, Feed.Nurse, null, "Magpie")),
            async () => Text((await visit.Timeline()).Select(e => e.Kind)));
    }

    private static Task<Writer> Number(Cluster cluster)
    {
        var (key, id) = (Guid.NewGuid(), Feed.NewId());
        var (number, named) =
            (cluster.Grains.GetGrain<IVisitNumberGrain>(key), new NumberedVisit(new(Guid.NewGuid()), new(Guid.NewGuid()), cluster.Clock.GetUtcNow()));
        return Task.FromResult(new Writer(number, "number/" + key.ToString("N"), id, async () => Text(await number.Name(id, Feed.Actor, named)),
            async () => Text(await number.Read())));
    }

    private static Task<Writer> Staff(Cluster cluster)
    {
        var (staff, id) = (cluster.Grains.GetGrain<IStaffGrain>(StaffKeys.All), Feed.NewId());
        var member = new StaffMember("staff/" + id.Value.ToString("N"), "Invented", [StaffRoles.Nurse], ["ED"]);
        return Task.FromResult(new Writer(staff, StaffKeys.All, id, async () => Text(await staff.Enrol(id, Feed.Nurse, member)),
            async () => Text((await staff.Members()).Where(m => m.Id == member.Id))));
    }

    private static Task<Writer> Rules(Cluster cluster)
    {
        var (rules, id, unit, now) =
            (cluster.Grains.GetGrain<IRulesGrain>(RuleKeys.House), Feed.NewId(), new Feed(cluster).Unit, cluster.Clock.GetUtcNow());
        return Task.FromResult(new Writer(
            rules, RuleKeys.House, id, async () => Text(await rules.Switch(id, Feed.Nurse, "rounding", unit, RuleSwitch.Shadow)),
            async () => Text((await rules.Read([unit], now.AddHours(-1), now.AddHours(1))).Single(r => r.Rule == "rounding").Decided?.To)));
    }

    private static Task<Writer> Views(Cluster cluster)
    {
        var id = Feed.NewId();
        var key = ViewKeys.BookOf(id.Value.ToString("N"));
        var views = cluster.Grains.GetGrain<IViewsGrain>(key);
        return Task.FromResult(new Writer(views, key, id, async () => Text(await views.Keep(id, Feed.Nurse, "Fast track", new())),
            async () => Text((await views.Read()).Views)));
    }

    private static Task<Writer> Looks(Cluster cluster)
    {
        var (id, now, by) = (Feed.NewId(), cluster.Clock.GetUtcNow(), Invented());
        var key = LookKeys.For(by.Id, now);
        var command =
            new NoteLooks(id, by, "sub", [Role.Nurse], [new Look(id.Value, LookKind.Opened, now, id.Value, id.Value, "ED", LookSigns.OwnRecord)]);
        return Task.FromResult(new Writer(cluster.Grains.GetGrain<ILooksGrain>(key), key, id,
            () => Done(cluster.Grains.GetGrain<ILooksGrain>(key).Note(command)), () => FindingsOf(cluster, by)));
    }

    private static Task<Writer> Findings(Cluster cluster)
    {
        var (id, now, by) = (Feed.NewId(), cluster.Clock.GetUtcNow(), Invented());
        var (findings, found) =
            (cluster.Grains.GetGrain<IFindingsGrain>(FindingKeys.All), new Finding(id.Value, FindingRule.OwnRecord, by, "sub", now, now));
        return Task.FromResult(new Writer(findings, FindingKeys.All, id, () => Done(findings.Take(id, [found])), () => FindingsOf(cluster, by)));
    }

    private static Actor Invented() => new("employee/" + Guid.NewGuid().ToString("N"), "Invented");

    private static async Task<string> FindingsOf(Cluster cluster, Actor by) =>
        Text((await cluster.Grains.GetGrain<IFindingsGrain>(FindingKeys.All).Read()).Entries.Where(entry => entry.Finding.By.Id == by.Id));

    private static Task<Writer> Hotline(Cluster cluster)
    {
        var line = cluster.Grains.GetGrain<IHotlineGrain>(HotlineKeys.All);
        var command = new Ring(Feed.NewId(), Feed.Nurse, cluster.Clock.GetUtcNow(), "Invented", null);
        return Task.FromResult(new Writer(line, HotlineKeys.All, command.Id, async () => Text(await line.Ring(command)),
            async () => Text((await line.Read()).Calls.Where(c => c.Id == command.Id.Value))));
    }

    private static Task<Writer> Sessions(Cluster cluster)
    {
        var (id, now) = (Feed.NewId(), cluster.Clock.GetUtcNow());
        var session = new SessionInfo(SessionKeys.WallId(id.Value), "wall/" + id.Value, "Invented", [Role.WallDisplay], ["ED"], now,
            now.AddHours(1), null);
        var sessions = cluster.Grains.GetGrain<ISessionsGrain>(SessionKeys.Walls);
        return Task.FromResult(new Writer(
            sessions, SessionKeys.Walls, id, async () => Text(await sessions.Begin(new(id, Feed.Nurse, session))),
            async () => Text((await sessions.Open()).Where(s => s.Id == session.Id))));
    }

    private static async Task<Writer> Glass(Cluster cluster, int after)
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive(bed: "1"));
        var (glass, visit) = (cluster.Grains.GetGrain<IGlassGrain>(GlassKeys.All), await feed.Visit());
        // Somebody of their own: nobody may as often as there are cases here.
        var id = Feed.NewId();
        var command = new BreakGlass(id, new Actor($"staff/{id.Value:N}", "Invented"), feed.Now, "kim", "emergency", "Found on the floor.");
        return new Writer(
            glass, GlassKeys.All, after == 0 ? command.Id : command.Id.Derive("answered"), async () => Text(await glass.Break(visit, command)),
            async () => Text((await glass.Read()).Entries.Where(e => e.Grant == command.Id.Value)), after);
    }

    private static Task<Writer> Bed(Cluster cluster)
    {
        var (feed, id) = (new Feed(cluster), Feed.NewId());
        var board = cluster.Board(feed.Unit);
        return Task.FromResult(new Writer(
            board, "unit/" + feed.Unit, id, () => Done(board.SetBed(id, new Location(feed.Unit, "R", "1"), BedStatus.Dirty, feed.Now)),
            async () => Text((await board.Read()).Beds)));
    }

    private static Task<Writer> Audit(Cluster cluster)
    {
        var person = $"staff/{Guid.NewGuid():N}";
        var (chain, reader) = (cluster.Grains.GetGrain<IAuditGrain>(AuditChains.Key(0)), cluster.Grains.GetGrain<IAuditReaderGrain>(0));
        var entry = new AuditEntry
        {
            Id = Guid.NewGuid(), At = cluster.Clock.GetUtcNow(), Who = new AuditParty(person), Action = AuditAction.ReadVisit,
            Operation = "GET /test", Outcome = AuditOutcome.Done,
        };
        return Task.FromResult(new Writer(
            chain, AuditChains.Key(0), null, () => Done(chain.Record(entry)),
            async () => Text((await reader.Find(new() { Person = person })).Select(e => e.Entry.Id).Distinct())));
    }

    private static Task Sleep(Writer writer) =>
        writer.Grain.Cast<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken).AsTask();

    private static async Task<string> Done(Task deed)
    {
        await deed;
        return "";
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value);
}

using System.Text;
using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;

namespace Journey.Grains.Tests;

/// <summary>Messages about invented people in units of their own, and the rows that come of them.</summary>
public abstract class PersonScenario(Cluster cluster)
{
    protected Cluster Cluster { get; } = cluster;

    protected static readonly Actor Feed = new("feed/test");
    protected static readonly Actor Nurse = new("nurse-kim", "Nurse Kim");
    private int _messages;

    /// <summary>Names people, numbers and units of this scenario alone.</summary>
    protected string Run { get; private set; } = NewRun();

    protected string Ed => "ED" + Run;
    protected string Ward => "AMU" + Run;
    protected DateTimeOffset Now => Cluster.Clock.GetUtcNow();

    protected PatientId Id(string number) => new(NameBasedGuid.Create(NameBasedGuid.Namespace, "person", Run, "", "", number));

    /// <summary>Other people, in other units.</summary>
    protected void StartAnew() => Run = NewRun();

    private static string NewRun() => Guid.NewGuid().ToString("N")[..6].ToUpperInvariant();

    protected static CommandId NewId() => new(Guid.NewGuid());

    protected Guid NumberKey(string number) => NameBasedGuid.Create(NameBasedGuid.Namespace, "visit-number", Run, number);

    protected PatientFacts Who(string number, string family, params string[] aliases) =>
        new() { Id = Id(number), Number = number, FamilyName = family, GivenName = "Invented", Aliases = [.. aliases.Select(Id)] };

    protected VisitDetails At(string number, string? unit, string? bed, PatientClass kind = PatientClass.Emergency, string? account = null) => new()
    {
        Number = number + Run, HasOwnNumber = true, NumberKey = NumberKey(number), Account = account, Class = kind, DefaultUnit = Ed,
        Location = unit is null ? null : new Location(unit, "Bay A", bed),
    };

    protected Task<IntakeOutcome> Send(PatientFacts who, VisitIntent intent, Func<CommandId, MessageKey, FeedCommand> command) => Send((id, key) =>
    {
        var given = command(id, key);
        return new About(who, intent, given with { SaidAt = given.SaidAt ?? given.OccurredAt });
    });

    protected async Task<IntakeOutcome> Send(Func<CommandId, MessageKey, FeedStep> step)
    {
        var control = Run + "-" + Interlocked.Increment(ref _messages);
        var id = new CommandId(NameBasedGuid.Create(NameBasedGuid.Namespace, "message", "TEST", control));
        return await Cluster.Intake.Receive(new FeedMessage(
            id, new MessageRecord("test", "TEST", control, "ADT", Now, Encoding.UTF8.GetBytes("MSH|" + control)),
            [step(id, new MessageKey("TEST", control))]));
    }

    protected Task<IntakeOutcome> Arrive(PatientFacts who, double ago, VisitDetails at) =>
        Send(who, VisitIntent.Opens, (id, key) => new Arrive(id, Feed, Now.AddMinutes(-ago), at, null, key));

    protected Task<IntakeOutcome> Admit(PatientFacts who, double ago, VisitDetails at) =>
        Send(who, VisitIntent.Opens, (id, key) => new Admit(id, Feed, Now.AddMinutes(-ago), at, null, key));

    protected Task<IntakeOutcome> Update(PatientFacts who, double ago, VisitDetails at) =>
        Send(who, VisitIntent.Describes, (id, key) => new Update(id, Feed, Now.AddMinutes(-ago), at, null, key));

    protected Task<IntakeOutcome> Discharge(PatientFacts who, double ago, VisitDetails at) =>
        Send(who, VisitIntent.Closes, (id, key) => new Discharge(id, Feed, Now.AddMinutes(-ago), at, null, key));

    protected Task<IntakeOutcome> CancelArrival(PatientFacts who, double ago, VisitDetails at) =>
        Send(who, VisitIntent.Revokes, (id, key) => new Cancel(id, Feed, Now.AddMinutes(-ago), at, null, key, CancelledFact.Arrival, null));

    protected Task<IntakeOutcome> MergeInto(PatientFacts survivor, string prior) => Send((_, _) => new Merge(survivor, Id(prior), null, Feed, Now));

    /// <summary>A45: a visit from one person to another.</summary>
    protected Task<IntakeOutcome> MoveVisit(PatientFacts survivor, string prior, string number, double ago) =>
        Send((_, _) => new Merge(survivor, Id(prior), number + Run, Feed, Now.AddMinutes(-ago)) { NumberKey = NumberKey(number) });

    /// <summary>A50: a visit under another number.</summary>
    protected Task<IntakeOutcome> Renumber(PatientFacts who, string from, string to, double ago) =>
        Send((_, _) => new Renumber(who, from + Run, to + Run, Feed, Now.AddMinutes(-ago)) { FromKey = NumberKey(from), ToKey = NumberKey(to) });

    protected async Task KnowSister(IVisitGrain visit) =>
        Assert.Equal(OutcomeKind.Accepted,
            (await visit
                .SetContact(new SetContact(NewId(), Nurse, Now,
                    new ContactCard(Guid.NewGuid(), "Kin Invented", "sister", 1, "en", null, null, Consent.Progress, true)))).Kind);

    /// <summary>Every row of the scenario's units that counts, once <paramref name="until"/> holds.</summary>
    protected Task<VisitRow[]> Rows(Func<VisitRow[], bool> until) => Eventually.See(
        "the rows that count",
        async () => (VisitRow[])[.. (await Cluster.Board(Ed).Read()).Rows.Concat((await Cluster.Board(Ward).Read()).Rows)
            .Where(r => r.Status is VisitStatus.Present && !r.IsProbablyGone)],
        until, rows => string.Join("; ",
            rows.Select(r =>
                $"{r.Number} {r.Patient.FamilyName} {r.Unit} {r.Location?.Bed} {r.Class} [{string.Join(',', r.Doubts.Select(d => d.Kind))}]")));

    protected async Task<VisitEntry[]> Visits(string number) => [.. (await Cluster.Patient(await Root(number)).Read())!.Visits];

    protected async Task<PatientId> Root(string number)
    {
        var id = Id(number);
        while ((await Cluster.Patient(id).Read())?.MergedInto is { } next) id = next;
        return id;
    }
}

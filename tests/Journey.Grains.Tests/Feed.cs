using System.Text;
using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;

namespace Journey.Grains.Tests;

/// <summary>Feed messages as the gateway would have mapped them, for invented people with fresh numbers.</summary>
internal sealed class Feed(Cluster cluster)
{
    private static int _next;
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];

    public string Number { get; } = "V" + Interlocked.Increment(ref _next) + "-" + Guid.NewGuid().ToString("N")[..6];
    public PatientId Patient { get; } = new(Guid.NewGuid());
    public string Unit { get; init; } = "ED" + Guid.NewGuid().ToString("N")[..6].ToUpperInvariant();
    public DateTimeOffset Now => cluster.Clock.GetUtcNow();

    public FeedMessage Message(VisitIntent intent, Func<CommandId, MessageKey, FeedCommand> command, string? control = null)
    {
        control ??= _run + "-" + Interlocked.Increment(ref _next);
        var id = new CommandId(NameBasedGuid.Create(NameBasedGuid.Namespace, "message", "TEST", control));
        var made = command(id, new MessageKey("TEST", control));
        return new FeedMessage(
            id, new MessageRecord("test", "TEST", control, "ADT", Now, Encoding.UTF8.GetBytes("MSH|" + control)),
            [new About(new PatientFacts { Id = Patient, FamilyName = "Invented", GivenName = "Person" }, intent, made)]);
    }

    public VisitDetails Details(string? bed = null, string? unit = null, PatientClass kind = PatientClass.Emergency, bool family = false) => new()
    {
        Number = Number, Class = kind, DefaultUnit = Unit, Location = bed is null && unit is null ? null : new Location(unit ?? Unit, "R", bed),
        Contacts = family ? [new FamilyContact("Kin, Invented", "sister")] : [],
    };

    public FeedMessage Arrive(DateTimeOffset? at = null, string? bed = null, bool family = false, string? control = null) =>
        Message(VisitIntent.Opens, (id, key) => new Arrive(id, Actor, at ?? Now, Details(bed, family: family), null, key), control);

    public FeedMessage Transfer(string unit, string bed, DateTimeOffset? at = null, string? control = null) =>
        Message(VisitIntent.Continues,
            (id, key) => new Transfer(id, Actor, at ?? Now, Details(bed, unit, PatientClass.Inpatient), null, key), control);

    public FeedMessage Discharge(DateTimeOffset? at = null) =>
        Message(VisitIntent.Closes, (id, key) => new Discharge(id, Actor, at ?? Now, Details(), null, key));

    public async Task<VisitId> Visit() => (await cluster.Patient(Patient).Read())!.Visits.Single().Visit;

    public static readonly Actor Actor = new("feed/test");
    public static readonly Actor Nurse = new("nurse-kim", "Nurse Kim");
    public static CommandId NewId() => new(Guid.NewGuid());
}

using Journey.Contracts.Alerts;
using Journey.Contracts.Boards;
using Journey.Contracts.Families;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Journey.Contracts.Tests;

public sealed class SerializationTests
{
    private static readonly Serializer Wire = new ServiceCollection()
        .AddSerializer(builder => builder.AddAssembly(typeof(VisitId).Assembly)).BuildServiceProvider().GetRequiredService<Serializer>();

    private static readonly DateTimeOffset Noon = new(2031, 3, 14, 12, 0, 0, TimeSpan.FromHours(1));
    private static readonly Actor Feed = new("feed/ward", "Ward system");
    private static readonly VisitId Visit = new(new Guid("11111111-1111-5111-8111-111111111111"));
    private static readonly CommandId Command = new(new Guid("22222222-2222-5222-8222-222222222222"));
    private static readonly PatientId Patient = new(new Guid("33333333-3333-5333-8333-333333333333"));
    private static readonly Location Bed = new("4W", "12", "A", "GH");

    /// <summary>Bytes written by the first version, by name. Once released a file never changes; what is added here adds one.</summary>
    private static readonly Dictionary<string, object> Released = new()
    {
        ["arrive"] = new Arrive(Command, Feed, Noon, new VisitDetails
        {
            Number = "V-1", Class = PatientClass.Emergency, Location = Bed, DefaultUnit = "ED", Attending = new Person("D1", "Dr Ames"), Acuity = 2,
            Contacts = [new FamilyContact("Lee Moss", "brother")],
        }, new PatientRef
        {
            Id = Patient, Number = "P-1", FamilyName = "Moss", GivenName = "Ada", BirthDate = new DateOnly(1950, 2, 3),
            Confidential = true
        }, new MessageKey("APP^FAC", "M1")),
        ["cancel"] = new Cancel(Command, Feed, Noon, VisitDetails.None, null, null, CancelledFact.Transfer, Noon.AddMinutes(-5)),
        ["tell-family"] = new TellFamily(Command, new Actor("nurse/7"), Noon, "brother", "in theatre", Noon.AddHours(1)),
        ["snooze-alert"] = new SnoozeAlert(Command, new Actor("nurse/7"), Noon, Visit.Value, Noon.AddMinutes(20), "in the scanner"),
        ["feed-message"] = new FeedMessage(Command, new MessageRecord("ward", "APP^FAC", "M1", "ADT^A40", Noon, new byte[] { 77, 83, 72 }),
            [new Merge(new PatientFacts { Id = Patient, FamilyName = "Moss", Deceased = false }, new PatientId(Visit.Value), null, Feed, Noon),
             new About(new PatientFacts { Id = Patient }, VisitIntent.Continues,
                 new Transfer(Command, Feed, Noon, new VisitDetails { Location = Bed }, null, null))]),
        ["outcome"] = Outcome.Refused(7, new Refusal(RefusalCodes.VisitClosed, "The visit has ended.")),
        ["board-delta"] = new BoardDelta("4W", Visit.Value, 3, Noon,
            [new VisitRow
            {
                Visit = Visit, Version = 7, Unit = "4W", Location = Bed, Status = VisitStatus.Present, Step = Steps.Admitted, StepSince = Noon,
                StepsAhead = [Steps.Departed],
                Alerts = [new AlertView(Visit.Value, "rounding", "touchpoint", "Round", Severity.Warning, AlertState.Raised, Noon, Noon, null, null,
                    null, null, null, null)],
            }],
            [Visit], [new BedView("12", "A", BedStatus.Dirty, Noon, Noon.AddHours(1))]),
    };

    public static TheoryData<string> Types() => [.. ContractTypes.Concrete.Select(t => t.FullName!)];

    public static TheoryData<string> Names() => [.. Released.Keys];

    [Theory, MemberData(nameof(Types))]
    public void Every_member_of_every_type_survives_the_wire(string name)
    {
        var sample = Samples.SampleOf(typeof(VisitId).Assembly.GetType(name)!);
        Assert.Equal(Samples.Dump(sample), Samples.Dump(Wire.Deserialize<object>(Wire.SerializeToArray(sample))));
    }

    [Theory, MemberData(nameof(Names))]
    public void What_a_released_version_wrote_is_read_today(string name)
    {
        var file = Path.Combine(Repository.Folder("tests/Journey.Contracts.Tests/Golden/v1"), name + ".base64");
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, Convert.ToBase64String(Wire.SerializeToArray(Released[name]), Base64FormattingOptions.InsertLineBreaks)
                .ReplaceLineEndings("\n") + "\n");
            Assert.Fail($"There were no golden bytes for '{name}'; they are written now. Look at them, commit them, run again.");
        }

        var read = Wire.Deserialize<object>(Convert.FromBase64String(File.ReadAllText(file)));
        Assert.Equal(Samples.Dump(Released[name]), Samples.Dump(read));
    }

    [Fact]
    public void An_exception_keeps_its_meaning_on_the_wire() =>
        Assert.Equal("no answer", Assert.IsType<OutcomeUnknownException>(
                Wire.Deserialize<object>(Wire.SerializeToArray<object>(new OutcomeUnknownException("no answer")))).Message);
}

using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Patients;
using Journey.Domain.Visits;

namespace Journey.Domain.Tests;

/// <summary>One payload per kind of event as the first version wrote it. A file here never changes: another shape is another version of the event.</summary>
public sealed class GoldenTests
{
    private static readonly string Folder = Path.Combine(Root(), "tests/Journey.Domain.Tests/Golden/v1");
    private static readonly Guid Alert = new("dddddddd-0000-5000-8000-000000000001");
    private static readonly DateTimeOffset At = Spec.At(30);

    private static readonly Said Everything = new()
    {
        Number = "V-1", Class = PatientClass.Emergency, Location = new("ED", "3", "A", "GH"), TemporaryLocation = new("CT"), PendingLocation = new("4W", "12", "B"), DefaultUnit = "ED",
        Attending = new("D1", "Dr Ames"), Service = "MED", AdmittedAt = Spec.At(0), ExpectedAt = Spec.At(600), Disposition = "01", Acuity = 2,
    };

    private static readonly VisitEvent[] Visits =
    [
        new Expected(At, Everything), new Arrived(At, Everything), new Admitted(At, Everything), new Moved(At, Everything), new Discharged(At, Everything), new ClassChanged(At, Everything),
        new Updated(At, Everything), new Confirmed(At, new Said()), new WentOut(At, Everything), new Reached(At, new Said()), new Planned(At, Everything, PlanKind.Transfer), new WentOnLeave(At, new Said()),
        new Returned(At, new Said()), new Cancelled(At, new Said(), CancelledFact.Discharge, Spec.At(20)), new Deleted(At, new Said()), new StepReached(At, Steps.Triaged), new Contacted(At),
        new AcuitySet(At, 2), new Assigned(At, CareRole.Nurse, new Person("N1", "Kim Reyes")), new FamilyWaited(At, "brother"), new FamilyTold(At, "brother", "in the scanner", Spec.At(90)),
        new Noted("identify"), new Identified(Say.Ada with { BirthDate = new DateOnly(1950, 2, 3), Sex = "F", Language = "en" }), new FamilyKnown([new FamilyContact("Lee Moss", "brother")]),
        new Undone(Alert), new AlertRaised(Alert, "ed.triage", Severity.Warning, Spec.At(0), Spec.At(10)), new AlertWorsened(Alert, Severity.Critical), new AlertEased(Alert, Severity.Notice), new AlertAcknowledged(Alert, Spec.At(40)),
        new AlertSnoozed(Alert, Spec.At(60), "in the scanner"), new AlertWoke(Alert), new AlertResolved(Alert, Resolutions.Acted, "went there"), new AlertReopened(Alert, Severity.Notice, Spec.At(10)),
        new AlertRestored(Alert, Alert),
    ];

    private static readonly PatientEvent[] Patients =
    [
        new PatientDescribed(Say.Ada),
        new PatientTold(new PatientFacts { Id = Say.Ada.Id, Number = "P-1", FamilyName = "Moss", GivenName = "", BirthDate = new DateOnly(1950, 2, 3), Sex = "F", Deceased = false, Confidential = true, Language = "en" }, At),
        new VisitListed(new VisitEntry(Spec.Id, "V-1", VisitEntryState.Closed, Spec.At(0), Spec.At(90))), new VisitGivenUp(Spec.Id, Say.Ada.Id), new PatientMerged(Say.Ada.Id),
    ];

    public static TheoryData<string> Names() => [.. Kinds(typeof(VisitEvent)).Concat(Kinds(typeof(PatientEvent))).Select(k => k.Name)];

    [Theory, MemberData(nameof(Names))]
    public void What_was_written_once_is_read_and_written_the_same(string name)
    {
        var type = Kinds(typeof(VisitEvent)).Concat(Kinds(typeof(PatientEvent))).Single(k => k.Name == name).Type;
        object sample = (object?)Visits.SingleOrDefault(e => e.GetType() == type) ?? Patients.Single(e => e.GetType() == type);
        var file = Path.Combine(Folder, name + ".json");
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(file, JsonNode.Parse(Write(sample))!.ToJsonString(new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n");
            Assert.Fail($"There was no golden file for '{name}'; it is written now. Look at it, commit it, run again.");
        }

        var golden = File.ReadAllText(file);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(golden), JsonNode.Parse(Write(sample))), $"{name} is written differently now:\n{JsonNode.Parse(Write(sample))}");
        var read = Read(sample, golden);
        Assert.Equal(type, read.GetType());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(golden), JsonNode.Parse(Write(read))), $"{name} reads as something else.");
    }

    [Fact]
    public void No_golden_file_has_lost_its_event() =>
        Assert.Equal([], Directory.EnumerateFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension).Except(Names().Select(row => row.Data)));

    [Fact]
    public void Every_event_has_a_name_that_is_used_once()
    {
        foreach (var root in new[] { typeof(VisitEvent), typeof(PatientEvent) })
        {
            Assert.Equal([], root.Assembly.GetTypes().Where(t => t.IsAssignableTo(root) && !t.IsAbstract).Except(Kinds(root).Select(k => k.Type)).Select(t => t.Name));
            Assert.Equal(Kinds(root).Select(k => k.Name).Distinct(), Kinds(root).Select(k => k.Name));
        }
    }

    [Fact]
    public void A_payload_whose_keys_a_database_put_in_another_order_is_read()
    {
        var read = VisitJson.Read(1, Alert, At, """{"events":[{"at":"2031-03-14T08:30:00+01:00","event":"visit.contacted.v1"}],"by":{"id":"nurse/7"}}"""u8);
        Assert.Equal(new Contacted(At), Assert.Single(read.Events));
    }

    [Theory, InlineData("{}"), InlineData("""{"format":1}"""), InlineData("not json"), InlineData("""{"format":2,"version":3}"""), InlineData("null")]
    public void A_snapshot_that_cannot_be_read_costs_a_replay_and_no_more(string text) => Assert.Null(VisitSnapshotJson.Read(System.Text.Encoding.UTF8.GetBytes(text)));

    private static (string Name, Type Type)[] Kinds(Type root) =>
        [.. root.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => ((string)a.TypeDiscriminator!, a.DerivedType))];

    private static byte[] Write(object e) => e is VisitEvent visit ? VisitJson.Write(Say.Nurse, [visit]) : PatientJson.Write(Say.Feed, [(PatientEvent)e]);

    private static object Read(object like, string golden) => like is VisitEvent
        ? VisitJson.Read(1, Alert, At, System.Text.Encoding.UTF8.GetBytes(golden)).Events.Single()
        : PatientJson.Read(1, Alert, System.Text.Encoding.UTF8.GetBytes(golden)).Events.Single();

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Journey.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("No Journey.sln above the tests.");
    }
}

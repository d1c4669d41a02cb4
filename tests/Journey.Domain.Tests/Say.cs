using Journey.Contracts;
using Journey.Contracts.Visits;

namespace Journey.Domain.Tests;

/// <summary>Commands in few words: minutes after the door, places as <c>unit/room/bed</c>.</summary>
internal static class Say
{
    public static readonly Actor Feed = new("feed/main");
    public static readonly Actor Nurse = new("nurse/7", "Kim Reyes");
    public static readonly Actor Other = new("nurse/8", "Sam Ortiz");
    public static readonly PatientRef Ada = new() { Id = new PatientId(new Guid("bbbbbbbb-0000-5000-8000-000000000001")), Number = "P-1", FamilyName = "Moss", GivenName = "Ada" };
    private static readonly VisitDetails Ed = new() { DefaultUnit = "ED", Class = PatientClass.Emergency };

    public static Location? Place(string? text) => text?.Split('/') switch
    {
        null => null,
        [var unit] => new Location(unit),
        [var unit, var room] => new Location(unit, room),
        [var unit, var room, var bed, ..] => new Location(unit, room, bed),
        _ => null,
    };

    private static VisitDetails Pv1(string? place, PatientClass? kind) => Ed with { Location = Place(place), Class = kind };

    public static Expect Expect(double at, string? pending = null, double? on = null, PatientClass? kind = PatientClass.Inpatient) =>
        new(default, Feed, Spec.At(at), Pv1(null, kind) with { PendingLocation = Place(pending), ExpectedAt = on is { } m ? Spec.At(m) : null }, Ada, null);

    public static Arrive Arrive(double at, string? place = null, PatientClass? kind = PatientClass.Emergency) => new(default, Feed, Spec.At(at), Pv1(place, kind), Ada, null);

    public static Admit Admit(double at, string? place = null, PatientClass? kind = PatientClass.Inpatient) => new(default, Feed, Spec.At(at), Pv1(place, kind), Ada, null);

    public static Transfer Transfer(double at, string? place, PatientClass? kind = null) => new(default, Feed, Spec.At(at), Pv1(place, kind), null, null);

    public static Discharge Discharge(double at, string? disposition = null) => new(default, Feed, Spec.At(at), new VisitDetails { Disposition = disposition }, null, null);

    public static ChangeClass ChangeClass(double at, PatientClass kind, string? place = null) => new(default, Feed, Spec.At(at), Pv1(place, kind), null, null);

    public static Update Update(double at, string? place = null, PatientClass? kind = null) => new(default, Feed, Spec.At(at), Pv1(place, kind), null, null);

    public static Update Update(double at, VisitDetails details) => new(default, Feed, Spec.At(at), details, null, null);

    public static GoOut GoOut(double at, string? to = null) => new(default, Feed, Spec.At(at), new VisitDetails { TemporaryLocation = Place(to) }, null, null);

    public static Reach Reach(double at, string? place = null) => new(default, Feed, Spec.At(at), new VisitDetails { TemporaryLocation = Place(place) }, null, null);

    public static Plan Plan(double at, PlanKind kind, string? to = null, double? on = null) =>
        new(default, Feed, Spec.At(at), Ed with { Class = null, PendingLocation = Place(to), ExpectedAt = on is { } m ? Spec.At(m) : null }, null, null, kind);

    public static GoOnLeave Leave(double at) => new(default, Feed, Spec.At(at), VisitDetails.None, null, null);

    public static ReturnFromLeave Return(double at) => new(default, Feed, Spec.At(at), VisitDetails.None, null, null);

    public static Cancel Cancel(double at, CancelledFact what, double? named = null, string? place = null) =>
        new(default, Feed, Spec.At(at), new VisitDetails { Location = Place(place), DefaultUnit = "ED" }, null, null, what, named is { } m ? Spec.At(m) : null);

    public static Delete Delete(double at) => new(default, Feed, Spec.At(at), VisitDetails.None, null, null);

    public static Identify Identify(double at, PatientRef patient) => new(default, Feed, Spec.At(at), VisitDetails.None, patient, null);

    public static Update Family(double at) => Update(at, new VisitDetails { Contacts = [new FamilyContact("Lee Moss", "brother")] });

    public static ReachStep Step(double at, string step) => new(default, Nurse, Spec.At(at), step);

    public static Contact Contact(double at) => new(default, Nurse, Spec.At(at));

    public static SetAcuity Acuity(double at, int level) => new(default, Nurse, Spec.At(at), level);

    public static Assign Assign(double at, CareRole role, string? id) => new(default, Nurse, Spec.At(at), role, id is null ? null : new Person(id, "Name of " + id));

    public static FamilyWaits Waits(double at, string? who = "brother") => new(default, Nurse, Spec.At(at), who);

    public static TellFamily Tell(double at, double? next = null) => new(default, Nurse, Spec.At(at), "brother", "in the scanner", next is { } m ? Spec.At(m) : null);

    public static AcknowledgeAlert Acknowledge(double at, Guid alert, double? by = null) => new(default, Nurse, Spec.At(at), alert, by is { } m ? Spec.At(m) : null);

    public static SnoozeAlert Snooze(double at, Guid alert, double until) => new(default, Nurse, Spec.At(at), alert, Spec.At(until), "in the scanner");

    public static ResolveAlert Resolve(double at, Guid alert) => new(default, Nurse, Spec.At(at), alert, "went there");

    public static Undo Undo(double at, CommandId undone) => new(default, Nurse, Spec.At(at), undone);
}

using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;

namespace Journey.Domain.Tests;

/// <summary>Commands in few words: minutes after the door, places as <c>unit/room/bed</c>.</summary>
internal static class Say
{
    public static readonly Actor Feed = new("feed/main");
    public static readonly Actor Nurse = new("nurse/7", "Kim Reyes");
    public static readonly Actor Other = new("nurse/8", "Sam Ortiz");
    public static readonly PatientRef Ada =
        new() { Id = new PatientId(new Guid("bbbbbbbb-0000-5000-8000-000000000001")), Number = "P-1", FamilyName = "Moss", GivenName = "Ada" };
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
        new(default, Feed, Spec.At(at),
            Pv1(null, kind) with { PendingLocation = Place(pending), ExpectedAt = on is { } m ? Spec.At(m) : null }, Ada, null);

    public static Arrive Arrive(double at, string? place = null, PatientClass? kind = PatientClass.Emergency) =>
        new(default, Feed, Spec.At(at), Pv1(place, kind), Ada, null);

    public static Admit Admit(double at, string? place = null, PatientClass? kind = PatientClass.Inpatient) =>
        new(default, Feed, Spec.At(at), Pv1(place, kind), Ada, null);

    public static Transfer Transfer(double at, string? place, PatientClass? kind = null) =>
        new(default, Feed, Spec.At(at), Pv1(place, kind), null, null);

    public static Discharge Discharge(double at, string? disposition = null) =>
        new(default, Feed, Spec.At(at), new VisitDetails { Disposition = disposition }, null, null);

    public static ChangeClass ChangeClass(double at, PatientClass kind, string? place = null) =>
        new(default, Feed, Spec.At(at), Pv1(place, kind), null, null);

    public static Update Update(double at, string? place = null, PatientClass? kind = null) =>
        new(default, Feed, Spec.At(at), Pv1(place, kind), null, null);

    public static Update Update(double at, VisitDetails details) => new(default, Feed, Spec.At(at), details, null, null);

    public static GoOut GoOut(double at, string? to = null) =>
        new(default, Feed, Spec.At(at), new VisitDetails { TemporaryLocation = Place(to) }, null, null);

    public static Reach Reach(double at, string? place = null) =>
        new(default, Feed, Spec.At(at), new VisitDetails { TemporaryLocation = Place(place) }, null, null);

    public static Plan Plan(double at, PlanKind kind, string? to = null, double? on = null) =>
        new(default, Feed, Spec.At(at), Ed with { Class = null, PendingLocation = Place(to), ExpectedAt = on is { } m ? Spec.At(m) : null }, null,
            null, kind);

    public static GoOnLeave Leave(double at) => new(default, Feed, Spec.At(at), VisitDetails.None, null, null);

    public static ReturnFromLeave Return(double at) => new(default, Feed, Spec.At(at), VisitDetails.None, null, null);

    public static Cancel Cancel(double at, CancelledFact what, double? named = null, string? place = null) =>
        new(default, Feed, Spec.At(at), new VisitDetails { Location = Place(place), DefaultUnit = "ED" }, null, null, what, named is { } m
            ? Spec.At(m)
            : null);

    public static Delete Delete(double at) => new(default, Feed, Spec.At(at), VisitDetails.None, null, null);

    public static Identify Identify(double at, PatientRef patient) => new(default, Feed, Spec.At(at), VisitDetails.None, patient, null);

    public static Update Family(double at) => Update(at, new VisitDetails { Contacts = [new FamilyContact("Lee Moss", "brother")] });

    public static ReachStep Step(double at, string step) => new(default, Nurse, Spec.At(at), step);

    public static Contact Contact(double at) => new(default, Nurse, Spec.At(at));

    public static SetAcuity Acuity(double at, int level) => new(default, Nurse, Spec.At(at), level);

    public static SetNote Note(double at, string? text) => new(default, Nurse, Spec.At(at), text);

    public static Assign Assign(double at, CareRole role, string? id) =>
        new(default, Nurse, Spec.At(at), role, id is null ? null : new Person(id, "Name of " + id));

    public static FamilyWaits Waits(double at, string? who = "brother") => new(default, Nurse, Spec.At(at), who);

    public static TellFamily Tell(double at, double? next = null) =>
        new(default, Nurse, Spec.At(at), "brother", "in the scanner", next is { } m ? Spec.At(m) : null);

    public static AcknowledgeAlert Acknowledge(double at, Guid alert, double? by = null) =>
        new(default, Nurse, Spec.At(at), alert, by is { } m ? Spec.At(m) : null);

    public static SnoozeAlert Snooze(double at, Guid alert, double until) =>
        new(default, Nurse, Spec.At(at), alert, Spec.At(until), "in the scanner");

    public static ResolveAlert Resolve(double at, Guid alert) => new(default, Nurse, Spec.At(at), alert, "went there");

    public static readonly Person Kim = new("nurse/7", "Kim Reyes");
    public static readonly ContactCard Lee =
        new(new("cccccccc-0000-5000-8000-000000000001"), "Lee Moss", "brother", 1, "es", "lee@example.org", null, Consent.Progress, true);

    public static AskQuestion Ask(double at, QuestionKind kind = QuestionKind.Clinical, Person? owner = null, double? by = null) =>
        new(default, Nurse, Spec.At(at), new Asker(AskerKind.Family, "Lee Moss", Lee.Id), kind, "When is the scan?", owner, by is { } m
            ? Spec.At(m)
            : null);

    public static AnswerQuestion Answer(double at, Guid question, Actor? by = null) => new(default, by ?? Nurse, Spec.At(at), question, "At ten");

    public static ConfirmAnswer Confirm(double at, Guid question, bool satisfied = true, Actor? by = null) =>
        new(default, by ?? Nurse, Spec.At(at), question, satisfied, satisfied ? null : "Which room?");

    public static MakePromise Promise(double at, double due, Person? owner = null) =>
        new(default, Nurse, Spec.At(at), "A blanket", "Lee Moss", Spec.At(due), owner);

    public static KeepPromise Keep(double at, Guid promise) => new(default, Nurse, Spec.At(at), promise, "brought it");

    public static OfferHandoff Offer(double at, string to, CareRole role = CareRole.Nurse) =>
        new(default, Nurse, Spec.At(at), role, new Person(to, "Name of " + to),
            new IPass("stable", "Emergency, acuity 3", ["Answer a question"], "None"));

    public static AcceptHandoff Accept(double at, Guid handoff, string by, string synthesis = "Stable; one question open") =>
        new(default, new Actor(by, "Name of " + by), Spec.At(at), handoff, synthesis);

    public static ReturnHandoff HandBack(double at, Guid handoff, string by) =>
        new(default, new Actor(by, "Name of " + by), Spec.At(at), handoff, "Which question?");

    public static MakeRequest Request(double at, RequestKind kind, double? by = null) =>
        new(default, Nurse, Spec.At(at), kind, new Asker(AskerKind.Patient), "es", null, by is { } m ? Spec.At(m) : null);

    public static TakeRequest TakeOn(double at, Guid request, Actor by) => new(default, by, Spec.At(at), request, new Person(by.Id, by.Name!));

    public static FinishRequest Finish(double at, Guid request) => new(default, Nurse, Spec.At(at), request, "came", null);

    public static MakeRound Round(double at, int? pain = 2) => new(default, Nurse, Spec.At(at), new FourPs(pain, true, true, true, null));

    public static SetContact Contact(double at, ContactCard card) => new(default, Nurse, Spec.At(at), card);

    public static SetLock Lock(double at, bool on = true, PrivacyLock which = PrivacyLock.NoInformation) =>
        new(default, Nurse, Spec.At(at), which, on, "asked for it");

    public static SetHold Hold(double at, bool on = true) => new(default, Nurse, Spec.At(at), on, "results");

    public static SetCodeWord CodeWord(double at, string? word) => new(default, Nurse, Spec.At(at), word);

    public static SendUpdate Send(double at, string? template = "delay", string? text = null) =>
        new(default, Nurse, Spec.At(at), template, text, null);

    public static EndDelivery Ended(double at, Guid update, DeliveryAnswer answer, string channel = Channels.Email, Guid? contact = null) =>
        new(default, Actor.System, Spec.At(at), update, contact ?? Lee.Id, channel, answer, null);

    public static Undo Undo(double at, CommandId undone) => new(default, Nurse, Spec.At(at), undone);
}

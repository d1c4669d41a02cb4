using Journey.Contracts.Access;
using Journey.Contracts.Alerts;
using Journey.Contracts.Boards;
using Journey.Contracts.Hotline;
using Journey.Contracts.Staff;
using Journey.Domain.Access;
using Journey.Domain.Beds;
using Journey.Domain.Facts;
using Journey.Domain.Hotline;
using Journey.Domain.Patients;
using Journey.Domain.Policies;
using Journey.Domain.Staff;
using Journey.Domain.Views;
using Journey.Domain.Visits;

namespace Journey.Grains.Storage;

/// <summary>
/// What each kind of stream holds, how it is written, and what follows from it. A new one goes into <see cref="All"/>, and into the tests of a store
/// that fails.
/// </summary>
internal static class KnownStreams
{
    public static readonly StreamKind<Visit, VisitEvent> Visit = new(
        StreamKinds.Visit, true, Holding.OnePerson, Domain.Facts.Visit.Unknown, VisitEvent.Codec,
        (visit, commit) => VisitFold.Fold(visit, new VisitCommit(commit.Version, commit.Command, commit.At, commit.By, commit.Events),
            commit.Foreseen as Foreseen))
    {
        Remembers = (visit, command) => visit.Remembers(command),
        Snapshots = (VisitSnapshotJson.Write, state => VisitSnapshotJson.Read(state)),
    };

    public static readonly StreamKind<Patient, PatientEvent> Patient = new(
        StreamKinds.Patient, true, Holding.OnePerson, Domain.Patients.Patient.Unknown, PatientEvent.Codec,
        (patient, commit) => PatientFold.Fold(patient, new PatientCommit(commit.Version, commit.Command, commit.Events)))
    {
        Remembers = (patient, command) => patient.Recall(command) is not null,
    };

    public static readonly StreamKind<NumberBook, NumberEvent> Number = new(
        StreamKinds.Number, true, Holding.OnePerson, NumberBook.Empty, NumberEvent.Codec,
        (book, commit) => commit.Events.Aggregate(book, (_, e) => NumberBook.Fold(e)));

    public static readonly StreamKind<BedReports, BedEvent> Unit = new(
        StreamKinds.Unit, true, Holding.Nobody, BedReports.None, BedEvent.Codec,
        (reports, commit) => commit.Events.Aggregate(reports, (r, e) => r.Fold(e)));

    public static readonly StreamKind<SessionLog, SessionEvent> Sessions = new(
        StreamKinds.Sessions, true, Holding.Nobody, SessionLog.Empty, SessionEvent.Codec,
        (log, commit) => commit.Events.Aggregate(log, (l, e) => l.Fold(e)));

    public static readonly StreamKind<HotlineLog, HotlineEvent> Hotline = new(
        HotlineKeys.All, false, Holding.Lines("call"), HotlineLog.Empty, HotlineEvent.Codec,
        (log, commit) => commit.Events.Aggregate(log, (l, e) => l.Fold(e)));

    public static readonly StreamKind<GlassLog, GlassEvent> Glass = new(
        GlassKeys.All, false, Holding.Lines("grant"), GlassLog.Empty, GlassEvent.Codec,
        (log, commit) => commit.Events.Aggregate(log, (l, e) => l.Fold(commit.By, e)));

    public static readonly StreamKind<LookBook, LookEvent> Looks = new(
        LookKeys.Prefix, true, Holding.Nobody, LookBook.Empty, LookEvent.Codec, (book, commit) => commit.Events.Aggregate(book, (b, e) => b.Fold(e)));

    public static readonly StreamKind<FindingLog, FindingEvent> Findings = new(
        FindingKeys.All, false, Holding.Nobody, FindingLog.Empty, FindingEvent.Codec,
        (log, commit) => commit.Events.Aggregate(log, (l, e) => l.Fold(commit.By, e)));

    public static readonly StreamKind<StaffDirectory, StaffEvent> Staff = new(
        StaffKeys.All, false, Holding.Nobody, StaffDirectory.Empty, StaffEvent.Codec,
        (staff, commit) => commit.Events.Aggregate(staff, (s, e) => s.Fold(e)));

    public static readonly StreamKind<RuleSwitches, RuleEvent> Rules = new(
        RuleKeys.House, false, Holding.Nobody, RuleSwitches.None, RuleEvent.Codec,
        (switches, commit) => commit.Events.Aggregate(switches, (s, e) => s.Fold(e, commit.By)));

    public static readonly StreamKind<PersonViews, ViewEvent> Views = new(
        ViewKeys.Prefix, true, Holding.Nobody, PersonViews.None, ViewEvent.Codec,
        (views, commit) => commit.Events.Aggregate(views, (v, e) => v.Fold(e)));

    public static readonly StreamKind[] All = [Visit, Patient, Number, Unit, Sessions, Hotline, Glass, Looks, Findings, Staff, Rules, Views];
}

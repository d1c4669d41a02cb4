using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Alerts;
using Journey.Contracts.Boards;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Patients;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Domain.Access;
using Journey.Domain.Beds;
using Journey.Domain.Facts;
using Journey.Domain.Hotline;
using Journey.Domain.Patients;
using Journey.Domain.Policies;
using Journey.Domain.Staff;
using Journey.Domain.Views;
using Journey.Domain.Visits;

namespace Journey.Domain.Tests;

/// <summary>
/// One payload per kind of event as the first version wrote it. A file here never changes: another shape is another version of the event.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests/Journey.Domain.Tests/Golden/v1");
    private static readonly Guid Alert = new("dddddddd-0000-5000-8000-000000000001");
    private static readonly DateTimeOffset At = Spec.At(30);

    private static readonly Guid Item = new("dddddddd-0000-5000-8000-000000000002");
    private static readonly Person Kim = new("staff/kim-reyes", "Kim Reyes");
    private static readonly ContactCard Contact =
        new(new("dddddddd-0000-5000-8000-000000000003"), "Lee Moss", "brother", 1, "es", "lee@example.org", "555-0100", Consent.Progress, true);

    private static readonly Said Everything = new()
    {
        Number = "V-1", Class = PatientClass.Emergency, Location = new("ED", "3", "A", "GH"), TemporaryLocation = new("CT"),
        PendingLocation = new("4W", "12", "B"), DefaultUnit = "ED",
        Attending = new("D1", "Dr Ames"), Service = "MED", AdmittedAt = Spec.At(0), ExpectedAt = Spec.At(600), Disposition = "01", Acuity = 2,
    };

    private static readonly Said Later = new()
    {
        Number = "V-1", RecordedAt = Spec.At(35), Account = "A-1", Complaint = "sore ankle", PlaceKind = PlaceKind.Hallway,
        Department = Department.Emergency, DepartedAs = DepartureKind.Home,
        NotBelieved = "EVN-6", IsPast = true, IsLate = true,
    };

    private static readonly VisitEvent[] Visits =
    [
        new Expected(At, Everything), new Arrived(At, Everything), new Admitted(At, Everything), new Moved(At, Everything),
        new Discharged(At, Everything), new ClassChanged(At, Everything),
        new Updated(At, Everything), new Confirmed(At, new Said()), new WentOut(At, Everything), new Reached(At, new Said()),
        new Planned(At, Everything, PlanKind.Transfer), new WentOnLeave(At, new Said()),
        new Returned(At, new Said()), new Cancelled(At, new Said(), CancelledFact.Discharge, Spec.At(20)), new Deleted(At, new Said()),
        new StepReached(At, Steps.Triaged), new Contacted(At),
        new AcuitySet(At, 2), new NoteSet(At, "glasses are with the clerk"), new Assigned(At, CareRole.Nurse, new Person("N1", "Kim Reyes")), new FamilyWaited(At, "brother"),
        new FamilyTold(At, "brother", "in the scanner", Spec.At(90)),
        new Noted("identify"), new Identified(Say.Ada with { BirthDate = new DateOnly(1950, 2, 3), Sex = "F", Language = "en" }),
        new FamilyKnown([new FamilyContact("Lee Moss", "brother")]), new Numbered("V-2"),
        new Undone(Alert), new AlertRaised(Alert, "ed.triage", Severity.Warning, Spec.At(0), Spec.At(10)),
        new AlertWorsened(Alert, Severity.Critical), new AlertEased(Alert, Severity.Notice), new AlertAcknowledged(Alert, Spec.At(40)),
        new AlertSnoozed(Alert, Spec.At(60), "in the scanner"), new AlertWoke(Alert), new AlertResolved(Alert, Resolutions.Acted, "went there"),
        new AlertReopened(Alert, Severity.Notice, Spec.At(10)),
        new AlertStopped(Alert), new AlertResumed(Alert), new AlertRetimed(Alert, Spec.At(0), Spec.At(10), Item), new AlertShadowed(Alert, true),
        new AlertRestored(Alert, Alert), new AlertSeen(Alert), new AlertEscalated(Alert, 1, "charge-nurse"), new AlertLapsed(Alert),
        new QuestionAsked(At, Item, QuestionKind.Clinical, new Asker(AskerKind.Family, "Lee Moss", Contact.Id), "When is the scan?", Kim,
            Spec.At(60)), new QuestionTaken(At, Item, Kim),
        new QuestionAnswered(At, Item, "At ten"), new QuestionConfirmed(At, Item, false, "Which room?", Spec.At(90)),
        new QuestionWithdrawn(At, Item, "asked twice"),
        new PromiseMade(At, Item, "A blanket", "Lee Moss", Spec.At(60), Kim), new PromiseKept(At, Item, "brought"),
        new PromiseWithdrawn(At, Item, "none left"),
        new HandoffOffered(At, Item, CareRole.Nurse, Kim, new Person("N2", "Sam Ortiz"),
            new IPass("stable", "Emergency, acuity 3", ["Answer a question"], "None")),
        new HandoffAccepted(At, Item, "Stable, one question"), new HandoffReturned(At, Item, "Which question?"), new HandoffWithdrawn(At, Item),
        new RequestMade(At, Item, RequestKind.Interpreter, new Asker(AskerKind.Patient), "es", Kim, Spec.At(60)), new RequestTaken(At, Item, Kim),
        new RequestDone(At, Item, "came", true),
        new RequestWithdrawn(At, Item, "not needed"),
        new UpdateWritten(At, Item, "in-room", [new LocalText("en", "In a room now.")], Spec.At(40), Spec.At(90)), new UpdateRecalled(At, Item),
        new UpdateReleased(At, Item, [new Delivery(Contact.Id, Channels.Email, DeliveryState.Waiting, 0, At, null, At)]),
        new UpdateLeft(At, Item, [new Delivery(Contact.Id, Channels.Sms, DeliveryState.Waiting, 0, At, null, At, Alert)]),
        new DeliveryTried(At, Item, Contact.Id, Channels.Email),
        new DeliveryEnded(At, Item, Contact.Id, Channels.Email, DeliveryState.Waiting, "busy", Spec.At(41)), new ContactSet(At, Contact),
        new ContactRemoved(At, Contact.Id),
        new CodeWordSet(At, "pbkdf2-sha256$1$00$00"), new CodeWordTried(At, false, Spec.At(45)),
        new LockSet(At, PrivacyLock.NoInformation, true, "asked for it"), new HoldSet(At, true, "results"),
        new LinkIssued(At, Contact.Id, "AB", Spec.At(900)), new LinksRevoked(At, Contact.Id),
        new Rounded(At, new FourPs(3, true, true, false, "asleep")),
        new LifeEventNoted(At, "Wedding anniversary", new DateOnly(2031, 3, 20)), new PulseGiven(At, 4, "ed.triage", "quick"),
        new Mentioned(At, Later), new LeftAs(At, DepartureKind.LeftBeforeEvaluation),
        new Linked(At, new VisitLink(LinkKind.AdmittedFrom, Spec.Id, "V-1", "ED", Spec.At(0)), true, Spec.At(20), Kim),
        new CareCarried(Spec.Id, [new EntryDocument(new FamilyTold(At, "brother", "in the scanner", Spec.At(90)), Item, At, Say.Nurse, false)]),
        new HandsChanged(At),
        new Looked(At, Verified.Place), new BroughtBack(At), new Doubted(At, DoubtKind.Silent, Spec.At(0)), new EndedByRule(At),
        new NurseWentOff(At, Kim),
        new GlassBroken(Item, "sub-7", "emergency", "found on the floor", Spec.At(90)),
        new GlassReviewed(Item, GlassVerdict.FollowUp, "asked the charge nurse"),
        new Erased(Item),
    ];

    public static TheoryData<string> VisitKinds() => [.. Kinds(typeof(VisitEvent)).Select(kind => kind.Name)];

    /// <summary>
    /// What is not here is told to whoever looks after the family, all of it: think before a new kind is left out. Alerts go by their rule.
    /// </summary>
    private static readonly string[] Clinical = ["AcuitySet", "NoteSet", "Rounded", "HandoffOffered", "HandoffAccepted", "HandoffReturned", "HandoffWithdrawn"];

    [Fact]
    public void The_timeline_keeps_what_is_clinical_from_whoever_looks_after_the_family()
    {
        foreach (var e in Visits)
        {
            var ofAlert = e.GetType().GetProperty("Alert")?.PropertyType == typeof(Guid);
            VisitEvent[] told = ofAlert && e is not AlertRaised
                ? [new AlertRaised(Alert, "ed.triage", Severity.Warning, Spec.At(0), Spec.At(10)), e]
                : [e];
            var lines = Narrator.Tell([new VisitCommit(1, Item, At, Say.Nurse, [.. told])], new Spec().Given(Say.Arrive(0)).Visit,
                PolicyReader.Default, Spec.At(60));
            Assert.All(lines, line => Assert.Equal(!ofAlert && !Clinical.Contains(e.GetType().Name), line.IsOfFamily));
        }

        VisitCommit[] back = [new(1, Item, At, Say.Nurse, [new AcuitySet(At, 2)]), new(2, Alert, At, Say.Nurse, [new Undone(Item)])];
        Assert.All(Narrator.Tell(back, new Spec().Given(Say.Arrive(0)).Visit, PolicyReader.Default, Spec.At(60)),
            line => Assert.False(line.IsOfFamily));
        VisitCommit[] waits =
            [new(1, Item, At, Say.Nurse, [new AlertRaised(Alert, "family.asked", Severity.Warning, Spec.At(0), Spec.At(10)), new AlertSeen(Alert)])];
        Assert.All(Narrator.Tell(waits, new Spec().Given(Say.Arrive(0)).Visit, PolicyReader.Default, Spec.At(60)),
            line => Assert.True(line.IsOfFamily));
    }

    [Theory, MemberData(nameof(VisitKinds))]
    public void The_timeline_has_words_for_every_kind_of_event_or_knows_that_it_tells_nothing(string kind)
    {
        foreach (var e in Visits.Where(e => e.GetType().Name == kind || Kinds(typeof(VisitEvent)).Any(k => k.Name == kind && k.Type == e.GetType())))
            Narrator.Tell([new VisitCommit(1, Item, At, Say.Nurse, [e])], new Spec().Given(Say.Arrive(0)).Visit, Spec.Patience, Spec.At(60));
    }

    private static readonly StaffEvent[] Staff =
    [
        new Enrolled(new StaffMember("staff/kim-reyes", "Kim Reyes", ["nurse"], ["ED"])),
        new ShiftBegun(new Shift(Kim, "nurse", "ED", At, Spec.At(500))), new ShiftEnded("staff/kim-reyes", "ED", "nurse", At),
    ];

    private static readonly RuleEvent[] Rules = [new RuleSwitched("ed.triage", "ED", RuleSwitch.NotReported, At)];

    private static readonly HotlineEvent[] Calls =
    [
        new CallRang(Item, At, "Lee Moss", "555-0100", Spec.At(31)), new CallAnswered(Item, At, Say.Nurse), new CallAbandoned(Item, At),
        new CallbackPromised(Item, At, "555-0100", "the bill", Spec.At(60), Kim),
        new CalledBack(Item, At, Say.Nurse), new AskedOnVisit(Item, At, Spec.Id, Alert), new CallFinished(Item, At),
    ];

    private static readonly GlassEvent[] Glass =
    [
        new GlassAsked(Item, Spec.Id, "emergency", "found on the floor", At), new GlassOpened(Item, "ED", true, Spec.At(90)),
        new GlassRefused(Item, "visit-unknown"),
        new GlassJudged(Item, GlassVerdict.Justified, At, "as it should be"),
    ];

    private static readonly Finding Found = new(Item, FindingRule.GlassUnused, Say.Nurse, "sub-7", At, Spec.At(90), Spec.Id.Value, "ED", 7, 6);

    private static readonly Look SomeLook =
        new(Item, LookKind.Opened, At, Spec.Id.Value, Say.Ada.Id.Value, "ED", LookSigns.Hidden | LookSigns.InCharge, Spec.At(0));

    private static readonly LookEvent[] Looks =
    [
        new LooksCarried(new LookBook { Shift = At, Opened = [Item], Usual = [3, 5], Findings = [Found with { IsSettled = true }],
            Glass = [new(Item, Spec.Id.Value, Spec.At(90))], Searches = new(Item, 2, At) }),
        new ShiftTurned(At), new LookNoted(SomeLook), new FindingRaised(Found), new FindingSettled(Item),
    ];

    private static readonly FindingEvent[] Findings =
        [new FindingListed(Found), new FindingJudged(Item, FindingVerdict.FollowUp, At), new FindingReopened(Item), new LooksLost(7, At)];

    private static readonly SessionEvent[] Sessions =
    [
        new SessionBegan(new SessionInfo("20310314-00000000000000000000000000000007", "sub-7", "Kim Reyes", [Role.Nurse], ["ED"], At, Spec.At(720),
            "10.0.0.7")),
        new SessionEnded("20310314-00000000000000000000000000000007", At, "left the house"),
    ];

    private static readonly PatientEvent[] Patients =
    [
        new PatientDescribed(Say.Ada),
        new PatientTold(new PatientFacts { Id = Say.Ada.Id, Number = "P-1", FamilyName = "Moss", GivenName = "", BirthDate = new DateOnly(1950, 2, 3),
            Sex = "F", Deceased = false, Confidential = true, Language = "en" }, At),
        new VisitListed(new VisitEntry(Spec.Id, "V-1", VisitEntryState.Closed, Spec.At(0), Spec.At(90))), new VisitGivenUp(Spec.Id, Say.Ada.Id),
        new PatientMerged(Say.Ada.Id),
        new PatientAliased(Say.Ada.Id), new NamesKnown([Say.Ada.Id], true), new VisitTaken(Spec.Id, Say.Ada.Id),
        new VisitsLinked([new LinkChange(Spec.Id, new Contracts.VisitId(Item), LinkKind.AdmittedTo, At, true) { Number = "V-2", Unit = "4W" }]),
        new VisitRenumbered("V-1", "V-2", At), new PatientLocked(PrivacyLock.Safety, true, At, Spec.Id), new PatientErased(Item),
    ];

    private static readonly NumberEvent[] Numbers = [new NumberNames(Spec.Id.Value, Say.Ada.Id.Value, At)];

    private static readonly BedEvent[] Beds =
        [new BedsReported([new BedFact("3", "A", BedStatus.Dirty, At), new BedFact(null, "7", BedStatus.Clean, At)])];

    private static readonly BoardLayout Layout = new()
    {
        Columns = [BoardColumn.Patient, BoardColumn.Needs], Sort = BoardSort.Stay, IsReversed = true, Density = BoardDensity.Dense,
        Only = [BoardFilter.Unseen], Acuities = [2, 3], Steps = [Steps.Seen], Folded = [BoardSection.Departed, BoardSection.FastTrack],
    };

    private static readonly ViewEvent[] Views =
        [new ViewKept(3, "Fast track", Layout, At), new ViewDeleted(3, At), new ViewChosen("ED", null, Layout, At)];

    private static readonly Type[] Roots =
        [typeof(VisitEvent), typeof(PatientEvent), typeof(NumberEvent), typeof(BedEvent), typeof(StaffEvent), typeof(RuleEvent), typeof(HotlineEvent),
            typeof(GlassEvent), typeof(SessionEvent), typeof(LookEvent), typeof(FindingEvent), typeof(ViewEvent)];

    public static TheoryData<string> Names() => [.. Roots.SelectMany(Kinds).Select(k => k.Name)];

    [Theory, MemberData(nameof(Names))]
    public void What_was_written_once_is_read_and_written_the_same(string name)
    {
        var type = Roots.SelectMany(Kinds).Single(k => k.Name == name).Type;
        var sample = Visits.Concat<object>(Patients).Concat(Numbers).Concat(Beds).Concat(Staff).Concat(Rules).Concat(Calls).Concat(Glass)
            .Concat(Sessions).Concat(Looks).Concat(Findings).Concat(Views).Single(e => e.GetType() == type);
        var file = Path.Combine(Folder, name + ".json");
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(file, JsonNode.Parse(Write(sample))!
                .ToJsonString(new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n");
            Assert.Fail($"There was no golden file for '{name}'; it is written now. Look at it, commit it, run again.");
        }

        var golden = File.ReadAllText(file);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(golden), JsonNode.Parse(Write(sample))),
            $"{name} is written differently now:\n{JsonNode.Parse(Write(sample))}");
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
        foreach (var root in Roots)
        {
            Assert.Equal([], root.Assembly.GetTypes().Where(t => t.IsAssignableTo(root) && !t.IsAbstract).Except(Kinds(root).Select(k => k.Type))
                .Select(t => t.Name));
            Assert.Equal(Kinds(root).Select(k => k.Name).Distinct(), Kinds(root).Select(k => k.Name));
        }
    }

    [Fact]
    public void A_payload_whose_keys_a_database_put_in_another_order_is_read()
    {
        var read = VisitJson.Read(1, Alert, At,
            """{"events":[{"at":"2031-03-14T08:30:00+01:00","event":"visit.contacted.v1"}],"by":{"id":"nurse/7"}}"""u8);
        Assert.Equal(new Contacted(At), Assert.Single(read.Events));
    }

    [Theory, InlineData("{}"), InlineData("""{"format":1}"""), InlineData("not json"), InlineData("""{"format":2,"version":3}"""), InlineData("null")]
    public void A_snapshot_that_cannot_be_read_costs_a_replay_and_no_more(string text) =>
        Assert.Null(VisitSnapshotJson.Read(System.Text.Encoding.UTF8.GetBytes(text)));

    private static (string Name, Type Type)[] Kinds(Type root) =>
        [.. root.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => ((string)a.TypeDiscriminator!, a.DerivedType))];

    private static byte[] Write(object e) => e switch
    {
        VisitEvent x => VisitEvent.Codec.Write(Say.Nurse, [x]),
        PatientEvent x => PatientEvent.Codec.Write(Say.Feed, [x]),
        NumberEvent x => NumberEvent.Codec.Write(Say.Feed, [x]),
        BedEvent x => BedEvent.Codec.Write(Say.Feed, [x]),
        StaffEvent x => StaffEvent.Codec.Write(Say.Nurse, [x]),
        RuleEvent x => RuleEvent.Codec.Write(Say.Nurse, [x]),
        GlassEvent x => GlassEvent.Codec.Write(Say.Nurse, [x]),
        SessionEvent x => SessionEvent.Codec.Write(Say.Nurse, [x]),
        LookEvent x => LookEvent.Codec.Write(Say.Nurse, [x]),
        FindingEvent x => FindingEvent.Codec.Write(Say.Nurse, [x]),
        ViewEvent x => ViewEvent.Codec.Write(Say.Nurse, [x]),
        _ => HotlineEvent.Codec.Write(Say.Nurse, [(HotlineEvent)e]),
    };

    private static object Read(object like, string golden)
    {
        var payload = System.Text.Encoding.UTF8.GetBytes(golden);
        return like switch
        {
            VisitEvent => Assert.Single(VisitEvent.Codec.Read(payload).Events),
            PatientEvent => Assert.Single(PatientEvent.Codec.Read(payload).Events),
            NumberEvent => Assert.Single(NumberEvent.Codec.Read(payload).Events),
            BedEvent => Assert.Single(BedEvent.Codec.Read(payload).Events),
            StaffEvent => Assert.Single(StaffEvent.Codec.Read(payload).Events),
            RuleEvent => Assert.Single(RuleEvent.Codec.Read(payload).Events),
            GlassEvent => Assert.Single(GlassEvent.Codec.Read(payload).Events),
            SessionEvent => Assert.Single(SessionEvent.Codec.Read(payload).Events),
            LookEvent => Assert.Single(LookEvent.Codec.Read(payload).Events),
            FindingEvent => Assert.Single(FindingEvent.Codec.Read(payload).Events),
            ViewEvent => Assert.Single(ViewEvent.Codec.Read(payload).Events),
            _ => Assert.Single(HotlineEvent.Codec.Read(payload).Events),
        };
    }
}

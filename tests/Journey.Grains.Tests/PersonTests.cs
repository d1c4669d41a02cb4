using System.Text;
using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;

namespace Journey.Grains.Tests;

/// <summary>One person, one row: whatever identifiers, numbers and merges a hospital's systems use for them.</summary>
[Collection(nameof(ClusterTests))]
public sealed class PersonTests(Cluster cluster) : PersonScenario(cluster)
{
    [Fact]
    public async Task An_admission_under_a_new_number_is_the_same_journey_and_its_cancel_brings_the_first_back()
    {
        var ada = Who("P1", "Moss");
        await Arrive(ada, 120, At("VED1", Ed, "1"));
        var first = (await Visits("P1")).Single();
        var visit = Cluster.Visit(first.Visit);
        await visit.SetContact(new SetContact(NewId(), Nurse, Now,
            new ContactCard(Guid.NewGuid(), "Lee Invented", "brother", 1, "en", null, null, Consent.Progress, true)));
        await visit.AskQuestion(new AskQuestion(NewId(), Nurse, Now, new Asker(AskerKind.Family, "Lee Invented", null), QuestionKind.Clinical,
            "When?", null, null));
        await visit.TellFamily(new TellFamily(NewId(), Nurse, Now, "brother", "waiting", Now.AddMinutes(30)));
        await Send(ada, VisitIntent.Continues,
            (id, key) => new Plan(id, Feed, Now.AddMinutes(-20), At("VED1", null, null) with { PendingLocation = new Location(Ward, "Bay A", "3") },
                null, key, PlanKind.Admit));
        await Admit(ada, 10, At("VIP1", Ward, "3", PatientClass.Inpatient));

        var row = Assert.Single(await Rows(rows => rows is [{ Links.IsEmpty: false } only] && only.Unit == Ward));
        Assert.Equal((LinkKind.AdmittedFrom, first.Visit, HandoffState.Required),
            (row.Links.Single().As, row.Links.Single().Other, row.Handoff!.State));
        Assert.Equal(Now.AddMinutes(-120), row.DoorAt);
        Assert.Contains(row.Owed, o => o.Kind == OwedKind.Question);
        Assert.NotNull(row.Family.LastToldAt);
        var before = (await visit.Read())!.Row;
        Assert.Equal((VisitStatus.Departed, DepartureKind.Admitted, true), (before.Status, before.DepartedAs, before.IsEndInferred));
        Assert.Empty(before.Owed);
        var admission = Cluster.Visit(row.Visit);
        Assert.Single((await admission.Read())!.Care.Contacts);

        var question = (await admission.Read())!.Care.Questions.Single();
        await admission.AnswerQuestion(new AnswerQuestion(NewId(), Nurse, Now, question.Id, "At ten"));
        await Send(ada, VisitIntent.Revokes,
            (id, key) => new Cancel(id, Feed, Now.AddMinutes(-5), At("VIP1", null, null), null, key, CancelledFact.Arrival, null));
        var back = Assert.Single(await Rows(rows => rows is [{ } only] && only.Unit == Ed));
        Assert.Equal((first.Visit, DepartureKind.Unknown), (back.Visit, back.DepartedAs));
        Assert.Equal(QuestionState.Answered, (await visit.Read())!.Care.Questions.Single().State);
    }

    [Fact]
    public async Task A_merge_finds_both_by_the_ids_of_an_earlier_version_and_loses_no_visit()
    {
        await Arrive(Who("E1", "Moss"), 60, At("V1", Ed, "1"));
        await Arrive(Who("E2", "Moss"), 50, At("V2", Ed, "2"));
        var id = NewId();
        var merge = new FeedMessage(id, new MessageRecord("test", "TEST", Run + "-m", "ADT^A40", Now, Encoding.UTF8.GetBytes("MSH|")),
            [new Merge(Who("P1", "Moss") with { Earlier = Id("E1") }, Id("P2"), null, Feed, Now) { PriorEarlier = Id("E2") }]);
        Assert.Equal(IntakeResult.Applied, (await Cluster.Intake.Receive(merge)).Result);
        Assert.Equal(["V1" + Run, "V2" + Run], (await Visits("P1")).Select(v => v.Number));
        Assert.Equal(await Root("P1"), await Root("P2"));
        await Cluster.Intake.Receive(merge);
        Assert.Equal(2, (await Visits("P1")).Length);
    }

    [Fact]
    public async Task Two_senders_people_of_an_earlier_version_are_one_once_both_are_heard_of()
    {
        await Arrive(Who("E1", "Moss"), 60, At("V1", Ed, "1") with { NumberKey = null });
        await Admit(Who("E2", "Moss"), 30, At("V2", Ward, "2", PatientClass.Inpatient) with { NumberKey = null });
        await Update(Who("P1", "Moss") with { Earlier = Id("E1") }, 2, At("V1", Ed, "1"));
        await Rows(rows => rows.Length == 2);
        await Update(Who("P1", "Moss") with { Earlier = Id("E2") }, 1, At("V2", Ward, "2", PatientClass.Inpatient));
        Assert.Equal(Ward, Assert.Single(await Rows(rows => rows.Length == 1)).Unit);
        Assert.Equal(2, (await Visits("P1")).Length);
    }

    [Fact]
    public async Task An_admission_in_an_emergency_bed_is_one_row_that_boards()
    {
        var ada = Who("P1", "Moss");
        await Arrive(ada, 120, At("VED1", Ed, "1"));
        await Admit(ada, 60, At("VIP1", Ed, "1", PatientClass.Inpatient));
        var row = Assert.Single(await Rows(rows => rows is [{ Class: PatientClass.Inpatient }]));
        Assert.Equal((Ed, Now.AddMinutes(-120)), (row.Unit, row.DoorAt));
    }

    [Fact]
    public async Task The_order_in_which_arrival_and_admission_are_heard_does_not_matter()
    {
        var ada = Who("P1", "Moss");
        await Admit(ada, 10, At("VIP1", Ward, "3", PatientClass.Inpatient));
        await Arrive(ada, 120, At("VED1", Ed, "1"));
        Assert.Equal(Now.AddMinutes(-120),
            Assert.Single(await Rows(rows => rows is [{ DoorAt: { } } only] && only.DoorAt < Now.AddMinutes(-100))).DoorAt);
    }

    [Fact]
    public async Task An_emergency_visit_silent_for_too_long_is_in_doubt_when_the_person_comes_again()
    {
        var ada = Who("P1", "Moss");
        await Arrive(ada, 600, At("VED1", Ed, "1"));
        await Arrive(ada, 5, At("VED2", Ed, "2"));
        Assert.Equal("2", Assert.Single(await Rows(rows => rows is [{ Location.Bed: "2" }])).Location!.Bed);
        var old = (await Cluster.Board(Ed).Read()).Rows.Single(r => r.Location!.Bed == "1");
        Assert.Equal(DoubtKind.Elsewhere, Assert.Single(old.Doubts).Kind);
        await Cluster.Visit(old.Visit).Verify(new Verify(NewId(), Nurse, Now, Verified.Here));
        await Rows(rows => rows.Length == 2);
    }

    [Fact]
    public async Task A_visit_number_changes_hands_and_the_family_of_the_one_before_does_not_follow()
    {
        await Arrive(Who("P5a", "Wrong"), 60, At("V1", Ed, "1"));
        var visit = Cluster.Visit((await Visits("P5a")).Single().Visit);
        await KnowSister(visit);
        await Update(Who("P5b", "Right"), 30, At("V1", Ed, "1"));
        var row = Assert.Single(await Rows(rows => rows is [{ Patient.FamilyName: "Right" }]));
        Assert.Equal(DoubtKind.ChangedHands, Assert.Single(row.Doubts).Kind);
        Assert.Empty((await visit.Read())!.Care.Contacts);
        Assert.Empty(await Visits("P5a"));
        // What was said before the change, heard after it, gives nobody back a bed.
        await Send(Who("P5a", "Wrong"), VisitIntent.Opens,
            (id, key) => new Arrive(id, Feed, Now.AddMinutes(-59), At("V1", Ed, "1"), null, key) { SaidAt = Now.AddMinutes(-59) });
        Assert.Equal("Right", Assert.Single(await Rows(rows => rows.Length == 1)).Patient.FamilyName);
        await Discharge(Who("P5b", "Right"), 1, At("V1", Ed, "1"));
        await Rows(rows => rows.Length == 0);
    }

    [Fact]
    public async Task Every_identifier_of_a_message_leads_to_the_person()
    {
        await Arrive(Who("E900", "Moss"), 60, At("V1", Ed, "1"));
        await Update(Who("70900", "Moss", "E900"), 50, At("V1", Ed, "1"));
        await Discharge(Who("70900", "Moss"), 40, At("V1", Ed, "1"));
        Assert.Empty(await Rows(rows => rows.Length == 0));
        Assert.Equal(await Root("E900"), await Root("70900"));
    }

    [Fact]
    public async Task Two_who_were_known_apart_are_one_when_a_message_names_them_as_one()
    {
        await Arrive(Who("T1", "Trauma"), 60, At("V1", Ed, "1"));
        await Send(Who("M7", "Moss"), VisitIntent.None, (id, key) => new Identify(id, Feed, Now, VisitDetails.None, null, key));
        await Update(Who("M7", "Moss", "T1"), 30, At("V1", Ed, "1"));
        Assert.Equal("Moss", Assert.Single(await Rows(rows => rows is [{ Patient.FamilyName: "Moss" }])).Patient.FamilyName);
        Assert.Equal(await Root("M7"), await Root("T1"));
    }

    [Fact]
    public async Task The_row_keeps_the_survivors_name_whoever_still_uses_the_retired_number()
    {
        await Arrive(Who("P4b", "Retired"), 60, At("V1", Ed, "1"));
        Assert.Equal(IntakeResult.Applied, (await MergeInto(Who("P4a", "Survivor"), "P4b")).Result);
        await Update(Who("P4b", "Retired"), 0, At("V1", Ed, "1"));
        var row = Assert.Single(await Rows(rows => rows is [{ Patient.FamilyName: "Survivor" }]));
        Assert.Equal("P4a", row.Patient.Number);
    }

    [Fact]
    public async Task A_merge_that_finds_nobody_says_so_and_counts_when_they_come()
    {
        var outcome = await MergeInto(Who("P4a", "Survivor"), "P4b");
        Assert.Equal(IntakeResult.Unchanged, outcome.Result);
        Assert.NotNull(outcome.Reason);
        await Arrive(Who("P4b", "Retired"), 5, At("V1", Ed, "1"));
        Assert.Equal("Survivor", Assert.Single(await Rows(rows => rows.Length == 1)).Patient.FamilyName);
    }

    [Fact]
    public async Task Merges_in_a_circle_end_with_the_last_survivor()
    {
        await Arrive(Who("P4b", "Bee"), 60, At("V1", Ed, "1"));
        await MergeInto(Who("P4a", "Ay"), "P4b");
        await MergeInto(Who("P4b", "Bee"), "P4a");
        await Update(Who("P4b", "Bee"), 0, At("V1", Ed, "1"));
        Assert.Equal("Bee", Assert.Single(await Rows(rows => rows is [{ Patient.FamilyName: "Bee" }])).Patient.FamilyName);
        // What is still said under the number that was given up last is out of date.
        await Update(Who("P4a", "Ay"), 0, At("V1", Ed, "2"));
        Assert.Equal("Bee", Assert.Single(await Rows(rows => rows is [{ Location.Bed: "2" }])).Patient.FamilyName);
    }

    [Fact]
    public async Task An_account_and_a_visit_number_name_the_same_visit()
    {
        var ada = Who("P1", "Moss");
        await Arrive(ada, 60, At("A1", Ed, "1", account: "A1" + Run) with { HasOwnNumber = false });
        await Update(ada, 50, At("V1", Ed, "1", account: "A1" + Run));
        await Discharge(ada, 40, At("V1", Ed, "1"));
        Assert.Empty(await Rows(rows => rows.Length == 0));
        Assert.Single(await Visits("P1"));
    }

    [Fact]
    public async Task Two_in_one_bed_are_shown_and_doubted_until_somebody_says_who_is_there()
    {
        await Arrive(Who("P1", "Moss"), 60, At("V1", Ed, "1"));
        await Arrive(Who("P2", "Reed"), 30, At("V2", Ed, "1"));
        var rows = await Rows(rows => rows.Length == 2 && rows.All(r => r.Doubts.Length == 1));
        Assert.All(rows, r => Assert.Equal(DoubtKind.BedShared, r.Doubts[0].Kind));
        var reed = rows.Single(r => r.Patient.FamilyName == "Reed");
        await Cluster.Visit(reed.Visit).Verify(new Verify(NewId(), Nurse, Now, Verified.Place));
        rows = await Rows(rows => rows.Count(r => r.Doubts.IsEmpty) == 1);
        Assert.Equal("Reed", rows.Single(r => r.Doubts.IsEmpty).Patient.FamilyName);
    }

    [Fact]
    public async Task A_deleted_person_is_on_no_board()
    {
        var ada = Who("P1", "Moss");
        await Arrive(ada, 60, At("V1", Ed, "1"));
        var control = Run + "-del";
        var id = new CommandId(NameBasedGuid.Create(NameBasedGuid.Namespace, "message", "TEST", control));
        await Cluster.Intake
            .Receive(new FeedMessage(id, new MessageRecord("test", "TEST", control, "ADT^A29", Now, Encoding.UTF8.GetBytes("MSH|" + control)),
                [new DeletePerson(ada, Feed, Now)]));
        Assert.Empty(await Rows(rows => rows.Length == 0));
    }
}

using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;

namespace Journey.Grains.Tests;

/// <summary>What messages say of a person does not depend on the order in which they come, nor on how many come at once.</summary>
[Collection(nameof(ClusterTests))]
public sealed class PersonOrderTests(Cluster cluster) : OrderScenario(cluster)
{
    [Fact]
    public Task An_admission_that_was_cancelled_leaves_the_emergency_visit_as_it_was() => InEveryOrder(
        () => [() => Arrive(Who("P1", "Moss"), 120, At("VED1", Ed, "1")),
            () => Admit(Who("P1", "Moss"), 60, At("VIP1", Ward, "3", PatientClass.Inpatient)),
            () => CancelArrival(Who("P1", "Moss"), 5, At("VIP1", null, null))],
        () => OneRow(row => row.Unit == Ed && row.Links.IsEmpty && row.ArrivedAt == Now.AddMinutes(-120)));

    [Fact]
    public Task An_admission_under_the_same_number_that_was_cancelled_leaves_the_patient_in_the_emergency_department() => InEveryOrder(
        () => [() => Arrive(Who("P1", "Moss"), 120, At("V1", Ed, "1")),
            () => Admit(Who("P1", "Moss"), 60, At("V1", Ward, "3", PatientClass.Inpatient)),
            () => CancelArrival(Who("P1", "Moss"), 5, At("V1", null, null))],
        () => OneRow(row => row.Unit == Ed));

    private Func<Task>[] TwoIdentifiers(bool isOneAuthority) => [
        () => Arrive(Who("1", "Moss"), 60, At("V1", Ed, "1")),
        () => Update(Who("F", "Moss"), 50, isOneAuthority ? At("V1", Ed, "1") : At("V1", Ed, "1") with { NumberKey = NumberKey("V1 of F") }),
        () => Update(Who("1", "Moss", "F"), 40, At("V1", Ed, "1")),
    ];

    private Task IsMoss() =>
        OneRow(row => row is { Patient.FamilyName: "Moss", Location.Bed: "1", Doubts.IsEmpty: true } && row.ArrivedAt == Now.AddMinutes(-60));

    [Fact]
    public Task Two_identifiers_of_one_person_are_one_row() => InEveryOrder(() => TwoIdentifiers(true), IsMoss);

    [Fact]
    public Task Two_identifiers_with_books_of_their_own_are_one_row() => InEveryOrder(() => TwoIdentifiers(false), IsMoss);

    [Fact]
    public Task Two_identifiers_and_a_merge_are_one_row() =>
        InEveryOrder(() => [.. TwoIdentifiers(true), () => MergeInto(Who("1", "Moss"), "F")], IsMoss);

    [Fact]
    public Task Two_identifiers_at_once_are_one_row() => AtOnce(() => TwoIdentifiers(true), IsMoss);

    [Fact]
    public Task Two_identifiers_with_books_of_their_own_at_once_are_one_row() => AtOnce(() => TwoIdentifiers(false), IsMoss);

    [Fact]
    public Task Two_messages_that_each_name_the_others_person_second_are_one_person_at_once() => AtOnce(
        () => [() => Arrive(Who("1", "Moss", "F"), 60, At("V1", Ed, "1")), () => Update(Who("F", "Moss", "1"), 50, At("V1", Ed, "1"))], IsMoss);

    [Fact]
    public Task A_merge_at_once_with_what_it_is_about_shows_the_survivor() => AtOnce(
        () => [() => Arrive(Who("B", "Retired"), 60, At("V1", Ed, "1")), () => MergeInto(Who("A", "Survivor"), "B"),
            () => Update(Who("B", "Retired"), 10, At("V1", Ed, "1"))],
        () => OneRow(row => row.Patient is { FamilyName: "Survivor" } && row.Patient.Number == "A"));

    [Fact]
    public Task A_visit_that_was_moved_to_another_person_is_theirs() => InEveryOrder(
        () => [() => Arrive(Who("A", "Wrong"), 60, At("V1", Ed, "1")), () => MoveVisit(Who("B", "Right"), "A", "V1", 30),
            () => Update(Who("A", "Wrong"), 40, At("V1", Ed, "1"))],
        () => OneRow(row => row is { Patient.FamilyName: "Right", Location.Bed: "1" } && row.ArrivedAt == Now.AddMinutes(-60)));

    [Fact]
    public async Task What_the_family_of_the_one_before_had_arranged_stays_behind_when_a_visit_is_moved()
    {
        await Arrive(Who("A", "Wrong"), 60, At("V1", Ed, "1"));
        var visit = Cluster.Visit((await Visits("A")).Single().Visit);
        await KnowSister(visit);
        await MoveVisit(Who("B", "Right"), "A", "V1", 30);
        await OneRow(row => row.Patient.FamilyName == "Right" && row.Doubts.Any(d => d.Kind == DoubtKind.ChangedHands));
        Assert.Empty((await visit.Read())!.Care.Contacts);
    }

    [Fact]
    public async Task Contacts_stay_when_the_two_persons_of_a_visit_turn_out_to_be_one()
    {
        await Arrive(Who("1", "Moss"), 60, At("V1", Ed, "1"));
        var visit = Cluster.Visit((await Visits("1")).Single().Visit);
        await KnowSister(visit);
        await Update(Who("F", "Moss"), 50, At("V1", Ed, "1"));
        await OneRow(row => row.Doubts.Any(d => d.Kind == DoubtKind.ChangedHands));
        await Update(Who("F", "Moss", "1"), 40, At("V1", Ed, "1"));
        await OneRow(row => row.Doubts.IsEmpty);
        Assert.Single((await visit.Read())!.Care.Contacts);
    }

    [Fact]
    public Task A_visit_that_got_another_number_is_one_row_with_its_door() => InEveryOrder(
        () => [
            () => Arrive(Who("P1", "Moss"), 60, At("V1", Ed, "1")), () => Renumber(Who("P1", "Moss"), "V1", "V2", 30),
            () => Update(Who("P1", "Moss"), 20, At("V2", Ed, "1")), () => Update(Who("P1", "Moss"), 10, At("V1", Ed, "1")),
        ],
        () => OneRow(row => row.Number == "V2" + Run && row.ArrivedAt == Now.AddMinutes(-60)));

    [Fact]
    public Task A_later_message_of_another_person_takes_a_visit_only_when_it_is_later_than_what_was_said_since() => InEveryOrder(
        () => [() => Arrive(Who("A", "Right"), 60, At("V1", Ed, "1")), () => Update(Who("A", "Right"), 10, At("V1", Ed, "1")),
            () => Update(Who("B", "Wrong"), 30, At("V1", Ed, "1"))],
        () => OneRow(row => row.Patient.FamilyName == "Right"));

    [Fact]
    public Task An_emergency_visit_that_is_closed_just_before_the_admission_is_the_same_journey() => InEveryOrder(
        () => [() => Arrive(Who("P1", "Moss"), 120, At("VED1", Ed, "1")), () => Discharge(Who("P1", "Moss"), 65, At("VED1", Ed, "1")),
            () => Admit(Who("P1", "Moss"), 60, At("VIP1", Ward, "3", PatientClass.Inpatient))],
        () => OneRow(row => row.Unit == Ward && row.DoorAt == Now.AddMinutes(-120) && row.Handoff is { State: HandoffState.Required }));

    [Fact]
    public Task Who_left_and_came_again_under_the_same_number_without_a_word_is_here() => InEveryOrder(
        () => [() => Arrive(Who("P1", "Moss"), 300, At("V1", Ed, "1")), () => Discharge(Who("P1", "Moss"), 200, At("V1", Ed, "1")),
            () => Arrive(Who("P1", "Moss"), 60, At("V1", Ed, "2"))],
        async () =>
        {
            await OneRow(row => row.Location?.Bed == "2");
            Assert.Equal(1, (await Visits("P1")).Count(visit => visit.State == VisitEntryState.Open));
        });

    [Fact]
    public async Task A_question_is_owed_once_when_a_link_turns_out_never_to_have_been()
    {
        await Arrive(Who("P1", "Moss"), 120, At("VED1", Ed, "1"));
        var first = (await Visits("P1")).Single().Visit;
        await Cluster.Visit(first)
            .AskQuestion(new AskQuestion(NewId(), Nurse, Now, new Asker(AskerKind.Family, "Lee Invented", null), QuestionKind.Clinical, "When?",
                null, null));
        await Admit(Who("P1", "Moss"), 60, At("VIP1", Ward, "3", PatientClass.Inpatient));
        await OneRow(row => row.Unit == Ward && row.Owed.Any(o => o.Kind == OwedKind.Question));
        await Discharge(Who("P1", "Moss"), 110, At("VED1", Ed, "1"));
        await OneRow(row => row.Unit == Ward && row.Owed.All(o => o.Kind != OwedKind.Question));
        Assert.Single((await Cluster.Visit(first).Read())!.Care.Questions);
    }

    [Fact]
    public Task A_later_discharge_of_the_emergency_visit_changes_nothing_of_how_it_ended() => InEveryOrder(
        () => [
            () => Arrive(Who("P1", "Moss"), 90, At("VED1", Ed, "1")),
            () => Admit(Who("P1", "Moss"), 35, At("VIP1", Ward, "3", PatientClass.Inpatient)),
            () => Discharge(Who("P1", "Moss"), 30, At("VED1", Ed, "1") with { Disposition = "01" }),
        ],
        async () =>
        {
            await OneRow(row => row.Unit == Ward && row.DoorAt == Now.AddMinutes(-90));
            var first = (await Cluster.Visit((await Visits("P1")).Single(v => v.Class == PatientClass.Emergency).Visit).Read())!.Row;
            Assert.Equal((DepartureKind.Admitted, Now.AddMinutes(-35)), (first.DepartedAs, first.StepSince));
        });

    [Fact]
    public Task An_update_of_the_emergency_visit_heard_before_its_arrival_breaks_no_journey() => InEveryOrder(
        () => [
            () => Arrive(Who("P1", "Moss"), 90, At("VED1", Ed, "1")),
            () => Admit(Who("P1", "Moss"), 35, At("VIP1", Ward, "3", PatientClass.Inpatient)),
            () => Update(Who("P1", "Moss"), 20, At("VED1", Ed, "1")),
        ],
        () => OneRow(row => row.Unit == Ward && row.DoorAt == Now.AddMinutes(-90)));

    [Fact]
    public Task An_emergency_visit_that_was_called_off_is_no_journey_s_beginning() => InEveryOrder(
        () => [() => Arrive(Who("P1", "Moss"), 90, At("VED1", Ed, "1")),
            () => Admit(Who("P1", "Moss"), 35, At("VIP1", Ward, "3", PatientClass.Inpatient)),
            () => CancelArrival(Who("P1", "Moss"), 20, At("VED1", null, null))],
        () => OneRow(row => row.Unit == Ward && row.Links.IsEmpty));

    [Fact]
    public Task A_result_is_heard_whatever_number_of_the_visit_and_whatever_identifier_it_has() => InEveryOrder(
        () => [() => Renumber(Who("P1", "Moss"), "V1", "V2", 30), () => Arrive(Who("P1", "Moss"), 60, At("V1", Ed, "1"))],
        async () =>
        {
            await OneRow(row => row.Number == "V2" + Run);
            Task<IntakeOutcome> Result(string number, string person) =>
                Send(new PatientFacts { Id = Id(person) }, VisitIntent.Mentions,
                    (id, key) => new Mention(id, Feed, Now, At(number, null, null), null, key));
            Assert.Equal(IntakeResult.Applied, (await Result("V1", "P1")).Result);
            // Heard of lately: it came to the visit all the same.
            Assert.Equal(Domain.Visits.Remarks.HeardOfLately, (await Result("V2", "LAB")).Reason);
        });

    [Fact]
    public Task Whom_a_late_message_of_another_person_calls_the_family_is_not_that_of_the_visit() => InEveryOrder(
        () => [
            () => Update(Who("B", "Right"), 30, At("V1", Ed, "1")),
            () => Arrive(Who("A", "Wrong"), 60, At("V1", Ed, "1") with { Contacts = [new FamilyContact("Ann Invented", "mother")] }),
        ],
        async () =>
        {
            await OneRow(row => row.Patient.FamilyName == "Right");
            Assert.Empty((await Cluster.Visit((await Visits("B")).Single().Visit).Read())!.Row.Family.Contacts);
        });

    private static readonly FamilyContact Mother = new("Ann Invented", "mother");

    [Theory, InlineData("merge"), InlineData("back")]
    public async Task The_family_of_whoever_has_the_visit_again_is_theirs_again(string how)
    {
        await Arrive(Who("A", "Moss"), 60, At("V1", Ed, "1") with { Contacts = [Mother] });
        await Update(Who("B", "Moss"), 30, At("V1", Ed, "1"));
        var visit = Cluster.Visit((await Visits("B")).Single().Visit);
        Assert.Empty((await visit.Read())!.Row.Family.Contacts);
        await (how == "merge" ? MergeInto(Who("A", "Moss"), "B") : Update(Who("A", "Moss"), 20, At("V1", Ed, "1")));
        Assert.Equal(Mother, Assert.Single((await visit.Read())!.Row.Family.Contacts));
    }

    [Fact]
    public Task The_same_number_of_two_authorities_is_two_visits_of_one_journey() => InEveryOrder(
        () => [
            () => Arrive(Who("P1", "Moss"), 55, OfAuthority("EDSYS", Ed, "1")),
            () => Admit(Who("P1", "Moss"), 30, OfAuthority("ADTSYS", Ward, "3", PatientClass.Inpatient)),
            () => Discharge(Who("P1", "Moss"), 10, OfAuthority("EDSYS", null, null)),
        ],
        () => OneRow(row => row.Unit == Ward && row.DoorAt == Now.AddMinutes(-55)));

    [Fact]
    public async Task A_number_without_an_authority_or_with_part_of_it_is_the_one_that_is_known()
    {
        await Arrive(Who("P1", "Moss"), 55, OfAuthority("MAIN", Ed, "1"));
        await Update(Who("P1", "Moss"), 40, At("100", Ed, "2"));
        await Update(Who("P1", "Moss"), 30,
            OfAuthority("MAIN", Ed, "3") with { NumberOf = "MAIN&1.2.3&ISO", NumberKey = NumberKey("100 of MAIN 1.2.3") });
        await OneRow(row => row is { Location.Bed: "3", Doubts.IsEmpty: true });
        Assert.Single(await Visits("P1"));
    }

    private VisitDetails OfAuthority(string authority, string? unit, string? bed, PatientClass kind = PatientClass.Emergency) =>
        At("100", unit, bed, kind) with { NumberOf = authority + "&&", NumberKey = NumberKey("100 of " + authority) };

    [Fact]
    public Task An_account_first_and_a_number_later_are_one_visit_in_every_order() => InEveryOrder(
        () => [
            () => Arrive(Who("P1", "Moss"), 55, At("AC1", Ed, "1", account: "AC1" + Run) with { HasOwnNumber = false }),
            () => Update(Who("P1", "Moss"), 25, At("V1", Ed, "2")),
            () => Update(Who("P1", "Moss"), 20, At("V1", Ed, "2", account: "AC1" + Run)),
        ],
        () => OneRow(row => row is { Location.Bed: "2" } && row.ArrivedAt == Now.AddMinutes(-55) && row.Number == "V1" + Run));

    [Fact]
    public async Task A_message_with_an_account_and_somebody_else_s_number_is_about_one_visit()
    {
        await Arrive(Who("A", "Wrong"), 55, At("V1", Ed, "1"));
        await Arrive(Who("B", "Right"), 50, At("AC2", Ed, "1", account: "AC2" + Run) with { HasOwnNumber = false });
        await Update(Who("B", "Right"), 20, At("V1", Ed, "1", account: "AC2" + Run));
        await OneRow(row => row.Patient.FamilyName == "Right");
    }

    [Fact]
    public Task A_number_that_is_given_up_twice_is_the_last_one_in_every_order() => InEveryOrder(
        () => [
            () => Arrive(Who("P1", "Moss"), 55, At("V1", Ed, "1")), () => Renumber(Who("P1", "Moss"), "V1", "V2", 30),
            () => Renumber(Who("P1", "Moss"), "V2", "V3", 20),
            () => Update(Who("P1", "Moss"), 10, At("V3", Ed, "2")),
        ],
        () => OneRow(row => row is { Location.Bed: "2" } && row.Number == "V3" + Run && row.ArrivedAt == Now.AddMinutes(-55)));

    [Fact]
    public Task A_number_that_is_given_back_is_the_visit_s_again_in_every_order() => InEveryOrder(
        () => [() => Arrive(Who("P1", "Moss"), 55, At("V1", Ed, "1")), () => Renumber(Who("P1", "Moss"), "V1", "V2", 30),
            () => Renumber(Who("P1", "Moss"), "V2", "V1", 20)],
        () => OneRow(row => row.Number == "V1" + Run));

    [Fact]
    public Task A_renumbering_at_once_with_the_visit_is_one_row() => AtOnce(
        () => [() => Renumber(Who("P1", "Moss"), "V1", "V2", 30), () => Arrive(Who("P1", "Moss"), 55, At("V1", Ed, "1")),
            () => Update(Who("P1", "Moss"), 10, At("V2", Ed, "2"))],
        () => OneRow(row => row is { Location.Bed: "2" } && row.Number == "V2" + Run && row.ArrivedAt == Now.AddMinutes(-55)));

    [Fact]
    public Task An_admission_at_once_with_its_cancel_leaves_the_patient_in_the_emergency_department() => AtOnce(
        () => [() => Arrive(Who("P1", "Moss"), 90, At("VED1", Ed, "1")),
            () => Admit(Who("P1", "Moss"), 30, At("VIP1", Ward, "3", PatientClass.Inpatient)),
            () => CancelArrival(Who("P1", "Moss"), 10, At("VIP1", null, null))],
        () => OneRow(row => row.Unit == Ed));

    [Fact]
    public async Task A_dummy_after_the_number_takes_neither_the_number_nor_the_family_away()
    {
        await Arrive(Who("A", "Moss"), 55, At("V1", Ed, "1"));
        await Update(new PatientFacts { Id = Id("nobody of V1") }, 20, At("V1", Ed, "2"));
        await OneRow(row => row is { Patient.FamilyName: "Moss", Location.Bed: "2", Doubts.IsEmpty: true });
    }

    [Fact]
    public Task A_message_that_names_both_persons_of_a_visit_makes_them_one_however_late_it_comes() => InEveryOrder(
        () => [
            () => Arrive(Who("A", "Moss"), 55, At("V1", Ed, "1")), () => Update(Who("B", "Moss"), 45, At("V1", Ed, "1")),
            () => Update(Who("A", "Moss", "B"), 35, At("V1", Ed, "1")), () => Update(Who("B", "Moss"), 25, At("V1", Ed, "2")),
        ],
        () => OneRow(row => row is { Location.Bed: "2", Doubts.IsEmpty: true }));

    [Fact]
    public async Task A_chain_of_merges_takes_back_that_a_visit_changed_hands()
    {
        await Arrive(Who("A", "Moss"), 55, At("V1", Ed, "1"));
        await Update(Who("C", "Moss"), 50, At("V1", Ed, "1"));
        await MergeInto(Who("B", "Moss"), "A");
        await MergeInto(Who("C", "Moss"), "B");
        await OneRow(row => row.Doubts.IsEmpty);
    }
}

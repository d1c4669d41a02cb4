using Journey.Contracts;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Patients;
using Journey.Domain.Policies;
using static Journey.Domain.Tests.Spec;

namespace Journey.Domain.Tests.Patients;

/// <summary>Which visit a message means, and what merges do to whom.</summary>
public sealed partial class PatientTests
{
    private static readonly PatientId Ada = new(new Guid("cccccccc-0000-5000-8000-000000000001"));
    private static readonly PatientId Bea = new(new Guid("cccccccc-0000-5000-8000-000000000002"));
    private Patient _patient = Patient.Unknown;
    private int _commands;

    private VisitId? Hear(VisitIntent intent, double at, string? number = null, string? name = null, int? command = null) =>
        Take(PatientDecider.Receive(_patient, Message(intent, at, number, name, command), PolicyReader.Default));

    private ReceivePatient Message(VisitIntent intent, double at, string? number, string? name = null, int? command = null) =>
        new(Command(command ?? ++_commands), Say.Feed, At(at), new PatientFacts { Id = Ada, FamilyName = name }, intent, number);

    private VisitId? Take(PatientDecision decision, int? command = null)
    {
        if (!decision.Events.IsEmpty) _patient =
            PatientFold.Fold(_patient, new PatientCommit(_patient.Version + 1, Command(command ?? _commands).Value, decision.Events));
        return decision.Visit;
    }

    private VisitEntryState State(VisitId? visit) => _patient.Visits.Single(v => v.Visit == visit).State;

    [Fact]
    public void Visits_that_an_earlier_version_listed_without_a_class_are_asked_for_it_and_linked()
    {
        var (emergency, admission) = (Hear(VisitIntent.Opens, 0, "V1"), Hear(VisitIntent.Opens, 300, "V2"));
        _patient = _patient with { Links = [], Visits = [.. _patient.Visits.Select(v => v with { ClassSaidAt = null })] };
        var message = Message(VisitIntent.Describes, 310, "V2") with { Details = new VisitDetails { Class = PatientClass.Inpatient } };
        Assert.Equal(RouteQuestion.Visits, PatientDecider.Asks(_patient, message));
        message = message with { Completed = [_patient.Visits[0] with { Class = PatientClass.Emergency }, _patient.Visits[1]] };
        Assert.Equal(RouteQuestion.Nothing, PatientDecider.Asks(_patient, message));
        var decision = PatientDecider.Receive(_patient, message, PolicyReader.Default);
        var link = Assert.Single(decision.Events.OfType<VisitsLinked>().Single().Changes);
        Assert.Equal((emergency, admission, LinkKind.AdmittedTo), (link.From, link.To, link.Kind));
        Assert.Equal(admission, Take(decision));
        Assert.Equal(RouteQuestion.Nothing, PatientDecider.Asks(_patient, message with { Completed = default }));
    }

    [Theory, InlineData(null), InlineData("V1")]
    public void Everything_between_arrival_and_discharge_is_one_visit(string? number)
    {
        var visit = Hear(VisitIntent.Opens, 0, number);
        Assert.NotNull(visit);
        Assert.Equal(visit, Hear(VisitIntent.Describes, 5, number));
        Assert.Equal(visit, Hear(VisitIntent.Continues, 10, number));
        Assert.Equal(visit, Hear(VisitIntent.Opens, 20, number));
        Assert.Equal(visit, Hear(VisitIntent.Closes, 90, number));
        Assert.Equal((VisitEntryState.Closed, At(90)), (State(visit), _patient.Visits[0].ClosedAt));
        Assert.Equal(visit, Hear(VisitIntent.Reopens, 95, number));
        Assert.Equal(VisitEntryState.Open, State(visit));
    }

    [Fact]
    public void An_update_without_a_number_opens_no_visit_and_one_with_a_number_does()
    {
        Assert.Null(Hear(VisitIntent.Describes, 0));
        Assert.NotNull(Hear(VisitIntent.Describes, 1, "V1"));
    }

    [Fact]
    public void A_visit_that_was_called_off_opens_again_with_its_number()
    {
        var visit = Hear(VisitIntent.Opens, 0, "V1");
        Assert.Equal(visit, Hear(VisitIntent.Revokes, 5, "V1"));
        Assert.Equal(VisitEntryState.Revoked, State(visit));
        Assert.Equal(visit, Hear(VisitIntent.Opens, 10, "V1"));
        Assert.Equal(VisitEntryState.Open, State(visit));
    }

    [Theory, InlineData(VisitIntent.Continues), InlineData(VisitIntent.Describes), InlineData(VisitIntent.Opens), InlineData(VisitIntent.Closes)]
    public void Cancelling_the_admission_of_a_patient_in_the_house_loses_no_later_message(VisitIntent later)
    {
        var visit = Hear(VisitIntent.Opens, 0);
        Hear(VisitIntent.Opens, 30);
        Hear(VisitIntent.Revokes, 40);
        Assert.Equal(visit, Hear(later, 50));
    }

    [Theory, InlineData(VisitIntent.Opens), InlineData(VisitIntent.Continues), InlineData(VisitIntent.Describes), InlineData(VisitIntent.Expects)]
    public void What_is_heard_after_the_discharge_but_was_before_it_belongs_to_that_visit(VisitIntent late)
    {
        var visit = Hear(VisitIntent.Closes, 60);
        Assert.Equal(visit, Hear(late, 10));
        Assert.Equal(VisitEntryState.Closed, State(visit));
        Assert.Single(_patient.Visits);
    }

    [Fact]
    public void What_was_during_an_earlier_visit_does_not_go_to_the_present_one()
    {
        var first = Hear(VisitIntent.Opens, 0);
        Hear(VisitIntent.Closes, 60);
        var second = Hear(VisitIntent.Opens, 100);
        Assert.NotEqual(first, second);
        Assert.Equal(first, Hear(VisitIntent.Continues, 50));
        Assert.Equal(second, Hear(VisitIntent.Continues, 110));
    }

    [Fact]
    public void An_announcement_heard_after_the_arrival_makes_no_second_visit()
    {
        var visit = Hear(VisitIntent.Opens, 60);
        Assert.Equal(visit, Hear(VisitIntent.Expects, 0));
        Assert.Equal(VisitEntryState.Open, State(visit));
    }

    [Fact]
    public void The_same_command_twice_means_the_same_visit()
    {
        foreach (var number in new[] { null, "V1" })
            foreach (var intent in Enum.GetValues<VisitIntent>())
            {
                _patient = Patient.Unknown;
                var first = Hear(intent, 0, number, command: 50);
                Assert.Equal(first, PatientDecider.Receive(_patient, Message(intent, 0, number, command: 50), PolicyReader.Default).Visit);
            }
    }

    [Fact]
    public void A_retry_finds_the_visit_even_when_only_the_name_was_new()
    {
        var visit = Hear(VisitIntent.Opens, 0, "V1", "Moss");
        Assert.Equal(visit, Hear(VisitIntent.Continues, 10, "V1", "Marsh", command: 77));
        Take(new PatientDecision([], null));
        Assert.Contains(_patient.Commands, c => c.Visit == visit && c == _patient.Commands[^1]);
    }

    [Fact]
    public void What_is_not_said_stays_and_what_is_said_to_be_empty_goes()
    {
        Hear(VisitIntent.None, 0, name: "Moss");
        Hear(VisitIntent.None, 1);
        Assert.Equal("Moss", _patient.Ref.FamilyName);
        Hear(VisitIntent.None, 2, name: "");
        Assert.Null(_patient.Ref.FamilyName);
        Assert.Empty(PatientDecider.Receive(_patient, Message(VisitIntent.None, 3, null), PolicyReader.Default).Events);
    }

    [Fact]
    public void An_older_message_gives_nobody_an_old_name_back()
    {
        Hear(VisitIntent.None, 0, name: "Moss");
        Hear(VisitIntent.None, 60, name: "Marsh");
        Hear(VisitIntent.None, 30, name: "Moss");
        Assert.Equal("Marsh", _patient.Ref.FamilyName);
    }

    [Fact]
    public void A_message_about_the_person_alone_that_was_no_news_still_dates_the_particulars()
    {
        Hear(VisitIntent.None, 0, name: "Marsh");
        Hear(VisitIntent.None, 5, name: "Marsh");
        Hear(VisitIntent.None, 3, name: "Moss");
        Assert.Equal("Marsh", _patient.Ref.FamilyName);
    }

    [Fact]
    public void A_visits_messages_that_say_nothing_new_of_the_person_are_written_once_in_a_quarter_of_an_hour()
    {
        Hear(VisitIntent.Opens, 0, "V1", "Moss");
        var writes = Enumerable.Range(1, 60).Count(minute =>
        {
            var before = _patient.Version;
            Hear(VisitIntent.Continues, minute, "V1", "Moss");
            return _patient.Version > before;
        });
        Assert.Equal(4, writes);
    }

    [Fact]
    public void The_admission_that_opened_a_visit_said_again_is_no_second_one()
    {
        var visit = Take(PatientDecider.Receive(_patient, Message(VisitIntent.Opens, 0, "V1") with { Admits = true }, PolicyReader.Default));
        Take(PatientDecider.Receive(_patient, Message(VisitIntent.Opens, 0, "V1") with { Admits = true }, PolicyReader.Default));
        Take(PatientDecider.Receive(_patient, Message(VisitIntent.Revokes, 40, "V1") with { Admits = true }, PolicyReader.Default));
        Assert.Equal(VisitEntryState.Revoked, State(visit));
    }

    [Theory, InlineData(PatientClass.Emergency, true), InlineData(PatientClass.Outpatient, false)]
    public void Who_came_again_and_left_did_not_stay_under_the_visit_before(PatientClass second, bool isStay)
    {
        var before = Stay(VisitIntent.Opens, 0, "V1", PatientClass.Emergency);
        var again = Stay(VisitIntent.Opens, 200, "V2", second);
        Stay(VisitIntent.Closes, 260, "V2", second);
        Assert.Equal(isStay ? [(before, again, LinkKind.ElsewhereAs)] : [],
            _patient.Links.Select(link => ((VisitId?)link.From, (VisitId?)link.To, link.Kind)));
        Stay(VisitIntent.Continues, 300, "V1", PatientClass.Emergency, "ED/5/1");
        Assert.Empty(_patient.Links);

        VisitId? Stay(VisitIntent intent, double at, string number, PatientClass kind, string? place = null) => Take(PatientDecider.Receive(
            _patient, Message(intent, at, number) with
            {
                Details = new() { Number = number, HasOwnNumber = true, Class = kind, Location = Say.Place(place) }
            }, PolicyReader.Default));
    }

    [Fact]
    public void A_class_said_earlier_does_not_come_back()
    {
        Class(PatientClass.Inpatient, 0);
        Class(PatientClass.Outpatient, 30);
        Class(PatientClass.Inpatient, 10);
        Assert.Equal(PatientClass.Outpatient, _patient.Visits.Single().Class);
        Class(PatientClass.Inpatient, 40);
        Assert.Equal(PatientClass.Inpatient, _patient.Visits.Single().Class);

        void Class(PatientClass @class, double at) =>
            Take(PatientDecider.Receive(_patient,
                Message(VisitIntent.Continues, at, "V1") with { Details = new() { Number = "V1", HasOwnNumber = true, Class = @class } },
                PolicyReader.Default));
    }

    [Fact]
    public void A_deletion_ends_an_admitted_visit_and_a_cancel_takes_back_the_admission_alone()
    {
        var visit = Hear(VisitIntent.Opens, 0, "V1");
        Take(PatientDecider.Receive(_patient, Message(VisitIntent.Opens, 30, "V1") with { Admits = true }, PolicyReader.Default));
        Take(PatientDecider.Receive(_patient, Message(VisitIntent.Revokes, 40, "V1") with { Admits = true }, PolicyReader.Default));
        Assert.Equal(VisitEntryState.Open, State(visit));
        Take(PatientDecider.Receive(_patient, Message(VisitIntent.Opens, 50, "V1") with { Admits = true }, PolicyReader.Default));
        Take(PatientDecider.Receive(_patient, Message(VisitIntent.Revokes, 60, "V1"), PolicyReader.Default));
        Assert.Equal(VisitEntryState.Revoked, State(visit));
    }

    [Fact]
    public void An_admission_stays_one_whatever_class_is_repeated_later()
    {
        ReceivePatient At(VisitIntent intent, double at, string? number, PatientClass kind, string? bed = null) =>
            Message(intent, at, number) with
            {
                Details = new()
                {
                    Number = number, HasOwnNumber = number is not null, Class = kind, Location = bed is null
                    ? null
                    : new Location("AMU", "Bay A", bed)
                }
            };
        Take(PatientDecider.Receive(_patient, At(VisitIntent.Opens, 0, "V1", PatientClass.Emergency), PolicyReader.Default));
        Take(PatientDecider.Receive(_patient, At(VisitIntent.Opens, 30, "V2", PatientClass.Inpatient), PolicyReader.Default));
        Take(PatientDecider.Receive(_patient, At(VisitIntent.Continues, 200, null, PatientClass.Outpatient, "20"), PolicyReader.Default));
        Assert.Equal(LinkKind.AdmittedTo, Assert.Single(_patient.Links).Kind);
    }

    [Theory]
    [InlineData(14, null, true), InlineData(16, null, false), InlineData(14, "01", false), InlineData(300, "09", true)]
    public void An_emergency_visit_that_was_closed_before_the_admission_is_continued_by_it_when_that_was_the_way(double before,
        string? disposition, bool isOne)
    {
        Stay(VisitIntent.Opens, 0, "V1", PatientClass.Emergency);
        Stay(VisitIntent.Closes, 400 - before, "V1", PatientClass.Emergency, disposition);
        Stay(VisitIntent.Opens, 400, "V2", PatientClass.Inpatient);
        Assert.Equal(isOne, _patient.Links.Length == 1);

        void Stay(VisitIntent intent, double at, string number, PatientClass kind, string? how = null) => Take(PatientDecider.Receive(
            _patient, Message(intent, at, number) with { Details = new() { Number = number, HasOwnNumber = true, Class = kind, Disposition = how } },
            PolicyReader.Default));
    }

    [Fact]
    public void The_list_follows_a_visit_that_knows_better_what_was_taken_back()
    {
        var visit = Hear(VisitIntent.Opens, 0, "V1");
        Take(new PatientDecision(PatientDecider.Correct(_patient,
            new CorrectVisit(Command(++_commands), Say.Feed, visit!.Value, VisitEntryState.Revoked), PolicyReader.Default), null));
        Assert.Equal(VisitEntryState.Revoked, State(visit));
        Assert.Empty(PatientDecider.Correct(_patient, new CorrectVisit(Command(++_commands), Say.Feed, visit.Value, VisitEntryState.Revoked),
            PolicyReader.Default));
    }

    [Fact]
    public void An_arrival_that_is_heard_after_what_followed_it_tells_when_the_visit_began()
    {
        Hear(VisitIntent.Closes, 80, "V1");
        Hear(VisitIntent.Opens, 10, "V1");
        Assert.Equal((VisitEntryState.Closed, At(10)), (_patient.Visits.Single().State, _patient.Visits.Single().OpenedAt));
    }
}

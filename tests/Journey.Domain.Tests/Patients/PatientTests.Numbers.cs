using Journey.Contracts;
using Journey.Contracts.Patients;
using Journey.Domain.Patients;
using Journey.Domain.Policies;
using static Journey.Domain.Tests.Spec;

namespace Journey.Domain.Tests.Patients;

/// <summary>Which visit a number means, and what becomes of numbers.</summary>
public sealed partial class PatientTests
{
    [Fact]
    public void Two_numbers_are_two_visits() => Assert.NotEqual(Hear(VisitIntent.Opens, 0, "V1"), Hear(VisitIntent.Opens, 1, "V2"));

    [Theory, InlineData(VisitIntent.Opens), InlineData(VisitIntent.Expects)]
    public void A_number_used_again_after_discharge_is_a_new_visit(VisitIntent again)
    {
        var first = Hear(VisitIntent.Opens, 0, "V1");
        Hear(VisitIntent.Closes, 60, "V1");
        Assert.Equal(first, Hear(VisitIntent.Opens, 30, "V1"));
        var second = Hear(again, 5000, "V1");
        Assert.NotEqual(first, second);
        Assert.Equal(second, Hear(VisitIntent.Continues, 5001, "V1"));
    }

    [Fact]
    public void A_pre_admission_without_a_number_is_adopted_by_the_first_number()
    {
        var visit = Hear(VisitIntent.Expects, 0);
        Assert.Equal(VisitEntryState.Expected, State(visit));
        Assert.Equal(visit, Hear(VisitIntent.Opens, 60, "V1"));
        Assert.Equal((VisitEntryState.Open, "V1", At(60)), (State(visit), _patient.Visits[0].Number, _patient.Visits[0].OpenedAt));
    }

    [Fact]
    public void A_visit_that_got_another_number_is_found_by_that_one()
    {
        var visit = Hear(VisitIntent.Opens, 0, "V1");
        RenumberVisit renumber = new(Command(++_commands), Say.Feed, At(5), new PatientFacts { Id = Ada }, "V1", "V2");
        Take(new PatientDecision(PatientDecider.Renumber(_patient, renumber, PolicyReader.Default), null));
        Assert.Equal(visit, Hear(VisitIntent.Continues, 10, "V2"));
        Assert.Empty(PatientDecider.Renumber(_patient, renumber, PolicyReader.Default));
    }

    [Fact]
    public void A_number_that_was_given_up_finds_the_visit_and_does_not_come_back()
    {
        var visit = Hear(VisitIntent.Opens, 0, "V1");
        Take(new PatientDecision(PatientDecider.Renumber(_patient,
            new RenumberVisit(Command(++_commands), Say.Feed, At(5), new PatientFacts { Id = Ada }, "V1", "V2"),
                PolicyReader.Default), null));
        var late = Message(VisitIntent.Continues, 4, "V1") with
        {
            Details = new() { Number = "V1", HasOwnNumber = true },
            IsNumberAsked = true,
            Numbered = new NumberedVisit(visit!.Value, Ada, At(0)),
        };
        Assert.Equal(visit, Take(PatientDecider.Receive(_patient, late, PolicyReader.Default)));
        Assert.Equal("V2", _patient.Visits.Single().Number);
    }

    [Fact]
    public void An_account_that_is_renumbered_is_the_account_of_the_same_visit()
    {
        Take(PatientDecider.Receive(_patient,
            Message(VisitIntent.Opens, 0, "V1") with { Details = new() { Number = "V1", HasOwnNumber = true, Account = "A1" } },
            PolicyReader.Default));
        Take(new PatientDecision(PatientDecider.Renumber(_patient,
            new RenumberVisit(Command(++_commands), Say.Feed, At(5), new PatientFacts { Id = Ada }, "A1", "A2"),
                PolicyReader.Default), null));
        Assert.Equal(("V1", "A2"), (_patient.Visits.Single().Number, _patient.Visits.Single().Account));
    }

    [Fact]
    public void A_retired_identifier_says_nothing_of_the_person_but_that_they_are_to_be_kept_back()
    {
        Hear(VisitIntent.Opens, 0, "V1", "Moss");
        var retired = Message(VisitIntent.Describes, 10, "V1", "Stale") with { IsRetired = true, NamedAs = Bea };
        Take(PatientDecider.Receive(_patient, retired with { Facts = retired.Facts with { Confidential = true } }, PolicyReader.Default));
        Assert.Equal(("Moss", true), (_patient.Ref.FamilyName, _patient.Ref.Confidential));
        Take(PatientDecider.Receive(_patient, retired with { Id = Command(++_commands), Facts = retired.Facts with { Confidential = false } },
            PolicyReader.Default));
        Assert.True(_patient.Ref.Confidential);
    }

    [Fact]
    public void A_visit_opens_as_the_one_that_its_number_s_book_holds()
    {
        var claimed = new NumberedVisit(new VisitId(new Guid("eeeeeeee-0000-5000-8000-000000000001")), Ada, At(0));
        var first = Message(VisitIntent.Opens, 0, "V1") with { IsNumberAsked = true, Numbered = claimed };
        Assert.Equal(claimed.Visit, Take(PatientDecider.Receive(_patient, first, PolicyReader.Default)));
        Hear(VisitIntent.Closes, 60, "V1");
        // Used again after its end the number names another.
        var again = Message(VisitIntent.Opens, 200, "V1") with { IsNumberAsked = true, Numbered = claimed };
        Assert.NotEqual(claimed.Visit, Take(PatientDecider.Receive(_patient, again, PolicyReader.Default)));
    }

    [Fact]
    public void Of_two_visits_under_one_number_a_late_message_is_about_the_one_that_went_on_then()
    {
        Hear(VisitIntent.Closes, 60, "V1");
        var again = Hear(VisitIntent.Opens, 200, "V1");
        var first = Hear(VisitIntent.Opens, 0, "V1");
        Assert.NotEqual(again, first);
        Assert.Equal([(At(0), VisitEntryState.Closed), (At(200), VisitEntryState.Open)], _patient.Visits.Select(v => (v.OpenedAt, v.State)));
    }

    [Fact]
    public void A_result_under_a_number_that_is_not_listed_asks_what_the_number_names()
    {
        var visit = Hear(VisitIntent.Opens, 0, "V2");
        var result = Message(VisitIntent.Mentions, 10, "V1") with { Details = new() { Number = "V1", NumberKey = Guid.NewGuid() } };
        Assert.Equal(RouteQuestion.Number, PatientDecider.Asks(_patient, result));
        Assert.Equal(visit,
            PatientDecider.Receive(_patient, result with { IsNumberAsked = true, Numbered = new NumberedVisit(visit!.Value, Ada, At(0)) },
                PolicyReader.Default).Visit);
    }

    [Fact]
    public void A_visit_known_by_its_account_alone_is_the_one_whose_account_becomes_that()
    {
        var visit = Take(PatientDecider.Receive(_patient,
            Message(VisitIntent.Opens, 0, "V1") with { Details = new() { Number = "V1", HasOwnNumber = true, Account = "A1" } },
                PolicyReader.Default));
        Take(PatientDecider.Receive(_patient, Message(VisitIntent.Describes, 20, "A2") with { Details = new() { Number = "A2", Account = "A2" } },
            PolicyReader.Default));
        Assert.Equal(2, _patient.Visits.Length);
        Take(new PatientDecision(PatientDecider.Renumber(_patient,
            new RenumberVisit(Command(++_commands), Say.Feed, At(10), new PatientFacts { Id = Ada }, "A1", "A2"),
                PolicyReader.Default), null));
        var entry = Assert.Single(_patient.Visits);
        Assert.Equal((visit, "V1", "A2"), (entry.Visit, entry.Number, entry.Account));
    }
}

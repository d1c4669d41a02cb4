using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Patients;
using Journey.Domain.Policies;
using static Journey.Domain.Tests.Spec;

namespace Journey.Domain.Tests.Patients;

/// <summary>Two records that are one person, and visits that are one.</summary>
public sealed partial class PatientTests
{
    private YieldPatient Yield(PatientId to, string? number = null) => new(Command(++_commands), Say.Feed, At(0), to, number);

    [Fact]
    public void A_merged_patient_points_at_the_survivor_and_keeps_the_history()
    {
        Hear(VisitIntent.Opens, 0, "V1");
        Take(new PatientDecision(PatientDecider.Yield(_patient, Yield(Bea), PolicyReader.Default), null));
        Assert.Equal((Bea, 1), (_patient.MergedInto!.Value, _patient.Visits.Length));
        Assert.Empty(PatientDecider.Yield(_patient, Yield(Bea), PolicyReader.Default));
        Assert.Empty(PatientDecider.Yield(_patient, Yield(new PatientId(new Guid(9, 0, 0, new byte[8]))), PolicyReader.Default));
    }

    [Fact]
    public void Nobody_is_merged_into_themselves()
    {
        Hear(VisitIntent.None, 0, name: "Moss");
        Assert.Empty(PatientDecider.Yield(_patient, Yield(Ada), PolicyReader.Default));
    }

    [Fact]
    public void One_visit_moves_and_the_person_stays()
    {
        var moving = Hear(VisitIntent.Opens, 0, "V1");
        var staying = Hear(VisitIntent.Opens, 1, "V2");
        Take(new PatientDecision(PatientDecider.Yield(_patient, Yield(Bea, "V1"), PolicyReader.Default), null));
        Assert.Null(_patient.MergedInto);
        Assert.Equal([staying], _patient.Visits.Select(v => (VisitId?)v.Visit));
        Assert.NotEqual(moving, Hear(VisitIntent.Continues, 10, "V1"));
    }

    [Fact]
    public void Absorbed_visits_take_their_place_in_time_and_are_taken_once()
    {
        var own = Hear(VisitIntent.Opens, 100, "V9");
        Hear(VisitIntent.Closes, 200, "V9");
        VisitEntry older = new(new VisitId(new Guid(5, 0, 0, new byte[8])), "V1", VisitEntryState.Closed, At(0), At(50));
        AbsorbPatient absorb = new(Command(++_commands), Say.Feed, At(300), new PatientFacts { Id = Ada }, Bea, [older]);
        Take(new PatientDecision(PatientDecider.Absorb(_patient, absorb, PolicyReader.Default), null));
        Assert.Empty(PatientDecider.Absorb(_patient, absorb, PolicyReader.Default));
        Assert.Equal(["V1", "V9"], _patient.Visits.Select(v => v.Number));
        Assert.Equal(own, Hear(VisitIntent.Reopens, 310));
    }

    [Fact]
    public void A_merge_that_names_the_survivor_alone_loses_neither_the_name_nor_confidentiality()
    {
        Hear(VisitIntent.Opens, 0, "V1");
        var was = new PatientRef { Id = Bea, FamilyName = "Kept", GivenName = "Bea", Confidential = true };
        Take(new PatientDecision(PatientDecider.Absorb(_patient,
            new AbsorbPatient(Command(++_commands), Say.Feed, At(5), new PatientFacts { Id = Ada }, Bea, []) { Was = was },
                PolicyReader.Default), null));
        Assert.Equal((true, "Kept", "Bea"), (_patient.Ref.Confidential, _patient.Ref.FamilyName, _patient.Ref.GivenName));
    }

    [Fact]
    public void Whatever_led_to_a_merged_person_leads_to_the_survivor()
    {
        var (retired, alias) =
            (new PatientId(new Guid("cccccccc-0000-5000-8000-000000000003")), new PatientId(new Guid("cccccccc-0000-5000-8000-000000000004")));
        Hear(VisitIntent.Opens, 0, "V1");
        var absorb = new AbsorbPatient(Command(++_commands), Say.Feed, At(5), new PatientFacts { Id = Ada }, Bea,
            [])
        { Names = ImmutableDictionary<PatientId, bool>.Empty.Add(retired, true).Add(alias, false) };
        Take(new PatientDecision(PatientDecider.Absorb(_patient, absorb, PolicyReader.Default), null));
        Assert.Equal([(Bea, true), (retired, true), (alias, false)], _patient.Names.OrderBy(n => n.Key.Value).Select(n => (n.Key, n.Value)));
    }

    [Fact]
    public void Two_visits_of_one_number_that_went_on_at_once_are_the_older_one()
    {
        var older = Hear(VisitIntent.Opens, 0, "V1");
        var younger = new VisitEntry(new VisitId(new Guid("eeeeeeee-0000-5000-8000-000000000002")), "V1", VisitEntryState.Closed, At(5),
            At(50))
        { PlacedAt = At(5), Location = Say.Place("ED/5/1") };
        Take(new PatientDecision(PatientDecider.Absorb(_patient,
            new AbsorbPatient(Command(++_commands), Say.Feed, At(60), new PatientFacts { Id = Ada }, Bea, [younger]),
                PolicyReader.Default), null));
        var entry = Assert.Single(_patient.Visits);
        Assert.Equal((older, VisitEntryState.Closed, At(0), "5"), (entry.Visit, entry.State, entry.OpenedAt, entry.Location?.Room));
        Assert.Equal((younger.Visit, older, LinkKind.SameAs), _patient.Commands[^1].Links.Select(l => (l.From, (VisitId?)l.To, l.Kind)).Single());
        Assert.Empty(_patient.Links);
    }

    [Theory, InlineData(VisitEntryState.Closed, 50, 60), InlineData(VisitEntryState.Revoked, 0, 5)]
    public void A_number_that_was_used_again_or_called_off_names_two_visits(VisitEntryState state, double ended, double opened)
    {
        Hear(VisitIntent.Opens, opened, "V1");
        var other = new VisitEntry(new VisitId(new Guid("eeeeeeee-0000-5000-8000-000000000002")), "V1", state, At(0), At(ended));
        Take(new PatientDecision(PatientDecider.Absorb(_patient,
            new AbsorbPatient(Command(++_commands), Say.Feed, At(60), new PatientFacts { Id = Ada }, Bea, [other]),
                PolicyReader.Default), null));
        Assert.Equal(2, _patient.Visits.Length);
    }
}

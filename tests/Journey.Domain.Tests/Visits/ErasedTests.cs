using Journey.Contracts;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Patients;
using Journey.Domain.Visits;

namespace Journey.Domain.Tests.Visits;

/// <summary>Of what was erased nothing is known, and only of a person who is heard of again something is.</summary>
public sealed class ErasedTests
{
    private static readonly Guid Erasure = new("eeeeeeee-0000-5000-8000-000000000001");

    [Fact]
    public void An_erased_visit_is_known_to_nobody_and_no_message_opens_it()
    {
        var visit = new Spec().Given(Say.Arrive(0)).Visit;
        Assert.True(visit.Exists);
        var erased = VisitFold.Fold(visit, new VisitCommit(visit.Version + 1, Erasure, Spec.At(60), Actor.System, [new Erased(Erasure)]));

        Assert.False(erased.Exists);
        Assert.Equal(new PatientRef(), erased.Patient);
        Assert.Empty(erased.Entries);
        var decision = VisitDecider.Decide(Spec.Id, erased, Say.Arrive(90), Spec.Patience, Spec.At(90));
        Assert.Equal((VisitAccess.Erased, 0), (decision.Refusal, decision.Events.Length));
        Assert.Empty(VisitDecider.Review(Spec.Id, erased, Spec.Patience, Spec.At(90)));
        Assert.Empty(Narrator.Tell([new VisitCommit(1, Erasure, Spec.At(0), Actor.System, [new Erased(Erasure)])], erased, Spec.Patience,
            Spec.At(90)));
    }

    [Fact]
    public void A_visit_that_became_another_persons_has_what_came_after()
    {
        var visit = VisitFold.Fold(Visit.Unknown, new VisitCommit(1, Erasure, Spec.At(0), Actor.System, [new Erased(Erasure)]));
        visit = VisitFold.Fold(visit,
            new VisitCommit(2, Guid.NewGuid(), Spec.At(1), Say.Feed, [new HandsChanged(Spec.At(1)), new Identified(Say.Ada)]));
        Assert.True(visit.Exists);
        Assert.Equal(Say.Ada, visit.Patient);
    }

    [Fact]
    public void Who_was_erased_is_unknown_and_begins_anew_when_they_are_heard_of_again()
    {
        var told = new PatientTold(new PatientFacts { Id = Say.Ada.Id, Number = "P-1", FamilyName = "Moss" }, Spec.At(0));
        var patient = PatientFold.Fold(Patient.Unknown with { Ref = new PatientRef { Id = Say.Ada.Id } },
            new PatientCommit(1, Guid.NewGuid(),
                [told, new VisitListed(new VisitEntry(Spec.Id, "V-1", VisitEntryState.Closed, Spec.At(0), Spec.At(9)))]));
        var erased = PatientFold.Fold(patient, new PatientCommit(2, Erasure, [new PatientErased(Erasure)]));

        Assert.Equal((true, false, 2L), (patient.IsKnown, erased.IsKnown, erased.ErasedThrough));
        Assert.Equal(new PatientRef { Id = Say.Ada.Id }, erased.Ref);
        Assert.Empty(erased.Visits);
        var anew = PatientFold.Fold(erased, new PatientCommit(3, Guid.NewGuid(), [told]));
        Assert.Equal((true, "Moss", 2L), (anew.IsKnown, anew.Ref.FamilyName, anew.ErasedThrough));
        Assert.Empty(anew.Visits);
    }
}

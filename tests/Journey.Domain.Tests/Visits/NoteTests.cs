using Journey.Contracts;
using Journey.Domain.Facts;
using Journey.Domain.Visits;

namespace Journey.Domain.Tests.Visits;

/// <summary>The line that staff keep on a row.</summary>
public sealed class NoteTests
{
    [Fact]
    public void A_note_stands_on_the_row_with_who_wrote_it_until_another_takes_its_place()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Note(5, "Glasses are with the clerk"), Say.Note(9, "Daughter called"));
        Assert.Equal(("Daughter called", Spec.At(9), Say.Nurse.Name), (spec.Row.Note, spec.Row.NoteSaid!.At, spec.Row.NoteSaid.By));
        Assert.Empty(spec.When(Say.Note(10, "Daughter called")).Decision.Events);
        Assert.Equal((null, null), (spec.Given(Say.Note(11, null)).Row.Note, spec.Row.NoteSaid));
    }

    [Fact]
    public void Taken_back_it_is_what_it_was_before()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Note(5, "First"), Say.Note(6, "Second"));
        Assert.Equal("First", spec.Given(Say.Undo(7, spec.Last)).Row.Note);
    }

    [Fact]
    public void It_goes_with_the_end_of_the_visit_and_comes_back_with_a_cancelled_one()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Note(5, "Glasses are with the clerk"), Say.Discharge(60));
        Assert.Equal((null, null), (spec.Row.Note, spec.Row.NoteSaid));
        Assert.Equal(RefusalCodes.VisitClosed, spec.When(Say.Note(61, "Late")).Refused);
        Assert.Equal("Glasses are with the clerk", spec.Given(Say.Cancel(62, Contracts.Visits.CancelledFact.Discharge)).Row.Note);
    }

    [Fact]
    public void The_person_who_gets_a_number_that_was_anothers_does_not_get_the_note()
    {
        var visit = new Spec().Given(Say.Arrive(0), Say.Note(5, "Glasses are with the clerk")).Visit;
        visit = VisitFold.Fold(visit, new VisitCommit(9, Guid.NewGuid(), Spec.At(6), Say.Feed, [new HandsChanged(Spec.At(6))]));
        Assert.Null(VisitProjection.Row(Spec.Id, visit, Spec.Patience).Note);
    }

    [Fact]
    public void Of_many_notes_the_last_counts() => Assert.Equal("Note 60",
        Enumerable.Range(1, 60).Aggregate(new Spec().Given(Say.Arrive(0)), (spec, n) => spec.Given(Say.Note(n, $"Note {n}"))).Row.Note);
}

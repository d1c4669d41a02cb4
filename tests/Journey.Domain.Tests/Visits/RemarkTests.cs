using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Policies;
using Journey.Domain.Visits;

namespace Journey.Domain.Tests.Visits;

/// <summary>What the message log says of a message that does not do what its sender would expect.</summary>
public sealed class RemarkTests
{
    private readonly Spec _spec = new();

    private string? After(FeedCommand command)
    {
        var before = _spec.Visit;
        _spec.When(command);
        return Remarks.Write(before, _spec.Visit, command, isNews: !_spec.Decision.Events.IsEmpty);
    }

    [Fact]
    public void What_does_what_it_says_needs_no_word()
    {
        Assert.Null(After(Say.Arrive(0, "ED/1/1")));
        Assert.Null(After(Say.Transfer(10, "ED/2/1")));
        Assert.Null(After(Say.Cancel(20, CancelledFact.Transfer)));
        Assert.Null(After(Say.Discharge(60)));
        Assert.Null(After(Say.Cancel(70, CancelledFact.Discharge)));
    }

    [Theory]
    [InlineData(CancelledFact.Transfer), InlineData(CancelledFact.Discharge), InlineData(CancelledFact.Leave),
        InlineData(CancelledFact.PlannedDischarge)]
    public void A_cancel_that_finds_nothing_says_so(CancelledFact what)
    {
        _spec.Given(Say.Arrive(0, "ED/1/1"));
        Assert.Equal(Remarks.TakesNothingBack, After(Say.Cancel(20, what)));
    }

    [Theory, InlineData(CancelledFact.Arrival), InlineData(CancelledFact.Discharge)]
    public void So_does_one_that_is_the_first_thing_heard_of_a_visit(CancelledFact what) =>
        Assert.Equal(Remarks.TakesNothingBack, After(Say.Cancel(20, what)));

    [Fact]
    public void What_was_said_before_says_so()
    {
        _spec.Given(Say.Arrive(0, "ED/1/1"));
        Assert.Equal(Remarks.SaidBefore, After(Say.Arrive(0, "ED/1/1")));
    }

    [Fact]
    public void A_move_after_the_departure_says_so()
    {
        _spec.Given(Say.Arrive(0, "ED/1/1"), Say.Discharge(60));
        Assert.Equal(Remarks.AfterTheEnd, After(Say.Transfer(90, "ED/2/1")));
    }

    [Fact]
    public void An_update_to_another_unit_after_the_departure_says_so()
    {
        _spec.Given(Say.Arrive(0, "ED/1/1"), Say.Discharge(60));
        Assert.Equal(Remarks.AfterTheEnd, After(Say.Update(90, "AMU/2/1")));
    }

    [Fact]
    public void Paperwork_of_a_departure_that_staff_saw_says_so()
    {
        _spec.Given(Say.Arrive(0, "ED/1/1"), Say.Step(30, Steps.Departed));
        Assert.Equal(Remarks.SeenToLeave, After(Say.Discharge(45)));
        Assert.Equal(Remarks.TakesNothingBack, After(Say.Cancel(50, CancelledFact.Transfer)));
    }

    [Fact]
    public void A_time_that_cannot_be_is_said() =>
        Assert.Equal(Remarks.NotBelieved,
            After(Say.Arrive(0, "ED/1/1") with { Details = new VisitDetails { Class = PatientClass.Emergency, NotBelieved = ["EVN-2"] } }));

    [Fact]
    public void An_update_of_a_visit_long_past_says_so()
    {
        var spec = new Spec(PolicyReader.Default);
        var update =
            Say.Update(0, new VisitDetails { Class = PatientClass.Emergency, AdmittedAt = Spec.At(-60 * 24 * 30), Location = Say.Place("ED/1/1") });
        var before = spec.Visit;
        spec.When(update);
        Assert.Equal(Remarks.LongPast, Remarks.Write(before, spec.Visit, update, isNews: true));
    }
}

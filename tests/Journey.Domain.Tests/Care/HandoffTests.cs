using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Domain.Care;
using Journey.Domain.Facts;

namespace Journey.Domain.Tests.Care;

public sealed class HandoffTests
{
    [Fact]
    public void Between_offer_and_read_back_the_patient_is_between_owners_and_a_clock_runs()
    {
        var spec = Owned().Given(Say.Offer(10, "N2"));
        Assert.Equal((HandoffState.Offered, "N2", "N1"), (spec.Row.Handoff?.State, spec.Row.Handoff?.To?.Id, spec.Row.Nurse?.Id));
        spec.Review(25);
        Assert.Equal(Severity.Warning, spec.Open("handoff.accept")!.Severity);
        spec.Given(Say.Accept(26, spec.Care.OpenHandoff!.Id, "N2"));
        Assert.Equal(("N2", (HandoffView?)null), (spec.Row.Nurse?.Id, spec.Row.Handoff));
        Assert.Null(spec.Open("handoff.accept"));
    }

    [Fact]
    public void Questions_promises_and_requests_move_with_the_patient_in_one_commit()
    {
        var n1 = new Person("N1", "Name of N1");
        var spec = Owned().Given(Say.Ask(1, owner: n1), Say.Promise(2, 300, n1), Say.Request(3, RequestKind.Comfort), Say.Offer(10, "N2"));
        spec.Given(Say.TakeOn(11, spec.Care.Requests[0].Id, new Actor("N1", "Name of N1")));
        spec.When(Say.Accept(12, spec.Care.OpenHandoff!.Id, "N2"));
        Assert.Equal(["N2", "N2", "N2"], spec.Row.Owed.Select(o => o.Owner!.Id));
        Assert.Single(spec.Decision.Events.OfType<HandoffAccepted>());
        spec.Given(Say.Undo(13, spec.Last));
        Assert.Equal(("N1", "N1", HandoffState.Offered), (spec.Row.Nurse?.Id, spec.Row.Owed[0].Owner?.Id, spec.Row.Handoff?.State));
    }

    [Theory]
    [InlineData("N1", "N2")]
    [InlineData("liaison", "liaison")]
    [InlineData(null, null)]
    public void The_familys_point_of_contact_moves_with_the_patient_if_it_was_who_hands_over(string? before, string? after)
    {
        var spec = Owned().Given(Say.Assign(1, CareRole.PointOfContact, before), Say.Offer(10, "N2"));
        Assert.Equal(before, spec.Row.PointOfContact?.Id);
        spec.Given(Say.Accept(12, spec.Care.OpenHandoff!.Id, "N2"));
        Assert.Equal(("N2", after), (spec.Row.Nurse?.Id, spec.Row.PointOfContact?.Id));
        spec.Given(Say.Undo(13, spec.Last));
        Assert.Equal(("N1", before), (spec.Row.Nurse?.Id, spec.Row.PointOfContact?.Id));
    }

    [Fact]
    public void Only_the_one_it_was_offered_to_reads_back_and_not_without_words()
    {
        var spec = Owned().Given(Say.Offer(10, "N2"));
        var handoff = spec.Care.OpenHandoff!.Id;
        Assert.Equal(RefusalCodes.HandoffNotYours, spec.When(Say.Accept(11, handoff, "N3")).Refused);
        Assert.Equal(RefusalCodes.HandoffNeedsReadBack, spec.When(Say.Accept(11, handoff, "N2", " ")).Refused);
        spec.Given(Say.Accept(12, handoff, "N2"));
        Assert.Equal((RefusalCodes.HandoffClosed, "Name of N2 has accepted it already."),
            (spec.When(Say.Accept(13, handoff, "N2")).Refused, spec.Decision.Refusal!.Message));
    }

    [Fact]
    public void A_handoff_may_come_back_with_a_question_and_its_clock_runs_on()
    {
        var spec = Owned().Given(Say.Offer(10, "N2"));
        spec.Given(Say.HandBack(12, spec.Care.OpenHandoff!.Id, "N2"));
        Assert.Equal((HandoffState.Returned, "Which question?"), (spec.Row.Handoff?.State, spec.Row.Handoff?.Note));
        spec.Review(25);
        Assert.NotNull(spec.Open("handoff.accept"));
    }

    [Fact]
    public void A_transfer_to_another_unit_requires_a_handoff_unless_it_was_made_on_the_way()
    {
        var spec = Owned().Given(Say.Transfer(20, "5N/2/A"));
        Assert.Equal(HandoffState.Required, spec.Row.Handoff?.State);
        spec.Given(Say.Offer(22, "N5"), Say.Transfer(23, "5N/2/B"));
        Assert.Equal(HandoffState.Offered, spec.Row.Handoff?.State);
        var before = Owned().Given(Say.Offer(10, "N5"));
        before.Given(Say.Accept(15, before.Care.OpenHandoff!.Id, "N5"), Say.Transfer(20, "5N/2/A"));
        Assert.Null(before.Row.Handoff);
    }

    [Fact]
    public void What_was_entered_before_a_departure_was_heard_of_is_owed_by_nobody_afterwards()
    {
        var spec = Owned().Given(Say.Offer(10, "N2"), Say.Promise(11, 300, new Person("N1", "Name of N1")), Say.Request(12, RequestKind.Comfort));
        spec.When(Say.Discharge(5), recordedAt: 15);
        Assert.Equal((HandoffView?)null, spec.Row.Handoff);
        Assert.Empty(spec.Row.Owed);
        Assert.Equal(HandoffState.Withdrawn, spec.Care.Handoffs[^1].State);
    }

    [Fact]
    public void The_visit_writes_its_own_draft()
    {
        var spec = Owned().Given(Say.Acuity(1, 2), Say.Ask(5), Say.Promise(6, 300), Say.Waits(7));
        var draft = HandoffDraft.Write(spec.Visit, spec.Policy, Spec.At(10));
        Assert.Equal("", draft.Illness); // Software does not judge.
        Assert.Contains(draft.Actions, a => a.Contains("When is the scan?", StringComparison.Ordinal));
        Assert.Contains("waiting for word", draft.Awareness);
    }

    private static Spec Owned() => new Spec().Given(Say.Admit(0, "4W/1/A"), Say.Assign(0, CareRole.Nurse, "N1"));
}

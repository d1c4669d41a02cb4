using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Domain.Facts;

namespace Journey.Domain.Tests.Care;

public sealed class QuestionTests
{
    [Fact]
    public void A_question_is_due_when_the_policy_wants_its_answer_and_belongs_to_whoever_is_responsible()
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/1/A"), Say.Assign(0, CareRole.Nurse, "N1"), Say.Ask(10));
        var owed = Assert.Single(spec.Row.Owed);
        Assert.Equal((OwedKind.Question, "clinical", "N1", Spec.At(40)), (owed.Kind, owed.Detail, owed.Owner?.Id, owed.DueAt));
        spec.Given(Say.Assign(11, CareRole.PointOfContact, "L1"));
        Assert.Equal("L1", spec.Row.Owed[0].Owner?.Id);
    }

    [Fact]
    public void An_answer_closes_nothing_only_the_askers_satisfaction_does()
    {
        var spec = Asked(out var question).Given(Say.Answer(20, question));
        Assert.Equal(QuestionState.Answered, spec.Care.Questions[0].State);
        Assert.Equal("answered", Assert.Single(spec.Row.Owed).State);
        spec.Given(Say.Confirm(25, question, satisfied: false));
        Assert.Equal((QuestionState.Open, 1, "Which room?", Spec.At(55)),
            (spec.Care.Questions[0].State, spec.Care.Questions[0].Reopened, spec.Care.Questions[0].Remark, spec.Care.Questions[0].DueAt));
        spec.Given(Say.Answer(26, question), Say.Confirm(30, question, by: new Actor(Actor.FamilyId)));
        Assert.Equal((QuestionState.Closed, Actor.FamilyId), (spec.Care.Questions[0].State, spec.Care.Questions[0].ConfirmedBy?.Id));
        Assert.Empty(spec.Row.Owed);
        Assert.Equal(RefusalCodes.QuestionClosed, spec.When(Say.Answer(31, question)).Refused);
    }

    [Fact]
    public void A_question_that_is_not_answered_cannot_be_confirmed() =>
        Assert.Equal(RefusalCodes.QuestionNotAnswered, Asked(out var question).When(Say.Confirm(11, question)).Refused);

    [Fact]
    public void Who_answers_second_is_told_kindly_who_was_first()
    {
        var spec = Asked(out var question).Given(Say.Answer(20, question));
        Assert.Equal(RefusalCodes.QuestionAnswered, spec.When(Say.Answer(20, question, Say.Other)).Refused);
        Assert.Contains("Kim Reyes", spec.Decision.Refusal!.Message);
        Assert.Null(spec.When(Say.Answer(21, question)).Refused);
    }

    [Fact]
    public void Each_question_has_an_alert_of_its_own()
    {
        var spec = Asked(out var first).Given(Say.Ask(15));
        spec.Review(40);
        var alert = spec.Open("question.answer")!;
        spec.Given(Say.Acknowledge(41, alert.Id));
        spec.Review(46);
        Assert.Equal(alert.Id, spec.Open("question.answer")!.Id);
        spec.Given(Say.Answer(47, first));
        Assert.NotEqual(alert.Id, spec.Open("question.answer")!.Id);
        Assert.Equal((AlertState.Raised, Resolutions.Done), (spec.Open("question.answer")!.State, spec.Visit.Alert(alert.Id)!.Resolution));
    }

    [Fact]
    public void An_alert_of_a_question_ends_with_its_answer_not_by_a_tap()
    {
        var spec = Asked(out _);
        spec.Review(40);
        Assert.Equal(RefusalCodes.AlertNeedsItsDeed, spec.When(Say.Resolve(41, spec.Open("question.answer")!.Id)).Refused);
    }

    [Fact]
    public void A_question_outlives_the_visit_and_is_closed_by_its_asker_all_the_same()
    {
        var spec = Asked(out var question).Given(Say.Discharge(20));
        Assert.Single(spec.Row.Owed);
        spec.Given(Say.Answer(30, question), Say.Confirm(31, question));
        Assert.Empty(spec.Row.Owed);
    }

    [Fact]
    public void What_a_family_said_is_not_staffs_to_take_back()
    {
        var spec = Asked(out var question).Given(Say.Answer(20, question), Say.Confirm(21, question, by: new Actor(Actor.FamilyId)));
        Assert.Equal(RefusalCodes.CannotBeTakenBack, spec.When(Say.Undo(22, spec.Last)).Refused);
    }

    [Fact]
    public void An_expected_time_that_has_passed_is_refused() =>
        Assert.Equal(RefusalCodes.PromiseInThePast, new Spec().Given(Say.Admit(0, "4W/1/A")).When(Say.Ask(10, by: 9)).Refused);

    private static Spec Asked(out Guid question)
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/1/A"), Say.Assign(0, CareRole.Nurse, "nurse/7"), Say.Ask(10));
        question = spec.Last.Value;
        return spec;
    }
}

public sealed class PromiseTests
{
    [Theory, InlineData(50, PromiseState.Kept), InlineData(60, PromiseState.Kept), InlineData(61, PromiseState.Broken)]
    public void A_promise_is_kept_in_time_or_was_broken(double at, PromiseState state)
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/1/A"), Say.Promise(10, 60));
        var promise = spec.Last.Value;
        spec.Given(Say.Keep(at, promise));
        Assert.Equal(state, spec.Care.Promises[0].State);
        Assert.Equal(RefusalCodes.PromiseSettled, spec.When(Say.Keep(at + 1, promise)).Refused);
    }

    [Fact]
    public void A_promise_shows_before_it_breaks_and_time_alone_breaks_it()
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/1/A"), Say.Promise(10, 60));
        spec.Review(50);
        Assert.Equal((Severity.Notice, PromiseState.Open), (spec.Open("promise")!.Severity, spec.View.Care.Promises[0].State));
        spec.Review(60);
        Assert.Equal((Severity.Warning, PromiseState.Broken), (spec.Open("promise")!.Severity, spec.View.Care.Promises[0].State));
    }

    [Fact]
    public void The_next_word_promised_to_the_family_is_a_promise_like_any_other()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Tell(10, next: 40));
        var promise = Assert.Single(spec.Care.Promises);
        Assert.Equal((Spec.At(40), "nurse/7"), (promise.DueAt, promise.Owner.Id));
        spec.Given(Say.Keep(30, promise.Id));
        Assert.Equal((PromiseState.Kept, Spec.At(30), (DateTimeOffset?)null),
            (spec.Care.Promises[0].State, spec.Row.Family.LastToldAt, spec.Course.PromisedAt));
    }

    [Fact]
    public void A_word_taken_back_in_time_leaves_the_policys_interval()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Tell(10, next: 200));
        spec.Given(new WithdrawPromise(default, Say.Nurse, Spec.At(20), spec.Care.Promises[0].Id, "they went home"));
        Assert.Equal((PromiseState.Withdrawn, Spec.At(70)), (spec.Care.Promises[0].State, spec.Row.Family.NextDueAt));
    }
}

public sealed class RequestTests
{
    [Fact]
    public void A_referral_that_nobody_attends_is_an_alarm_of_the_safety_tier()
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/1/A"), Say.Request(0, RequestKind.MentalHealth));
        var request = spec.Last.Value;
        spec.Given(Say.TakeOn(5, request, Say.Other));
        spec.Review(60);
        Assert.True(spec.Row.Alerts.Single(a => a.Rule == "referral.unattended").Safety);
        spec.Given(Say.Finish(70, request));
        Assert.Null(spec.Open("referral.unattended"));
        Assert.Equal(Resolutions.Done, spec.Visit.Alerts.Last(a => a.Rule == "referral.unattended").Resolution);
    }

    [Fact]
    public void Nobody_takes_a_request_out_of_anothers_hands()
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/1/A"), Say.Request(0, RequestKind.Interpreter));
        var request = spec.Last.Value;
        spec.Given(Say.TakeOn(1, request, Say.Nurse));
        Assert.Equal((RefusalCodes.RequestTaken, "Kim Reyes is on it already."),
            (spec.When(Say.TakeOn(2, request, Say.Other)).Refused, spec.Decision.Refusal!.Message));
        Assert.Equal("es", spec.Row.InterpreterFor);
        spec.Given(Say.Finish(3, request));
        Assert.Null(spec.Row.InterpreterFor);
    }

    [Fact]
    public void A_round_is_contact_and_pain_has_a_range()
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/1/A"), Say.Round(50));
        Assert.Equal((Spec.At(50), 2), (spec.Row.LastContactAt, spec.View.Care.Rounds[0].Ps.Pain));
        Assert.Equal(RefusalCodes.PainOutOfRange, spec.When(Say.Round(51, 11)).Refused);
    }

    [Fact]
    public void Birthdays_are_remembered_with_tact()
    {
        var born = Say.Ada with { BirthDate = new DateOnly(1950, 3, 16) };
        var spec = new Spec().Given(Say.Admit(0, "4W/1/A"), Say.Identify(1, born));
        Assert.Equal(("Birthday", new DateOnly(2031, 3, 16)), (spec.Row.Prompts[0].Says, spec.Row.Prompts[0].On));
        Assert.Empty(new Spec().Given(Say.Admit(0, "4W/1/A"), Say.Identify(1, born), Say.Hold(2)).Row.Prompts);
        Assert.Empty(new Spec().Given(Say.Admit(0, "4W/1/A"), Say.Identify(1, born with { Deceased = true })).Row.Prompts);
        Assert.Empty(new Spec().Given(Say.Arrive(0), Say.Identify(1, born)).Row.Prompts);
    }
}

using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Hotline;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Domain.Hotline;
using Journey.Domain.Policies;
using Journey.Domain.Staff;

namespace Journey.Domain.Tests.Staff;

public sealed class ShiftTests
{
    private static readonly Person Kim = new("staff/kim-reyes", "Kim Reyes");

    [Fact]
    public void Who_is_on_duty_follows_from_shifts_begun_and_ended()
    {
        var directory = StaffDirectory.Empty.Fold(new ShiftBegun(new Shift(Kim, StaffRoles.Nurse, "ED", Spec.At(0), Spec.At(480))));
        Assert.Single(directory.OnDuty("ED", Spec.At(1)));
        Assert.Empty(directory.OnDuty("4W", Spec.At(1)));
        Assert.Empty(directory.OnDuty(null, Spec.At(480)));
        Assert.Empty(directory.OnDuty("ED", Spec.At(-1)));
        Assert.Single(directory.OnDutyOrComing("ED", Spec.At(-1)));
        Assert.Empty(directory.OnDutyOrComing("ED", Spec.At(480)));
        Assert.Empty(directory.Fold(new ShiftEnded(Kim.Id, "ED", StaffRoles.Nurse, Spec.At(60))).OnDuty("ED", Spec.At(61)));
        var again = directory.Fold(new ShiftBegun(new Shift(Kim, StaffRoles.Nurse, "ED", Spec.At(30), Spec.At(500))));
        Assert.Equal(Spec.At(500), Assert.Single(again.OnDuty("ED", Spec.At(31))).Until);
    }
}

public sealed class ShiftNamesTests
{
    [Theory]
    [InlineData("Kim Reyes", true), InlineData("KIM REYES", true), InlineData("Joan Abbot", true), InlineData("Kim Reyes 2", true)]
    [InlineData("Kim Reye", false), InlineData("Kim Reyess", false), InlineData("Kin Reyes", false), InlineData("Kim Ryees", false)]
    public void A_slip_for_a_colleague_is_refused_and_whoever_is_new_may_begin(string typed, bool mayBegin)
    {
        var directory = StaffDirectory.Empty.Fold(new Enrolled(new("staff/kim-reyes", "Kim Reyes", [StaffRoles.Nurse], ["ED"])));
        var who = new Person("staff/" + typed.ToLowerInvariant().Replace(' ', '-'), typed);
        var duty = new Duty(1, directory.Shifts, [.. directory.Members.Values]);
        var meant = duty.Meant(who, null, "ED", Spec.At(0));
        Assert.Equal(mayBegin, meant.Person is not null);
        Assert.NotNull(duty.Meant(who, null, "4W", Spec.At(0)).Person);
        if (!mayBegin) Assert.Contains("Kim Reyes", meant.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slip_for_whoever_is_on_duty_is_one_although_the_directory_does_not_know_them()
    {
        var (kim, slip) = (new Person("staff/kim-reyes", "Kim Reyes"), new Person("staff/kim-reyess", "Kim Reyess"));
        var duty = new Duty(1, [new(kim, StaffRoles.Nurse, "ED", Spec.At(0), Spec.At(60))]);
        Assert.Null(duty.Meant(slip, null, "ED", Spec.At(30)).Person);
        Assert.Equal(kim, duty.Meant(new("staff/kim-reyes", "KIM REYES"), null, "ED", Spec.At(30)).Person);
        // A slip that was taken keeps nobody from beginning under the right name once it has ended.
        Assert.Equal(slip, duty.Meant(slip, null, "ED", Spec.At(90)).Person);
    }

    [Theory]
    [InlineData(CareRole.Nurse, "Kim Reyess", false), InlineData(CareRole.PointOfContact, "Kim Reyess", false),
        InlineData(CareRole.Provider, "Kim Reyess", false)]
    [InlineData(CareRole.Nurse, "Joan Abbot", true), InlineData(CareRole.Nurse, "KIM REYES", true)]
    public void A_patient_is_given_to_nobody_by_a_slip(CareRole role, string typed, bool given)
    {
        var kim = new Person("staff/kim-reyes", "Kim Reyes");
        var spec = new Spec { Duty = new Duty(1, [new(kim, StaffRoles.Nurse, "ED", Spec.At(-10), Spec.At(600))]) }.Given(Say.Arrive(0, "ED/3/A"));
        spec.When(new Assign(default, Say.Nurse, Spec.At(1), role, new("staff/" + typed.ToLowerInvariant().Replace(' ', '-'), typed)));
        Assert.Equal(given ? null : RefusalCodes.PersonUnknown, spec.Refused);
        if (typed == "KIM REYES") Assert.Equal("Kim Reyes", spec.Row.Nurse?.Name);
        if (!given) Assert.Contains("Kim Reyes;", spec.Decision.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_takes_a_patient_themselves_has_them_however_much_they_are_called_like_a_colleague()
    {
        var me = new Person("staff/kim-reyess", "Kim Reyess");
        var spec = new Spec { Duty = new Duty(1, [new(new("staff/kim-reyes", "Kim Reyes"), StaffRoles.Nurse, "ED", Spec.At(-10), Spec.At(600))]) }
            .Given(Say.Arrive(0, "ED/3/A"));
        Assert.Null(spec.When(new Assign(default, new(me.Id, me.Name), Spec.At(1), CareRole.Nurse, me)).Refused);
        Assert.Equal(me, spec.Row.Nurse);
    }

    [Fact]
    public void Nor_is_a_handoff_or_a_question_and_who_is_off_duty_is_known_by_the_directory()
    {
        var spec = new Spec { Duty = new Duty(1, [], [new("staff/kim-reyes", "Kim Reyes", [StaffRoles.Nurse], ["ED"])]) }
            .Given(Say.Arrive(0, "ED/3/A"));
        Assert.Equal(RefusalCodes.PersonUnknown, spec.When(Say.Offer(1, "x") with { To = new("staff/kim-reye", "Kim Reye") }).Refused);
        Assert.Equal(RefusalCodes.PersonUnknown, spec.When(Say.Ask(1, owner: new("staff/kin-reyes", "Kin Reyes"))).Refused);
        Assert.Equal(RefusalCodes.PersonUnknown,
            spec.When(new Assign(default, Say.Nurse, Spec.At(1), CareRole.Nurse, new("staff/kim-ryees", "Kim Ryees"))).Refused);
        Assert.Null(spec.When(new Assign(default, Say.Nurse, Spec.At(1), CareRole.Nurse, new("staff/kim-reyes", "kim reyes"))).Refused);
        Assert.Equal("Kim Reyes", spec.Row.Nurse?.Name);
    }
}

/// <summary>A name is for eyes: who somebody is, is what their hospital tells them apart by.</summary>
public sealed class EmployeeTests
{
    private static readonly StaffMember Emergency = new(StaffIds.Employee("1001"), "Nora Ahmed", [StaffRoles.Nurse], ["ED"]);
    private static readonly StaffMember Medical = new(StaffIds.Employee("1002"), "Nora Ahmed", [StaffRoles.Nurse], ["MED"]);
    private static readonly Person Nora = new("staff/nora-ahmed", "nora ahmed");

    [Fact]
    public void A_name_means_the_one_employee_who_bears_it()
    {
        var spec = new Spec { Duty = new Duty(1, [], [Emergency]) }.Given(Say.Arrive(0, "ED/3/A"));
        spec.When(new Assign(default, Say.Nurse, Spec.At(1), CareRole.Nurse, Nora));
        Assert.Equal(new Person("employee/1001", "Nora Ahmed"), spec.Row.Nurse);
    }

    [Fact]
    public void The_name_of_two_employees_does_not_say_which_and_their_identifiers_do()
    {
        var spec = new Spec { Duty = new Duty(1, [], [Emergency, Medical]) }.Given(Say.Arrive(0, "ED/3/A"));
        foreach (var command in new VisitCommand[] { new Assign(default, Say.Nurse, Spec.At(1), CareRole.Nurse, Nora),
            Say.Offer(1, "x") with { To = Nora }, Say.Ask(1, owner: Nora) })
        {
            Assert.Equal(RefusalCodes.PersonAmbiguous, spec.When(command).Refused);
            Assert.Contains("employee/1001 (ED), employee/1002 (MED)", spec.Decision.Refusal!.Message, StringComparison.Ordinal);
        }

        spec.When(new Assign(default, Say.Nurse, Spec.At(1), CareRole.Nurse, new("employee/1002", "employee/1002")));
        Assert.Equal(new Person("employee/1002", "Nora Ahmed"), spec.Row.Nurse);
        Assert.Equal(RefusalCodes.PersonUnknown,
            spec.When(new Assign(default, Say.Nurse, Spec.At(2), CareRole.Nurse, new("employee/1003", "employee/1003"))).Refused);
    }

    [Fact]
    public void Ones_own_name_is_oneself_whoever_else_bears_it()
    {
        var spec = new Spec { Duty = new Duty(1, [], [Emergency, Medical]) }.Given(Say.Arrive(0, "ED/3/A"));
        spec.When(new Assign(default, new Actor("employee/1002", "Nora Ahmed"), Spec.At(1), CareRole.Nurse, Nora));
        Assert.Equal("employee/1002", spec.Row.Nurse?.Id);
    }

    [Fact]
    public void A_shift_that_began_by_name_is_the_employees_and_so_is_its_end()
    {
        var duty = new Duty(1, [new(Nora, StaffRoles.Nurse, "ED", Spec.At(0), Spec.At(60))], [Emergency]);
        Assert.Equal(Spec.At(60), duty.EndOf("employee/1001", Spec.At(10)));
        Assert.Equal(Spec.At(60), duty.EndOf(Nora.Id, Spec.At(10)));
        Assert.Null(new Duty(1, [new(Nora, StaffRoles.Nurse, "ED", Spec.At(0), Spec.At(60))], [Emergency, Medical])
            .EndOf("employee/1001", Spec.At(10)));
    }

    [Fact]
    public void Whoever_was_only_named_is_not_listed_beside_the_employee_they_are()
    {
        var directory = StaffDirectory.Empty.Fold(new Enrolled(new(Nora.Id, "Nora Ahmed", [StaffRoles.Nurse], ["ED"]))).Fold(new Enrolled(Emergency));
        Assert.Equal(Emergency, Assert.Single(directory.Members.Values));
    }
}

public sealed class NurseHoursTests
{
    private static readonly Person Kim = new("staff/kim-reyes", "Kim Reyes");

    [Fact]
    public void Hours_of_nurses_are_counted_by_unit_shifts_that_are_over_too_and_none_twice()
    {
        var directory = StaffDirectory.Empty
            .Fold(Begun(Kim, StaffRoles.Nurse, "ED", 0, 480)).Fold(new ShiftEnded(Kim.Id, "ED", StaffRoles.Nurse, Spec.At(120)))
            .Fold(Begun(Kim, StaffRoles.Nurse, "ED", 1440, 1920))
            .Fold(Begun(Kim, StaffRoles.ChargeNurse, "ED", 0, 480))
            .Fold(Begun(new("staff/sam", "Sam Ode"), StaffRoles.Nurse, "4W", 60, 120));
        var hours = directory.NurseHours(Spec.At(60), Spec.At(1500));
        Assert.Equal((2, 2.0, 1.0), (hours.Count, hours["ED"], hours["4W"]));
        // One that is begun anew replaces the one that runs.
        Assert.Equal(9, directory.Fold(Begun(Kim, StaffRoles.Nurse, "ED", 1500, 1920)).NurseHours(Spec.At(1440), Spec.At(1980))["ED"] + 1);
    }

    private static ShiftBegun Begun(Person who, string role, string unit, double from, double until) =>
        new(new Shift(who, role, unit, Spec.At(from), Spec.At(until)));
}

public sealed class HotlineTests
{
    private static readonly Policy Policy = PolicyReader.Default;

    [Fact]
    public void A_call_is_answered_in_time_called_back_and_becomes_a_question()
    {
        var (log, call) = Rang();
        Assert.Equal(Spec.At(0).AddSeconds(30), log.Calls[0].AnswerBy);
        log = When(log, new Answer(Spec.Command(2), Say.Nurse, Spec.At(0.2), call));
        Assert.Equal((RefusalCodes.CallTaken, "Kim Reyes has answered it already."),
            Refused(log, new Answer(Spec.Command(3), Say.Other, Spec.At(1), call)));
        log = When(log, new PromiseCallback(Spec.Command(4), Say.Nurse, Spec.At(1), call, null, "the bill", null, null));
        Assert.Equal((CallState.CallbackDue, Spec.At(31)), (log.Calls[0].State, log.Calls[0].CallbackBy));
        var ask = new AskOnVisit(Spec.Command(5), Say.Nurse, Spec.At(2), call, Spec.Id, QuestionKind.Billing, "What does it cost?");
        log = When(log, ask);
        Assert.Equal(HotlineLog.Question(ask.Id).Value, log.Calls[0].Question);
        Assert.True(HotlineLog.IsOpen(log.Calls[0]));
        log = When(log, new CallBack(Spec.Command(6), Say.Nurse, Spec.At(20), call));
        Assert.False(HotlineLog.IsOpen(log.Calls[0]));
        var queue = log.Queue(Policy, Spec.At(30), 6);
        Assert.Equal((1, 1, 0), (queue.Answered, queue.InTime, queue.Abandoned));
    }

    [Fact]
    public void An_answered_call_goes_on_until_the_caller_has_what_they_called_for()
    {
        var (log, call) = Rang();
        Assert.Equal(RefusalCodes.CallClosed, Refused(log, new FinishCall(Spec.Command(2), Say.Nurse, Spec.At(0.1), call)).Code);
        log = When(log, new Answer(Spec.Command(3), Say.Nurse, Spec.At(0.2), call));
        Assert.True(HotlineLog.IsOpen(log.Calls[0]));
        log = When(log, new FinishCall(Spec.Command(4), Say.Nurse, Spec.At(3), call));
        Assert.Equal((CallState.Answered, Spec.At(3), false), (log.Calls[0].State, log.Calls[0].EndedAt, HotlineLog.IsOpen(log.Calls[0])));
        Assert.Equal(RefusalCodes.CallClosed, Refused(log, new FinishCall(Spec.Command(5), Say.Nurse, Spec.At(4), call)).Code);
    }

    [Fact]
    public void A_call_given_up_is_counted_and_may_be_called_back()
    {
        var (log, call) = Rang();
        log = When(log, new Abandon(Spec.Command(2), Actor.System, Spec.At(1), call));
        Assert.Equal(RefusalCodes.CallClosed, Refused(log, new Answer(Spec.Command(3), Say.Nurse, Spec.At(2), call)).Code);
        Assert.Equal(1, log.Queue(Policy, Spec.At(3), 2).Abandoned);
        log = When(log, new PromiseCallback(Spec.Command(4), Say.Nurse, Spec.At(3), call, "555-0100", null, null, null));
        Assert.True(HotlineLog.IsOpen(log.Calls[0]));
        Assert.Equal(1, log.Queue(Policy, Spec.At(4), 3).Abandoned);
    }

    private static (HotlineLog, Guid) Rang() =>
        (When(HotlineLog.Empty, new Ring(Spec.Command(1), Actor.System, Spec.At(0), "Lee Moss", "555-0100")), Spec.Command(1).Value);

    private static HotlineLog When(HotlineLog log, HotlineCommand command)
    {
        var decision = log.Decide(command, Policy, command.OccurredAt);
        Assert.Null(decision.Refusal);
        return log.Fold(decision.Events.Single());
    }

    private static (string Code, string Message) Refused(HotlineLog log, HotlineCommand command) =>
        log.Decide(command, Policy, command.OccurredAt).Refusal is { } refusal ? (refusal.Code, refusal.Message) : ("", "");
}

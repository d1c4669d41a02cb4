using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Domain.Facts;
using Journey.Domain.Policies;
using Journey.Domain.Visits;
using static Journey.Domain.Tests.Spec;

namespace Journey.Domain.Tests.Alerts;

/// <summary>
/// Once a shift one task asks the charge nurse to look after those who have probably left. Shifts are by UTC here: 07:00 and 19:00; the door is at
/// 07:00.
/// </summary>
public sealed class VerifyTaskTests
{
    private static readonly Policy Policy = PolicyReader.Default;

    [Fact]
    public void However_many_rows_are_left_it_is_one_task_of_the_unit_until_the_shift_ends()
    {
        var task = Task(60, Stands(-300), Stands(20), Stands(40));
        Assert.NotNull(task);
        Assert.Equal((OwedKind.Verify, "3 to verify on ED", "ED", default(VisitId)), (task.Owed.Kind, task.Says, task.Unit, task.Visit));
        Assert.Equal((At(0), At(720)), (task.Owed.Since, task.Owed.DueAt));
        Assert.Equal("role/charge-nurse@ED", VerifyTask.Addressee("ED"));
    }

    [Fact]
    public void It_begins_with_the_first_row_when_the_shift_began_without_one() => Assert.Equal(At(20), Task(60, Stands(20))!.Owed.Since);

    [Fact]
    public void It_is_the_same_task_throughout_a_shift_and_another_one_in_the_next()
    {
        Assert.Equal(Task(60, Stands(20))!.Owed.Id, Task(700, Stands(20), Stands(600))!.Owed.Id);
        Assert.NotEqual(Task(60, Stands(20))!.Owed.Id, Task(720, Stands(20))!.Owed.Id);
        Assert.Equal(At(720), Task(720, Stands(20))!.Owed.Since);
    }

    [Fact]
    public void It_goes_when_nobody_is_left_and_says_how_many_are_while_somebody_is()
    {
        Assert.Equal("1 to verify on ED", Task(60, Settled(20, 50), Stands(30))!.Says);
        Assert.Null(Task(60, Settled(20, 50), Settled(30, 55)));
        Assert.Null(Task(60));
    }

    [Fact]
    public void Who_has_done_it_owes_nothing_more_before_the_next_shift()
    {
        Assert.Null(Task(120, Settled(20, 50), Stands(60)));
        Assert.Equal("1 to verify on ED", Task(720, Settled(20, 50), Stands(60))!.Says);
    }

    [Fact]
    public void Settling_one_that_came_after_it_was_done_does_not_begin_it_again() =>
        Assert.Null(Task(120, Settled(20, 50), Stands(60), Settled(70, 100)));

    [Fact]
    public void What_was_settled_in_the_shift_before_does_not_count_as_done() =>
        Assert.Equal(At(60), Task(120, Settled(-90, -30), Stands(60))!.Owed.Since);

    [Fact]
    public void A_row_stands_there_from_when_it_is_doubted_until_somebody_looks()
    {
        var spec = new Spec(Policy).Given(Say.Arrive(0, "ED/3/A"));
        Assert.Null(spec.Row.Unverified);
        spec.Review(13 * 60);
        Assert.Equal(new Unverified(At(13 * 60), null), spec.Row.Unverified);
        spec.Given(new Verify(default, Say.Nurse, At(14 * 60), Verified.Here));
        Assert.Equal(new Unverified(At(13 * 60), At(14 * 60)), spec.Row.Unverified);
    }

    [Fact]
    public void Who_left_earlier_than_they_were_doubted_stood_there_until_it_was_entered()
    {
        var spec = new Spec(Policy).Given(Say.Arrive(0, "ED/3/A"));
        spec.Review(13 * 60);
        spec.When(Say.Step(6 * 60, Steps.Departed), recordedAt: 14 * 60);
        Assert.Equal(VisitStatus.Departed, spec.Row.Status);
        Assert.Equal(new Unverified(At(13 * 60), At(14 * 60)), spec.Row.Unverified);
    }

    [Fact]
    public void Another_unit_was_not_asked_by_what_this_one_was()
    {
        var spec = new Spec(Policy).Given(Say.Arrive(0, "ED/3/A"));
        spec.Review(13 * 60);
        spec.Given(Say.Transfer(14 * 60, "4W/1/A"));
        Assert.Null(spec.Row.Unverified);
    }

    [Fact]
    public void A_snapshot_remembers_it()
    {
        var spec = new Spec(Policy).Given(Say.Arrive(0, "ED/3/A"));
        spec.Review(13 * 60);
        Assert.Equal(spec.Visit.Unverified, VisitSnapshotJson.Read(VisitSnapshotJson.Write(spec.Visit))!.Unverified);
    }

    private static ListItem? Task(double now, params Unverified[] rows) => VerifyTask.For("ED", rows, Policy, At(now));

    private static Unverified Stands(double since) => new(At(since), null);

    private static Unverified Settled(double since, double until) => new(At(since), At(until));
}

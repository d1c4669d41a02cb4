using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;
using Journey.Domain.Beds;

namespace Journey.Domain.Tests.Beds;

public sealed class BedStateTests
{
    private static readonly DateTimeOffset Eight = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_bed_nobody_spoke_of_is_unknown() => Assert.Equal(BedState.Unknown, BedState.From(null, []));

    [Fact]
    public void A_bed_is_dirty_since_its_patient_left() => Assert.Equal(new(BedStatus.Dirty, At(60)), BedState.From(null, [Stay(0, 60)]));

    [Fact]
    public void A_bed_in_use_is_not_dirty_whoever_left_it_meanwhile() =>
        Assert.Equal(new(BedStatus.Clean, At(30)), BedState.From(null, [Stay(0, 60), Stay(30, null)]));

    [Fact]
    public void Who_enters_in_the_moment_another_leaves_makes_the_bed_one_in_use() =>
        Assert.Equal(new(BedStatus.Clean, At(60)), BedState.From(null, [Stay(0, 60), Stay(60, null)]));

    [Fact]
    public void A_bed_used_again_is_dirty_since_the_last_one_left() =>
        Assert.Equal(new(BedStatus.Dirty, At(90)), BedState.From(null, [Stay(0, 60), Stay(70, 90)]));

    [Fact]
    public void Who_left_in_the_second_they_entered_left_a_dirty_bed() =>
        Assert.Equal(new(BedStatus.Dirty, At(60)), BedState.From(null, [Stay(60, 60)]));

    [Fact]
    public void Housekeeping_after_the_patient_left_counts() =>
        Assert.Equal(new(BedStatus.Clean, At(75)), BedState.From(Said(BedStatus.Clean, 75), [Stay(0, 60)]));

    [Fact]
    public void What_was_said_before_the_patient_left_is_outdone_by_their_leaving() =>
        Assert.Equal(new(BedStatus.Dirty, At(60)), BedState.From(Said(BedStatus.Clean, 0), [Stay(10, 60)]));

    [Fact]
    public void Without_a_stay_that_was_taken_back_the_bed_is_as_it_was_said_to_be() =>
        Assert.Equal(new(BedStatus.Closed, At(5)), BedState.From(Said(BedStatus.Closed, 5), []));

    [Fact]
    public void A_bed_said_to_be_dirty_is_clean_for_who_lies_in_it_since() =>
        Assert.Equal(new(BedStatus.Clean, At(10)), BedState.From(Said(BedStatus.Dirty, 5), [Stay(10, null)]));

    private static DateTimeOffset At(int minutes) => Eight.AddMinutes(minutes);

    private static BedReport Said(BedStatus status, int at) => new(status, At(at));

    private static Stay Stay(int since, int? until) => new(new Location("ED", "R", "1"), At(since), until is { } end ? At(end) : null);
}

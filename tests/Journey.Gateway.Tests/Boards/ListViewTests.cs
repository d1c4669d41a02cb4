using Journey.Contracts.Care;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Gateway.Live.Views;

namespace Journey.Gateway.Tests.Boards;

public class ListViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_a_unit_owes_as_a_whole_is_of_no_visit_and_of_no_patient()
    {
        var task = new ListItem(default, "ED", null, new PatientRef(),
            new OwedView(Guid.NewGuid(), OwedKind.Verify, "probably-gone", "open", null, Now, Now.AddHours(9)), "3 to verify on ED", null);
        var item = Assert.Single(StaffViews.List("role/charge-nurse@ED", new OwedList("", 1, Now, [task])).Items);
        Assert.Equal((null, null, "ED", "verify", "3 to verify on ED", Now.AddHours(9)),
            (item.VisitId, item.Patient, item.Unit, item.Owed.Kind, item.Says, item.Owed.DueAt));
    }

    [Fact]
    public void What_is_owed_on_a_visit_names_both()
    {
        var owed = new ListItem(BoardStateTests.Id(1), "ED", null, new PatientRef { FamilyName = "Invented" },
            new OwedView(Guid.NewGuid(), OwedKind.Question, "clinical", "open", null, Now, null), null, null);
        var item = Assert.Single(StaffViews.List("Nora", new OwedList("", 1, Now, [owed])).Items);
        Assert.Equal((BoardStateTests.Id(1).Value, "Invented"), (item.VisitId, item.Patient?.Name));
    }
}

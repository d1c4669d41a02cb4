using Journey.Dashboard.Shifts;

namespace Journey.Dashboard.Tests;

/// <summary>Whom each nurse has on a unit, and how much that is.</summary>
public class LoadTests
{
    [Fact]
    public void Those_without_a_nurse_come_first_then_the_readers_own_then_the_others_by_name()
    {
        var loads = Load.ByNurse(
        [
            Rows.Here("A", "1") with { Nurse = "Zoe" }, Rows.Here("B", "2"), Rows.Here("C", "3") with { Nurse = "Nora" },
            Rows.Here("D", "4") with { Nurse = "Abe" }, Rows.Here("E", "5") with { Nurse = "Zoe" },
        ], name => name == "Nora");
        Assert.Equal([null, "Nora", "Abe", "Zoe"], loads.Select(load => load.Nurse));
        Assert.Equal(["A", "E"], loads[^1].Rows.Select(row => row.Patient.Name));
    }

    [Fact]
    public void A_load_says_how_many_how_ill_and_what_is_to_do()
    {
        var task = new Api.Owed(Guid.NewGuid(), "question", "clinical", "open", null, Rendered.Now, null);
        Assert.Equal("3 patients · acuity 2, 3 (sum 5) · 1 without acuity · 2 tasks", new Load("Nora",
            [Rows.Here("A") with { Acuity = 3, Owed = [task] }, Rows.Here("B"), Rows.Here("C") with { Acuity = 2, Owed = [task] }]).Says);
        Assert.Equal("1 patient · acuity 4", new Load("Nora", [Rows.Here("A") with { Acuity = 4 }]).Says);
        Assert.Equal("1 patient", new Load(null, [Rows.Here("A")]).Says);
    }

    [Fact]
    public async Task The_page_stands_by_nurse_and_hands_over_all_of_one_in_one_tap()
    {
        var board = Rows.Board(Rows.Here("Here, Hanna", "2") with { Nurse = "Nora Nurse", Acuity = 3 }, Rows.Here("Left, Lone", "1"));
        var text = Rendered.Text(await Rendered.HtmlOf<ShiftPage>(RoleTests.Me("charge-nurse"),
            [new("ED", "ED", 1, 0, 0, 3, 1, 0, 0, 0, null, 0, Rendered.Now)], board, []));
        Assert.Contains("Without a nurse 1 patient Assign all… of those without a nurse", text, StringComparison.Ordinal);
        Assert.Contains("Nora Nurse 1 patient · acuity 3 Hand over all… of Nora Nurse", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("Left, Lone", StringComparison.Ordinal) < text.IndexOf("Here, Hanna", StringComparison.Ordinal));
    }
}

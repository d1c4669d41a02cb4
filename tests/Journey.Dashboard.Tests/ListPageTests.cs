using Journey.Api;
using Journey.Dashboard.Lists;

namespace Journey.Dashboard.Tests;

/// <summary>What somebody owes, and what their role does, is found on one page.</summary>
public class ListPageTests
{
    [Fact]
    public async Task A_charge_nurse_finds_first_what_her_unit_owes_as_a_whole()
    {
        var alert = new ListItem(Guid.NewGuid(), "ED", null, "1", new("Late, Lars", null, null, null),
            new Owed(Guid.NewGuid(), "alert", "ed.triage", "raised", null, Rendered.Now.AddHours(-2), Rendered.Now.AddHours(-1)), "Triage",
            "critical");
        var task = new ListItem(null, "ED", null, null, null,
            new Owed(Guid.NewGuid(), "verify", "probably-gone", "open", null, Rendered.Now.AddHours(-1), Rendered.Now.AddHours(9)),
            "3 to verify on ED", null);
        var mine = new ListItem(Guid.NewGuid(), "ED", null, "2", new("Asks, Anna", null, null, null),
            new Owed(Guid.NewGuid(), "question", "clinical", "open", "Carla", Rendered.Now, Rendered.Now), null, null);
        OwedList[] lists = [new("role/charge-nurse@ED", 1, Rendered.Now, [alert, task]), new("Carla", 1, Rendered.Now, [mine])];
        var text = Rendered.Text(await Rendered.HtmlFor<ListPage>(RoleTests.Me("charge-nurse"), lists, []));
        var order = new[] { "For the unit 1", "3 to verify on ED", "Mine 1", "Asks, Anna", "Charge nurse, ED 1", "Late, Lars" }
            .Select(part => text.LastIndexOf(part, StringComparison.Ordinal)).ToArray();
        Assert.DoesNotContain(-1, order);
        Assert.Equal(order.Order(), order);
        Assert.Contains("3 open tasks, 2 overdue.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_is_noise_says_what_to_change_and_leads_to_the_rules()
    {
        var rule = new ListItem(null, "ED", null, null, null,
            new Owed(Guid.NewGuid(), "rule", "ed.los", "open", null, Rendered.Now.AddHours(-1), Rendered.Now.AddHours(9)),
            "Length of stay: Only 10 % of 20 were acted on.", null);
        var page = await Rendered.HtmlFor<ListPage>(RoleTests.Me("charge-nurse"),
            [new("role/charge-nurse@ED", 1, Rendered.Now, [rule]), new("Carla", 1, Rendered.Now, [])], []);
        Assert.Contains("href=\"rules\"", page, StringComparison.Ordinal);
        Assert.Contains("Length of stay: Only 10 % of 20 were acted on. a rule that calls too often, or in vain", Rendered.Text(page),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_lists_are_offered_that_are_open_to_the_reader()
    {
        var page = await Rendered.HtmlFor<ListPage>(RoleTests.Me("charge-nurse"),
            [new("role/charge-nurse@ED", 1, Rendered.Now, []), new("Carla", 1, Rendered.Now, [])], []);
        Assert.Contains("value=\"role/charge-nurse@ED\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("house-supervisor", page, StringComparison.Ordinal);
        Assert.Contains("No open tasks", page, StringComparison.Ordinal);
        page = await Rendered.HtmlFor<ListPage>(RoleTests.Me("nurse"), [new("Carla", 1, Rendered.Now, [])], []);
        Assert.DoesNotContain("charge-nurse", page, StringComparison.Ordinal);
    }
}

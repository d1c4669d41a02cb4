using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Journey.Browser.Tests;

internal static class Axe
{
    /// <summary>What axe-core finds on a page as it stands, one violation a line.</summary>
    public static async Task<IReadOnlyList<string>> Look(IPage page, string name)
    {
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        Assert.NotEmpty(result.Passes);
        return
        [
            .. from violation in result.Violations
               from node in violation.Nodes
               select $"{name}: {violation.Id}: {violation.Help} at {node.Target}: {node.Html} {string.Join(' ', node.Any.Concat(node.All).Select(check => check.Message))}",
        ];
    }
}

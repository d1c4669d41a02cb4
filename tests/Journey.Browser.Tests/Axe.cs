using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Journey.Browser.Tests;

internal static class Axe
{
    /// <summary>
    /// What axe-core finds on a page as it stands, one violation a line; and, as colours are all that changes then, what it finds of contrast when it
    /// is dark.
    /// </summary>
    public static async Task<IReadOnlyList<string>> Look(IPage page, string name)
    {
        var found = await Run(page, name, new() { ResultTypes = [ResultType.Violations] });
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var dark = await Run(page, name + " in the dark",
            new() { ResultTypes = [ResultType.Violations], RunOnly = new() { Type = "rule", Values = ["color-contrast"] } });
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        return [.. found, .. dark];
    }

    /// <summary>What it finds in a sheet that lies over a page: the page itself was looked at before, and a dialog hides it.</summary>
    public static async Task<IReadOnlyList<string>> Look(ILocator sheet, string name) =>
        [.. Lines(await sheet.RunAxe(new() { ResultTypes = [ResultType.Violations] }), name)];

    private static async Task<IEnumerable<string>> Run(IPage page, string name, AxeRunOptions options) => Lines(await page.RunAxe(options), name);

    private static IEnumerable<string> Lines(AxeResult result, string name)
    {
        Assert.NotEmpty(result.Passes);
        return from violation in result.Violations
               from node in violation.Nodes
               select $"{name}: {violation.Id}: {violation.Help} at {node.Target}: {node.Html} {string.Join(' ', node.Any.Concat(node.All).Select(check => check.Message))}";
    }
}

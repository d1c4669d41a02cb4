using Journey.Dashboard.Shell;
using Journey.Dashboard.Walls;


namespace Journey.Dashboard.Tests;

/// <summary>Where nobody signs in every page says so.</summary>
public class OpenDoorTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Every_page_says_that_nobody_signs_in(bool signIn)
    {
        var me = $"{{\"signIn\":{(signIn ? "true" : "false")},\"id\":\"nora\",\"name\":\"Nora\",\"roles\":[],\"units\":[],\"idleSeconds\":900}}";
        foreach (var html in (string[])[await Rendered.HtmlAsked<WallLayout>(me), await Rendered.HtmlAsked<OpenDoor>(me)])
            Assert.Equal(!signIn, html.Contains("nobody-signs-in", StringComparison.Ordinal));
        Assert.Contains("<OpenDoor />",
            await File.ReadAllTextAsync(Path.Combine(Repository.Root, "dashboard", "Journey.Dashboard", "Shell", "MainLayout.razor"),
                TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}

using System.Net;
using System.Text.RegularExpressions;
using Journey.Gateway.Http.Description;
using Journey.Gateway.Tests.Hosts;
using Journey.Gateway.Tests.Identity;

namespace Journey.Gateway.Tests.Description;

/// <summary>The description as a page: for whoever develops, from this host alone.</summary>
public sealed partial class ReferencePageTests(DevelopmentHost development, StandaloneHostFixture journey)
{
    [Fact]
    public async Task Everything_that_the_page_loads_comes_from_this_host_and_no_script_is_taken_without_its_nonce()
    {
        var stop = TestContext.Current.CancellationToken;
        using var answer = await development.Http.GetAsync(ApiReferencePage.Path, stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Matches("script-src 'self' 'nonce-[0-9A-F]{32}';", policy);
        var page = await answer.Content.ReadAsStringAsync(stop);
        var scripts = Script().Matches(page).Select(m => m.Value).ToArray();
        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.Contains(Nonce().Match(policy).Value, script, StringComparison.Ordinal));
        foreach (var source in Source().Matches(page).Select(m => m.Groups[1].Value))
        {
            using var file = await development.Http.GetAsync(new Uri(answer.RequestMessage!.RequestUri!, source), stop);
            Assert.True(file.IsSuccessStatusCode && file.RequestMessage!.RequestUri!.Host == "127.0.0.1", $"{source}: {file.StatusCode}");
        }
    }

    [Fact]
    public async Task Elsewhere_than_in_Development_it_is_not_found()
    {
        using var answer = await journey.Http.GetAsync(ApiReferencePage.Path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();

    [GeneratedRegex("(?<=nonce-)[0-9A-F]+")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]* src=\"([^\"]+)\"")]
    private static partial Regex Source();
}

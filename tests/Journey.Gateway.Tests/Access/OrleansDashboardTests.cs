using System.Net;
using Journey.Contracts.Boards;
using Journey.Gateway.Tests.Hosts;

namespace Journey.Gateway.Tests.Access;

/// <summary>
/// The Orleans Dashboard is the administrators', and shows no patient to them either. Who else is refused <see cref="MatrixTests"/> says.
/// </summary>
public sealed class OrleansDashboardTests(SignedInHost journey, StandaloneHostFixture atDesk)
{
    private static readonly Somebody Administrator = Somebody.As("administrator", "ELSEWHERE");

    [Fact]
    public async Task An_administrator_sees_the_silos_and_the_grain_types()
    {
        await journey.Comes();
        using var page = await journey.Ask(Administrator, "/orleans/");
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        using var types = await journey.Ask(Administrator, "/orleans/GrainTypes");
        Assert.Contains("Journey.Grains.Visits.VisitGrain", await types.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GrainState")]
    [InlineData("grainstate")]
    public async Task Nobody_sees_what_a_grain_holds(string path)
    {
        var guest = await journey.Comes(family: "Verborgen");
        foreach (var key in new[] { guest.VisitId.ToString(), guest.VisitId.ToString("N"), BoardKeys.Unit(guest.Unit) })
        {
            using var state = await journey
                .Ask(Administrator, $"/orleans/{path}?grainId={Uri.EscapeDataString(key)}&grainType=Journey.Grains.Visits.VisitGrain");
            Assert.Equal(HttpStatusCode.NotFound, state.StatusCode);
            Assert.DoesNotContain("Verborgen", await state.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nobody_reads_the_log_there()
    {
        using var trace = await journey.Ask(Administrator, "/orleans/Trace");
        Assert.Equal(HttpStatusCode.Forbidden, trace.StatusCode);
    }

    [Fact]
    public async Task It_is_not_there_unless_it_was_asked_for()
    {
        using var page = await atDesk.Http.GetAsync("/orleans/ClusterStats", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }
}

using System.Net;
using System.Text.Json;
using Journey.Gateway.Tests.Access;

namespace Journey.Gateway.Tests.Units;

/// <summary>Views of boards over HTTP: whose they are, what is refused and that nothing is changed by it.</summary>
public sealed class ViewHttpTests(SignedInHost journey)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_view_is_its_persons_own_and_whoever_may_watch_boards_reads_it_by_its_id()
    {
        var guest = await journey.Comes(bed: "1");
        var (nurse, colleague) = (Somebody.As("nurse", guest.Unit), Somebody.As("provider", "OTHER"));
        await Done(nurse, Api.Paths.Views, new { name = "Fast track", layout = new { columns = new[] { "patient", "step" }, only = new[] { "mine" } } });
        var view = Assert.Single((await Book(nurse)).Views);
        Assert.Equal(("Fast track", "patient,step", "mine"), (view.Name, string.Join(',', view.Layout.Columns), view.Layout.Only[0]));
        Assert.Empty((await Book(colleague)).Views);
        Assert.Equal("Fast track", (await journey.Read<Api.SavedView>(colleague, $"{Api.Paths.Views}/{view.Id}")).Name);
        await Refused(colleague, $"{Api.Paths.Views}/{view.Id}/delete", new { }, HttpStatusCode.NotFound, Api.ProblemCodes.ViewUnknown);

        await Done(nurse, $"{Api.Paths.Views}/choice", new { unit = guest.Unit, view = view.Id });
        Assert.Equal((guest.Unit, view.Id), ((await Book(nurse)).Units.Single().Unit, (await Book(nurse)).Units.Single().View));
        await Done(nurse, $"{Api.Paths.Views}/{view.Id}/delete", new { });
        Assert.Empty((await Book(nurse)).Units);
    }

    [Theory]
    [InlineData("""{"name":" ","layout":{}}""", "name", "Required.")]
    [InlineData("""{"name":"X"}""", "layout", "Required.")]
    [InlineData("""{"name":"X","layout":{"columns":["step"]}}""", "layout.columns", "patient is missing")]
    [InlineData("""{"name":"X","layout":{"columns":["patient","patient"]}}""", "layout.columns", "at most once")]
    [InlineData("""{"name":"X","layout":{"columns":["patient","shoe"]}}""", "layout.columns", "location, acuity, patient")]
    [InlineData("""{"name":"X","layout":{"sort":"colour"}}""", "layout.sort", "bed, patient")]
    [InlineData("""{"name":"X","layout":{"density":"tiny"}}""", "layout.density", "auto, dense")]
    [InlineData("""{"name":"X","layout":{"acuities":[6]}}""", "layout.acuities", "1 to 5.")]
    [InlineData("""{"name":"X","layout":{"folded":["cellar"]}}""", "layout.folded", "waiting-room")]
    public async Task A_view_that_cannot_be_shown_is_refused_with_the_field_and_changes_nothing(string body, string field, string says)
    {
        var nurse = Somebody.As("nurse", "ED");
        using var answer = await journey.Say(nurse, Api.Paths.Views, JsonElement.Parse(body));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(says, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop)).GetProperty("errors").GetProperty(field)[0].GetString(),
            StringComparison.OrdinalIgnoreCase);
        Assert.Empty((await Book(nurse)).Views);
    }

    [Fact]
    public async Task What_is_no_view_is_not_found()
    {
        var guest = await journey.Comes(bed: "1");
        var nurse = Somebody.As("nurse", guest.Unit);
        foreach (var id in (string[])["x", $"{Guid.NewGuid():N}-1"])
        {
            await Refused(nurse, $"{Api.Paths.Views}/{id}/delete", new { }, HttpStatusCode.NotFound, Api.ProblemCodes.ViewUnknown);
            await Refused(nurse, $"{Api.Paths.Views}/choice", new { unit = guest.Unit, view = id }, HttpStatusCode.NotFound, Api.ProblemCodes.ViewUnknown);
        }

        for (var n = 1; n <= Api.Limits.Views; n++) await Done(nurse, Api.Paths.Views, new { name = $"View {n}", layout = new { } });
        await Refused(nurse, Api.Paths.Views, new { name = "One more", layout = new { } }, HttpStatusCode.Conflict, Api.ProblemCodes.TooManyViews);
    }

    private Task<Api.ViewBook> Book(Somebody who) => journey.Read<Api.ViewBook>(who, Api.Paths.Views);

    private async Task Done(Somebody who, string path, object body)
    {
        using var answer = await journey.Say(who, path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private async Task Refused(Somebody who, string path, object body, HttpStatusCode status, string code)
    {
        using var answer = await journey.Say(who, path, body);
        Assert.Equal((status, code),
            (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop)).GetProperty("code").GetString()));
    }
}

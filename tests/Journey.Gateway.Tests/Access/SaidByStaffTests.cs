using System.Net;
using System.Text.Json;

namespace Journey.Gateway.Tests.Access;

/// <summary>How a visit ended, and what somebody has seen with their own eyes: what may be said of it, and what is refused.</summary>
public sealed class SaidByStaffTests(SignedInHost journey)
{
    [Theory]
    [InlineData("""{"kind":"step","step":"departed","how":"unknown"}""", "how",
        "home, admitted, transferred, left-before-triage, left-before-evaluation, left-during-treatment, against-advice, expired, "
            + "observation-then-home, other")]
    [InlineData("""{"kind":"step","step":"departed","how":"by-bus"}""", "how", "left-during-treatment")]
    [InlineData("""{"kind":"step","step":"departed"}""", "how", "left-before-evaluation")]
    [InlineData("""{"kind":"step","step":" departed "}""", "how", "against-advice")]
    [InlineData("""{"kind":"step","step":"triaged","how":"home"}""", "how", "Only with the step departed.")]
    [InlineData("""{"kind":"contact","how":"home"}""", "how", "Only with the step departed.")]
    public async Task A_way_of_leaving_that_cannot_be_is_refused_and_changes_nothing(string body, string field, string says)
    {
        var guest = await journey.Comes(bed: "1");
        var charge = Somebody.As("charge-nurse", guest.Unit);
        using var answer = await journey.Say(charge, $"{Api.Paths.Visits}/{guest.VisitId}/touchpoints", JsonElement.Parse(body));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(says, JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("errors")
            .GetProperty(field)[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("present", (await journey.Read<Api.Visit>(charge, $"{Api.Paths.Visits}/{guest.VisitId}")).Row.Status);
    }

    [Fact]
    public async Task Who_marks_a_patient_departed_says_how_and_may_say_when()
    {
        var guest = await journey.Comes(bed: "1");
        var charge = Somebody.As("charge-nurse", guest.Unit);
        var leftAt = (await journey.Read<Api.Visit>(charge, $"{Api.Paths.Visits}/{guest.VisitId}")).Row.ArrivedAt;
        using var answer = await journey.Say(charge, $"{Api.Paths.Visits}/{guest.VisitId}/touchpoints",
            new { kind = "step", step = "departed", how = "home", occurredAt = leftAt });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var row = (await journey.Read<Api.Visit>(charge, $"{Api.Paths.Visits}/{guest.VisitId}")).Row;
        Assert.Equal(("departed", leftAt), (row.Status, row.DepartedAt));
    }

    [Theory]
    [InlineData("""{"what":"away"}""", "what"), InlineData("""{}""", "what"),
        InlineData("""{"what":"here","occurredAt":"2199-01-01T00:00:00Z"}""", "occurredAt")]
    public async Task What_cannot_be_verified_is_refused(string body, string field)
    {
        var guest = await journey.Comes(bed: "1");
        using var answer = await journey.Say(Somebody.As("nurse", guest.Unit), $"{Api.Paths.Visits}/{guest.VisitId}/verify", JsonElement.Parse(body));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("errors")
            .TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Verifying_stands_in_the_description_of_the_interface()
    {
        using var answer = await journey.Http.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        Assert.True(JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("paths")
            .TryGetProperty("/api/v1/visits/{id}/verify", out _));
    }
}

using System.Net;
using System.Text;
using System.Text.Json;
using Journey.Gateway.Tests.Hosts;

namespace Journey.Gateway.Tests.Description;

/// <summary>The same mistake is answered alike, whatever it is sent to: a command of a visit, of the house, of a family.</summary>
public sealed class BodyTests(StandaloneHostFixture journey)
{
    private const string Json = "application/json";

    public static TheoryData<string> WithBody() => ExampleTests.Examples();

    [Theory, MemberData(nameof(WithBody))]
    public async Task A_body_that_cannot_be_read_is_answered_alike(string operation)
    {
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-json"), await Answered(operation, "{\"a"));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-json"), await Answered(operation, "[]"));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-json"), await Answered(operation, "null"));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too-large"), await Answered(operation, new string(' ', Api.Limits.BodyBytes + 1)));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-media-type"), await Answered(operation, "{}", "text/plain"));
    }

    [Theory]
    [InlineData("POST /api/v1/visits/{id}/questions"), InlineData("POST /api/v1/staff"), InlineData("POST /api/v1/family/questions")]
    public async Task A_body_that_is_missing_and_a_key_that_cannot_be_used_are_answered_alike(string operation)
    {
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-json"), await Answered(operation, ""));
        Assert.Equal((HttpStatusCode.BadRequest, "idempotency-key-invalid"),
            await Answered(operation, Http.Description.OperationTexts.All[operation].Example!, key: new string('k', Api.Limits.IdempotencyKey + 1)));
    }

    private async Task<(HttpStatusCode, string?)> Answered(string operation, string body, string type = Json, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ExampleTests.PathOf(operation, Guid.NewGuid()))
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
        if (key is not null) request.Headers.Add(Api.Paths.IdempotencyKey, key);
        using var answer = await journey.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonElement.Parse(said).GetProperty("code").GetString());
    }
}

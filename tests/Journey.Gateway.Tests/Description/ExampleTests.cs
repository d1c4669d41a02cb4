using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Journey.Gateway.Http.Description;
using Journey.Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Gateway.Tests.Description;

/// <summary>Examples of the description are what they are examples of, and work.</summary>
public sealed partial class ExampleTests(StandaloneHostFixture journey)
{
    private static readonly JsonSerializerOptions Strict =
        new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>
    /// What needs something first that the path does not name: a contact, a command to take back, a link, a screen that shows a code.
    /// </summary>
    private static readonly string[] NeedMore =
        ["POST /api/v1/visits/{id}/undo", "POST /api/v1/visits/{id}/family/updates", "POST /api/v1/walls", "POST /api/v1/shifts/end"];

    public static TheoryData<string> Examples() =>
        new(OperationTexts.All.Values.Where(text => text.Example is not null).Select(text => text.Operation).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_operation_that_needs_a_body_has_an_example() => Assert.Equal([], Endpoints()
        .Where(e => e.Value.Metadata.GetMetadata<IAcceptsMetadata>() is { IsOptional: false } && OperationTexts.All[e.Key].Example is null)
        .Select(e => e.Key));

    [Theory, MemberData(nameof(Examples))]
    public void An_example_is_a_request(string operation) =>
        Assert.NotNull(JsonSerializer.Deserialize(OperationTexts.All[operation].Example!,
            Endpoints()[operation].Metadata.GetMetadata<IAcceptsMetadata>()!.RequestType!, Strict));

    [Fact]
    public void Every_answer_that_is_shown_is_one()
    {
        foreach (var text in OperationTexts.All.Values.Where(text => text.Answer is not null))
        {
            var type = Endpoints()[text.Operation].Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>()
                .Single(m => m.StatusCode == 200).Type!;
            Assert.NotNull(JsonSerializer.Deserialize(text.Answer!, type, Strict));
        }
    }

    [Theory, MemberData(nameof(Examples))]
    public async Task An_example_is_taken(string operation)
    {
        using (await Send("POST /api/v1/staff", Guid.Empty)) { }
        var guest = await journey.Arrived();
        using var answer = await Send(operation, guest.VisitId);
        var said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var isWhole = !NeedMore.Contains(operation) && !operation.StartsWith("POST /api/v1/family", StringComparison.Ordinal)
            && !operation.Replace("{id}", "", StringComparison.Ordinal).Contains('{', StringComparison.Ordinal);
        if (isWhole) Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode} {said}");
        // What it is about is not there; how it is said is understood.
        else Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.Conflict, $"{answer.StatusCode} {said}");
    }

    /// <summary>The address of an operation: of a visit, and beside of things that nobody knows.</summary>
    internal static string PathOf(string operation, Guid visit) => Placeholder().Replace(
        operation[(operation.IndexOf(' ') + 1)..].Replace("{id}", visit.ToString(), StringComparison.Ordinal)
            .Replace("{key}", "ed.triage", StringComparison.Ordinal), Guid.NewGuid().ToString());

    private async Task<HttpResponseMessage> Send(string operation, Guid visit)
    {
        var body = Time().Replace(OperationTexts.All[operation].Example!, DateTimeOffset.UtcNow.AddMinutes(30).ToString("O"));
        using var request = new HttpRequestMessage(HttpMethod.Post, PathOf(operation, visit)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return await journey.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private Dictionary<string, RouteEndpoint> Endpoints() =>
        journey.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>() is not null)
        .Select(e => ($"{e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} /{e.RoutePattern.RawText!.Trim('/')}", e))
        .Where(e => OperationTexts.All.ContainsKey(e.Item1)).ToDictionary();

    [GeneratedRegex("\\{[a-z]+\\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("2031-03-20T[0-9:]+Z")]
    private static partial Regex Time();
}

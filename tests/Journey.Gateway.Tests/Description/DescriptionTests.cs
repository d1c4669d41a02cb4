using System.Text.Json;
using Journey.Gateway.Http.Description;
using Journey.Gateway.Tests.Hosts;

namespace Journey.Gateway.Tests.Description;

/// <summary>
/// Whoever has nothing but <c>/openapi/v1.json</c> is told what each operation, each parameter and each property means, and how it may fail.
/// </summary>
public sealed class DescriptionTests(StandaloneHostFixture journey)
{
    [Fact]
    public async Task Every_operation_has_its_text_and_every_text_an_operation() =>
        Assert.Equal((await Operations()).Select(o => o.Name).Order(StringComparer.Ordinal), OperationTexts.All.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_operation_says_what_it_does_who_may_and_how_it_may_fail() => Assert.Equal([], (await Operations()).Where(o =>
        Text(o.Json, "summary") is null || Text(o.Json, "description") is not { } says || !says.Contains("**Who may:**", StringComparison.Ordinal)
        || !o.Json.GetProperty("responses").EnumerateObject().Any(answer => answer.Value.TryGetProperty(OperationTransformer.CodesOf, out _)))
        .Select(o => o.Name));

    [Fact]
    public async Task Every_tag_says_what_it_is_about() =>
        Assert.Equal([], (await Document()).GetProperty("tags").EnumerateArray().Where(tag => Text(tag, "description") is null)
            .Select(tag => Text(tag, "name")));

    [Fact]
    public async Task Every_parameter_is_described() => Assert.Equal([], (await Operations())
        .SelectMany(o => o.Json.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Select(p => (o.Name, Parameter: p))
            : [])
        .Where(p => Text(p.Parameter, "description") is null).Select(p => $"{p.Name}: {Text(p.Parameter, "name")}"));

    [Fact]
    public async Task Every_property_is_described()
    {
        var schemas = (await Document()).GetProperty("components").GetProperty("schemas");
        Assert.Equal([], schemas.EnumerateObject()
            .SelectMany(schema => schema.Value.TryGetProperty("properties", out var properties)
                ? properties.EnumerateObject().Select(p => (Schema: schema.Name, Property: p))
                : [])
            .Where(p => Text(p.Property.Value, "description") is null).Select(p => $"{p.Schema}.{p.Property.Name}"));
    }

    [Fact]
    public async Task Every_code_that_may_be_answered_says_when() => Assert.Equal([], (await Operations())
        .SelectMany(o => o.Json.GetProperty("responses").EnumerateObject())
        .Where(answer => answer.Value.TryGetProperty(OperationTransformer.CodesOf, out _))
        .SelectMany(answer => Text(answer.Value, "description")!.Split('\n')).Where(line => line.EndsWith(": ", StringComparison.Ordinal))
        .Distinct());

    /// <summary>From which a client is generated whose methods and types somebody can use.</summary>
    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_and_every_number_is_nothing_but_a_number()
    {
        var ids = (await Operations()).Select(o => Text(o.Json, "operationId") ?? o.Name).ToArray();
        Assert.All(ids, id => Assert.Matches("^[a-z]+[A-Za-z0-9]+$", id));
        Assert.Equal(ids.Distinct(), ids);
        Assert.Contains("getUnitsByUnitBoard", ids);
        var document = string.Concat((await Document()).GetRawText().Where(c => !char.IsWhiteSpace(c)));
        Assert.DoesNotContain("\"integer\",\"string\"", document, StringComparison.Ordinal);
        Assert.DoesNotContain("\"number\",\"string\"", document, StringComparison.Ordinal);
    }

    /// <summary>An answer of a type that nobody can name is one that nobody was told of.</summary>
    [Fact]
    public async Task Every_answer_says_what_it_is_made_of() => Assert.Equal([], (await Operations())
        .SelectMany(o => o.Json.GetProperty("responses").EnumerateObject().Where(answer => answer.Name == "200")
            .Where(answer => !answer.Value.TryGetProperty("content", out var content)
                || content.EnumerateObject().Any(media => !media.Value.TryGetProperty("schema", out _)))
            .Select(answer => o.Name)));

    [Fact]
    public async Task What_leads_elsewhere_answers_nothing_itself() => Assert.Equal([], (await Operations())
        .Where(o => o.Json.GetProperty("responses") is var answers && answers.TryGetProperty("302", out _) && answers.TryGetProperty("200", out _))
        .Select(o => o.Name));

    private async Task<IEnumerable<(string Name, JsonElement Json)>> Operations() => (await Document()).GetProperty("paths").EnumerateObject()
        .SelectMany(path => path.Value.EnumerateObject().Select(operation => ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value)));

    private Task<JsonElement> Document() => journey.Get("/openapi/v1.json");

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) && text.GetString() is { Length: > 0 } said ? said : null;
}

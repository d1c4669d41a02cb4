using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Journey.Gateway.Http.Description;
using Journey.Gateway.Tests.Hosts;

namespace Journey.Gateway.Tests.Description;

/// <summary>
/// What the description says that may be sent is what is taken: how long a text, how great a number, how many of a list, which words.
/// </summary>
public sealed class LimitTests(StandaloneHostFixture journey)
{
    /// <summary>Without a limit, for a reason (2026-12).</summary>
    private static readonly Dictionary<string, string> Unlimited = new()
    {
        ["OpenRequest.codeWord"] = "what is longer is cut and is wrong: the door tells nobody how long a word is",
    };

    /// <summary>Part of the shape, and not read there (2026-12).</summary>
    private static readonly Dictionary<string, string> Unread = new()
    {
        ["POST /api/v1/family/pulses touchpoint"] = "a family says how it is, and not after what",
        ["POST /api/v1/visits/{id}/touchpoints acuity"] = "the example is a step",
    };

    public static TheoryData<string> Operations() => ExampleTests.Examples();

    [Fact]
    public async Task Whatever_is_sent_has_its_limit()
    {
        var document = (await Document())!;
        var values = OperationTexts.All.Values.Where(text => text.Example is not null)
            .SelectMany(text => Values(document, Body(document, text.Operation), "")).DistinctBy(value => value.Named).ToArray();
        Assert.NotEmpty(values);
        Assert.Equal([], values.Where(value => Beyond(value.Schema) is null && NeedsLimit(value.Schema)).Select(value => value.Named)
            .Except(Unlimited.Keys));
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task What_is_beyond_a_limit_is_refused(string operation)
    {
        var document = (await Document())!;
        var guest = await journey.Arrived();
        foreach (var (path, _, schema) in Values(document, Body(document, operation), ""))
        {
            if (Beyond(schema) is not { } beyond || Unread.ContainsKey($"{operation} {path}")) continue;
            var (status, said) = await Send(operation, guest.VisitId, path, beyond);
            // A number the visit itself may refuse, which a family without a link does not reach.
            if (schema["minimum"] is not null && status is HttpStatusCode.Conflict or HttpStatusCode.NotFound) continue;
            Assert.True(status == HttpStatusCode.BadRequest && said["errors"]!.AsObject().Any(error => error.Key.StartsWith(path, StringComparison.Ordinal)),
                $"{operation} {path}: {status} {said}");
        }
    }

    private async Task<(HttpStatusCode, JsonNode)> Send(string operation, Guid visit, string path, JsonNode beyond)
    {
        var body = JsonNode.Parse(OperationTexts.All[operation].Example!)!.AsObject();
        var at = body;
        foreach (var step in path.Split('.')[..^1]) at = (at[step] ??= new JsonObject()).AsObject();
        at[path.Split('.')[^1]] = beyond;
        using var request = new HttpRequestMessage(HttpMethod.Post,
            ExampleTests.PathOf(operation.Replace("{session}", "20310320-4b6f2c1e5d0a4c0e9a530d7f6f0c8a11", StringComparison.Ordinal), visit))
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        using var answer = await journey.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    /// <summary>A value that the schema does not allow; null where it allows all.</summary>
    private static JsonNode? Beyond(JsonNode schema)
    {
        if (schema["maximum"]?.GetValue<decimal>() is { } most) return JsonValue.Create((int)most + 1);
        if (schema["enum"] is not null) return "no-such-word";
        if (schema["maxLength"]?.GetValue<int>() is { } longest) return new string('1', longest + 1);
        if (schema["maxItems"]?.GetValue<int>() is { } many) return new JsonArray([.. Enumerable.Repeat("ED", many + 1).Select(x => (JsonNode)x)]);
        return schema["items"] is { } item && Beyond(item) is { } wrong ? new JsonArray(wrong) : null;
    }

    /// <summary>All but what has a form of its own (a time, an id) or only two values.</summary>
    private static bool NeedsLimit(JsonNode schema) => (schema["format"]?.GetValue<string>() is null or "int32") && !Types(schema).Contains("boolean");

    private static IEnumerable<string> Types(JsonNode schema) => schema["type"] switch
    {
        JsonArray several => several.Select(type => type!.GetValue<string>()),
        { } one => [one.GetValue<string>()],
        null => [],
    };

    /// <summary>The properties below a schema, where they stand in a request and what they are called in the description.</summary>
    private static IEnumerable<(string Path, string Named, JsonNode Schema)> Values(JsonNode document, JsonNode? schema, string path)
    {
        var name = Referred(schema)?.Split('/')[^1];
        foreach (var (property, own) in Resolve(document, schema)?["properties"]?.AsObject() ?? [])
        {
            var at = path.Length == 0 ? property : $"{path}.{property}";
            if (Resolve(document, own)!["properties"] is null) yield return (at, $"{name}.{property}", own!);
            else
                foreach (var below in Values(document, own, at)) yield return below;
        }
    }

    private static JsonNode? Resolve(JsonNode document, JsonNode? schema) =>
        Referred(schema) is { } to ? document["components"]!["schemas"]![to.Split('/')[^1]] : schema;

    /// <summary>What a schema stands for: by itself, or as one of two, the other being null.</summary>
    private static string? Referred(JsonNode? schema) =>
        schema?["$ref"]?.GetValue<string>() ?? schema?["oneOf"]?.AsArray().Select(Referred).FirstOrDefault(to => to is not null);

    private static JsonNode? Body(JsonNode document, string operation)
    {
        var (method, path) = (operation[..operation.IndexOf(' ')], operation[(operation.IndexOf(' ') + 1)..]);
        return document["paths"]![path]![method.ToLowerInvariant()]!["requestBody"]!["content"]!["application/json"]!["schema"];
    }

    private async Task<JsonNode?> Document() => JsonNode.Parse((await journey.Get("/openapi/v1.json")).GetRawText());
}

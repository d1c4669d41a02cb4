using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Journey.Gateway.Http.Description;

/// <summary>The description of the HTTP interface, for somebody who has neither the source nor us: <c>/openapi/v1.json</c>.</summary>
internal static class ApiDescription
{
    public const string Name = "v1";
    public const string Bearer = "bearer";
    public const string ProblemSchema = "ProblemDetails";

    /// <summary>What a problem holds: its type is the framework's, and <c>code</c> is ours.</summary>
    private static readonly Dictionary<string, (JsonSchemaType Type, string Says)> Problem = new()
    {
        ["type"] = (JsonSchemaType.String, "An address that explains the status."),
        ["title"] = (JsonSchemaType.String, "The status in words."),
        ["status"] = (JsonSchemaType.Integer, "The status, as the answer has it."),
        ["detail"] = (JsonSchemaType.String, "One sentence for a person. It may change; it holds no patient data."),
        ["instance"] = (JsonSchemaType.String, "Not used."),
        ["code"] = (JsonSchemaType.String,
            "Which problem it is, for programs. Each operation lists those that it answers; treat one that you do not know by its status."),
        ["errors"] = (JsonSchemaType.Object, "Of `invalid-request` and `invalid-json`: what is wrong, as a list of sentences for each field."),
        ["patients"] = (JsonSchemaType.Integer, "Of `shift-has-patients`: how many there are."),
        ["traceId"] = (JsonSchemaType.String, "The request in traces and logs, for whoever looks for the cause. It holds no patient data."),
    };

    public static void Configure(OpenApiOptions options) =>
        options.AddOperationTransformer<OperationTransformer>()
            .AddSchemaTransformer((schema, _, _) => SayNumbersAreNumbers(schema)).AddDocumentTransformer((document, _, _) => Describe(document));

    /// <summary>Numbers are read from strings too; said so, a generated client would give each of them both types.</summary>
    private static Task SayNumbersAreNumbers(OpenApiSchema schema)
    {
        if (schema.Type is { } type && type.HasFlag(JsonSchemaType.String) && (type & (JsonSchemaType.Integer | JsonSchemaType.Number)) != 0)
            (schema.Type, schema.Pattern) = (type & ~JsonSchemaType.String, null);
        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Journey",
            Version = Name,
            Description = "Real-time patient journeys. Times are ISO 8601 with an offset. Problems follow RFC 9457 and carry a stable `code`. "
                + "In a path a unit's code stands with `~` and two hexadecimal digits for each byte that is no letter, digit, hyphen or underscore: "
                + "`A/B` is `A~2FB`.\n\n"
                + "Whatever is asked for, an address that is none is answered 404 `not-found`, a method that it does not have 405 "
                + "`method-not-allowed`, "
                + "and a body that comes too slowly 408 `http-408`. "
                + "After 429 and 503 send it again, with the same `Idempotency-Key`, when the seconds of `Retry-After` are over.",
        };
        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>()) tag.Description = TagTexts.All.GetValueOrDefault(tag.Name ?? "");
        document.Components ??= new OpenApiComponents();
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer",
            Description = "An access token of the provider that people and systems sign in at. Browsers have a session in a cookie instead.",
        });
        foreach (var (name, schema) in document.Components.Schemas ?? new Dictionary<string, IOpenApiSchema>()) Describe(name, schema);
        return Task.CompletedTask;
    }

    private static void Describe(string name, IOpenApiSchema schema)
    {
        if (name == ProblemSchema) DescribeProblem((OpenApiSchema)schema);
        if (typeof(Api.Paths).Assembly.GetType($"{typeof(Api.Paths).Namespace}.{name}") is not { } type) return;
        schema.Description = ApiDocumentation.SummaryOf(type) ?? schema.Description;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (schema.Properties?.TryGetValue(JsonNamingPolicy.CamelCase.ConvertName(property.Name), out var described) == true)
            {
                described.Description = ApiDocumentation.SummaryOf(property);
                if (described is OpenApiSchema own) ValueLimits.Describe(own, property);
            }
    }

    private static void DescribeProblem(OpenApiSchema problem)
    {
        problem.Description = "A problem as RFC 9457 has it.";
        problem.Properties ??= new Dictionary<string, IOpenApiSchema>();
        foreach (var (name, (type, says)) in Problem)
        {
            problem.Properties.TryAdd(name, new OpenApiSchema { Type = type });
            problem.Properties[name].Description = says;
        }
    }
}

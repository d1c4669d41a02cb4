using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Http.Families;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scope = Journey.Contracts.Access.Scope;

namespace Journey.Gateway.Http.Description;

/// <summary>
/// Describes an operation: what is written of it in <see cref="OperationTexts"/>, and what follows from how it is mapped: who may, what is recorded,
/// what may be refused.
/// </summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    /// <summary>On each response that is a problem: its codes, for programs.</summary>
    public const string CodesOf = "x-problem-codes";

    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    /// <summary>What most commands answer.</summary>
    private const string Accepted = """{"outcome":"accepted","version":7,"commandId":"0f8fad5b-d9cb-469f-a165-70867728950e","says":null}""";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var endpoint = context.Description.ActionDescriptor.EndpointMetadata;
        // What is mapped at a group itself is named with a slash at its end.
        var path = "/" + context.Description.RelativePath?.TrimEnd('/');
        if (!OperationTexts.All.TryGetValue($"{context.Description.HttpMethod} {path}", out var text)) return Task.CompletedTask;
        var isCommand = Headers(operation, endpoint);
        operation.OperationId = IdFor(text.Operation);
        operation.Summary ??= text.Summary;
        operation.Description = Says(text, endpoint, isCommand);
        foreach (var parameter in operation.Parameters ?? []) Describe(parameter, text.Operation);
        if (text.Example is { } example && Body(operation.RequestBody?.Content, Json) is { } body) body.Example = JsonNode.Parse(example);
        Answers(operation, text, endpoint);
        Refusals(operation, GeneralFailures.AnsweredBy(endpoint, path, operation).Concat(text.Failures), context.Document!);
        if (AccessTable.CellFor(Needs(endpoint), null).Scope == Scope.None)
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(ApiDescription.Bearer, context.Document)] = [] }];
        return Task.CompletedTask;
    }

    /// <summary>Headers that a handler reads by itself, and whether one of them is a command's key.</summary>
    private static bool Headers(OpenApiOperation operation, IList<object> endpoint)
    {
        var takes = endpoint.OfType<MethodInfo>().SelectMany(handler => handler.GetParameters(), (_, parameter) => parameter.ParameterType)
            .ToHashSet();
        var parameters = operation.Parameters ??= [];
        if (takes.Contains(typeof(Visitor))) Add(Api.Paths.FamilyLink, isRequired: true);
        if (takes.Contains(typeof(Visitor)) && !takes.Contains(typeof(Body<Api.OpenRequest>))) Add(Api.Paths.FamilySession);
        var isCommand = endpoint.OfType<AuditedAttribute>().Any(audited => audited.Beforehand)
            && (takes.Contains(typeof(Visitor)) || takes.Contains(typeof(DeskCommand)) || parameters.Any(IsKey));
        if (isCommand && !parameters.Any(IsKey)) Add(Api.Paths.IdempotencyKey);
        return isCommand;

        void Add(string name, bool isRequired = false) =>
            parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Header, Required = isRequired, Schema = Text() });
    }

    /// <summary>What generated clients call it: <c>getUnitsByUnitBoard</c>, of its method and route.</summary>
    private static string IdFor(string operation)
    {
        var (method, path) = (operation[..operation.IndexOf(' ')], operation[(operation.IndexOf('/') + 1)..]);
        var words = path.Split('/').Where(segment => segment is not ("api" or ApiDescription.Name))
            .Select(segment => segment.StartsWith('{') ? "By-" + segment.Trim('{', '}') : segment)
            .SelectMany(segment => segment.Split('-', '.'));
        return method.ToLowerInvariant() + string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private static bool IsKey(IOpenApiParameter parameter) => parameter.Name == Api.Paths.IdempotencyKey;

    private static void Describe(IOpenApiParameter parameter, string operation)
    {
        if (parameter is not OpenApiParameter { Name: { } name } own || ParameterTexts.TextFor(operation, name) is not { } text) return;
        own.Description = text.Says;
        own.Example = text.Example;
    }

    private static string Says(OperationText text, IList<object> endpoint, bool isCommand)
    {
        var says = new StringBuilder(text.Says.ReplaceLineEndings(" ").Trim());
        says.Append("\n\n**Who may:** ").Append(WhoMay(Needs(endpoint))).Append('.');
        if (endpoint.OfType<AuditedAttribute>().LastOrDefault() is { } audited)
            says.Append("\n\n**Recorded:** in the audit trail as `").Append(WireName<AuditAction>.Dashed(audited.Action))
                .Append(audited.Beforehand ? "`, before it is carried out." : "`, before the answer is given.");
        if (isCommand) says.Append("\n\n**Sent again** with its `").Append(Api.Paths.IdempotencyKey)
            .Append("` it changes nothing, and is answered `repeated`.");
        return says.ToString();
    }

    private static Operation Needs(IList<object> endpoint) => endpoint.OfType<NeedsAttribute>().Last().Operation;

    /// <summary>As the access table has it.</summary>
    private static string WhoMay(Operation operation) => AccessTable.CellFor(operation, null).Scope switch
    {
        Scope.Link => "whoever holds a link to the family page",
        not Scope.None => "everybody, without signing in",
        _ => string.Join("; ", AccessTable.Columns.GroupBy(role => AccessTable.CellFor(operation, role).Scope).Where(roles => roles.Key != Scope.None)
            .Select(roles => string.Join(", ", roles.Select(role => $"`{WireName<Role>.Dashed(role)}`")) + ReachText(roles.Key))),
    };

    private static string ReachText(Scope scope) => scope switch
    {
        Scope.Units => " (of their units)",
        Scope.Units | Scope.Assigned => " (of their units, and where they have a part)",
        Scope.Assigned => " (what is theirs)",
        Scope.House => " (of the whole house)",
        Scope.House | Scope.Confidential => " (of any visit)",
        _ => throw new InvalidOperationException($"No words for {scope}."),
    };

    private static void Answers(OpenApiOperation operation, OperationText text, IList<object> endpoint)
    {
        var responses = operation.Responses ??= [];
        if (text.Media == "302")
        {
            responses.Remove("200");
            responses["302"] = new OpenApiResponse { Description = "Found: see Location." };
        }
        else if (text.Media is { } media)
            responses["200"] = new OpenApiResponse { Description = "OK", Content = Only(media, new() { Schema = Text() }) };
        var isCommand = endpoint.OfType<IProducesResponseTypeMetadata>().Any(answered => answered.Type == typeof(Api.CommandResult));
        if ((text.Answer ?? (isCommand ? Accepted : null)) is { } answer && responses.TryGetValue("200", out var ok)
            && Body(ok.Content, Json) is { } body)
            body.Example = JsonNode.Parse(answer);
    }

    private static void Refusals(OpenApiOperation operation, IEnumerable<Failure> failures, OpenApiDocument document)
    {
        foreach (var status in failures.Distinct().GroupBy(failure => failure.Status).OrderBy(status => status.Key))
            operation.Responses![status.Key.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join('\n', status.Select(failure => $"- `{failure.Code}`: {ApiDocumentation.SummaryOfCode(failure.Code)}")),
                Content = Only(ProblemJson, new() { Schema = new OpenApiSchemaReference(ApiDescription.ProblemSchema, document) }),
                Extensions = new Dictionary<string, IOpenApiExtension>
                {
                    [CodesOf] = new JsonNodeExtension(new JsonArray([.. status.Select(failure => (JsonNode)failure.Code)])),
                },
            };
    }

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static Dictionary<string, OpenApiMediaType> Only(string media, OpenApiMediaType body) => new() { [media] = body };

    private static OpenApiMediaType? Body(IDictionary<string, OpenApiMediaType>? content, string media) =>
        content?.TryGetValue(media, out var body) == true ? body : null;
}

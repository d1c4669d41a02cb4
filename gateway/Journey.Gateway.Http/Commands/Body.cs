using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Journey.Gateway.Http.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace Journey.Gateway.Http.Commands;

/// <summary>
/// The body of a request whose handler is bound by the framework. It takes the place of the framework's own reading, which knows neither our codes
/// nor our limit.
/// </summary>
internal sealed class Body<T> : IBindableFromHttpContext<Body<T>>, IEndpointParameterMetadataProvider where T : class
{
    private Body(T request) => Request = request;

    public T Request { get; }

    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        Idempotency.KeepBody(context);
        var (request, _, refused) = await JsonBody.Read(context.Request, (JsonTypeInfo<T>)GatewayJson.Default.GetTypeInfo(typeof(T))!, null);
        return refused is null ? new(request!) : throw new BadBodyException(refused);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata([JsonBody.MediaType], typeof(T)));
}

/// <summary>A body that no handler is called with. Binding can say so only by an exception.</summary>
internal sealed class BadBodyException(ProblemHttpResult problem) : Exception("The body cannot be used.")
{
    public ProblemHttpResult Problem { get; } = problem;
}

using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Journey.Gateway.Http.Description;

internal static class ApiDescription
{
    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new OpenApiInfo
        {
            Title = "Journey",
            Version = "v1",
            Description = "Real-time patient journeys. Times are ISO 8601 with an offset. Problems follow RFC 9457 and carry a stable `code`. "
                + "In a path a unit's code stands with `~` and two hexadecimal digits for each byte that is no letter, digit, hyphen or underscore: `A/B` is `A~2FB`.",
        };
        return Task.CompletedTask;
    });
}

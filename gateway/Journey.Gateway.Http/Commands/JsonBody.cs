using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Commands;

/// <summary>Reads a request's body. Whatever is sent to, the same mistake in it is answered alike.</summary>
internal static class JsonBody
{
    public const string MediaType = "application/json";

    private const int MaxBytes = Api.Limits.BodyBytes;

    /// <summary>The request and the bytes it was made of, or why there is none.</summary>
    /// <param name="whenEmpty">Stands for an empty body; null where a body is required.</param>
    public static async Task<(T? Request, byte[] Bytes, ProblemHttpResult? Refused)> Read<T>(HttpRequest http, JsonTypeInfo<T> type, T? whenEmpty)
        where T : class
    {
        var (bytes, refused) = await ReadBytes(http);
        if (refused is not null) return (null, bytes, refused);
        var (request, invalid) = Parse(bytes, type, whenEmpty);
        return (request, bytes, invalid);
    }

    private static async Task<(byte[] Bytes, ProblemHttpResult? Refused)> ReadBytes(HttpRequest http)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[4096];
        int read;
        while ((read = await http.Body.ReadAsync(chunk, http.HttpContext.RequestAborted)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > MaxBytes) return ([], Problem.Create(413, Problem.CodeOf(413), "The request is too large."));
        }

        // Anything else than JSON a browser would send across origins without asking first.
        if (buffer.Length > 0 && !http.HasJsonContentType()) return ([], Problem.Create(415, Problem.CodeOf(415), "Send application/json."));
        return (buffer.ToArray(), null);
    }

    private static (T? Request, ProblemHttpResult? Invalid) Parse<T>(byte[] bytes, JsonTypeInfo<T> type, T? whenEmpty) where T : class
    {
        if (bytes.Length == 0) return whenEmpty is null ? (null, Missing()) : (whenEmpty, null);
        try
        {
            return JsonSerializer.Deserialize(bytes, type) is { } request ? (request, null) : (null, Missing());
        }
        catch (JsonException e)
        {
            var field = e.Path is { Length: > 2 } path ? path[2..] : "$";
            return (null, Problem.Invalid(field, "Cannot be read.", Api.ProblemCodes.InvalidJson));
        }
    }

    private static ProblemHttpResult Missing() => Problem.Invalid("$", "A body is required.", Api.ProblemCodes.InvalidJson);
}

using System.Collections.Concurrent;
using System.Text.Json;
using Journey.Gateway.Http.Description;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Journey.Gateway.Tests.Description;

/// <summary>
/// Listens to every problem that a host of the tests answers, whatever the test is about: the description names it for that operation, or the run
/// fails.
/// </summary>
public sealed class DeclaredAnswers : IStartupFilter
{
    private readonly ConcurrentDictionary<string, byte> _undeclared = new();
    private readonly SemaphoreSlim _reading = new(1);
    private HashSet<string>? _declared;

    /// <summary>What was answered and stands nowhere.</summary>
    public IReadOnlyList<string> Undeclared => [.. _undeclared.Keys.Order(StringComparer.Ordinal)];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(Listen);
        next(app);
    };

    private async Task Listen(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments("/api") && !http.Request.Path.StartsWithSegments("/fhir"))
        {
            await next(http);
            return;
        }

        var body = http.Response.Body;
        using var heard = new Overheard(http.Response, body);
        http.Response.Body = heard;
        await next(http);
        if (!http.RequestAborted.IsCancellationRequested) await http.Response.BodyWriter.FlushAsync();
        http.Response.Body = body;
        if (heard.Problem is { Length: > 0 } problem) await Compare(http, JsonElement.Parse(problem).GetProperty("code").GetString()!);
    }

    private async Task Compare(HttpContext http, string code)
    {
        var endpoint = http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint();
        if (endpoint is not RouteEndpoint { RoutePattern.RawText: { } pattern } || endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is null)
            return;
        var answer = $"{http.Request.Method} /{pattern.Trim('/')} {http.Response.StatusCode} {code}";
        if (GeneralFailures.Everywhere.Contains(new Failure(http.Response.StatusCode, code)) || (await Declared(http)).Contains(answer)) return;
        _undeclared[answer] = 0;
    }

    private async Task<HashSet<string>> Declared(HttpContext http)
    {
        await _reading.WaitAsync();
        try
        {
            return _declared ??= Read(await http.RequestServices.GetRequiredKeyedService<IOpenApiDocumentProvider>(ApiDescription.Name)
                .GetOpenApiDocumentAsync());
        }
        finally
        {
            _reading.Release();
        }
    }

    private static HashSet<string> Read(OpenApiDocument document) => [
        .. from path in document.Paths
           from operation in path.Value.Operations!
           from response in operation.Value.Responses!
           where response.Value.Extensions?.ContainsKey(OperationTransformer.CodesOf) == true
           from code in ((JsonNodeExtension)response.Value.Extensions![OperationTransformer.CodesOf]).Node.AsArray()
           select $"{operation.Key.Method} {path.Key} {response.Key} {code!.GetValue<string>()}",
    ];

    /// <summary>Passes everything on at once, and keeps what is a problem.</summary>
    private sealed class Overheard(HttpResponse response, Stream body) : Stream
    {
        private readonly MemoryStream _kept = new();

        public byte[] Problem => _kept.ToArray();

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (response.ContentType?.StartsWith("application/problem+json", StringComparison.Ordinal) == true) _kept.Write(buffer.Span);
            await body.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override Task FlushAsync(CancellationToken cancellationToken) => body.FlushAsync(cancellationToken);

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}

using System.Collections.Concurrent;
using System.Net;

namespace Journey.EndToEnd.Tests;

/// <summary>Takes traces and metrics (OTLP over HTTP) and keeps every byte.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public Collector()
    {
        Url = $"http://127.0.0.1:{Ports.Free()}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _serving = Serve();
    }

    public string Url { get; }

    /// <summary>What came, by its path: <c>/v1/traces</c>, <c>/v1/metrics</c>.</summary>
    public ConcurrentQueue<(string Path, byte[] Body)> Taken { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var http = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await http.Request.InputStream.CopyToAsync(body);
                Taken.Enqueue((http.Request.Url!.AbsolutePath, body.ToArray()));
                http.Response.ContentType = "application/x-protobuf";
                http.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
        }
    }
}

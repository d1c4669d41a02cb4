using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Journey.EndToEnd.Tests;

/// <summary>
/// An SMS gateway that knows a repeat by its key and a stranger by the signature. By the number it is told to be busy, to refuse, to fail once or
/// always, or to answer late.
/// </summary>
internal sealed class SmsGateway : IAsyncDisposable
{
    public const string Secret = "a secret of more than sixteen characters";
    public const string Fine = "555-0100", Busy = "555-0503", Refused = "555-0400", Failing = "555-0500", Broken = "555-0599", Late = "555-0202";

    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public SmsGateway()
    {
        Url = $"http://127.0.0.1:{Ports.Free()}/sms/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _serving = Serve();
    }

    public string Url { get; }

    /// <summary>Every request whose signature was right: key, number and text, in order.</summary>
    public ConcurrentQueue<(string Key, string To, string Text)> Asked { get; } = new();

    /// <summary>What was sent to a telephone: each key once.</summary>
    public ConcurrentDictionary<string, string> Sent { get; } = new();

    public int Forged => _forged;

    private int _forged;

    /// <summary>How long it thinks before it answers.</summary>
    public TimeSpan Thinks { get; init; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task Serve()
    {
        try
        {
            while (true) _ = Answer(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private async Task Answer(HttpListenerContext http)
    {
        try
        {
            using var body = new MemoryStream();
            await http.Request.InputStream.CopyToAsync(body);
            (http.Response.StatusCode, var thinks) = Judge(http.Request, body.ToArray());
            await Task.Delay(thinks);
            http.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // Whoever was asking is gone.
        }
    }

    private (int Status, TimeSpan Thinks) Judge(HttpListenerRequest request, byte[] body)
    {
        if (!IsSigned(request.Headers["Journey-Signature"], body))
        {
            Interlocked.Increment(ref _forged);
            return (401, Thinks);
        }

        var message = JsonSerializer.Deserialize<Dictionary<string, string>>(body)!;
        if (request.Headers["Idempotency-Key"] != message["key"]) return (400, Thinks);
        Asked.Enqueue((message["key"], message["to"], message["text"]));
        if (message["to"] == Refused) return (400, Thinks);
        if (message["to"] == Broken) return (500, Thinks);
        var first = Asked.Count(a => a.Key == message["key"]) == 1;
        if (first && message["to"] is Busy) return (503, Thinks);
        if (first && message["to"] is Failing) return (500, Thinks);
        Sent.TryAdd(message["key"], message["to"]);
        return (202, first && message["to"] is Late ? TimeSpan.FromSeconds(4) : Thinks);
    }

    /// <summary>As the documentation says it: HMAC-SHA256 of the time, a dot and the body.</summary>
    private static bool IsSigned(string? header, byte[] body)
    {
        if (header?.Split(',') is not [['t', '=', .. var time], ['v', '1', '=', .. var signature]]) return false;
        byte[] signed = [.. Encoding.ASCII.GetBytes(new string(time) + "."), .. body];
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed);
        return Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(time)) < 60 && Convert.ToHexStringLower(expected) == signature;
    }
}

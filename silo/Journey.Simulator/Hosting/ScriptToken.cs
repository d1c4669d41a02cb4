using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Journey.Simulator.Hosting;

/// <summary>
/// Signs in as the scripts of Development (client credentials), when the receiver wants that: a request it answers with 401 is sent again with a
/// token. A receiver that knows no sign-in is never asked for one.
/// </summary>
internal sealed class ScriptToken(string client, string secret, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private volatile string? _token;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var used = _token;
        if (used is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", used);
        if (request.Content is not null) await request.Content.LoadIntoBufferAsync(cancellationToken);
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Unauthorized) return answer;
        if (_token == used && await Fetch(request.RequestUri!, cancellationToken) is { } fresh) _token = fresh;
        if (_token == used) return answer;
        answer.Dispose();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return await base.SendAsync(request, cancellationToken);
    }

    private async Task<string?> Fetch(Uri receiver, CancellationToken cancellation)
    {
        using var asking = new HttpRequestMessage(HttpMethod.Post, new Uri(receiver, "/identity/token"));
        asking.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", client), new("client_secret", secret)]);
        using var answer = await base.SendAsync(asking, cancellation);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("access_token").GetString()
            : null;
    }
}

using System.Net.Http.Json;
using Journey.Api;

namespace Journey.EndToEnd.Tests;

/// <summary>Records what staff do, over HTTP; a refusal is a failure.</summary>
internal static class Acting
{
    public static async Task Do(this JourneyProcess journey, string path, object body, string by = "Nora Nightshade")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, body.GetType()) };
        request.Headers.Add(Paths.IdempotencyKey, Guid.NewGuid().ToString());
        request.Headers.Add(Paths.ActingAs, Uri.EscapeDataString(by));
        using var answer = await journey.Http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}

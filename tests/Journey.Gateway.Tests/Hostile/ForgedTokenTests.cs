using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Journey.Gateway.Tests.Hostile;

/// <summary>Tokens that nobody gave out open nothing, and the answer does not say what was wrong with them.</summary>
public sealed class ForgedTokenTests(BesiegedHost journey)
{
    [Fact]
    public Task No_forged_token_opens_anything() => journey.StaysWell(async () =>
    {
        var genuine = await journey.ScriptToken();
        var (head, body) = (Part(genuine, 0), Part(genuine, 1));
        using var keys = JsonDocument.Parse(await journey.Http.GetStringAsync("/.well-known/jwks", TestContext.Current.CancellationToken));
        var key = keys.RootElement.GetProperty("keys")[0];
        using var mine = RSA.Create(2048);
        var now = DateTimeOffset.UtcNow;
        var forged = new Dictionary<string, string>
        {
            ["no algorithm"] = Join(With(head, "alg", "none"), body, ""),
            ["no algorithm, in capitals"] = Join(With(head, "alg", "NONE"), body, ""),
            ["signed with the public key as a secret"] =
                Hmac(With(head, "alg", "HS256"), body, Encoding.UTF8.GetBytes(key.GetProperty("n").GetString()!)),
            ["signed by somebody else under the same key id"] = Rsa(head, body, mine),
            ["with a key of its own in the head"] =
                Rsa(With(With(head, "kid", "mine"), "jwk", new { kty = "RSA", n = Url(mine.ExportParameters(false).Modulus!), e = "AQAB" }),
                    body, mine),
            ["with a key id that is a path"] = Rsa(With(head, "kid", "../../../../dev/null"), body, mine),
            ["of somebody else's issuer"] = Rsa(head, With(body, "iss", "https://elsewhere.example/"), mine),
            ["expired"] = Rsa(head, With(body, "exp", now.AddHours(-2).ToUnixTimeSeconds()), mine),
            ["with more roles than were given"] = genuine.Split('.')[0] + "."
                + Url(JsonSerializer.SerializeToUtf8Bytes(With(body, "role", new[] { "privacy-officer" }))) + "." + genuine.Split('.')[2],
            ["cut"] = genuine[..^20],
            ["without its signature"] = genuine[..(genuine.LastIndexOf('.') + 1)],
            ["of nothing"] = "..",
            ["that is no token"] = "AAAA",
            ["that is long"] = genuine + new string('A', 12_000),
        };
        foreach (var (what, token) in forged)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/units");
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
            using var answer = await journey.Http.SendAsync(request, TestContext.Current.CancellationToken);
            var said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized, $"A token {what}: {answer.StatusCode} {said}");
            Assert.Equal("Sign in first.", JsonDocument.Parse(said).RootElement.GetProperty("detail").GetString());
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        }

        using var right = new HttpRequestMessage(HttpMethod.Get, "/api/v1/units") { Headers = { Authorization = new("Bearer", genuine) } };
        using var opened = await journey.Http.SendAsync(right, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode); // So that the others were refused for what is wrong with them.
    });

    private static Dictionary<string, object> Part(string token, int part) =>
        JsonSerializer.Deserialize<Dictionary<string, object>>(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[part]))!;

    private static Dictionary<string, object> With(Dictionary<string, object> part, string name, object value) => new(part) { [name] = value };

    private static string Join(Dictionary<string, object> head, Dictionary<string, object> body, string signature) =>
        Url(JsonSerializer.SerializeToUtf8Bytes(head)) + "." + Url(JsonSerializer.SerializeToUtf8Bytes(body)) + "." + signature;

    private static string Hmac(Dictionary<string, object> head, Dictionary<string, object> body, byte[] secret)
    {
        var signed = Join(head, body, "");
        return signed + Url(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed[..^1])));
    }

    private static string Rsa(Dictionary<string, object> head, Dictionary<string, object> body, RSA key)
    {
        var signed = Join(head, body, "");
        return signed + Url(key.SignData(Encoding.ASCII.GetBytes(signed[..^1]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static string Url(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}

using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Journey.Gateway.Tests.Hostile;

/// <summary>Whatever a body is, the answer says what is wrong with it and nothing has changed.</summary>
public sealed class BadBodyTests(BesiegedHost journey)
{
    [Fact]
    public Task No_body_changes_anything_that_cannot_be_read() => journey.StaysWell(async () =>
    {
        using var nurse = new Identity.Browser(new Uri(journey.Address));
        using (await nurse.SignIn("Morgan Castlebay")) { }
        var guest = new Hosts.Guest(Hosts.StandaloneHostFixture.Fresh("P"), Hosts.StandaloneHostFixture.Fresh("V"), "ED", "Geheimrat", "Theodora");
        await journey.Deliver(guest.Message("A04"));
        using var found =
            JsonDocument.Parse(await (await nurse.Get($"/api/v1/visits?number={guest.Visit}")).Content
                .ReadAsStringAsync(TestContext.Current.CancellationToken));
        var visit = found.RootElement[0].GetProperty("visitId").GetGuid();
        var before = await Timeline();

        (string What, byte[] Body, string Type, string? Encoding)[] bodies =
        [
            ("cut", "{\"who\":\"So"u8.ToArray(), "application/json", null), ("of something else", "<who/>"u8.ToArray(), "application/json", null),
            ("xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><who>&b;</who>"u8.ToArray(), "application/xml", null),
            ("a form", "who=Sohn"u8.ToArray(), "application/x-www-form-urlencoded", null),
            ("deep", Encoding.ASCII.GetBytes("{\"who\":" + new string('[', 20_000) + new string(']', 20_000) + "}"), "application/json", null),
            ("large", Encoding.ASCII.GetBytes("{\"who\":\"" + new string('A', 80_000) + "\"}"), "application/json", null),
            ("long in one field", Encoding.ASCII.GetBytes("{\"who\":\"" + new string('A', 5_000) + "\"}"), "application/json", null),
            ("not UTF-8", [.. "{\"who\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}"u8], "application/json", null),
            ("half a character", "{\"who\":\"\\ud800\"}"u8.ToArray(), "application/json", null),
            ("a number for a text", "{\"who\":1e400}"u8.ToArray(), "application/json", null),
            ("a time of no calendar", "{\"occurredAt\":\"9999-99-99T99:99:99Z\"}"u8.ToArray(), "application/json", null),
            ("a time of another age", "{\"occurredAt\":\"0001-01-01T00:00:00Z\"}"u8.ToArray(), "application/json", null),
            ("a list", "[{\"who\":\"Sohn\"}]"u8.ToArray(), "application/json", null),
            ("a bomb", Bomb(), "application/json", "gzip"),
        ];
        foreach (var (what, body, type, encoding) in bodies)
        {
            using var request =
                new HttpRequestMessage(HttpMethod.Post, $"/api/v1/visits/{visit}/family/waiting") { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            if (encoding is not null) request.Content.Headers.ContentEncoding.Add(encoding);
            using var answer = await nurse.Send(request);
            var said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode is 400 or 409 or 413 or 415, $"A body {what}: {answer.StatusCode} {said}");
            Assert.NotEmpty(JsonDocument.Parse(said).RootElement.GetProperty("code").GetString()!);
            Assert.DoesNotContain("Geheimrat", said, StringComparison.Ordinal);
            Assert.DoesNotContain("at System.", said, StringComparison.Ordinal);
        }

        Assert.Equal(before.Length, (await Timeline()).Length);

        async Task<JsonElement[]> Timeline()
        {
            using var answer = await nurse.Get($"/api/v1/visits/{visit}/timeline");
            return JsonSerializer.Deserialize<JsonElement[]>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        }
    });

    /// <summary>10 MB of blanks in 10 KB.</summary>
    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(Encoding.ASCII.GetBytes(new string(' ', 10_000_000)));
        return packed.ToArray();
    }
}

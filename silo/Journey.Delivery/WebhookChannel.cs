using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Journey.Contracts.Families;
using Journey.Domain.Facts;
using Journey.Grains.Families;
using Microsoft.Extensions.Options;

namespace Journey.Delivery;

/// <summary>
/// An SMS gateway, by a signed webhook: <c>{ key, to, text }</c>, with <c>Idempotency-Key</c> and <c>Journey-Signature: t=…,v1=…</c>
/// (HMAC-SHA256 of time, a dot and the body). A gateway that honours the key may be asked again without sending twice.
/// </summary>
internal sealed class WebhookChannel(HttpClient http, IOptions<WebhookOptions> options, TimeProvider clock) : IFamilyChannel
{
    public const string ClientName = "family-sms";

    public string Name => Channels.Sms;

    public async Task<(DeliveryAnswer Answer, string? Why)> Send(OutgoingMessage message, CancellationToken cancellation)
    {
        try
        {
            using var response = await http.SendAsync(await Request(message, cancellation), cancellation);
            return Answer(response.StatusCode);
        }
        catch (HttpRequestException e) when (e.InnerException is PrivateAddressException)
        {
            return (DeliveryAnswer.NotNow, "the SMS gateway's name leads to a private address (Journey:Delivery:Sms:AllowPrivateAddress)");
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            return (DeliveryAnswer.NotNow, "the SMS gateway is not reached");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return (DeliveryAnswer.Unknown, "the SMS gateway did not answer");
        }
    }

    private async Task<HttpRequestMessage> Request(OutgoingMessage message, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, string> { ["key"] = message.Key, ["to"] = message.To, ["text"] = message.Notice });
        var time = clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var secret = (await File.ReadAllTextAsync(options.Value.SecretFile, cancellation)).Trim();
        byte[] signed = [.. Encoding.ASCII.GetBytes(time + "."), .. body];
        var signature = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
        var request = new HttpRequestMessage(HttpMethod.Post, options.Value.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("Idempotency-Key", message.Key);
        request.Headers.Add("Journey-Signature", $"t={time},v1={signature.ToLowerInvariant()}");
        return request;
    }

    private static (DeliveryAnswer, string?) Answer(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => (DeliveryAnswer.Delivered, null),
        408 or 429 or 503 => (DeliveryAnswer.NotNow, $"the SMS gateway said {(int)status}"),
        >= 300 and < 400 => (DeliveryAnswer.Never, $"the SMS gateway said {(int)status}, and redirects are not followed"),
        >= 500 => (DeliveryAnswer.Unknown, $"the SMS gateway said {(int)status}"),
        _ => (DeliveryAnswer.Never, $"the SMS gateway said {(int)status}"),
    };
}

using System.Net;
using Journey.Contracts.Families;
using Journey.Domain.Facts;
using Journey.Grains.Families;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Journey.Delivery;

/// <summary>E-mail over SMTP. A mail server cannot tell a repeat: what it did not answer for is reported as unknown and never sent again.</summary>
internal sealed class MailChannel(IOptions<MailOptions> options) : IFamilyChannel
{
    private readonly MailOptions _settings = options.Value;

    public string Name => Channels.Email;

    public async Task<(DeliveryAnswer Answer, string? Why)> Send(OutgoingMessage message, CancellationToken cancellation)
    {
        if (!MailboxAddress.TryParse(message.To, out var to)) return (DeliveryAnswer.Never, "the e-mail address is none");
        using var client = new SmtpClient();
        try
        {
            await client.ConnectAsync(_settings.Host, _settings.Port, _settings.RequireTls
                ? SecureSocketOptions.StartTls
                : SecureSocketOptions.StartTlsWhenAvailable, cancellation);
            if (_settings.User is { Length: > 0 } && !client.IsSecure && !IsHere(_settings.Host))
                return (DeliveryAnswer.NotNow, "the mail server offers no TLS, and a password is not sent in clear");
            if (_settings.User is { Length: > 0 } user)
                await client.AuthenticateAsync(user, (await File.ReadAllTextAsync(_settings.PasswordFile!, cancellation)).Trim(), cancellation);
        }
        catch (Exception e)
        {
            return (DeliveryAnswer.NotNow, "the mail server is not reached: " + e.GetType().Name);
        }

        try
        {
            await client.SendAsync(Mail(message, to), cancellation);
            return (DeliveryAnswer.Delivered, null);
        }
        catch (SmtpCommandException e) when ((int)e.StatusCode >= 400)
        {
            var status = (int)e.StatusCode;
            return (status is >= 400 and < 500 ? DeliveryAnswer.NotNow : DeliveryAnswer.Never, $"the mail server said {status}");
        }
        catch (Exception e)
        {
            return (DeliveryAnswer.Unknown, "the mail server broke off: " + e.GetType().Name);
        }
        finally
        {
            await Leave(client);
        }
    }

    private static bool IsHere(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);

    private MimeMessage Mail(OutgoingMessage message, MailboxAddress to)
    {
        var mail = new MimeMessage
        {
            Subject = message.Notice, Body = new TextPart("plain") { Text = message.Text },
            MessageId = message.Key + "@journey"
        };
        mail.From.Add(MailboxAddress.Parse(_settings.From));
        mail.To.Add(to);
        return mail;
    }

    /// <summary>What was sent stays sent, however the goodbye goes.</summary>
    private static async Task Leave(SmtpClient client)
    {
        try
        {
            await client.DisconnectAsync(quit: true);
        }
        catch (Exception)
        {
            // The server left first.
        }
    }
}

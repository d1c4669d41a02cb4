using Journey.Grains.Families;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Journey.Delivery;

/// <summary>The ways out of the house to a family, those that are configured. The family page needs none.</summary>
public static class DeliverySetup
{
    private const int ShortestSecret = 16;

    public static void AddDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateDataAnnotations()
            .Validate(o => !o.IsOn || MailboxAddress.TryParse(o.From, out _),
                "Journey:Delivery:Mail:From must be the e-mail address that updates come from.")
            .Validate(o => !o.IsOn || o.User is not { Length: > 0 } || File.Exists(o.PasswordFile),
                "Journey:Delivery:Mail:PasswordFile must name a readable file with the password of Journey:Delivery:Mail:User.")
            .ValidateOnStart();
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section)
            .Validate(o => !o.IsOn || IsSafe(o.Url), "Journey:Delivery:Sms:Url must be an https address (http only on this machine).")
            .Validate(o => !o.IsOn || HasSecret(o.SecretFile),
                $"Journey:Delivery:Sms:SecretFile must name a readable file with at least {ShortestSecret} characters.")
            .ValidateOnStart();
        if (configuration.GetSection(MailOptions.Section).Get<MailOptions>() is { IsOn: true }) services.AddSingleton<IFamilyChannel, MailChannel>();
        if (configuration.GetSection(WebhookOptions.Section).Get<WebhookOptions>() is not { IsOn: true }) return;
        // Telephone numbers travel in the body; the client's own logging would tell when and where to all the same.
        services.AddHttpClient(WebhookChannel.ClientName).RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(provider => OutgoingAddress.Handler(provider.GetRequiredService<IOptions<WebhookOptions>>().Value));
        services.AddSingleton<IFamilyChannel>(provider => new WebhookChannel(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(WebhookChannel.ClientName),
            provider.GetRequiredService<IOptions<WebhookOptions>>(), provider.GetRequiredService<TimeProvider>()));
    }

    private static bool IsSafe(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri is { Scheme: "http", IsLoopback: true });

    private static bool HasSecret(string file) => File.Exists(file) && File.ReadAllText(file).Trim().Length >= ShortestSecret;
}

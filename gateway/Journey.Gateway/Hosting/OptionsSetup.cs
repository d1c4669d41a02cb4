using Journey.Gateway.Feeds;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Hosting;

internal static class OptionsSetup
{
    /// <summary>Every section, checked before the host starts: a wrong value stops it with the key's name.</summary>
    public static void AddGatewayOptions(this IServiceCollection services)
    {
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<MllpOptions>().BindConfiguration(MllpOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<FeedDefaults>().BindConfiguration(FeedDefaults.Section).ValidateOnStart();
        services.AddOptions<FeedList>().Configure<IConfiguration>((list, configuration) => configuration.GetSection(FeedList.Section).Bind(list.Feeds)).ValidateOnStart();
        services.AddOptions<HttpsOptions>().BindConfiguration(HttpsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HttpsOptions>, HttpsOptionsValidator>();
        services.AddSingleton<IValidateOptions<MllpOptions>, MllpOptionsValidator>();
        services.AddSingleton<IValidateOptions<FeedDefaults>, FeedDefaultsValidator>();
        services.AddSingleton<IValidateOptions<FeedList>, FeedListValidator>();
        services.AddSingleton<IValidateOptions<FeedList>, FeedCertificatesValidator>();
    }
}

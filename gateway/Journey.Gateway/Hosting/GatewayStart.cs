using Journey.Hl7.Mllp;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Hosting;

/// <summary>Runs the gateway; a setting that stops it is told in a sentence, without a stack trace.</summary>
internal static class GatewayStart
{
    /// <summary>As sysexits.h has it: configuration error.</summary>
    private const int ConfigurationError = 78;

    public static async Task<int> Run(Func<WebApplication> build)
    {
        try
        {
            await using var app = build();
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (e is OptionsValidationException or MllpListenException)
        {
            var why = e is OptionsValidationException invalid ? string.Join(' ', invalid.Failures) : e.Message + " Choose another with Journey__Mllp__Port.";
            await Console.Error.WriteLineAsync("Journey's gateway did not start. " + why);
            return ConfigurationError;
        }
    }
}

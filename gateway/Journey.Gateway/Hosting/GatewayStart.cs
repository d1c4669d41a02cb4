using Journey.Hl7.Mllp;
using Journey.Hosting;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Hosting;

/// <summary>Runs the gateway; what stops its start is told in a sentence, without a stack trace.</summary>
internal static class GatewayStart
{
    /// <summary>As sysexits.h has it: configuration error.</summary>
    private const int ConfigurationError = 78;

    /// <summary>The host logs a failed start itself, with a stack trace before our sentence.</summary>
    public static void TellFailuresOnce(this ILoggingBuilder logging) =>
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

    public static async Task<int> Run(string[] args, Func<WebApplication> build)
    {
        if (CommandLine.Objection(args, typeof(GatewayStart).Assembly) is { } objection)
        {
            await Console.Error.WriteLineAsync("Journey's gateway did not start. " + objection);
            return CommandLine.Wrong;
        }

        try
        {
            await using var app = build();
            app.StopInTime();
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (Explain(e) is { } why)
        {
            await Console.Error.WriteLineAsync("Journey's gateway did not start. " + why);
            return ConfigurationError;
        }
    }

    private static string? Explain(Exception e) => e switch
    {
        // The services of a gateway start side by side, so several things may be wrong at once.
        AggregateException many when many.Flatten().InnerExceptions.Select(Explain).ToArray() is var all && !all.Contains(null) =>
            string.Join(' ', all.Distinct()),
        OptionsValidationException invalid => string.Join(' ', invalid.Failures),
        MllpListenException => e.Message + " Choose another with Journey__Mllp__Port.",
        InvalidOperationException when e.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal) => e.Message,
        IOException when e.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase) =>
            e.Message + " Stop the program that listens there, or choose another port (--urls or ASPNETCORE_URLS).",
        _ => null,
    };
}

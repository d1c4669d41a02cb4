using System.Net.Sockets;
using Journey.Grains.Hosting;
using Journey.Hosting;
using Microsoft.Extensions.Options;

namespace Journey.Silo;

/// <summary>Runs a host, and says in a sentence or two why it cannot start, instead of a stack trace.</summary>
public static class Start
{
    /// <summary>As sysexits.h has it: configuration error.</summary>
    private const int ConfigurationError = 78;

    /// <summary>
    /// The host logs a failed start itself, with a stack trace before our sentence; who sets Journey up would read that first. A service that fails
    /// later is still told: the host stops then, and says why at the level above.
    /// </summary>
    public static void TellFailuresOnce(this ILoggingBuilder logging) =>
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

    public static async Task<int> Run(WebApplication app)
    {
        try
        {
            app.StopInTime();
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (Explain(e) is { } why)
        {
            await Console.Error.WriteLineAsync("Journey did not start. " + why);
            return ConfigurationError;
        }
    }

    /// <summary>Builds a host and runs it; settings that stop the building are told the same way.</summary>
    public static async Task<int> Run(Func<WebApplication> build)
    {
        WebApplication app;
        try
        {
            app = build();
        }
        catch (Exception e) when (Explain(e) is { } why)
        {
            await Console.Error.WriteLineAsync("Journey did not start. " + why);
            return ConfigurationError;
        }

        return await Run(app);
    }

    private static string? Explain(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
            switch (cause)
            {
                case OptionsValidationException invalid: return string.Join(' ', invalid.Failures);
                case InvalidOperationException
                    when cause.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal):
                    return cause.Message;
                case PolicyException or StartException or Storage.StorageException: return cause.Message;
                case SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }:
                    return e.Message
                        + " Another program listens there: stop it, or choose another port (Journey__Mllp__Port for MLLP, --urls or ASPNETCORE_URLS "
                        + "for HTTP).";
                case IOException io when io.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase):
                    return io.Message
                        + " Another program listens there: stop it, or choose another port (Journey__Mllp__Port for MLLP, --urls or ASPNETCORE_URLS "
                        + "for HTTP).";
            }

        return null;
    }
}

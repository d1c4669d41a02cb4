using Journey.Silo;

namespace Journey.Standalone;

/// <summary>What is logged unless configuration says otherwise.</summary>
internal static class LogLevels
{
    /// <summary>
    /// A request line holds what somebody searched for, and that is a patient's name: request lines are not logged. Orleans says much at the start
    /// that helps nobody here.
    /// </summary>
    public static WebApplicationBuilder AddLogLevels(this WebApplicationBuilder builder)
    {
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        builder.Logging.AddFilter("OpenIddict", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Orleans", LogLevel.Warning);
        builder.Logging.TellFailuresOnce();
        return builder;
    }
}

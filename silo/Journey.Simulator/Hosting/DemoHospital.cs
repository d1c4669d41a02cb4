using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Journey.Simulator.Hosting;

/// <summary>The demo inside another host. It starts once the host listens, and whatever happens to it, the host goes on.</summary>
public sealed partial class DemoHospital(
    IOptions<DemoOptions> options, IHostApplicationLifetime lifetime, IServiceProvider services, TimeProvider clock, ILoggerFactory logs)
        : BackgroundService
{
    private readonly ILogger _log = logs.CreateLogger<DemoHospital>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled) return;
        try
        {
            if (!await HostListens(stoppingToken)) return;
            var settings = options.Value;
            if (settings.FindMllp?.Invoke(services) is { } listener)
                (settings.MllpAddress, settings.MllpPort) = (listener.Address.ToString(), listener.Port);
            if (settings.MllpPort == 0)
            {
                NoPort(_log);
                return;
            }

            await new DemoTeller(settings, BaseUrl(settings), clock, logs).Run(null, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            Ended(_log, e);
        }
    }

    private async Task<bool> HostListens(CancellationToken stopping)
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var whenStarted = lifetime.ApplicationStarted.Register(() => started.TrySetResult(true));
        await using var whenStopped = stopping.Register(() => started.TrySetResult(false));
        return await started.Task;
    }

    /// <summary>As configured, or where this very host listens.</summary>
    private Uri BaseUrl(DemoOptions settings)
    {
        if (settings.BaseUrl is { Length: > 0 } url) return new Uri(url);
        var addresses = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var address = addresses.FirstOrDefault(a => a.StartsWith("http://", StringComparison.Ordinal)) ?? addresses.FirstOrDefault();
        if (address is null) return new Uri("http://127.0.0.1:5080");
        return new Uri(address.Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//+", "//127.0.0.1", StringComparison.Ordinal).Replace("//*", "//127.0.0.1", StringComparison.Ordinal));
    }

    [LoggerMessage(5021, LogLevel.Warning, "The port of the receiver is not known (Journey:Demo:MllpPort is 0): the demo hospital stays closed")]
    private static partial void NoPort(ILogger log);

    [LoggerMessage(5020, LogLevel.Error, "The demo hospital closed because of an error; everything else goes on")]
    private static partial void Ended(ILogger log, Exception e);
}

/// <summary>Adds the demo to a host.</summary>
public static class DemoComposition
{
    /// <summary>
    /// Adds the demo hospital to a host that is the receiver itself: it is on unless <c>Journey:Demo:Enabled</c> says otherwise, sends to the
    /// host's own port and remembers its run beside the host's data.
    /// </summary>
    public static IServiceCollection AddJourneyDemo(this IServiceCollection services, IConfiguration host) => services.AddJourneyDemo(options =>
    {
        options.Enabled = true;
        options.Habits = "some";
        options.MllpAddress = Reachable(host["Journey:Mllp:Address"]) ?? options.MllpAddress;
        options.MllpPort = host.GetValue("Journey:Mllp:Port", options.MllpPort);
        options.StateFile = Path.Combine(host["Journey:DataDirectory"] is { Length: > 0 } data ? data : ".journey", "demo.json");
    });

    /// <summary>
    /// Adds the demo hospital. Configuration (<c>Journey:Demo</c>) has the last word over <paramref name="defaults"/>; wrong values stop the
    /// start with a message that names the key.
    /// </summary>
    public static IServiceCollection AddJourneyDemo(this IServiceCollection services, Action<DemoOptions>? defaults = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        var options = services.AddOptions<DemoOptions>();
        if (defaults is not null) options.Configure(defaults);
        options.BindConfiguration(DemoOptions.Section).ValidateDataAnnotations()
            .Validate(o => o.BaseUrl is null or "" || IsWeb(o.BaseUrl), "Journey:Demo:BaseUrl must be an absolute http or https address.")
            .Validate(o => TimeZoneInfo.TryFindSystemTimeZoneById(o.TimeZone, out _), "Journey:Demo:TimeZone must be the name of a time zone.")
            .ValidateOnStart();
        services.AddHostedService<DemoHospital>();
        return services;
    }

    private static bool IsWeb(string address) => Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    /// <summary>Who listens on every address is reached on this one.</summary>
    private static string? Reachable(string? address) => address is "0.0.0.0" or "::" or "*" or "+" or "" ? "127.0.0.1" : address;
}

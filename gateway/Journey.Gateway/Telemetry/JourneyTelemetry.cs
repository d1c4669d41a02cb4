using Journey.Gateway.Trust.Access;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Journey.Gateway.Telemetry;

/// <summary>Traces and metrics: Prometheus at <c>/metrics</c>, and OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.</summary>
public static class JourneyTelemetry
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Adds it once, however often it is called: a host that is silo and gateway has one telemetry.</summary>
    public static WebApplicationBuilder AddJourneyTelemetry(this WebApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(Added))) return builder;
        builder.Services.AddSingleton<Added>();
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Environment.ApplicationName))
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter("Microsoft.Orleans", "Journey.*")
                .AddPrometheusExporter());
        if (!builder.CollectsTraces()) return builder;

        // Traces that nobody collects would still be made, for every message and every call of a grain.
        telemetry.WithMetrics(metrics => metrics.AddOtlpExporter())
            .WithTracing(traces => traces
                .AddAspNetCoreInstrumentation(options => options.Filter = IsWorthATrace)
                .AddSource("Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application", "Journey.*")
                .AddOtlpExporter());
        return builder;
    }

    /// <summary>Whether somebody collects traces.</summary>
    internal static bool CollectsTraces(this WebApplicationBuilder builder) => builder.Configuration[OtlpEndpoint] is { Length: > 0 };

    /// <summary>Maps <c>/metrics</c> when telemetry was added.</summary>
    public static void MapJourneyMetrics(this WebApplication app)
    {
        if (app.Services.GetService<Added>() is not null)
            app.MapPrometheusScrapingEndpoint("/metrics").Needs(Operation.ReadMetrics).DisableHttpMetrics();
    }

    private static bool IsWorthATrace(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/metrics");

    private sealed class Added;
}

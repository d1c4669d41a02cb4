using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Journey.Silo;

/// <summary>
/// Traces and metrics of a silo that stands alone: Prometheus at <c>/metrics</c>, and OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.
/// </summary>
internal static class SiloTelemetry
{
    public static bool CollectsTraces(this WebApplicationBuilder builder) => builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };

    public static WebApplicationBuilder AddSiloTelemetry(this WebApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Environment.ApplicationName))
            .WithMetrics(metrics => metrics.AddRuntimeInstrumentation().AddMeter("Microsoft.Orleans", "Journey.*", "Npgsql").AddPrometheusExporter());
        if (!builder.CollectsTraces()) return builder;

        // Traces that nobody collects would still be made, for every call of a grain.
        telemetry.WithMetrics(metrics => metrics.AddOtlpExporter())
            .WithTracing(traces => traces.AddSource("Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application", "Journey.*").AddOtlpExporter());
        return builder;
    }
}

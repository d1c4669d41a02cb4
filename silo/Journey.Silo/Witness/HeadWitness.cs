using System.Diagnostics.Metrics;
using System.Net.Sockets;
using System.Security.Authentication;
using Journey.Domain.Audit;
using Journey.Grains.Storage;
using Journey.Storage;
using Microsoft.Extensions.Options;

namespace Journey.Silo.Witness;

/// <summary>
/// Tells an outsider where the trail stands, at the start and once an hour: whoever has database and key can make the trail anew, but not what
/// somebody else has of it. Every silo tells, so that none alone can be silenced.
/// </summary>
internal sealed partial class HeadWitness(IAuditLog log, IOptions<SyslogOptions> options, TimeProvider clock, WitnessMetrics metrics,
    ILogger<HeadWitness> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsOn) return;
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            do await Tell(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private async Task Tell(CancellationToken stopping)
    {
        try
        {
            var heads = await log.Heads(stopping);
            await Syslog.Send(options.Value, HeadMessage.Write(heads, Environment.MachineName, Environment.ProcessId, clock.GetUtcNow()), stopping);
            metrics.Sent();
            Told(logger, KeptHead.Write(heads));
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or StorageException or UnauthorizedAccessException
            or System.Security.Cryptography.CryptographicException || (e is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            metrics.Failed();
            NotTold(logger, options.Value.Host, options.Value.Port, e);
        }
    }

    [LoggerMessage(3601, LogLevel.Information, "The heads of the audit trail were sent: {Heads}")]
    private static partial void Told(ILogger logger, string heads);

    [LoggerMessage(3602, LogLevel.Warning,
        "The heads of the audit trail could not be sent to {Host}:{Port} (Journey:Audit:Syslog); tried again in an hour.")]
    private static partial void NotTold(ILogger logger, string host, int port, Exception exception);
}

/// <summary>Meter <c>Journey.Silo</c>.</summary>
internal sealed class WitnessMetrics
{
    private long _sent;
    private long _failed;

    // Observed, not added to: both are there, as 0, before the first, or nobody could see the first one as an increase.
    public WitnessMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Journey.Silo");
        meter.CreateObservableCounter("journey.audit.heads.sent", () => Volatile.Read(ref _sent), "{message}",
            "How often the heads of the audit trail were sent outside.");
        meter.CreateObservableCounter("journey.audit.heads.failures", () => Volatile.Read(ref _failed), "{message}", "How often they could not be.");
    }

    public void Sent() => Interlocked.Increment(ref _sent);

    public void Failed() => Interlocked.Increment(ref _failed);
}

internal static class WitnessSetup
{
    public static void AddWitness(this IServiceCollection services)
    {
        services.AddOptions<SyslogOptions>().BindConfiguration(SyslogOptions.Section).ValidateDataAnnotations()
            .Validate(o => !o.IsOn || !o.Plain
                || o.IsLoopback,
                "Journey:Audit:Syslog:Plain is for a receiver on this machine only: name localhost, 127.0.0.1 or ::1 as Journey:Audit:Syslog:Host, "
                    + "or use TLS.")
            .Validate(o => !o.IsOn || o.AuthoritiesPath is null
                || File.Exists(o.AuthoritiesPath), "Journey:Audit:Syslog:AuthoritiesPath names a file that is not there.")
            .Validate(o => !o.IsOn || o.CertificatePath is null
                || File.Exists(o.CertificatePath), "Journey:Audit:Syslog:CertificatePath names a file that is not there.")
            .ValidateOnStart();
        services.AddSingleton<WitnessMetrics>();
        services.AddHostedService<HeadWitness>();
    }
}

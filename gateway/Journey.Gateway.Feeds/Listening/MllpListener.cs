using System.Net;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Feeds.Profiles;
using Journey.Hl7.Mllp;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Feeds.Listening;

/// <summary>
/// Opens the MLLP port, once the cluster has answered for the first time: a sender that cannot connect waits, one that is answered with AE
/// may put its message aside.
/// </summary>
internal sealed partial class MllpListener(
    FeedHandler handler, FeedConnections connections, FeedDirectory directory, IOptions<MllpOptions> options, JourneyCluster cluster,
    IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<MllpListener> log) : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private MllpServer? _server;
    private Task _opening = Task.CompletedTask;

    /// <summary>True when the port is open, or none is wanted.</summary>
    public bool IsListening => !options.Value.Enabled || _server?.LocalEndPoint is not null;

    /// <summary>Where it listens, with the real port when 0 was asked for; null until then.</summary>
    public IPEndPoint? EndPoint => _server?.LocalEndPoint;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled) return;
        if (await ClusterAnswers()) Open();
        else _opening = OpenLater();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _opening;
        if (_server is not null) await _server.StopAsync(Drain);
    }

    private async Task OpenLater()
    {
        try
        {
            do await Task.Delay(Pause, clock, _stopping.Token);
            while (!await ClusterAnswers());
            Open();
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            NotOpened(log, e);
            lifetime.StopApplication();
        }
    }

    private void Open()
    {
        var o = options.Value;
        var address = IPAddress.Parse(o.Address);
        _server = new MllpServer(new MllpServerOptions
        {
            Address = address,
            Port = o.Port,
            MaxFrameBytes = o.MaxFrameBytes,
            MaxConnections = o.MaxConnections,
            MaxConnectionsPerAddress = o.MaxConnectionsPerAddress,
            ReservedConnections = o.ReservedConnections ?? (directory.All.Any(feed => feed.Binding.IsBound) ? o.MaxConnections / 4 : 0),
            Reserves = directory.Reserves,
            Knows = directory.Knows,
            FirstFrameTimeout = TimeSpan.FromSeconds(o.FirstMessageSeconds),
            IdleTimeout = o.IdleTimeoutSeconds == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(o.IdleTimeoutSeconds),
            Tls = Tls(o),
        }, handler, clock, connections);
        _server.Start();
        Listening(log, _server.LocalEndPoint, o.CertificatePath is null ? "plain" : "TLS");
        if (IPAddress.IsLoopback(address)) return;
        if (o.CertificatePath is null) NotProtected(log);
        if (!directory.AreListed) NobodyRefused(log);
        else if (directory.All.Where(feed => !feed.Binding.IsBound).Select(feed => feed.Name).ToArray() is { Length: > 0 } unbound)
            NotBound(log, string.Join(", ", unbound));
    }

    private async Task<bool> ClusterAnswers()
    {
        try
        {
            await cluster.CallOnce(() => cluster.Hospital.Units(), Patience, _stopping.Token);
            return true;
        }
        catch (Exception) when (!_stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    private static MllpServerTls? Tls(MllpOptions options)
    {
        if (options.LoadCertificate() is not { } certificate) return null;
        var tls = new MllpServerTls(certificate);
        return options.LoadClientAuthorities() is { } authorities
            ? tls with { RequireClientCertificate = true, ClientAuthorities = authorities }
            : tls;
    }

    [LoggerMessage(1331, LogLevel.Information, "MLLP listens on {EndPoint} ({Protection})")]
    private static partial void Listening(ILogger log, IPEndPoint? endPoint, string protection);

    [LoggerMessage(1332, LogLevel.Warning, "MLLP is reachable from other machines without TLS; keep it inside the hospital's own network")]
    private static partial void NotProtected(ILogger log);

    [LoggerMessage(1334, LogLevel.Warning,
        "MLLP is reachable from other machines and no feeds are listed: whoever reaches it may change any patient. List them in Journey:Feeds")]
    private static partial void NobodyRefused(ILogger log);

    [LoggerMessage(1335, LogLevel.Warning,
        "Feeds that are bound to no address and no certificate, so that anybody may say they are one (Sources, CertificateSubject, "
            + "CertificateThumbprints): {Feeds}")]
    private static partial void NotBound(ILogger log, string feeds);

    [LoggerMessage(1333, LogLevel.Critical, "The MLLP port could not be opened; the gateway stops")]
    private static partial void NotOpened(ILogger log, Exception exception);
}

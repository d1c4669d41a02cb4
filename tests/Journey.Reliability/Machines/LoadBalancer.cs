using System.Diagnostics;

namespace Journey.Reliability.Machines;

/// <summary>
/// What stands between browsers and the gateways: Debian's <c>haproxy</c>, which asks each whether it is ready, and knows no stickiness.
/// </summary>
internal sealed class LoadBalancer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/haproxy";
    private readonly Process _process;
    private readonly string _settings;

    private LoadBalancer(Process process, string settings, Uri url) => (_process, _settings, Url) = (process, settings, url);

    public static bool IsInstalled => File.Exists(Program);

    public Uri Url { get; }

    public static async Task<LoadBalancer> Start(IEnumerable<Service> gateways)
    {
        var (port, settings) = (Ports.Free(), Path.GetTempFileName());
        await File.WriteAllTextAsync(settings, $"""
            defaults
              mode http
              timeout connect 1s
              timeout check 2s
              timeout client 1h
              timeout server 1h
              timeout tunnel 1h
              option redispatch
            frontend browsers
              bind 127.0.0.1:{port}
              default_backend gateways
            backend gateways
              option httpchk GET /health/ready
              default-server check inter 200ms fall 1 rise 1

            """ + string.Join('\n', gateways.Select((gateway, i) => $"  server gateway{i + 1} {gateway.Http.BaseAddress!.Authority}")) + "\n");
        return new(Process.Start(Program, ["-db", "-q", "-f", settings]), settings, new($"http://127.0.0.1:{port}"));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        File.Delete(_settings);
    }
}

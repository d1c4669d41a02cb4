using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Journey.Kubernetes.Tests;

/// <summary>One of our executables with a pod's environment; what is a pod's own (files, addresses, ports) is put in its place.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;
    private readonly HttpClient _http;

    public AppProcess(ProcessStartInfo start, int? port)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port ?? 1}"), Timeout = TimeSpan.FromSeconds(10) };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    public Task<string> Metrics() => _http.GetStringAsync("/metrics");

    public async Task Ready()
    {
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(100))
        {
            Assert.False(_process.HasExited, Output);
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"Not ready in time.\n{Output}");
            try
            {
                using var answer = await _http.GetAsync("/health/ready");
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // Its port is not open yet.
            }
        }
    }

    public async Task<int> Ended()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
    }
}

/// <summary>What a pod has mounted.</summary>
internal sealed class Folder : IAsyncDisposable
{
    private readonly string _root;
    private readonly ClusterAuthority _authority;

    public Folder()
    {
        _root = Directory.CreateTempSubdirectory("journey-k8s-").FullName;
        _authority = new(Path.Combine(_root, "authority"));
    }

    public AppProcess Start(string executable, Overlay overlay, string pod, int? port, Dictionary<string, string> own, params string[] arguments)
    {
        var binaries = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var start = new ProcessStartInfo("dotnet",
            [Path.Combine(binaries, "..", "..", executable, Path.GetFileName(binaries), executable + ".dll"),
                .. arguments])
        { WorkingDirectory = _root };
        foreach (var inherited in start.Environment.Keys.Where(k => k.StartsWith("Journey", StringComparison.OrdinalIgnoreCase)
            || k.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(inherited);
        var (_, spec, container) = overlay.Containers.Single(c => c.Name == pod);
        foreach (var (name, value) in overlay.Environment(container))
            start.Environment[name] = value.StartsWith('/') ? Certificate(overlay, spec, container, value) ?? Mounted(container, value) : value;
        foreach (var (name, value) in own) start.Environment[name] = value;
        if (port is not null) start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        return new AppProcess(start, port);
    }

    public ValueTask DisposeAsync()
    {
        _authority.Dispose();
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>The file that cert-manager would make; null for any other.</summary>
    private string? Certificate(Overlay overlay, k8s.Models.V1PodSpec pod, k8s.Models.V1Container container, string path)
    {
        var mount = container.VolumeMounts.FirstOrDefault(m => path.StartsWith(m.MountPath + "/", StringComparison.Ordinal));
        if (pod.Volumes.FirstOrDefault(v => v.Name == mount?.Name)?.Secret?.SecretName is not { } secret
            || overlay.All<ManagedCertificate>().SingleOrDefault(c => c.Spec.SecretName == secret) is not { } made) return null;
        var name = made.Spec.DnsNames.Single();
        return Path.GetFileName(path) switch
        {
            "tls.crt" => _authority.CertificatePath(name),
            "tls.key" => _authority.KeyPath(name),
            "ca.crt" => _authority.AuthoritiesPath,
            _ => null
        };
    }

    /// <summary>The path below our folder; what is mounted for reading only is a secret's file.</summary>
    private string Mounted(k8s.Models.V1Container container, string path)
    {
        var here = _root + path;
        Directory.CreateDirectory(Path.GetDirectoryName(here)!);
        if (container.VolumeMounts.Any(m => m.ReadOnlyProperty == true && path.StartsWith(m.MountPath + "/", StringComparison.Ordinal)))
            File.WriteAllText(here, new string('k', 64));
        return here;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;

namespace Journey.Reliability.Machines;

/// <summary>
/// A process of the cluster on its machine, and what systemd or Kubernetes does for it: a process that ends although it should run is started again
/// after a second.
/// </summary>
internal sealed class Service(string name, Machine machine, string program) : IAsyncDisposable
{
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Lock _gate = new();
    private Process? _process;
    private bool _wanted;

    public string Name { get; } = name;
    public Machine Machine { get; } = machine;

    /// <summary>The assembly that runs; another one from the next start on.</summary>
    public string Program { get; set; } = program;

    /// <summary>Its environment, by setting (<c>Journey:Storage:Provider</c>) or variable.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>How often it ended by itself.</summary>
    public int Ends { get; private set; }

    public HttpClient Http { get; } = new() { BaseAddress = new Uri($"http://{machine.Address}:8080"), Timeout = TimeSpan.FromSeconds(30) };

    public int Id => _process!.Id;

    public string Output => string.Join('\n', _output);

    public void Start()
    {
        lock (_gate)
        {
            _wanted = true;
            Launch();
        }
    }

    /// <summary>SIGKILL: nothing is finished, nothing is flushed. It is started again.</summary>
    public void Kill()
    {
        Note("gets SIGKILL");
        _process!.Kill();
    }

    public Task Pause() => Signal("STOP");

    public Task Continue() => Signal("CONT");

    /// <summary>A line of ours among its own.</summary>
    public void Note(string what) => _output.Enqueue($"{TimeProvider.System.GetLocalNow():HH:mm:ss.fff} -- {Name} {what} --");

    /// <summary>SIGTERM, and waits for its end. It is not started again.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> Stop()
    {
        Process ending;
        lock (_gate) (_wanted, ending) = (false, _process!);
        var started = Stopwatch.GetTimestamp();
        await Signal("TERM");
        await ending.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Waits until <c>/health/ready</c> says yes.</summary>
    public async Task UntilReady(TimeSpan patience)
    {
        var started = Stopwatch.GetTimestamp();
        var seen = "";
        while (Stopwatch.GetElapsedTime(started) < patience)
        {
            try
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
                using var answer = await Http.GetAsync("/health/ready", limit.Token);
                if (answer.IsSuccessStatusCode) return;
                seen = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(limit.Token)}";
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                seen = e.Message;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"{Name} was not ready within {patience.TotalSeconds:0} s: {seen}\n{string.Join('\n', _output.TakeLast(60))}");
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate) _wanted = false;
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Http.Dispose();
    }

    private void Launch()
    {
        _process?.Dispose();
        var start = new ProcessStartInfo("ip", ["netns", "exec", Machine.Name, "dotnet", Program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true, WorkingDirectory = Path.GetTempPath()
        };
        foreach (var inherited in start.Environment.Keys.Where(key => key.StartsWith("Journey", StringComparison.OrdinalIgnoreCase)
            || key.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(inherited);
        start.Environment["ASPNETCORE_URLS"] = Http.BaseAddress!.ToString();
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (key, value) in Settings) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += OnLine;
        _process.ErrorDataReceived += OnLine;
        _process.Exited += Ended;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Ended(object? sender, EventArgs e)
    {
        lock (_gate)
        {
            if (!_wanted || !ReferenceEquals(sender, _process)) return;
            Ends++;
            Note($"ended with {_process!.ExitCode}");
        }

        _ = Again();
    }

    private async Task Again()
    {
        await Task.Delay(RestartPause);
        lock (_gate)
        {
            if (_wanted && _process is { HasExited: true }) Launch();
        }
    }

    private Task Signal(string signal)
    {
        Note("gets SIG" + signal);
        return Tool.Run("kill", "-" + signal, Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private void OnLine(object _, DataReceivedEventArgs line)
    {
        if (line.Data is { } text) _output.Enqueue(text);
    }
}

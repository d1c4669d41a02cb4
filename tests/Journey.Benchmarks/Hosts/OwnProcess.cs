using System.Diagnostics;
using Journey.Testing;

namespace Journey.Benchmarks.Hosts;

/// <summary>The standalone as published, in a process of its own.</summary>
internal sealed class OwnProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _directory;

    private OwnProcess(Process process, string directory, int http, int mllp)
    {
        (_process, _directory, MllpPort) = (process, directory, mllp);
        Url = new Uri($"http://127.0.0.1:{http}");
        Http = new HttpClient { BaseAddress = Url };
    }

    public Uri Url { get; }
    public int MllpPort { get; }
    public HttpClient Http { get; }

    /// <summary>When it was started and when <c>/health/ready</c> first said yes.</summary>
    public TimeSpan Ready { get; private set; }
    public long Started { get; private init; }

    /// <summary>Bytes of memory the process holds that nobody else does.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Processor time it has used.</summary>
    public TimeSpan Used
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>On SQLite, with the provider of Development.</summary>
    public static Task<OwnProcess> Start(bool demo) => Start("Development", $"--Journey:Demo:Enabled={demo}");

    /// <summary>On PostgreSQL, with everybody at the desk.</summary>
    public static Task<OwnProcess> Start(string database) => Start("Production", "--Journey:Demo:Enabled=false",
        "--Journey:Gateway:WithoutSignIn=true", "--Journey:Mllp:MaxConnectionsPerAddress=1000", "--Journey:Storage:Provider=PostgreSql",
        "--Journey:Storage:ConnectionString=" + database);

    private static async Task<OwnProcess> Start(string environment, params string[] settings)
    {
        var (http, mllp) = (Ports.Free(), Ports.Free());
        var directory = Directory.CreateTempSubdirectory("journey-bench-").FullName;
        var start = new ProcessStartInfo("dotnet",
            [Published.Standalone, $"--urls=http://127.0.0.1:{http}", $"--Journey:Mllp:Port={mllp}", "--Journey:DataDirectory=" + directory,
                "--Journey:Storage:KeyRing=" + Path.Combine(directory, "storage-keys"), .. settings])
        {
            WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(start) ?? throw new InvalidOperationException("The standalone did not start.");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var own = new OwnProcess(process, directory, http, mllp) { Started = started };
        await own.Until(async () =>
        {
            if (process.HasExited) throw new InvalidOperationException($"The standalone ended with {process.ExitCode}.");
            using var answer = await own.Http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        });
        own.Ready = Stopwatch.GetElapsedTime(started);
        return own;
    }

    /// <summary>Bytes it has allocated, by its own metrics.</summary>
    public async Task<long> Allocated()
    {
        const string Counter = "dotnet_gc_heap_total_allocated_bytes_total";
        var metrics = await Http.GetStringAsync("/metrics");
        var line = metrics.Split('\n').First(line => line.StartsWith(Counter, StringComparison.Ordinal));
        return (long)double.Parse(line[(line.IndexOf('}') + 1)..].Trim().Split(' ', 2)[0].Replace(Counter, "", StringComparison.Ordinal),
            System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Asks again and again, every 10 ms, for at most a minute.</summary>
    public async Task Until(Func<Task<bool>> ask)
    {
        while (true)
        {
            try
            {
                if (await ask()) return;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(Started) < TimeSpan.FromMinutes(1))
            {
            }

            if (Stopwatch.GetElapsedTime(Started) > TimeSpan.FromMinutes(1)) throw new TimeoutException("Not within a minute.");
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}

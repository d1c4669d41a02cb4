using System.Collections.Concurrent;
using System.Diagnostics;

namespace Journey.Testing;

/// <summary>One of our executables as a process of its own.</summary>
public sealed class OwnProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private OwnProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    /// <param name="assembly">Such as <c>Journey.Silo</c>.</param>
    public static OwnProcess Start(string assembly, params string[] settings)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Repository.Built(assembly));
        foreach (var setting in settings) start.ArgumentList.Add("--" + setting);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        if (assembly != "Journey.Silo") start.Environment["Journey__Gateway__WithoutSignIn"] = "true";
        return new OwnProcess(Process.Start(start)!);
    }

    /// <summary>Its <c>/health/ready</c> says yes.</summary>
    public static async Task UntilReady(int http, OwnProcess process)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        for (var until = Environment.TickCount64 + 120_000; Environment.TickCount64 < until; await Task.Delay(100))
            try
            {
                if (process._process.HasExited) throw new InvalidOperationException("It ended: " + process.Output);
                using var answer = await client.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Its port is not open yet.
            }

        throw new TimeoutException("Not ready within two minutes: " + process.Output);
    }

    /// <summary>As a power cut would: no goodbye to anybody.</summary>
    public Task Kill()
    {
        _process.Kill(entireProcessTree: true);
        return _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM: asks it to stop.</summary>
    public async Task Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> ExitCode(int seconds = 60)
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(seconds));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await Kill();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _output.Enqueue(line);
        if (_output.Count > 200) _output.TryDequeue(out _);
    }
}

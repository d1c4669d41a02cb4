using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Journey.Simulator.Hosting;

namespace Journey.EndToEnd.Tests;

/// <summary>
/// The standalone as a hospital runs it: a process of its own, on its own ports and data, which can be killed as a power cut would and started again.
/// People and scripts sign in, at the provider of Development; the tests come with its token for scripts.
/// </summary>
internal sealed class JourneyProcess : IAsyncDisposable
{
    /// <summary>Loaded build machines are slow to start a process; a start that takes this long is broken all the same.</summary>
    public static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);

    private readonly Dictionary<string, string> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> _output = new();
    private readonly bool _ownsDirectory;
    private string _program = Published.Standalone;
    private Process? _process;

    private JourneyProcess(string? directory)
    {
        _ownsDirectory = directory is null;
        DataDirectory = directory ?? Directory.CreateTempSubdirectory("journey-e2e-").FullName;
        HttpPort = Ports.Free();
        MllpPort = Ports.Free();
        // At the desk nobody answers 401, so that no token is ever asked for.
        Http = new HttpClient(new ScriptToken("journey-dev", "journey-dev", new HttpClientHandler()))
        {
            BaseAddress = new Uri($"http://127.0.0.1:{HttpPort}"),
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    public string DataDirectory { get; }

    public int HttpPort { get; private set; }

    public int MllpPort { get; private set; }

    public HttpClient Http { get; }

    /// <summary>Outside of Development and without a provider: nobody signs in.</summary>
    public bool AtDesk { get; init; }

    /// <summary>A token of scripts.</summary>
    public async Task<string?> Token()
    {
        using var form =
            new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "journey-dev"),
                new("client_secret", "journey-dev")]);
        using var answer = await Http.PostAsync("/identity/token", form);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("access_token").GetString();
    }

    /// <summary>All it has written so far, over all its lives.</summary>
    public string Output => string.Join('\n', _output);

    public bool IsRunning => _process is { HasExited: false };

    public int? ExitCode => _process is { HasExited: true } ended ? ended.ExitCode : null;

    /// <summary>Prepares a standalone with settings by their key (<c>Journey:Storage:Provider</c>); it does not run yet.</summary>
    public static JourneyProcess Prepare(params (string Key, string Value)[] settings) => PrepareIn(null, settings);

    /// <summary>One at whose desk everybody sits.</summary>
    public static JourneyProcess PrepareAtDesk(params (string Key, string Value)[] settings) =>
        Set(new JourneyProcess(null) { AtDesk = true }, settings);

    public static JourneyProcess PrepareIn(string? directory, params (string Key, string Value)[] settings) =>
        Set(new JourneyProcess(directory), settings);

    private static JourneyProcess Set(JourneyProcess journey, (string Key, string Value)[] settings)
    {
        journey._settings["Journey:Demo:Enabled"] = "false";
        journey._settings["Journey:DataDirectory"] = journey.DataDirectory;
        journey._settings["Journey:Storage:KeyRing"] = Path.Combine(journey.DataDirectory, "storage-keys");
        journey._settings["Journey:Mllp:Port"] = journey.MllpPort.ToString();
        foreach (var (key, value) in settings) journey._settings[key] = value;
        return journey;
    }

    /// <summary>Starts one and waits until it is ready.</summary>
    public static async Task<JourneyProcess> Start(params (string Key, string Value)[] settings)
    {
        var journey = Prepare(settings);
        try
        {
            await journey.Start();
            return journey;
        }
        catch
        {
            await journey.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets it listen where somebody else does.</summary>
    public JourneyProcess OnPorts(int? http = null, int? mllp = null)
    {
        HttpPort = http ?? HttpPort;
        MllpPort = mllp ?? MllpPort;
        _settings["Journey:Mllp:Port"] = MllpPort.ToString();
        return this;
    }

    /// <summary>Runs a standalone that was built elsewhere, such as one of another version.</summary>
    public JourneyProcess Running(string standalone)
    {
        _program = standalone;
        return this;
    }

    /// <summary>Puts a file beside its data and names it in a setting.</summary>
    public JourneyProcess WithFile(string key, string name, string text)
    {
        File.WriteAllText(_settings[key] = Path.Combine(DataDirectory, name), text);
        return this;
    }

    /// <summary>Starts it and waits until it says it is ready; tells how long that took.</summary>
    public async Task<TimeSpan> Start()
    {
        var started = Stopwatch.GetTimestamp();
        Launch();
        await UntilReady();
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Starts the process and waits for nothing.</summary>
    public void Launch()
    {
        if (IsRunning) throw new InvalidOperationException("It is running already.");
        _process?.Dispose();
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var inherited in start.Environment.Keys.Where(IsOurs).ToArray()) start.Environment.Remove(inherited);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = AtDesk ? "Production" : "Development";
        // A process that lives for seconds gains nothing from watching itself.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (key, value) in _settings) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        // An earlier version knows no such switch, and refuses what it does not know.
        if (start.Environment["ASPNETCORE_ENVIRONMENT"] == "Production" && _program == Published.Standalone)
            start.Environment["Journey__Gateway__WithoutSignIn"] = "true";
        start.ArgumentList.Add(_program);
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add($"http://127.0.0.1:{HttpPort}");
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += OnLine;
        _process.ErrorDataReceived += OnLine;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Task UntilReady() => UntilReadinessIs(HttpStatusCode.OK);

    public async Task UntilReadinessIs(HttpStatusCode expected)
    {
        await Eventually.Holds(async () =>
        {
            if (!IsRunning) throw new InvalidOperationException($"It ended with {_process?.ExitCode}.\n{Output}");
            try
            {
                using var answer = await Http.GetAsync("/health/ready");
                return (answer.StatusCode == expected, $"/health/ready answers {(int)answer.StatusCode}");
            }
            catch (HttpRequestException e)
            {
                return (false, e.Message);
            }
        }, StartPatience, () => $"Readiness is not {expected}.\n{Output}", TimeSpan.FromMilliseconds(50));
    }

    /// <summary>Waits for the process to end by itself.</summary>
    public async Task<int> UntilEnded(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await _process!.WaitForExitAsync(limit.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It still runs after {patience.TotalSeconds:0} s.\n{Output}");
        }
    }

    /// <summary>SIGTERM: asks it to stop.</summary>
    public async Task Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString()]);
        await kill.WaitForExitAsync();
    }

    /// <summary>SIGKILL: nothing is finished, nothing is flushed.</summary>
    public async Task Kill()
    {
        if (!IsRunning) throw new InvalidOperationException($"It ended by itself with {_process?.ExitCode}.\n{Output}");
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>No line it wrote holds one of these words as a word of its own.</summary>
    public void SaysNothingOf(IEnumerable<string> words)
    {
        var said = Output.Split([' ', '\n', '\t', ',', ';', '.', ':', '\'', '"', '|', '^', '(', ')', '[', ']', '/', '=', '&', '{', '}'],
            StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var told = words.Where(said.Contains).Distinct().ToArray();
        Assert.True(told.Length == 0, $"The output names patients: {string.Join(", ", told)}\n{Output}");
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            _process!.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Http.Dispose();
        if (_ownsDirectory) Directory.Delete(DataDirectory, recursive: true);
    }

    private static bool IsOurs(string key) => key.StartsWith("Journey", StringComparison.OrdinalIgnoreCase)
        || key.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || key.StartsWith("DOTNET_ENVIRONMENT", StringComparison.OrdinalIgnoreCase);

    private void OnLine(object _, DataReceivedEventArgs line)
    {
        if (line.Data is { } text) _output.Enqueue(text);
    }
}

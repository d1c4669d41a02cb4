using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Journey.Observability.Tests;

/// <summary>
/// A real Prometheus of the test's own, from installed binaries, in a temporary directory and on a free port of 127.0.0.1; it looks every second.
/// Without binaries the calling test is skipped with a message, or fails where <c>CI=true</c>.
/// </summary>
internal sealed class Prometheus : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("journey-prometheus-").FullName;
    private readonly HttpClient _http;
    private readonly Process _process;

    /// <param name="rules">Files of rules.</param>
    /// <param name="jobs">The processes that are looked at, by job.</param>
    public Prometheus(IEnumerable<string> rules, params (string Job, int[] Ports)[] jobs)
    {
        var port = Ports.Free();
        var configuration = Path.Combine(_directory, "prometheus.yaml");
        File.WriteAllText(configuration, $"""
            global: {"{ scrape_interval: 1s, evaluation_interval: 1s }"}
            rule_files: [{string.Join(", ", rules)}]
            scrape_configs:

            """ + string
            .Join('\n', jobs.Select(job =>
                $"  - {{ job_name: {job.Job}, static_configs: [{{ targets: [{string.Join(", ", job.Ports.Select(p => $"'127.0.0.1:{p}'"))}] }}] }}")));
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        _process = Process.Start(new ProcessStartInfo(Tool("prometheus"),
            [$"--config.file={configuration}", $"--storage.tsdb.path={_directory}/data", $"--web.listen-address=127.0.0.1:{port}",
                "--log.level=error"]))!;
    }

    /// <summary>Where a program of the package is, or skips (or fails) the calling test.</summary>
    public static string Tool(string name)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        if (found is not null) return found;
        var missing = $"Prometheus is not installed: put '{name}' on PATH.";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
        Assert.Skip(missing);
        throw new UnreachableException();
    }

    /// <summary>Runs promtool over a file of ours; answers with what it says when it finds fault.</summary>
    public static async Task<string?> Check(params string[] arguments)
    {
        using var tool =
            Process.Start(new ProcessStartInfo(Tool("promtool"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await Task.WhenAll(tool.StandardOutput.ReadToEndAsync(), tool.StandardError.ReadToEndAsync());
        await tool.WaitForExitAsync();
        return tool.ExitCode == 0 ? null : string.Concat(said);
    }

    public async Task<HashSet<string>> Metrics() => [.. (await Get("label/__name__/values")).EnumerateArray().Select(name => name.GetString()!)];

    /// <summary>How many series an expression answers with.</summary>
    public async Task<int> Count(string expression) =>
        (await Get("query?query=" + Uri.EscapeDataString(expression))).GetProperty("result").GetArrayLength();

    public async Task<IReadOnlyList<RuleState>> Rules() => [
        .. from @group in (await Get("rules")).GetProperty("groups").EnumerateArray()
           from rule in @group.GetProperty("rules").EnumerateArray()
           select new RuleState(@group.GetProperty("file").GetString()!, rule.GetProperty("name").GetString()!,
               rule.GetProperty("state").GetString()!,
               rule.GetProperty("health").GetString()!,
               [.. rule.GetProperty("alerts").EnumerateArray().Where(a => a.GetProperty("state").GetString() == "firing")
                   .Select(a => a.GetProperty("annotations").GetProperty("summary").GetString()!)]),
    ];

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<JsonElement> Get(string what)
    {
        using var answer = await _http.GetAsync("/api/v1/" + what);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, $"{what}: {body}");
        return body.GetProperty("data");
    }
}

/// <param name="State"><c>inactive</c>, <c>pending</c> or <c>firing</c>.</param>
/// <param name="Health"><c>ok</c>, or <c>unknown</c> until it was evaluated.</param>
/// <param name="Firing">What those that fire say.</param>
internal sealed record RuleState(string File, string Name, string State, string Health, IReadOnlyList<string> Firing);

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Journey.Hl7;
using Journey.Hl7.Mllp;

namespace Journey.Browser.Tests;

/// <summary>
/// The standalone as people run it: a process of its own, on data of its own and on ports it was given by the system. It can be killed and
/// started again on the same data and the same ports.
/// </summary>
/// <param name="rules">Words of the pack that ships, and what stands there instead.</param>
public sealed partial class Hospital(params (string From, string To)[] rules) : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan HappensWithin = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory("journey-browser-").FullName;
    private readonly ConcurrentQueue<string> _log = new();
    private HttpClient _http = new();
    private Process? _process;

    /// <summary>Such as <c>http://127.0.0.1:41233/</c>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public int MllpPort { get; private set; }

    /// <summary>With the provider of Development: people sign in.</summary>
    public bool PeopleSignIn { get; init; }

    /// <summary>The last lines the server wrote.</summary>
    public string Log => string.Join('\n', _log.TakeLast(40));

    public async Task Start()
    {
        var policy = Path.Combine(_folder, "policy.yaml");
        if (!File.Exists(policy)) await File.WriteAllTextAsync(policy, rules.Aggregate(Policy(), Changed));
        var again = MllpPort > 0;
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder,
            ArgumentList =
            {
                Published.Standalone, "--environment", PeopleSignIn ? "Development" : "Production", "--urls", again
                    ? Address.GetLeftPart(UriPartial.Authority)
                    : "http://127.0.0.1:0",
                $"--Journey:Mllp:Port={MllpPort}", $"--Journey:DataDirectory={Path.Combine(_folder, "data")}", $"--Journey:Policy:Path={policy}",
                "--Journey:Gateway:WithoutSignIn=true", "--Journey:Demo:Enabled=false", "--Logging:Console:FormatterName=simple",
                "--Logging:Console:FormatterOptions:SingleLine=true", "--Logging:LogLevel:Polly=Warning",
            },
        };
        // A process that lives for minutes gains nothing from watching itself.
        start.Environment["DOTNET_TieredPGO"] = "0";
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var port = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Heard(line.Data);
        _process.ErrorDataReceived += (_, line) => Heard(line.Data);
        _process.Exited += (_, _) => ended.TrySetResult("");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        var both = Task.WhenAll(address.Task, port.Task);
        using var patience = new CancellationTokenSource(StartsWithin);
        await Task.WhenAny(both, ended.Task, Task.Delay(Timeout.Infinite, patience.Token));
        if (!both.IsCompletedSuccessfully) throw new InvalidOperationException($"The standalone did not start within {StartsWithin}:\n{Log}");
        Address = new Uri(await address.Task);
        MllpPort = int.Parse(await port.Task, System.Globalization.CultureInfo.InvariantCulture);
        _http.Dispose();
        _http = new HttpClient { BaseAddress = Address };
        await Eventually("the server is ready", async () => (await _http.GetAsync("health/ready")).IsSuccessStatusCode ? "yes" : null);

        void Heard(string? line)
        {
            if (line is null) return;
            _log.Enqueue(line);
            if (HttpLine().Match(line) is { Success: true } web) address.TrySetResult(web.Groups[1].Value);
            if (MllpLine().Match(line) is { Success: true } feed) port.TrySetResult(feed.Groups[1].Value);
        }
    }

    /// <summary>As a power cut: nothing is said to anybody.</summary>
    public async Task Kill()
    {
        if (_process is null) return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Sends messages over one MLLP connection and expects each to be accepted.</summary>
    public async Task Send(params IReadOnlyList<string> messages)
    {
        await using var client = await MllpClient.ConnectAsync("127.0.0.1", MllpPort);
        foreach (var message in messages)
        {
            var answer = Hl7Message.Parse(await client.SendAsync(Encoding.UTF8.GetBytes(message)));
            Assert.True(answer["MSA", 1].Text == "AA", $"{answer["MSA", 1].Text} {answer["ERR", 8].Text} for {message.Replace('\r', '\n')}");
        }
    }

    /// <summary>An A04 over MLLP, and the visit it opened.</summary>
    public async Task<Guid> Arrive(Guest guest)
    {
        await Send(guest.Message("A04"));
        return await VisitOf(guest);
    }

    public Task<Guid> VisitOf(Guest guest) => Eventually($"visit {guest.Visit} is found", async () =>
    {
        var found = await _http.GetFromJsonAsync<JsonElement>($"api/v1/visits?number={guest.Visit}");
        return found.GetArrayLength() == 0 ? (Guid?)null : found[0].GetProperty("visitId").GetGuid();
    });

    /// <summary>What a colleague records elsewhere: a command below a visit. Its id is that of what it made.</summary>
    public async Task<Guid> Record(Guid visit, string path, object body, string by = "Nora Nurse") =>
        (await Post($"api/v1/visits/{visit}/{path}", body, by)).GetProperty("commandId").GetGuid();

    public Task<JsonElement> Read(string path) => _http.GetFromJsonAsync<JsonElement>(path);

    public async Task<JsonElement> Post(string path, object body, string by = "Nora Nurse")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        request.Headers.Add("Journey-Acting-As", by);
        using var response = await _http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Kill();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Changed(string policy, (string From, string To) rule)
    {
        Assert.Contains(rule.From, policy, StringComparison.Ordinal);
        return policy.Replace(rule.From, rule.To, StringComparison.Ordinal);
    }

    private static async Task<T> Eventually<T>(string what, Func<Task<T?>> ask) where T : struct
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < HappensWithin; await Task.Delay(50))
            if (await ask() is { } found) return found;
        throw new TimeoutException($"Not within {HappensWithin.TotalSeconds} s: {what}.");
    }

    private static async Task Eventually(string what, Func<Task<string?>> ask) =>
        await Eventually(what, async () => await ask() is null ? (bool?)null : true);

    /// <summary>
    /// The rules that ship, with units that have beds: one nobody is ever sent to, and one for a big wall. Other units come with their first patient.
    /// </summary>
    private static string Policy()
    {
        var shipped = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "default.yaml"));
        var (units, pathways) = (shipped.IndexOf("\nunits:", StringComparison.Ordinal), shipped.IndexOf("\npathways:", StringComparison.Ordinal));
        var beds = string.Join(", ", Enumerable.Range(1, 30).Select(n => $"W{n}"));
        return shipped[..units].Replace("waitingRoom.units: []", "waitingRoom.units: [\"*\"]", StringComparison.Ordinal) + $"""

            units:
              - code: ED
                name: Emergency department
                beds: [1, 2, 3]
              - code: EMPTY
                name: Empty ward
              - code: BEDS
                name: Ready ward
                beds: [1, 2]
              - code: BIG
                name: Big ward
                beds: [{beds}]

            """ + shipped[pathways..];
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex HttpLine();

    [GeneratedRegex(@"MLLP listens on \S+:(\d+)")]
    private static partial Regex MllpLine();
}

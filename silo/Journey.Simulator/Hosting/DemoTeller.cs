using System.Net.Http.Json;
using Journey.Api;
using Journey.Simulator.Feed;
using Journey.Simulator.Loop;
using Journey.Simulator.Model;
using Microsoft.Extensions.Logging;

namespace Journey.Simulator.Hosting;

/// <summary>Decides whether a run goes on, begins, or had better not, and tells it. The same for the executable and the hosted demo.</summary>
/// <param name="baseUrl">The HTTP interface; null for a receiver that has none: then nobody of the staff enters anything.</param>
public sealed partial class DemoTeller(DemoOptions options, Uri? baseUrl, TimeProvider clock, ILoggerFactory logs)
{
    private readonly ILogger _log = logs.CreateLogger<DemoTeller>();

    public Tally Tally { get; } = new();

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Runs until cancelled, or until <paramref name="end"/> of the server's time. False when it had better not begin.</summary>
    /// <exception cref="InvalidDataException">The state file cannot be understood.</exception>
    public async Task<bool> Run(DateTimeOffset? end, CancellationToken cancellation)
    {
        using var connections = new SocketsHttpHandler { MaxConnectionsPerServer = 16, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        using var handler = new ScriptToken(options.ClientId, options.ClientSecret, connections);
        using var http = new HttpClient(handler) { BaseAddress = baseUrl, Timeout = TimeSpan.FromSeconds(20) };
        (RunState State, Timeline Timeline)? begun;
        try
        {
            begun = await Begin(http, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return true;
        }

        if (begun is not var (state, timeline)) return false;
        var run = new Run(state.Hospital);
        var desk = baseUrl is null ? null : new StaffDesk(http, run, Tally, clock, _log);
        await using var lines = new MllpLines(options.MllpAddress, options.MllpPort, options.Connections, Tally, clock,
            _log)
        { ConnectsPerMessage = options.ConnectPerMessage };
        IFeedLines feed = options.OutageEveryHours > 0
            ? new HeldLines(lines, TimeSpan.FromHours(options.OutageEveryHours), TimeSpan.FromMinutes(options.OutageMinutes), clock)
            : lines;
        var telling = new NarratorOptions { MostPerSecond = options.MostPerSecond, Until = end };
        var narrator = new Narrator(run, timeline, state, feed, desk ?? (IStaffDesk)new NoStaff(), telling, s => Save(s), clock, _log);

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var people = desk is null
            ? Task.CompletedTask
            : Live(narrator.Live, new CareLoop(desk, run, timeline, Tally, clock, options.Speed, _log), over.Token);
        await narrator.Tell(cancellation);
        await over.CancelAsync();
        await people;
        return true;
    }

    private async Task<(RunState State, Timeline Timeline)?> Begin(HttpClient http, CancellationToken cancellation)
    {
        var saved = options.StateFile is { Length: > 0 } file ? RunState.Load(file) : null;
        var patients = baseUrl is null ? null : await Census(http, expectSome: saved is not null, cancellation);
        var now = clock.GetUtcNow();
        if (saved is not null && patients is null or > 0)
        {
            if (saved.Seed != options.Seed) OtherSeed(_log, saved.Seed, options.Seed);
            GoesOn(_log, saved.Done, now - saved.AliveUntil);
            return (saved, new Timeline(saved.Pieces).Resume(saved.AliveUntil, now, options.Speed));
        }

        if (patients > 0 && !options.StartAnyway)
        {
            NotEmpty(_log, patients.Value);
            return null;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
        var start = TimeZoneInfo.ConvertTime(Whole(now) - TimeSpan.FromHours(options.HistoryHours), zone);
        Begins(_log, options.Seed, options.HistoryHours, options.Speed);
        var timeline = Timeline.Begin(start, Whole(now), options.Speed);
        return (new RunState(RunState.CurrentFormat, options.Seed, start, 0, now, timeline.Pieces) { Habits = options.Habits }, timeline);
    }

    /// <summary>
    /// How many patients the hospital has already; waits for as long as it does not answer. With a run to go on with, none is believed only
    /// after a while: boards are being built after a restart. Null when there are no units to be asked for.
    /// </summary>
    private async Task<int?> Census(HttpClient http, bool expectSome, CancellationToken cancellation)
    {
        var backoff = new Backoff(FirstPause, LongestPause, Dice.For(options.Seed, "census"));
        for (var (silent, empty) = (0, 0); ;)
        {
            try
            {
                using var answer = await http.GetAsync(Paths.Units, cancellation);
                if (answer.IsSuccessStatusCode)
                {
                    var units = await answer.Content.ReadFromJsonAsync<List<Unit>>(cancellation) ?? [];
                    var patients = units.Sum(u => u.Present + u.OnLeave);
                    if (patients > 0 || !expectSome || ++empty >= 6) return patients;
                }
                else if ((int)answer.StatusCode < 500)
                {
                    return null;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException
                || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
            {
                if (silent++ == 0) Waits(_log, baseUrl!, e.Message);
            }

            await Task.Delay(backoff.Next(), clock, cancellation);
        }
    }

    private static DateTimeOffset Whole(DateTimeOffset at) => new(at.Ticks - at.Ticks % TimeSpan.TicksPerSecond, at.Offset);

    private async Task Live(Task pastIsTold, CareLoop people, CancellationToken cancellation)
    {
        try
        {
            await pastIsTold.WaitAsync(cancellation);
            await people.Run(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            PeopleLeft(_log, e);
        }
    }

    private void Save(RunState state)
    {
        if (options.StateFile is { Length: > 0 } file) state.Save(file);
    }

    [LoggerMessage(5010, LogLevel.Information, "The demo hospital opens: seed {Seed}, {Hours} hours of history, speed {Speed}")]
    private static partial void Begins(ILogger log, long seed, double hours, double speed);

    [LoggerMessage(5011, LogLevel.Information, "The demo hospital goes on after event {Done}; it was away for {Pause}")]
    private static partial void GoesOn(ILogger log, long done, TimeSpan pause);

    [LoggerMessage(5012, LogLevel.Warning,
        "The hospital has {Patients} patients and no demo run to go on with: the demo stays away. Delete the data to start anew.")]
    private static partial void NotEmpty(ILogger log, int patients);

    [LoggerMessage(5013, LogLevel.Warning, "The run that goes on has seed {Saved}; the configured seed {Configured} counts for a new run only")]
    private static partial void OtherSeed(ILogger log, long saved, long configured);

    [LoggerMessage(5015, LogLevel.Information, "{Address} does not answer yet ({Reason}); the demo hospital waits for it")]
    private static partial void Waits(ILogger log, Uri address, string reason);

    [LoggerMessage(5014, LogLevel.Error, "The people of the demo have stopped; its feed goes on")]
    private static partial void PeopleLeft(ILogger log, Exception e);
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Journey.Api;
using Journey.Simulator.Model;
using Microsoft.Extensions.Logging;

namespace Journey.Simulator.Feed;

/// <summary>Enters what staff see and do.</summary>
internal interface IStaffDesk
{
    /// <summary>Returns when it is entered, refused or given up; throws nothing but a cancellation.</summary>
    Task Enter(StaffEntered entry, Timeline timeline, CancellationToken cancellation);
}

/// <summary>For a receiver that has no HTTP interface.</summary>
internal sealed class NoStaff : IStaffDesk
{
    public Task Enter(StaffEntered entry, Timeline timeline, CancellationToken cancellation) => Task.CompletedTask;
}

/// <summary>What came of a command.</summary>
/// <param name="Status">Null when nobody could say.</param>
/// <param name="Command">Names what was done, or made.</param>
internal sealed record Posted(int? Status, string? Code, Guid? Command)
{
    public bool IsDone => Status is >= 200 and < 300;
}

/// <summary>The HTTP interface as staff use it.</summary>
internal sealed partial class StaffDesk(HttpClient http, Run run, Tally tally, TimeProvider clock, ILogger log) : IStaffDesk
{
    private const int MostAttempts = 8;

    /// <summary>What is older is told of the past.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromMinutes(3);

    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;
    private readonly ConcurrentDictionary<string, Guid> _visits = new();

    public async Task Enter(StaffEntered entry, Timeline timeline, CancellationToken cancellation)
    {
        if (await Find(entry.VisitNumber, cancellation) is not { } visit)
        {
            tally.CountFailed();
            Unknown(log, entry.VisitNumber);
            return;
        }

        var (path, body) = entry.Act is StaffAct.HandedOver handed ? await Handover(visit, handed, cancellation) : Request(entry, timeline);
        var answer = await Post($"{Paths.Visits}/{visit}/{path}", body, entry.By, run.ControlId(entry.Sequence), cancellation);
        if (answer is { IsDone: true, Command: { } offer } && entry.Act is StaffAct.HandedOver over && path == "handoffs"
            && timeline.Wall(entry.At) < clock.GetUtcNow() - Told)
        {
            // The past is told at once: nobody can wait for the read-back, as the living do.
            answer = await Post($"{Paths.Visits}/{visit}/handoffs/{offer}/accept", new AcceptRequest(HandoverWords.ReadBack), over.To,
                run.ControlId(entry.Sequence) + "-read", cancellation);
        }

        if (answer.IsDone)
        {
            tally.CountEntered();
        }
        else if (answer.Status is >= 400 and < 500)
        {
            tally.CountRefused();
            Refused(log, entry.Act.GetType().Name, (entry.Act as StaffAct.Reached)?.Step, entry.VisitNumber, answer.Status.Value, answer.Code);
        }
        else
        {
            tally.CountFailed();
        }
    }

    /// <summary>A board as it stands; null when it cannot be had.</summary>
    public Task<Board?> Board(string unit, CancellationToken cancellation) => Get<Board>(Paths.Unit(unit) + "/board", cancellation);

    /// <summary>What stands at a path; null when it cannot be had.</summary>
    public async Task<T?> Get<T>(string path, CancellationToken cancellation) where T : class
    {
        using var answer = await Ask(() => http.GetAsync(path, cancellation), cancellation);
        return answer is { IsSuccessStatusCode: true } ? await answer.Content.ReadFromJsonAsync<T>(Json, cancellation) : null;
    }

    public async Task<Posted> Post(string path, object body, string by, string key, CancellationToken cancellation)
    {
        var (status, text) = await Send(path, body, [(Paths.IdempotencyKey, key), (Paths.ActingAs, Uri.EscapeDataString(by))], cancellation);
        return status is >= 200 and < 300
            ? new(status, null, text is { } done ? JsonSerializer.Deserialize<CommandResult>(done, Json)?.CommandId : null)
            : new(status, ProblemCode(text), null);
    }

    /// <summary>The status, null when nobody could say, and the answer's text.</summary>
    public async Task<(int? Status, string? Text)> Send(string path, object? body, IReadOnlyList<(string Name, string Value)> headers,
        CancellationToken cancellation)
    {
        using var answer = await Ask(
            () =>
            {
                var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
                if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: Json);
                foreach (var (name, value) in headers) request.Headers.Add(name, value);
                return http.SendAsync(request, cancellation);
            },
            cancellation);
        return ((int?)answer?.StatusCode, answer is null ? null : await answer.Content.ReadAsStringAsync(cancellation));
    }

    /// <summary>With the visit's own draft; where there is none, the nurse is simply another.</summary>
    private async Task<(string Path, object Body)> Handover(Guid visit, StaffAct.HandedOver handed, CancellationToken cancellation) =>
        await Get<HandoffContent>($"{Paths.Visits}/{visit}/handoffs/draft", cancellation) is { } draft
            ? ("handoffs", new HandoffRequest(handed.To, draft with { Illness = "stable" }))
            : ("assignments", new AssignmentRequest("nurse", handed.To));

    private static string? ProblemCode(string? text)
    {
        try
        {
            return JsonDocument.Parse(text ?? "").RootElement is { ValueKind: JsonValueKind.Object } problem
                && problem.TryGetProperty("code", out var code) ? code.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<Guid?> Find(string number, CancellationToken cancellation)
    {
        if (_visits.TryGetValue(number, out var known)) return known;
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            using var answer = await Ask(() => http.GetAsync($"{Paths.Visits}?number={Uri.EscapeDataString(number)}", cancellation), cancellation);
            if (answer is { IsSuccessStatusCode: true }
                && await answer.Content.ReadFromJsonAsync<List<FoundVisit>>(Json, cancellation) is [{ VisitId: var found }, ..])
            {
                if (_visits.Count > 5000) _visits.Clear();
                _visits[number] = found;
                return found;
            }

            if (attempt < 4) await Task.Delay(TimeSpan.FromMilliseconds(250 * attempt), clock, cancellation);
        }

        return null;
    }

    /// <summary>Asks until there is an answer that says something: not when the hospital is down, busy or restarting.</summary>
    private async Task<HttpResponseMessage?> Ask(Func<Task<HttpResponseMessage>> ask, CancellationToken cancellation)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), Dice.For(1, "http"));
        for (var attempt = 1; ; attempt++)
        {
            HttpResponseMessage? answer = null;
            try
            {
                answer = await ask();
                if (answer.StatusCode is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests) && (int)answer.StatusCode < 500)
                    return answer;
            }
            catch (Exception e) when (e is HttpRequestException or IOException
                || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
            {
            }

            if (attempt >= MostAttempts) return answer;
            var pause = answer?.Headers.RetryAfter?.Delta is { } told && told < TimeSpan.FromSeconds(10) ? told : backoff.Next();
            answer?.Dispose();
            await Task.Delay(pause, clock, cancellation);
        }
    }

    private (string Path, object Body) Request(StaffEntered entry, Timeline timeline)
    {
        var at = timeline.Wall(entry.OccurredAt);
        return entry.Act switch
        {
            StaffAct.Reached reached => ("touchpoints", new TouchpointRequest("step", Step: reached.Step, OccurredAt: at)),
            StaffAct.Rounded round => ("rounds", new RoundRequest(round.Pain, round.Potty, round.Position, round.Possessions, OccurredAt: at)),
            StaffAct.Contacted => ("touchpoints", new TouchpointRequest("contact", OccurredAt: at)),
            StaffAct.Triaged triaged => ("touchpoints", new TouchpointRequest("acuity", Acuity: triaged.Acuity, OccurredAt: at)),
            StaffAct.Assigned assigned => ("assignments", new AssignmentRequest(assigned.Role, assigned.Name)),
            StaffAct.FamilyWaits waits => ("family/waiting", new FamilyWaitingRequest(waits.Who, at)),
            StaffAct.FamilyTold told => ("family/told", new FamilyToldRequest(told.Who, told.About, Promise(told.NextBy), at)),
            _ => throw new InvalidOperationException($"Nobody enters {entry.Act}."),
        };

        // A promise that has run out before it can be entered is none.
        DateTimeOffset? Promise(DateTimeOffset? nextBy) =>
            nextBy is { } by && timeline.Wall(by) is var wall && wall > clock.GetUtcNow() ? wall : null;
    }

    [LoggerMessage(5201, LogLevel.Debug, "{Act} {Step} for visit {Number} was refused: {Status} {Code}")]
    private static partial void Refused(ILogger log, string act, string? step, string number, int status, string? code);

    [LoggerMessage(5202, LogLevel.Debug, "Visit {Number} is not known yet; an entry is left out")]
    private static partial void Unknown(ILogger log, string number);
}

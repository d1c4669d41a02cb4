using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Journey.Api;

namespace Journey.EndToEnd.Tests;

/// <summary>
/// What staff and families do beside a feed, the same in every run: each visit's steps in order, each command sent again under its key until it is
/// answered, whatever happens to the server meanwhile. A refusal is a failure: nobody here does anything that may be refused.
/// </summary>
internal sealed class CareScript(JourneyProcess journey, DateTimeOffset start)
{
    public const int Visits = 24;

    /// <summary>How often the feed tells of each visit after its arrival: so often that it lasts as long as the people do.</summary>
    private const int Rounds = 60;
    private const string Nurse = "Nora Nightshade";
    private const string Other = "Otto Oakley";
    private const string Provider = "Petra Plum";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The commands that were answered as done.</summary>
    public ConcurrentBag<Guid> Accepted { get; } = [];

    /// <summary>How often one was sent again.</summary>
    public int Resent => _resent;

    private int _resent;

    public static readonly string[] Addressees =
        [Nurse, Other, Provider, "role/charge-nurse@ED", "role/charge-nurse@MED", "role/house-supervisor@ED"];

    public static string Number(int visit) => $"V9{visit:000}";

    /// <summary>
    /// The feed of the same visits, in one line's order: all arrive, are told of again and again, and every third moves to a ward in the middle of
    /// it.
    /// </summary>
    public static List<byte[]> Feed(IReadOnlyList<int> visits, DateTimeOffset start)
    {
        var feed = visits.Select(visit => Message(visit, "A04", "ED", start, 0)).ToList();
        for (var round = 1; round <= Rounds; round++)
        {
            var (moved, at) = (round > Rounds / 2, start.AddSeconds(round));
            foreach (var visit in visits)
            {
                var unit = moved && visit % 3 == 0 ? "MED" : "ED";
                feed.Add(Message(visit, round == Rounds / 2 + 1 && unit == "MED" ? "A02" : "A08", unit, at, round));
            }
        }

        return feed;
    }

    public async Task Run(int visit, CancellationToken cancellation)
    {
        var id = await Find(visit, cancellation);
        var at = $"{Paths.Visits}/{id}";
        var contact = new Guid(visit, 1, 1, new byte[8]);
        await Do($"{at}/assignments", new AssignmentRequest("nurse", Nurse), "nurse");
        await Do($"{at}/assignments", new AssignmentRequest("provider", Provider), "provider");
        await Do($"{at}/assignments", new AssignmentRequest("point-of-contact", visit % 2 == 0 ? Nurse : Other), "contact");
        await Do($"{at}/touchpoints", new TouchpointRequest("acuity", Acuity: 3, OccurredAt: start.AddMinutes(5)), "acuity");
        await Do($"{at}/touchpoints", new TouchpointRequest("step", "triaged", OccurredAt: start.AddMinutes(6)), "triaged");
        await Do($"{at}/family/contacts", new ContactRequest("Ida Ivory", "sister", Consent: "progress", Spokesperson: true, Id: contact), "card");
        await Do($"{at}/family/code-word", new CodeWordRequest("heron"), "word");
        await Do($"{at}/rounds", new RoundRequest(2, true, true, true, OccurredAt: start.AddMinutes(30)), "round");
        await Do($"{at}/life-events", new LifeEventRequest("Anniversary", DateOnly.FromDateTime(start.UtcDateTime).AddDays(1)), "event");

        var answered =
            await Do($"{at}/questions", new QuestionRequest(new("family", "Ida Ivory", contact), "clinical", "When may we come in?",
                OccurredAt: start.AddMinutes(40)), "question-1");
        await Do($"{at}/questions", new QuestionRequest(new("patient"), "clinical", "When may I eat?", OccurredAt: start.AddMinutes(41)),
            "question-2");
        await Do($"{at}/questions/{answered}/take", new TakeRequest(Nurse), "take");
        await Do($"{at}/questions/{answered}/answer", new AnswerRequest("At five."), "answer");
        var promise =
            await Do($"{at}/promises", new PromiseRequest("Bring the results", start.AddHours(20), OccurredAt: start.AddMinutes(50)), "promise");
        if (visit % 2 == 0) await Do($"{at}/promises/{promise}/keep", new KeepRequest("Brought"), "keep");
        var request = await Do($"{at}/requests", new NeedRequest("interpreter", What: "Spanish", OccurredAt: start.AddMinutes(45)), "request");
        await Do($"{at}/requests/{request}/take", new TakeRequest(), "request-take");
        if (visit % 2 == 1) await Do($"{at}/requests/{request}/finish", new FinishRequest("Was there"), "finish");

        var family = await Open(at, contact, cancellation);
        if (visit % 4 != 3) await Do($"{Paths.Family}/waiting", new Nothing(), $"wait-{visit}", family);
        await Do($"{Paths.Family}/questions", new FamilyQuestionRequest("What comes next?"), $"family-{visit}", family);
        await Do($"{Paths.Family}/questions/{answered}/confirm", new ConfirmRequest(visit % 3 != 0, "As it is"), $"confirm-{visit}", family);
        await Do($"{Paths.Family}/pulses", new PulseRequest(1 + visit % 5), $"pulse-{visit}", family);
        if (visit % 4 == 0)
            await Do($"{at}/family/told", new FamilyToldRequest("Ida Ivory", "Waiting for results", start.AddHours(21)) { Topics = ["tests"] },
                "told");

        var update = await Do($"{at}/family/updates", new UpdateRequest(Text: "All goes as planned."), "update");
        if (visit % 2 == 1) await Do($"{at}/family/updates/{update}/recall", new Nothing(), "recall");
        if (visit % 3 == 1) await Do($"{at}/alerts/{await LongStay()}/acknowledge", new AcknowledgeRequest(start.AddHours(22)), "acknowledge");
        if (visit % 3 == 2)
            await Do($"{at}/alerts/{await LongStay()}/snooze",
                new SnoozeRequest(DateTimeOffset.UtcNow.AddMinutes(55), "Waiting for a bed"), "snooze");
        var handoff = await Do($"{at}/handoffs", new HandoffRequest(Other, new("stable", "Doing well", ["Look at the results"], "")), "offer");
        if (visit % 3 != 1)
            await Do($"{at}/handoffs/{handoff}/{(visit % 3 == 0 ? "accept" : "return")}", visit % 3 == 0
                ? new AcceptRequest("I take over.")
                : new ReturnRequest("Which room?"), "read", by: Other);
        if (visit % 8 == 6) await Do($"{at}/family/hold", new HoldRequest(true), "hold");
        if (visit % 4 != 1) return;
        var call = await Do($"{Paths.Hotline}/calls", new CallRequest("Mr. Umber", "555-0100", start.AddMinutes(visit)), $"ring-{visit}");
        await Do($"{Paths.Hotline}/calls/{call}/answer", new Nothing(), $"call-answer-{visit}");
        await Do($"{Paths.Hotline}/calls/{call}/question", new CallQuestionRequest(id, "May she have visitors?"), $"call-question-{visit}");
        // Last: whoever has no part in the visit knows nothing of it from here on.
        if (visit % 8 == 5) await Do($"{at}/family/locks", new LockRequest("safety", true, "asked for"), "lock");

        // Of those who stay in the department: one who has moved to the ward is not long in it any more.
        async Task<Guid> LongStay() => (await Get<Visit>(at, cancellation)).Row.Alerts.Single(a => a.Rule == "ed.los").Id;

        Task<Guid> Do(string path, object body, string key, (string Link, string Session)? through = null, string by = Nurse) =>
            Command(path, body, $"{visit}-{key}", by, through, cancellation);
    }

    /// <summary>What was done is answered once as done, however often it is sent.</summary>
    private async Task<Guid> Command(string path, object body, string key, string by, (string Link, string Session)? through,
        CancellationToken cancellation)
    {
        var answer =
            await Send(path, body,
                [(Paths.IdempotencyKey, key), .. through is { } door
                    ? [(Paths.FamilyLink, door.Link), (Paths.FamilySession, door.Session)]
                    : (ReadOnlySpan<(string, string)>)[(Paths.ActingAs, by)]], cancellation);
        var result = JsonSerializer.Deserialize<CommandResult>(answer, JsonSerializerOptions.Web)!;
        Assert.True(result.Outcome is "accepted" or "repeated", $"{path} was answered with {result.Outcome}");
        Accepted.Add(result.CommandId);
        return result.CommandId;
    }

    private async Task<(string Link, string Session)> Open(string at, Guid contact, CancellationToken cancellation)
    {
        var link = JsonSerializer.Deserialize<FamilyLink>(await Send($"{at}/family/contacts/{contact}/link", new Nothing(), [], cancellation),
            JsonSerializerOptions.Web)!;
        var token = link.Path.Split('#')[1];
        var door = JsonSerializer.Deserialize<FamilyDoor>(
            await Send($"{Paths.Family}/open", new OpenRequest("heron"), [(Paths.FamilyLink, token)], cancellation), JsonSerializerOptions.Web)!;
        return (token, door.Session!);
    }

    /// <summary>
    /// Whoever moves is cared for where they come to: whether a handoff or a word to the family came before the move or after it would be left to
    /// chance.
    /// </summary>
    private async Task<Guid> Find(int visit, CancellationToken cancellation)
    {
        while (true)
        {
            if (await Get<List<FoundVisit>>($"{Paths.Visits}?number={Number(visit)}", cancellation) is [var found]
                && (visit % 3 != 0 || found.Unit == "MED")) return found.VisitId;
            await Task.Delay(100, cancellation);
        }
    }

    private async Task<T> Get<T>(string path, CancellationToken cancellation) =>
        JsonSerializer.Deserialize<T>(await Send(path, null, [], cancellation), JsonSerializerOptions.Web)!;

    private async Task<string> Send(string path, object? body, (string Name, string Value)[] headers, CancellationToken cancellation)
    {
        for (var started = DateTimeOffset.UtcNow; ; Interlocked.Increment(ref _resent))
        {
            var why = "";
            try
            {
                using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
                if (body is not null) request.Content = JsonContent.Create(body, body.GetType());
                foreach (var (name, value) in headers) request.Headers.Add(name, Uri.EscapeDataString(value));
                using var answer = await journey.Http.SendAsync(request, cancellation);
                why = await answer.Content.ReadAsStringAsync(cancellation);
                if (answer.IsSuccessStatusCode) return why;
                if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.InternalServerError))
                    Assert.Fail($"{path} was refused: {(int)answer.StatusCode} {why}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                why = e.Message;
            }

            if (DateTimeOffset.UtcNow - started > Patience) Assert.Fail($"{path} was not answered within {Patience}: {why}\n{journey.Output}");
            await Task.Delay(100, cancellation);
        }
    }

    private static byte[] Message(int visit, string trigger, string unit, DateTimeOffset at, int round)
    {
        var time = at.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        return Encoding.ASCII.GetBytes(string.Join('\r',
            $"MSH|^~\\&|CARE|E2E|JOURNEY|JOURNEY|{time}||ADT^{trigger}|{Number(visit)}-{round}|P|2.5",
            $"EVN|{trigger}|{time}||||{time}",
            $"PID|1||M9{visit:000}^^^E2E^MR||Umberfield^Quill{(char)('a' + visit)}||19600102|F",
            $"PV1|1|E|{unit}^R{visit:00}^1{new string('|', 16)}{Number(visit)}") + "\r");
    }
}

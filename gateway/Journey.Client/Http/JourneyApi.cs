using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Journey.Api;
using Journey.Dashboard.Shell;

namespace Journey.Dashboard.Live;

/// <summary>What came of a request.</summary>
public abstract record Reply<T>
{
    private Reply() { }

    public sealed record Ok(T Value) : Reply<T>;

    /// <summary>The server understood and said no; asking again changes nothing.</summary>
    public sealed record Refused(string Why, bool Unknown, string? Code = null) : Reply<T>;

    /// <summary>Nobody knows whether it was done: ask again, with the same key.</summary>
    public sealed record Unanswered(string Why) : Reply<T>;
}

/// <summary>The gateway's HTTP side.</summary>
public sealed class JourneyApi(HttpClient http, Person person, Session session)
{
    private const string NoAnswer = "The server did not answer.";

    public Task<Reply<Visit>> Visit(Guid id, CancellationToken stop) => Get($"{Paths.Visits}/{id}", JourneyJson.Default.Visit, stop);

    public Task<Reply<IReadOnlyList<TimelineEntry>>> Timeline(Guid id, CancellationToken stop) =>
        Get($"{Paths.Visits}/{id}/timeline", JourneyJson.Default.IReadOnlyListTimelineEntry, stop);

    public Task<Reply<IReadOnlyList<FoundVisit>>> Find(string query, CancellationToken stop) =>
        Get($"{Paths.Patients}?query={Uri.EscapeDataString(query)}", JourneyJson.Default.IReadOnlyListFoundVisit, stop);

    public Task<Reply<HandoffContent>> Draft(Guid visit, CancellationToken stop) => Get($"{Paths.Visits}/{visit}/handoffs/draft", JourneyJson.Default.HandoffContent, stop);

    public Task<Reply<GlassTerms>> GlassTerms(CancellationToken stop) => Get(Paths.Glass + "/terms", JourneyJson.Default.GlassTerms, stop);

    /// <param name="from">Counted are alerts raised from then on; null: of the last week.</param>
    public Task<Reply<RuleBook>> Rules(DateTimeOffset? from, CancellationToken stop) =>
        Get(Paths.Rules + (from is { } since ? $"?from={Uri.EscapeDataString(since.ToUniversalTime().ToString("O"))}" : null), JourneyJson.Default.RuleBook, stop);

    public Task<Reply<IReadOnlyList<Feed>>> Feeds(CancellationToken stop) => Get(Paths.Feeds, JourneyJson.Default.IReadOnlyListFeed, stop);

    /// <param name="before">The last sequence of the page before; null for the newest.</param>
    public Task<Reply<IReadOnlyList<LoggedMessage>>> Messages(long? before, CancellationToken stop) =>
        Get(Paths.Messages + (before is { } last ? $"?before={last}" : null), JourneyJson.Default.IReadOnlyListLoggedMessage, stop);

    public Task<Reply<IReadOnlyList<StaffMember>>> Staff(CancellationToken stop) => Get(Paths.Staff, JourneyJson.Default.IReadOnlyListStaffMember, stop);

    public Task<Reply<IReadOnlyList<Shift>>> Shifts(string unit, CancellationToken stop) => Get($"{Paths.Shifts}?unit={Uri.EscapeDataString(unit)}", JourneyJson.Default.IReadOnlyListShift, stop);

    public Task<Reply<IReadOnlyList<UpdateTemplate>>> Templates(CancellationToken stop) => Get(Paths.Templates, JourneyJson.Default.IReadOnlyListUpdateTemplate, stop);

    public Task<Reply<CodeWordAnswer>> CheckCodeWord(Guid visit, CodeWordCheckRequest check, CancellationToken stop) => Send(
        Post($"{Paths.Visits}/{visit}/family/code-word/check", JsonSerializer.Serialize(check, JourneyJson.Default.CodeWordCheckRequest)), JourneyJson.Default.CodeWordAnswer, stop);

    /// <summary>A new link to the family page. The answer is the only place that holds it.</summary>
    public Task<Reply<FamilyLink>> Link(Guid visit, Guid contact, CancellationToken stop) =>
        Send(Post($"{Paths.Visits}/{visit}/family/contacts/{contact}/link", "{}"), JourneyJson.Default.FamilyLink, stop);

    /// <summary>A page of the audit trail. The query names people and visits by id.</summary>
    public Task<Reply<AuditPage>> Audit(string query, CancellationToken stop) => Get($"{Paths.Audit}?{query}", JourneyJson.Default.AuditPage, stop);

    public Task<Reply<IReadOnlyList<OpenSession>>> Sessions(CancellationToken stop) => Get(Paths.Sessions, JourneyJson.Default.IReadOnlyListOpenSession, stop);

    public Task<Reply<IReadOnlyList<OpenSession>>> Walls(CancellationToken stop) => Get(Paths.Walls, JourneyJson.Default.IReadOnlyListOpenSession, stop);

    /// <summary>
    /// Says that something is printed. Nobody waits for the answer: the sheet for a downtime must come out while the server is away, and that its content was
    /// shown is recorded already.
    /// </summary>
    public Task Printing(string sheet, string? unit) =>
        Send(Post(Paths.Prints, JsonSerializer.Serialize(new PrintNote(sheet, unit), JourneyJson.Default.PrintNote)), JourneyJson.Default.PrintNote, CancellationToken.None);

    /// <summary>Sends a command. The same <paramref name="key"/> on a repeat makes it the same command.</summary>
    public Task<Reply<CommandResult>> Command(string address, string body, Guid key, CancellationToken stop)
    {
        var request = Post(address, body);
        request.Headers.Add(Paths.IdempotencyKey, key.ToString());
        return Send(request, JourneyJson.Default.CommandResult, stop);
    }

    private static HttpRequestMessage Post(string address, string body) =>
        new(HttpMethod.Post, address) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };

    private Task<Reply<T>> Get<T>(string path, JsonTypeInfo<T> type, CancellationToken stop) => Send(new HttpRequestMessage(HttpMethod.Get, path), type, stop);

    private async Task<Reply<T>> Send<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken stop)
    {
        using var sent = request;
        if (person.HeaderValue is { } name) request.Headers.Add(Paths.ActingAs, name);
        try
        {
            using var response = await http.SendAsync(request, stop);
            if (response.IsSuccessStatusCode)
                return await response.Content.ReadFromJsonAsync(type, stop) is { } value ? new Reply<T>.Ok(value) : new Reply<T>.Unanswered(NoAnswer);
            if (response.StatusCode == HttpStatusCode.Unauthorized) session.Leave();
            var problem = await Problem(response, stop);
            var why = problem?.Detail ?? problem?.Title;
            // Too many requests of whatever kind are sent again; too many of one deed are the answer.
            return (int)response.StatusCode is >= 500 or 408 || (int)response.StatusCode == 429 && problem?.Code is null or "too-many-requests"
                ? new Reply<T>.Unanswered(why ?? $"The server could not do it just now ({(int)response.StatusCode}).")
                : new Reply<T>.Refused(why ?? $"The server refused ({(int)response.StatusCode}).", response.StatusCode == HttpStatusCode.NotFound, problem?.Code);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || e is OperationCanceledException && !stop.IsCancellationRequested)
        {
            return new Reply<T>.Unanswered(NoAnswer);
        }
    }

    private static async Task<Problem?> Problem(HttpResponseMessage response, CancellationToken stop)
    {
        if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) != true) return null;
        return await response.Content.ReadFromJsonAsync(JourneyJson.Default.Problem, stop);
    }
}

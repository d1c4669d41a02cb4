using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Journey.Api;

namespace Journey.Client.Http;

/// <summary>
/// Journey's HTTP side. No method throws for what a server or a network does: what came of it is in the <see cref="Reply{T}"/>. They throw
/// <see cref="OperationCanceledException"/> when the caller cancels. May be used from any thread.
/// </summary>
/// <param name="http">With the server as its base address, and with whatever signs in: a bearer token, a handler, a cookie. Its time-out counts as no
/// answer.</param>
public sealed class JourneyApi(HttpClient http)
{
    /// <summary>
    /// Who acts, by the name that boards show: where nobody signs in, and of the scripts of Development. Null, or a null answer: it is not said.
    /// </summary>
    public Func<string?>? ActingAs { get; set; }

    /// <summary>The server answered that nobody is signed in, or not any more (401).</summary>
    public event Action? SignedOut;

    /// <summary>Who is signed in.</summary>
    public Task<Reply<Me>> Me(CancellationToken stop) => Get(Paths.Me, JourneyJson.Default.Me, stop);

    /// <summary>Ends the session of whoever is signed in.</summary>
    /// <returns>False when the server did not answer: the session then ends by itself, when nothing is done.</returns>
    public async Task<bool> SignOut(CancellationToken stop)
    {
        try
        {
            using var answer = await http.PostAsync(Paths.SignOut, null, stop);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>All units with their totals.</summary>
    public Task<Reply<IReadOnlyList<Unit>>> Units(CancellationToken stop) => Get(Paths.Units, JourneyJson.Default.IReadOnlyListUnit, stop);

    /// <summary>A unit's board as it stands. <see cref="Live.BoardConnection"/> keeps one current.</summary>
    /// <param name="unit">The unit's code.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Reply<Board>> Board(string unit, CancellationToken stop) => Get($"{Paths.Unit(unit)}/board", JourneyJson.Default.Board, stop);

    /// <summary>The public board of a unit's waiting room.</summary>
    /// <param name="unit">The unit's code.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Reply<WaitingRoom>> WaitingRoom(string unit, CancellationToken stop) =>
        Get($"{Paths.Unit(unit)}/waiting-room", JourneyJson.Default.WaitingRoom, stop);

    /// <summary>A visit as its page shows it.</summary>
    public Task<Reply<Visit>> Visit(Guid visit, CancellationToken stop) => Get($"{Paths.Visits}/{visit}", JourneyJson.Default.Visit, stop);

    /// <summary>A visit's history, oldest first.</summary>
    public Task<Reply<IReadOnlyList<TimelineEntry>>> Timeline(Guid visit, CancellationToken stop) =>
        Get($"{Paths.Visits}/{visit}/timeline", JourneyJson.Default.IReadOnlyListTimelineEntry, stop);

    /// <summary>Visits with a number, newest first.</summary>
    /// <param name="number">The visit number, as the hospital's systems write it.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Reply<IReadOnlyList<FoundVisit>>> VisitsByNumber(string number, CancellationToken stop) =>
        Get($"{Paths.Visits}?number={Uri.EscapeDataString(number)}", JourneyJson.Default.IReadOnlyListFoundVisit, stop);

    /// <summary>Visits by the patient's name or number. It is recorded who searched, and what was found.</summary>
    /// <param name="query">The beginning of names, or a whole number.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Reply<IReadOnlyList<FoundVisit>>> Find(string query, CancellationToken stop) =>
        Get($"{Paths.Patients}?query={Uri.EscapeDataString(query)}", JourneyJson.Default.IReadOnlyListFoundVisit, stop);

    /// <summary>What a visit itself would write as a handoff, to be edited before it is offered.</summary>
    public Task<Reply<HandoffContent>> Draft(Guid visit, CancellationToken stop) =>
        Get($"{Paths.Visits}/{visit}/handoffs/draft", JourneyJson.Default.HandoffContent, stop);

    /// <summary>The reasons for which the glass may be broken, and for how long.</summary>
    public Task<Reply<GlassTerms>> GlassTerms(CancellationToken stop) => Get($"{Paths.Glass}/terms", JourneyJson.Default.GlassTerms, stop);

    /// <summary>Every open alert.</summary>
    public Task<Reply<AlertBoard>> Alerts(CancellationToken stop) => Get(Paths.Alerts, JourneyJson.Default.AlertBoard, stop);

    /// <summary>Every rule on each unit, and how it does.</summary>
    /// <param name="from">Counted are alerts raised from then on; null: of the last week.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Reply<RuleBook>> Rules(DateTimeOffset? from, CancellationToken stop) =>
        Get(
            Paths.Rules + (from is { } since ? $"?from={Uri.EscapeDataString(since.ToUniversalTime().ToString("O"))}" : null),
            JourneyJson.Default.RuleBook, stop);

    /// <summary>The hospital systems that send, and how they are.</summary>
    public Task<Reply<IReadOnlyList<Feed>>> Feeds(CancellationToken stop) => Get(Paths.Feeds, JourneyJson.Default.IReadOnlyListFeed, stop);

    /// <summary>The message log, newest first, a page at a time.</summary>
    /// <param name="before">The last <see cref="LoggedMessage.Sequence"/> of the page before; null for the newest.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Reply<IReadOnlyList<LoggedMessage>>> Messages(long? before, CancellationToken stop) =>
        Get(Paths.Messages + (before is { } last ? $"?before={last}" : null), JourneyJson.Default.IReadOnlyListLoggedMessage, stop);

    /// <summary>Everybody in the staff directory, by name.</summary>
    public Task<Reply<IReadOnlyList<StaffMember>>> Staff(CancellationToken stop) =>
        Get(Paths.Staff, JourneyJson.Default.IReadOnlyListStaffMember, stop);

    /// <summary>Who is on duty on a unit now, and whose shift there is kept for later.</summary>
    /// <param name="unit">The unit's code.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Reply<IReadOnlyList<Shift>>> Shifts(string unit, CancellationToken stop) =>
        Get($"{Paths.Shifts}?coming=true&unit={Uri.EscapeDataString(unit)}", JourneyJson.Default.IReadOnlyListShift, stop);

    /// <summary>The updates to families that the policy has words for.</summary>
    public Task<Reply<IReadOnlyList<UpdateTemplate>>> Templates(CancellationToken stop) =>
        Get(Paths.Templates, JourneyJson.Default.IReadOnlyListUpdateTemplate, stop);

    /// <summary>Checks the code word of whoever is on the telephone. Too many wrong ones lock it for a while.</summary>
    public Task<Reply<CodeWordAnswer>> CheckCodeWord(Guid visit, CodeWordCheckRequest check, CancellationToken stop) =>
        Post(
            Command.To($"{Paths.Visits}/{visit}/family/code-word/check", check, JourneyJson.Default.CodeWordCheckRequest), null,
            JourneyJson.Default.CodeWordAnswer, stop);

    /// <summary>A new link to the family page for a contact. The answer is the only place that holds it.</summary>
    public Task<Reply<FamilyLink>> Link(Guid visit, Guid contact, CancellationToken stop) =>
        Post(new($"{Paths.Visits}/{visit}/family/contacts/{contact}/link", "{}"), null, JourneyJson.Default.FamilyLink, stop);

    /// <summary>A page of the audit trail, newest first.</summary>
    /// <param name="query">Such as <c>visit=…&amp;before=…</c>; names people and visits by id.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Reply<AuditPage>> Audit(string query, CancellationToken stop) => Get($"{Paths.Audit}?{query}", JourneyJson.Default.AuditPage, stop);

    /// <summary>Who is signed in, latest first.</summary>
    public Task<Reply<IReadOnlyList<OpenSession>>> Sessions(CancellationToken stop) =>
        Get(Paths.Sessions, JourneyJson.Default.IReadOnlyListOpenSession, stop);

    /// <summary>One's own views of boards, and how one has each unit's.</summary>
    public Task<Reply<ViewBook>> Views(CancellationToken stop) => Get(Paths.Views, JourneyJson.Default.ViewBook, stop);

    /// <summary>A view that a link names.</summary>
    /// <param name="view">As in <see cref="SavedView.Id"/>.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Reply<SavedView>> View(string view, CancellationToken stop) =>
        Get($"{Paths.Views}/{Uri.EscapeDataString(view)}", JourneyJson.Default.SavedView, stop);

    /// <summary>The walls of one's units.</summary>
    public Task<Reply<IReadOnlyList<OpenSession>>> Walls(CancellationToken stop) =>
        Get(Paths.Walls, JourneyJson.Default.IReadOnlyListOpenSession, stop);

    /// <summary>
    /// Says that something is printed. Nobody needs to wait for the answer: the sheet for a downtime must come out while the server is away, and that
    /// its content was shown is recorded
    /// already.
    /// </summary>
    /// <param name="sheet">One of <see cref="PrintedSheets"/>.</param>
    /// <param name="unit">Of which unit; null when of none.</param>
    public Task Printing(string sheet, string? unit) =>
        Post(
            Command.To(Paths.Prints, new PrintNote(sheet, unit), JourneyJson.Default.PrintNote), null, JourneyJson.Default.PrintNote,
            CancellationToken.None);

    /// <summary>Sends a command.</summary>
    /// <param name="command">What is to be recorded.</param>
    /// <param name="key">One for each intention, such as <see cref="Guid.NewGuid"/>. After <see cref="Reply{T}.Unanswered"/> send it again with the
    /// same key: it is carried out once.</param>
    /// <param name="stop">Gives up waiting. The command may be carried out all the same.</param>
    public Task<Reply<CommandResult>> Send(Command command, Guid key, CancellationToken stop) =>
        Post(command, key, JourneyJson.Default.CommandResult, stop);

    private async Task<Reply<T>> Get<T>(string path, JsonTypeInfo<T> type, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await Send(request, type, stop);
    }

    private async Task<Reply<T>> Post<T>(Command command, Guid? key, JsonTypeInfo<T> type, CancellationToken stop)
    {
        using var body = new StringContent(command.Body, new MediaTypeHeaderValue("application/json"));
        using var request = new HttpRequestMessage(HttpMethod.Post, command.Address) { Content = body };
        if (key is { } own) request.Headers.Add(Paths.IdempotencyKey, own.ToString());
        return await Send(request, type, stop);
    }

    private async Task<Reply<T>> Send<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken stop)
    {
        if (ActingAs?.Invoke() is { } name) request.Headers.Add(Paths.ActingAs, Header(name));
        try
        {
            using var response = await http.SendAsync(request, stop);
            if (response.IsSuccessStatusCode)
                return await response.Content.ReadFromJsonAsync(type, stop) is { } value ? new Reply<T>.Ok(value) : new Reply<T>.Unanswered();
            if (response.StatusCode == HttpStatusCode.Unauthorized) SignedOut?.Invoke();
            var problem = await Read(response, stop);
            return IsLater(problem) ? new Reply<T>.Unanswered(problem) : new Reply<T>.Refused(problem);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || e is OperationCanceledException && !stop.IsCancellationRequested)
        {
            return new Reply<T>.Unanswered();
        }
    }

    /// <summary>Too many requests of whatever kind are sent again; too many of one deed are the answer.</summary>
    private static bool IsLater(Problem problem) =>
        problem.Status is >= 500 or 408 || problem is { Status: 429, Code: null or ProblemCodes.TooManyRequests };

    private static async Task<Problem> Read(HttpResponseMessage response, CancellationToken stop)
    {
        var said = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true
            ? await response.Content.ReadFromJsonAsync(JourneyJson.Default.Problem, stop)
            : null;
        return (said ?? new()) with { Status = (int)response.StatusCode };
    }

    /// <summary>
    /// A header carries printable ASCII. All else, and the percent sign, is percent-encoded, so that the server may decode it whatever it is.
    /// </summary>
    private static string Header(string name)
    {
        var value = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
            value.Append(rune.Value is >= 0x20 and < 0x7F and not '%' ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        return value.ToString();
    }
}

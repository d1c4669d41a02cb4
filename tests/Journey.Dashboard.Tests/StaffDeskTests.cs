using System.Net;
using System.Text;
using Journey.Api;
using Journey.Client.Http;
using Journey.Dashboard.Commands;
using Journey.Dashboard.Parts;

namespace Journey.Dashboard.Tests;

/// <summary>What becomes of a tap. Nothing is shown as done before the server has said so.</summary>
public sealed class StaffDeskTests : IDisposable
{
    private const string Accepted = """{"outcome":"accepted","version":3,"commandId":"22222222-2222-4222-8222-222222222222"}""";
    private static readonly BoardRow Row = Rows.Here("Musterfrau, Erika", "3");
    private readonly Server _server = new();
    private readonly Ticker _ticker = new(TimeProvider.System);
    private readonly SheetOpener _sheets = new();
    private readonly StaffDesk _desk;
    private Sheet? _opened;

    public StaffDeskTests()
    {
        _desk = new StaffDesk(new JourneyApi(new HttpClient(_server) { BaseAddress = new Uri("http://localhost/") }), TimeProvider.System,
            _ticker, _sheets);
        _sheets.Opened += sheet => _opened = sheet;
    }

    public void Dispose()
    {
        _desk.Dispose();
        _ticker.Dispose();
    }

    [Fact]
    public async Task Without_an_answer_the_same_tap_is_sent_again_under_the_same_key()
    {
        _server.Answers.Enqueue((HttpStatusCode.ServiceUnavailable, "{}"));
        _server.Answers.Enqueue((HttpStatusCode.OK, Accepted));
        await _desk.Do(Intent.Contact(Row));
        Assert.Equal(2, _server.Keys.Count);
        Assert.Single(_server.Keys.Distinct());
        Assert.Equal(ToastState.Done, Assert.Single(_desk.Toasts).State);
    }

    [Fact]
    public async Task A_refusal_is_said_and_not_sent_again()
    {
        _server.Answers.Enqueue((HttpStatusCode.Conflict, """{"code":"visit-closed","detail":"The visit has ended."}"""));
        await _desk.Do(Intent.Contact(Row));
        Assert.Equal((ToastState.Refused, "The visit has ended.", 1), (_desk.Toasts[0].State, _desk.Toasts[0].Why, _server.Keys.Count));
    }

    [Fact]
    public async Task Two_taps_are_two_commands_unless_the_first_is_still_on_its_way()
    {
        _server.Answers.Enqueue((HttpStatusCode.OK, Accepted));
        _server.Answers.Enqueue((HttpStatusCode.OK, Accepted));
        _server.Hold = new();
        var first = _desk.Do(Intent.Contact(Row));
        await _desk.Do(Intent.Contact(Row));
        Assert.True(_desk.IsSending(Row.VisitId));
        _server.Hold.SetResult();
        await first;
        Assert.Single(_server.Keys);
        await _desk.Do(Intent.Contact(Row));
        Assert.Equal(2, _server.Keys.Distinct().Count());
    }

    [Fact]
    public async Task The_last_tap_is_undone_by_the_command_that_the_server_named()
    {
        _server.Answers.Enqueue((HttpStatusCode.OK, Accepted));
        _server.Answers.Enqueue((HttpStatusCode.OK, Accepted));
        await _desk.Do(Intent.Step(Row, Steps.Seen));
        _desk.AskUndoLast();
        await Assert.IsType<Sheet.Asked>(_opened).Do();
        Assert.EndsWith("/undo", _server.Paths[^1], StringComparison.Ordinal);
        Assert.Contains("22222222-2222-4222-8222-222222222222", _server.Bodies[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_verb_for_several_says_what_became_of_each_and_one_undo_takes_back_what_was_recorded()
    {
        BoardRow[] rows = [Row, Rows.Here("Zweite, Zoe", "4"), Rows.Here("Dritte, Dora", "5")];
        _server.Answers.Enqueue((HttpStatusCode.OK, Accepted));
        _server.Answers.Enqueue((HttpStatusCode.Conflict, """{"code":"visit-closed","detail":"The visit has ended."}"""));
        _server.Answers.Enqueue((HttpStatusCode.OK, Accepted));
        await _desk.DoAll("Checked on 3", [.. rows.Select(Intent.Contact)]);
        var toast = Assert.Single(_desk.Toasts);
        Assert.Equal((ToastState.Refused, "Checked on 3", null), (toast.State, toast.Intent.Says, toast.SecondsLeft));
        Assert.Equal([ToastState.Done, ToastState.Refused, ToastState.Done], toast.Each.Select(each => each.State));
        Assert.Equal((3, "The visit has ended."), (_server.Keys.Distinct().Count(), toast.Each[1].Why));
        _server.Answers.Enqueue((HttpStatusCode.OK, Accepted));
        _server.Answers.Enqueue((HttpStatusCode.OK, Accepted));
        await _desk.Undo(toast);
        Assert.Equal((ToastState.Done, 2, 5), (Assert.Single(_desk.Toasts).State, _desk.Toasts[0].Each.Count, _server.Keys.Count));
    }

    [Fact]
    public async Task Leaving_is_never_one_tap()
    {
        await _desk.Reach(Row, Steps.Departed);
        Assert.IsType<Sheet.Left>(_opened);
        _desk.AskReach(Row, Steps.Seen);
        Assert.IsType<Sheet.Asked>(_opened);
        Assert.Empty(_server.Keys);
    }

    [Fact]
    public async Task A_look_at_an_alert_is_said_once_and_again_when_it_did_not_arrive()
    {
        var alert = new Alert(Guid.NewGuid(), "ed.triage", AlertKinds.Touchpoint, "Triage", Severities.Warning, AlertStates.Raised, Rendered.Now,
            Rendered.Now, null, null, null, null, null, null);
        _server.Answers.Enqueue((HttpStatusCode.ServiceUnavailable, "{}"));
        _server.Answers.Enqueue((HttpStatusCode.OK, Accepted));
        for (var look = 0; look < 3; look++) await _desk.See(Row.VisitId, alert);
        Assert.Equal(2, _server.Keys.Count);
        await _desk.See(Row.VisitId, alert with { Id = Guid.NewGuid(), SeenAt = Rendered.Now });
        Assert.Equal(2, _server.Keys.Count);
    }

    private sealed class Server : HttpMessageHandler
    {
        public Queue<(HttpStatusCode Status, string Json)> Answers { get; } = new();
        public List<string> Keys { get; } = [];
        public List<string> Paths { get; } = [];
        public List<string> Bodies { get; } = [];
        public TaskCompletionSource? Hold { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Keys.Add(request.Headers.GetValues(Api.Paths.IdempotencyKey).Single());
            Paths.Add(request.RequestUri!.AbsolutePath);
            Bodies.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            if (Hold is { } hold) await hold.Task;
            var (status, json) = Answers.Dequeue();
            return new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        }
    }
}

using System.Net;
using System.Text;
using Journey.Api;
using Journey.Client.Http;

namespace Journey.Client.Tests.Http;

/// <summary>Done, refused or unknown: what a server says, and what it does not say, is one of the three.</summary>
public class JourneyApiTests
{
    private static readonly Guid Visit = Guid.NewGuid();
    private readonly Answering _server = new();
    private readonly JourneyApi _api;

    public JourneyApiTests() => _api = new JourneyApi(new HttpClient(_server) { BaseAddress = new Uri("http://journey.test") });

    [Fact]
    public async Task A_command_carries_its_key_and_says_what_came_of_it()
    {
        var (key, id) = (Guid.NewGuid(), Guid.NewGuid());
        _server.Says(HttpStatusCode.OK, $$"""{"outcome":"accepted","version":7,"commandId":"{{id}}"}""");
        var reply = await Send(VisitCommands.Touchpoint(Visit, new(TouchpointKinds.Step, Steps.Triaged)), key);
        Assert.Equal(new CommandResult(Outcomes.Accepted, 7, id), Assert.IsType<Reply<CommandResult>.Ok>(reply).Value);
        Assert.Equal((HttpMethod.Post, $"/api/v1/visits/{Visit}/touchpoints", key.ToString()),
            (_server.Last!.Method, _server.Last.RequestUri!.AbsolutePath, _server.Header(Paths.IdempotencyKey)));
        Assert.Equal("""{"kind":"step","step":"triaged","acuity":null,"occurredAt":null,"how":null}""", _server.Body);
    }

    [Fact]
    public async Task A_refusal_has_its_stable_code_and_is_final()
    {
        _server.Says(HttpStatusCode.Conflict,
            """{"title":"Conflict","status":409,"detail":"Ada Stone has it already.","code":"alert-owned","traceId":"x"}""",
            "application/problem+json");
        var refused = Assert.IsType<Reply<CommandResult>.Refused>(await Send());
        Assert.Equal((ProblemCodes.AlertOwned, "Ada Stone has it already.", 409, false),
            (refused.Code, refused.Why, refused.Problem.Status, refused.IsUnknown));
        Assert.Equal("x", refused.Problem.Extensions!["traceId"].GetString());
    }

    [Fact]
    public async Task A_refusal_names_the_fields_that_are_wrong()
    {
        _server.Says(HttpStatusCode.BadRequest,
            """{"title":"One or more fields are wrong.","errors":{"acuity":["1 (most urgent) to 5."]},"code":"invalid-request"}""",
            "application/problem+json");
        var refused = Assert.IsType<Reply<CommandResult>.Refused>(await Send());
        Assert.Equal("1 (most urgent) to 5.", Assert.Single(refused.Problem.Errors["acuity"]));
        Assert.Equal(ProblemCodes.InvalidRequest, refused.Code);
    }

    [Theory]
    [InlineData(503, """{"code":"unavailable"}""")]
    [InlineData(500, null)]
    [InlineData(408, null)]
    [InlineData(429, """{"code":"too-many-requests"}""")]
    [InlineData(429, null)]
    public async Task An_answer_that_says_later_leaves_open_whether_it_was_done(int status, string? body)
    {
        _server.Says((HttpStatusCode)status, body ?? "<html>", body is null ? "text/html" : "application/problem+json");
        Assert.Equal(status, Assert.IsType<Reply<CommandResult>.Unanswered>(await Send()).Problem!.Status);
    }

    [Fact]
    public async Task Too_many_of_one_deed_is_an_answer()
    {
        _server.Says(HttpStatusCode.TooManyRequests, """{"code":"glass-limit"}""", "application/problem+json");
        Assert.Equal(ProblemCodes.GlassLimit, Assert.IsType<Reply<CommandResult>.Refused>(await Send()).Code);
    }

    [Fact]
    public async Task No_answer_and_one_that_is_no_json_leave_it_open()
    {
        _server.Fails(new HttpRequestException());
        Assert.Null(Assert.IsType<Reply<CommandResult>.Unanswered>(await Send()).Problem);
        _server.Fails(new TaskCanceledException());
        Assert.IsType<Reply<CommandResult>.Unanswered>(await Send());
        _server.Says(HttpStatusCode.OK, "<html>");
        Assert.IsType<Reply<CommandResult>.Unanswered>(await Send());
    }

    [Fact]
    public async Task Who_gives_up_is_told_so()
    {
        _server.Fails(new TaskCanceledException());
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _api.Me(gone.Token));
    }

    [Fact]
    public async Task A_name_that_is_not_ascii_comes_through_a_header()
    {
        _api.ActingAs = () => "Zoë 100%";
        _server.Says(HttpStatusCode.OK, "[]");
        await _api.Units(CancellationToken.None);
        Assert.Equal("Zo%C3%AB 100%25", _server.Header(Paths.ActingAs));
    }

    [Fact]
    public async Task That_nobody_is_signed_in_is_told_apart()
    {
        var told = 0;
        _api.SignedOut += () => told++;
        _server.Says(HttpStatusCode.Unauthorized, """{"code":"sign-in-needed"}""", "application/problem+json");
        Assert.Equal(ProblemCodes.SignInNeeded, Assert.IsType<Reply<Me>.Refused>(await _api.Me(CancellationToken.None)).Code);
        Assert.Equal(1, told);
    }

    [Fact]
    public void Two_commands_that_record_the_same_are_equal() =>
        Assert.Equal(VisitCommands.Answer(Visit, Visit, new("Yes.")), VisitCommands.Answer(Visit, Visit, new("Yes.")));

    private Task<Reply<CommandResult>> Send(Command? command = null, Guid? key = null) =>
        _api.Send(command ?? VisitCommands.See(Visit, Visit), key ?? Guid.NewGuid(), TestContext.Current.CancellationToken);

    private sealed class Answering : HttpMessageHandler
    {
        private Func<HttpResponseMessage> _answer = () => new(HttpStatusCode.OK);

        public HttpRequestMessage? Last { get; private set; }
        public string? Body { get; private set; }

        public string? Header(string name) => Last!.Headers.TryGetValues(name, out var values) ? values.Single() : null;

        public void Says(HttpStatusCode status, string body, string type = "application/json") =>
            _answer = () => new(status) { Content = new StringContent(body, Encoding.UTF8, type) };

        public void Fails(Exception problem) => _answer = () => throw problem;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (Last, Body) = (request, request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken));
            return _answer();
        }
    }
}

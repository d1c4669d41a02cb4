using System.Net;
using System.Text;
using Journey.Api;
using Journey.Client.Http;

namespace Journey.Client.Tests.Http;

/// <summary>Done, refused or unknown: what a server says, and what it does not say, is one of the three.</summary>
public class JourneyApiTests
{
    private static readonly Guid Visit = Guid.NewGuid();
    private readonly Answering server = new();
    private readonly JourneyApi api;

    public JourneyApiTests() => api = new JourneyApi(new HttpClient(server) { BaseAddress = new Uri("http://journey.test") });

    [Fact]
    public async Task A_command_carries_its_key_and_says_what_came_of_it()
    {
        var (key, id) = (Guid.NewGuid(), Guid.NewGuid());
        server.Says(HttpStatusCode.OK, $$"""{"outcome":"accepted","version":7,"commandId":"{{id}}"}""");
        var reply = await Send(VisitCommands.Touchpoint(Visit, new(TouchpointKinds.Step, Steps.Triaged)), key);
        Assert.Equal(new CommandResult(Outcomes.Accepted, 7, id), Assert.IsType<Reply<CommandResult>.Ok>(reply).Value);
        Assert.Equal((HttpMethod.Post, $"/api/v1/visits/{Visit}/touchpoints", key.ToString()), (server.Last!.Method, server.Last.RequestUri!.AbsolutePath, server.Header(Paths.IdempotencyKey)));
        Assert.Equal("""{"kind":"step","step":"triaged","acuity":null,"occurredAt":null,"how":null}""", server.Body);
    }

    [Fact]
    public async Task A_refusal_has_its_stable_code_and_is_final()
    {
        server.Says(HttpStatusCode.Conflict, """{"title":"Conflict","status":409,"detail":"Ada Stone has it already.","code":"alert-owned","traceId":"x"}""", "application/problem+json");
        var refused = Assert.IsType<Reply<CommandResult>.Refused>(await Send());
        Assert.Equal((ProblemCodes.AlertOwned, "Ada Stone has it already.", 409, false), (refused.Code, refused.Why, refused.Problem.Status, refused.IsUnknown));
        Assert.Equal("x", refused.Problem.Extensions!["traceId"].GetString());
    }

    [Fact]
    public async Task A_refusal_names_the_fields_that_are_wrong()
    {
        server.Says(HttpStatusCode.BadRequest, """{"title":"One or more fields are wrong.","errors":{"acuity":["1 (most urgent) to 5."]},"code":"invalid-request"}""", "application/problem+json");
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
        server.Says((HttpStatusCode)status, body ?? "<html>", body is null ? "text/html" : "application/problem+json");
        Assert.Equal(status, Assert.IsType<Reply<CommandResult>.Unanswered>(await Send()).Problem!.Status);
    }

    [Fact]
    public async Task Too_many_of_one_deed_is_an_answer()
    {
        server.Says(HttpStatusCode.TooManyRequests, """{"code":"glass-limit"}""", "application/problem+json");
        Assert.Equal(ProblemCodes.GlassLimit, Assert.IsType<Reply<CommandResult>.Refused>(await Send()).Code);
    }

    [Fact]
    public async Task No_answer_and_one_that_is_no_json_leave_it_open()
    {
        server.Fails(new HttpRequestException());
        Assert.Null(Assert.IsType<Reply<CommandResult>.Unanswered>(await Send()).Problem);
        server.Fails(new TaskCanceledException());
        Assert.IsType<Reply<CommandResult>.Unanswered>(await Send());
        server.Says(HttpStatusCode.OK, "<html>");
        Assert.IsType<Reply<CommandResult>.Unanswered>(await Send());
    }

    [Fact]
    public async Task Who_gives_up_is_told_so()
    {
        server.Fails(new TaskCanceledException());
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => api.Me(gone.Token));
    }

    [Fact]
    public async Task A_name_that_is_not_ascii_comes_through_a_header()
    {
        api.ActingAs = () => "Zoë 100%";
        server.Says(HttpStatusCode.OK, "[]");
        await api.Units(CancellationToken.None);
        Assert.Equal("Zo%C3%AB 100%25", server.Header(Paths.ActingAs));
    }

    [Fact]
    public async Task That_nobody_is_signed_in_is_told_apart()
    {
        var told = 0;
        api.SignedOut += () => told++;
        server.Says(HttpStatusCode.Unauthorized, """{"code":"sign-in-needed"}""", "application/problem+json");
        Assert.Equal(ProblemCodes.SignInNeeded, Assert.IsType<Reply<Me>.Refused>(await api.Me(CancellationToken.None)).Code);
        Assert.Equal(1, told);
    }

    [Fact]
    public void Two_commands_that_record_the_same_are_equal() =>
        Assert.Equal(VisitCommands.Answer(Visit, Visit, new("Yes.")), VisitCommands.Answer(Visit, Visit, new("Yes.")));

    private Task<Reply<CommandResult>> Send(Command? command = null, Guid? key = null) =>
        api.Send(command ?? VisitCommands.See(Visit, Visit), key ?? Guid.NewGuid(), TestContext.Current.CancellationToken);

    private sealed class Answering : HttpMessageHandler
    {
        private Func<HttpResponseMessage> answer = () => new(HttpStatusCode.OK);

        public HttpRequestMessage? Last { get; private set; }
        public string? Body { get; private set; }

        public string? Header(string name) => Last!.Headers.TryGetValues(name, out var values) ? values.Single() : null;

        public void Says(HttpStatusCode status, string body, string type = "application/json") => answer = () => new(status) { Content = new StringContent(body, Encoding.UTF8, type) };

        public void Fails(Exception problem) => answer = () => throw problem;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (Last, Body) = (request, request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken));
            return answer();
        }
    }
}

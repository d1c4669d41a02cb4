using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Journey.Api;
using Journey.Simulator.Feed;
using Journey.Simulator.Loop;
using Journey.Simulator.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Journey.Simulator.Tests;

public class CareLoopTests
{
    [Fact]
    public async Task Most_alerts_are_taken_each_thing_is_done_once_and_some_are_left()
    {
        var clock = new FakeTimeProvider(Stories.Start);
        var hospital = new Alerts(clock, 60);
        using var http = new HttpClient(hospital) { BaseAddress = new Uri("http://hospital.test") };
        var (run, tally) = (new Run(new Hospital(7, Stories.Start)), new Tally());
        var desk = new StaffDesk(http, run, tally, clock, NullLogger.Instance);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var timeline = Timeline.Begin(Stories.Start.AddHours(-1), Stories.Start, 1);
        var living = new CareLoop(desk, run, timeline, tally, clock, 1, NullLogger.Instance).Run(stop.Token);

        for (var minute = 0; minute < 27; minute++)
        {
            for (var look = 0; look < 12; look++)
            {
                clock.Advance(TimeSpan.FromSeconds(5));
                await Task.Delay(2, TestContext.Current.CancellationToken);
            }
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => living);
        var taken = hospital.Taken.Where(t => t.Verb is "acknowledge" or "snooze" or "resolve").ToList();
        Assert.InRange(taken.Select(t => t.Alert).Distinct().Count(), 45, 59);
        Assert.Equal(hospital.Taken.Count, hospital.Taken.Distinct().Count());
        Assert.Equal(["acknowledge", "resolve", "see", "snooze"], hospital.Taken.Select(t => t.Verb).Distinct().Order());
        Assert.True(tally.Cared >= hospital.Taken.Count);
    }

    /// <summary>One unit whose alerts were raised just now.</summary>
    private sealed class Alerts(TimeProvider clock, int count) : HttpMessageHandler
    {
        private readonly DateTimeOffset _raised = clock.GetUtcNow();
        private readonly Lock _gate = new();

        public List<(string Alert, string Verb)> Taken { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath.Split('/');
            if (request.Method == HttpMethod.Get) return path[^2] == "ED" ? Answer(Board()) : new HttpResponseMessage(HttpStatusCode.NotFound);
            Assert.NotNull(await request.Content!.ReadAsStringAsync(cancellationToken));
            Assert.NotEmpty(request.Headers.GetValues(Paths.IdempotencyKey));
            if (path[^3] == "alerts") lock (_gate) Taken.Add((path[^2], path[^1]));
            return Answer(new CommandResult("accepted", 1, Guid.Empty));
        }

        private Board Board() => new("ED", "ED", Guid.Empty, 1, clock.GetUtcNow(), [], [.. Enumerable.Range(1, count).Select(Row)], []);

        private BoardRow Row(int n)
        {
            var id = new Guid(n, 7, 7, new byte[8]);
            return new BoardRow
            {
                VisitId = id, Patient = new Patient("X", null, null, null), Class = "emergency", Status = "present", Step = "seen",
                StepSince = _raised,
                Family = new Family(null, null, null, null, null, null, false, []), Nurse = n % 2 == 0 ? "Jamie Applecross" : null,
                Alerts = [new Alert(id, "ed.triage", "touchpoint", "Triage", "warning", "raised", _raised, _raised, null, null, null, null,
                    null, null)],
            };
        }

        private static HttpResponseMessage Answer<T>(T body) =>
            new(HttpStatusCode.OK) { Content = JsonContent.Create(body, options: JsonSerializerOptions.Web) };
    }
}

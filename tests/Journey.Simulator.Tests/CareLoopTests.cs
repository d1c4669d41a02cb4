using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Journey.Api;
using Journey.Simulator.Feed;
using Journey.Simulator.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Journey.Simulator.Tests;

public class AlertDutyTests
{
    [Fact]
    public async Task Most_alerts_are_taken_in_time_a_few_at_once_and_some_are_left()
    {
        var clock = new FakeTimeProvider(Stories.Start);
        var hospital = new Alerts(clock, 60);
        using var http = new HttpClient(hospital) { BaseAddress = new Uri("http://hospital.test") };
        var (run, tally) = (new Run(new Hospital(7, Stories.Start)), new Tally());
        var desk = new StaffDesk(http, run, tally, clock, NullLogger.Instance);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var duty = new AlertDuty(desk, run, tally, clock, 1, NullLogger.Instance).Run(stop.Token);

        for (var looks = 0; looks < 100; looks++)
        {
            clock.Advance(TimeSpan.FromSeconds(15));
            for (var i = 0; i < 40; i++) await Task.Yield();
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => duty);
        Assert.InRange(hospital.Taken.Count, 30, 54);
        Assert.Equal(hospital.Taken.Count, hospital.Taken.Distinct().Count());
        Assert.Equal(hospital.Taken.Count, tally.Alerts);
        Assert.Equal(["acknowledge", "resolve", "snooze"], hospital.Taken.Select(t => t.Verb).Distinct().Order());
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
            lock (_gate) Taken.Add((path[^2], path[^1]));
            return Answer(new CommandResult("accepted", 1, Guid.Empty));
        }

        private Board Board() => new("ED", "ED", Guid.Empty, 1, clock.GetUtcNow(), [], [.. Enumerable.Range(1, count).Select(Row)], []);

        private BoardRow Row(int n)
        {
            var id = new Guid(n, 7, 7, new byte[8]);
            return new BoardRow
            {
                VisitId = id, Patient = new Patient("X", null, null, null), Class = "emergency", Status = "present", Step = "seen", StepSince = _raised,
                Family = new Family(null, null, null, null, null, null, false, []), Nurse = n % 2 == 0 ? "Jamie Applecross" : null,
                Alerts = [new Alert(id, "ed.triage", "touchpoint", "Triage", "warning", "raised", _raised, _raised, null, null, null, null, null, null)],
            };
        }

        private static HttpResponseMessage Answer<T>(T body) => new(HttpStatusCode.OK) { Content = JsonContent.Create(body, options: JsonSerializerOptions.Web) };
    }
}

using System.Net;
using System.Text.Json;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Tests.Access;
using Journey.Gateway.Tests.Hosts;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Network;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Tests.Hostile;

/// <summary>Whoever needs no account to be refused fills nothing.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Two_thousand_refusals_are_slowed_counted_and_stand_in_the_trail_as_a_few_rows()
    {
        await using var journey = new House();
        await journey.InitializeAsync();
        var officer = Somebody.As("privacy-officer");
        var answers = new Dictionary<HttpStatusCode, int>();
        for (var round = 0; round < 40; round++)
            foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 50)
                    .Select(n => journey.Ask(null, n % 2 == 0 ? $"{Api.Paths.Visits}/{Guid.NewGuid()}" : "/api/v1/audit"))))
            {
                answers[answer.StatusCode] = answers.GetValueOrDefault(answer.StatusCode) + 1;
                answer.Dispose();
            }

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], answers.Keys.Order());
        var metrics = await journey.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        foreach (var (status, count) in answers)
            Assert.Matches($$"""journey_gateway_refusals_total\{.*status="{{(int)status}}"\} {{count}}\b""", metrics);
        // Who has an account is told of every time.
        var nurse = Somebody.As("nurse", "ED");
        for (var n = 0; n < 30; n++) (await journey.Ask(nurse, "/api/v1/audit")).Dispose();

        await journey.Services.GetServices<IHostedService>().OfType<RefusalSums>().Single().StopAsync(TestContext.Current.CancellationToken);
        var entries = (await journey.Read<Api.AuditPage>(officer, "/api/v1/audit?count=500")).Entries;
        Assert.Equal(30, entries.Count(e => e.Who == nurse.Sub && e.Outcome == "refused"));
        var strangers = entries.Where(e => e.Who == "anonymous").ToList();
        Assert.Equal(11, strangers.Count);
        var sum = Assert.Single(strangers, e => e.Detail is not null);
        Assert.Equal(($"and {answers[HttpStatusCode.Unauthorized] - 11} more", null), (sum.Detail, sum.VisitId));
        Assert.Contains($"(and {answers[HttpStatusCode.Unauthorized] - 11} more)", sum.Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Made_up_family_links_fill_nothing_either()
    {
        await using var journey = new House();
        await journey.InitializeAsync();
        for (var n = 0; n < 40; n++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Api.Paths.Family + "/page");
            request.Headers.Add(Api.Paths.FamilyLink, "made-up");
            (await journey.Http.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();
        }

        var entries = (await journey.Read<Api.AuditPage>(Somebody.As("privacy-officer"), "/api/v1/audit?count=500")).Entries;
        Assert.Equal(10, entries.Count(e => e.Outcome == "not-found"));
    }

    [Fact]
    public void However_many_addresses_there_are_the_rows_are_bounded_and_a_sum_says_how_many()
    {
        var sample = new RefusalSample(Options.Create(new GatewayOptions { RefusalsRecorded = 2 }));
        var written = 0;
        for (var round = 0; round < 4; round++)
            for (var n = 0; n < 5_000; n++)
                if (sample.Keeps(Refused($"10.1.{n / 250}.{n % 250}"))) written++;
        Assert.Equal(2 * 1001, written);

        var sums = sample.Take(DateTimeOffset.UnixEpoch);
        Assert.Equal(1001, sums.Count);
        Assert.Equal(20_000 - written, sums.Sum(Told));
        Assert.Null(Assert.Single(sums, s => Told(s) > 2).Who.Address);
        // Who was quiet is forgotten after one interval more, and told of again.
        Assert.False(sample.Keeps(Refused("10.1.0.0")));
        Assert.Single(sample.Take(DateTimeOffset.UnixEpoch));
        Assert.Empty(sample.Take(DateTimeOffset.UnixEpoch));
        Assert.True(sample.Keeps(Refused("10.1.0.0")));
    }

    [Fact]
    public void An_address_of_ipv6_is_its_network()
    {
        var sample = new RefusalSample(Options.Create(new GatewayOptions { RefusalsRecorded = 1 }));
        Assert.True(sample.Keeps(Refused("2001:db8:0:1::1")));
        Assert.False(sample.Keeps(Refused("2001:db8:0:1:ffff::2")));
        Assert.True(sample.Keeps(Refused("2001:db8:0:2::1")));
        Assert.Equal(IPAddress.Parse("192.0.2.7"), RemoteNetwork.PrefixOf(IPAddress.Parse("::ffff:192.0.2.7")));
    }

    [Fact]
    public void What_was_done_or_by_somebody_known_is_always_written()
    {
        var sample = new RefusalSample(Options.Create(new GatewayOptions { RefusalsRecorded = 1 }));
        for (var n = 0; n < 3; n++)
        {
            Assert.True(sample.Keeps(Refused("192.0.2.1") with { Outcome = AuditOutcome.Done }));
            Assert.True(sample.Keeps(Refused("192.0.2.1") with { Who = new AuditParty("staff/1", Address: "192.0.2.1") }));
        }
    }

    [Fact]
    public void A_trail_that_grows_slow_is_told_of_before_it_is_too_slow()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var pace = new AuditPace(Options.Create(new GatewayOptions { CallTimeoutSeconds = 4 }), clock,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<AuditPace>.Instance);
        pace.Took(TimeSpan.FromSeconds(1.9));
        Assert.Null(pace.Slow);
        pace.Took(TimeSpan.FromSeconds(3));
        pace.Took(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromSeconds(3), pace.Slow);
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Null(pace.Slow);
    }

    private static long Told(AuditEntry sum) => RefusalSample.IsSum(sum) ? long.Parse(sum.Detail!.Split(' ')[1], null) + 1 : 1;

    private static AuditEntry Refused(string address) => new()
    {
        Id = Guid.NewGuid(), At = DateTimeOffset.UnixEpoch, Who = new AuditParty("anonymous", Address: address), Action = AuditAction.ReadVisit,
        Operation = "GET /api/v1/visits/{id}", Outcome = AuditOutcome.Refused,
    };

    private sealed class House : StandaloneHostFixture
    {
        protected override void With(WebApplicationBuilder builder) => SignedIn.Use(builder);

        public async Task<HttpResponseMessage> Ask(Somebody? who, string path) =>
            await Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, path).By(who), TestContext.Current.CancellationToken);

        public async Task<T> Read<T>(Somebody who, string path)
        {
            using var answer = await Ask(who, path);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
            return JsonSerializer.Deserialize<T>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                JsonSerializerOptions.Web)!;
        }
    }
}

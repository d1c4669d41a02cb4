using System.Diagnostics.Metrics;
using System.Net;
using Journey.Contracts;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Feeds.Listening;
using Journey.Gateway.Feeds.Monitoring;
using Journey.Gateway.Feeds.Profiles;
using Journey.Gateway.Hosting;
using Journey.Gateway.Live.Hub;
using Journey.Hl7.Mllp;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Tests.Feeds;

public class FeedTests
{
    private static readonly MllpConnectionInfo Somewhere = new(1, new IPEndPoint(IPAddress.Loopback, 1));

    [Fact]
    public void Without_configuration_there_is_one_feed_for_everything()
    {
        var directory = Directory();
        Assert.Equal("ADT", directory.Find("ANY", "WHERE", Somewhere)!.Name);
        Assert.NotNull(directory.OnlyOf(Somewhere));
        Assert.Equal(FeedMay.Everything, directory.All[0].May);
    }

    [Fact]
    public void The_first_feed_that_matches_is_a_messages_own_and_a_strangers_is_none()
    {
        var directory = Directory(
            new FeedOptions
            {
                Name = "Emergency", SendingApplication = "EDIS", TimeZone = "Europe/Vienna",
                DefaultUnits = { ["inpatient"] = "WARD" }
            },
            new FeedOptions { Name = "Main", SendingFacility = "NORTH" });
        Assert.Equal("Emergency", directory.Find("edis", "NORTH", Somewhere)!.Name);
        Assert.Equal("Main", directory.Find("HIS", "NORTH", Somewhere)!.Name);
        Assert.Null(directory.Find("HIS", "SOUTH", Somewhere));
        Assert.Equal("127.0.0.1:2575", directory.Nobody);
        Assert.Equal("Europe/Vienna", directory.All[0].Zone.Id);
        Assert.Equal(("WARD", "ED"),
            (directory.All[0].DefaultUnit(Contracts.Visits.PatientClass.Inpatient), directory.All[0]
                .DefaultUnit(Contracts.Visits.PatientClass.Emergency)));
        Assert.Equal("UNPLACED", directory.All[1].DefaultUnit(null));
    }

    [Fact]
    public void A_feed_that_is_bound_is_told_by_where_it_sends_from_and_what_it_shows()
    {
        var (subject, thumbprint) = ("CN=adt.hospital.example,O=Hospital", new string('a', 64));
        var directory = Directory(
            new FeedOptions { Name = "Main", SendingApplication = "HIS", Sources = "10.20.3.7, 10.20.8.0/24" },
            new FeedOptions
            {
                Name = "Lab", SendingApplication = "LAB", CertificateSubject = subject,
                CertificateThumbprints = $"{new string('b', 64)}, {string.Join(':', thumbprint.Chunk(2).Select(two => new string(two)))}"
            },
            new FeedOptions { Name = "Rest" },
            new FeedOptions { Name = "Spare", SendingApplication = "HIS", Sources = "10.30.0.0/16" });
        Assert.Equal("Main", directory.Find("HIS", "", From("10.20.3.7"))!.Name);
        Assert.Equal("Main", directory.Find("HIS", "", From("::ffff:10.20.8.200"))!.Name);
        // A name that is bound is not left to a feed that takes any connection, but to another that is bound too.
        Assert.Null(directory.Find("HIS", "", From("10.20.9.1")));
        Assert.Equal("Spare", directory.Find("HIS", "", From("10.30.1.1"))!.Name);
        Assert.Equal("Rest", directory.Find("OTHER", "", From("10.20.9.1"))!.Name);
        Assert.Equal("Lab", directory.Find("LAB", "", From("10.9.9.9", "CN=ADT.hospital.example, O=Hospital", thumbprint.ToUpperInvariant()))!.Name);
        Assert.Null(directory.Find("LAB", "", From("10.9.9.9", "CN=adt.hospital.example, O=Hospital", new string('c', 64))));
        Assert.Null(directory.Find("LAB", "", From("10.9.9.9", "CN=other, O=Hospital", thumbprint)));
        Assert.Null(directory.Find("LAB", "", From("10.9.9.9")));
        Assert.Equal([true, false, true, false],
            new[] { From("10.20.3.7"), From("10.20.3.8"), From("10.1.1.1", subject, thumbprint), From("10.1.1.1", subject, new string('c', 64)) }
                .Select(directory.Knows));
        Assert.Equal([FeedMay.Everything, FeedMay.Everything, FeedMay.Rename | FeedMay.Renumber], directory.All.Take(3).Select(feed => feed.May));

        static MllpConnectionInfo From(string address, string? subject = null, string? thumbprint = null) =>
            new(1, new IPEndPoint(IPAddress.Parse(address), 1), subject, thumbprint);
    }

    [Fact]
    public void Refused_messages_take_so_many_lines_of_the_log_in_a_minute()
    {
        var clock = new Clock();
        var refusals = new Refusals(clock);
        Assert.Equal(60, Enumerable.Range(0, 500).Count(_ => refusals.MayLog()));
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.True(refusals.MayLog());
    }

    [Fact]
    public void A_feed_is_down_after_a_grace_without_connection_and_silent_when_nothing_is_heard()
    {
        var clock = new Clock();
        using var meters = Meters();
        var (monitor, feed) = Monitor(clock, meters);
        Assert.Equal("unheard", Assert.Single(monitor.All).State);
        monitor.Connected(feed);
        Assert.Equal(("live", 1), (monitor.All[0].State, monitor.All[0].Connections));
        clock.Now += TimeSpan.FromMinutes(16);
        Assert.Equal("silent", monitor.All[0].State);
        Assert.Equal(new FeedMonitor.Signal("ADT", TimeSpan.FromMinutes(16), TimeSpan.FromMinutes(15), 1, TimeSpan.Zero),
            Assert.Single(monitor.Signals));
        for (var i = 0; i < 5; i++) monitor.Heard(feed, clock.Now);
        Assert.Equal(("live", clock.Now), (monitor.All[0].State, monitor.All[0].LastMessageAt));
        monitor.Disconnected(feed);
        Assert.Equal("live", monitor.All[0].State);
        clock.Now += TimeSpan.FromSeconds(21);
        Assert.Equal("down", monitor.All[0].State);
    }

    [Fact]
    public void Of_a_feed_nothing_is_known_after_the_start_until_it_should_have_been_heard()
    {
        var clock = new Clock();
        using var meters = Meters();
        var (monitor, feed) = Monitor(clock, meters);
        clock.Now += TimeSpan.FromMinutes(14);
        Assert.Equal("unheard", monitor.All[0].State);
        // Somebody is connected and has said nothing: it may be this one.
        monitor.Stranger(1);
        clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal("silent", monitor.All[0].State);
        monitor.Stranger(-1);
        Assert.Equal("down", monitor.All[0].State);
        monitor.Connected(feed);
        monitor.Heard(feed, clock.Now);
        monitor.Disconnected(feed);
        Assert.Equal("live", monitor.All[0].State);
    }

    [Fact]
    public void A_feed_that_connects_for_each_message_is_live_while_they_come()
    {
        var clock = new Clock();
        using var meters = Meters();
        var (monitor, feed) = Monitor(clock, meters);
        for (var i = 0; i < 20; i++)
        {
            clock.Now += TimeSpan.FromMinutes(i < 3 ? 0.1 : 4);
            monitor.Connected(feed);
            monitor.Heard(feed, clock.Now);
            monitor.Disconnected(feed);
            clock.Now += TimeSpan.FromSeconds(3);
            Assert.Equal("live", monitor.All[0].State);
        }

        clock.Now += TimeSpan.FromMinutes(16);
        Assert.Equal("down", monitor.All[0].State);
    }

    [Fact]
    public void A_feed_whose_messages_come_hours_after_they_were_sent_is_behind()
    {
        // T4
        var clock = new Clock();
        using var meters = Meters();
        var (monitor, feed) = Monitor(clock, meters);
        monitor.Connected(feed);
        for (var i = 0; i < 5; i++) Take(TimeSpan.FromHours(9));
        Assert.Equal(("behind", 9 * 3600L), (monitor.All[0].State, monitor.All[0].BehindSeconds));
        Assert.Equal(TimeSpan.FromHours(9), Assert.Single(monitor.Signals).Age);
        for (var i = 0; i < 3; i++) Take(TimeSpan.FromSeconds(2));
        Assert.Equal(("live", 0L), (monitor.All[0].State, monitor.All[0].BehindSeconds));

        void Take(TimeSpan age)
        {
            monitor.Heard(feed, clock.Now);
            monitor.Noted(feed, new Gateway.Feeds.Mapping.Mapped(new Contracts.Visits.MessageRecord("ADT", "", "", "", clock.Now, default), null,
                null, clock.Now - age), clock.Now);
        }
    }

    [Fact]
    public void Codes_that_no_table_knows_are_counted_and_shown()
    {
        var clock = new Clock();
        using var meters = Meters();
        var (monitor, feed) = Monitor(clock, meters);
        for (var i = 0; i < 60; i++)
            for (var n = 0; n <= i % 2; n++)
                monitor.Noted(feed, new Gateway.Feeds.Mapping.Mapped(new Contracts.Visits.MessageRecord("ADT", "", "", "", clock.Now, default), null,
                    null)
                { Findings = [new("PV1-2", "X" + i % 2)] }, clock.Now);
        Assert.Equal([new Api.UnknownCode("PV1-2", "X1", 60), new Api.UnknownCode("PV1-2", "X0", 30)], monitor.InFull[0].UnknownCodes);
        Assert.Empty(monitor.All[0].UnknownCodes);
    }

    [Fact]
    public void A_disposition_that_the_policy_does_not_have_is_counted_and_shown_too()
    {
        var clock = new Clock();
        using var meters = Meters();
        var (monitor, feed) = Monitor(clock, meters);
        var connections = new FeedConnections(Directory(), monitor, null!, new Refusals(clock), clock, NullLogger<FeedConnections>.Instance);
        Left("Z9");
        // While the cluster has not said which there are, none is called unknown.
        Assert.Empty(monitor.InFull[0].UnknownCodes);
        monitor.Dispositions = new(["01", "AMA"]);
        foreach (var code in (string[])["Z9", "01", "ama", "Z9", "", "\"\""]) Left(code);
        Assert.Equal([new Api.UnknownCode("PV1-36", "Z9", 2)], monitor.InFull[0].UnknownCodes);

        void Left(string code) =>
            connections.Noted(feed, Mapping.Hospital
                .Map("ADT^A03", "EVN||20260302095800", Mapping.Hospital.Pid, "PV1|1|E" + new string('|', 34) + code), clock.Now);
    }

    [Theory]
    [InlineData("America/New_York", "UTC", true), InlineData("Europe/Vienna", "Europe/Berlin", false), InlineData("Europe/London", "UTC", true),
        InlineData("Etc/UTC", "UTC", false)]
    public async Task A_feed_on_another_clock_than_the_policy_is_warned_about_and_health_is_good_all_the_same(string feedZone, string policyZone,
        bool warned)
    {
        // T5
        using var meters = Meters();
        var (monitor, _) = Monitor(new Clock(), meters, feedZone);
        Assert.Empty(monitor.InFull[0].Warnings);
        monitor.PolicyZone = TimeZoneInfo.FindSystemTimeZoneById(policyZone);
        Assert.Equal(warned, monitor.InFull[0].Warnings.Any(warning => warning.Contains(feedZone, StringComparison.Ordinal)));
        Assert.Empty(monitor.All[0].Warnings);
        var health = await new FeedsHealth(monitor).CheckHealthAsync(new(), TestContext.Current.CancellationToken);
        Assert.Equal((HealthStatus.Healthy, warned), (health.Status, health.Description!.Contains(feedZone, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Health_says_to_anybody_what_to_look_at_and_to_nobody_what_an_exception_says()
    {
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await Health.Write(http, new HealthReport(new Dictionary<string, HealthReportEntry>
        {
            ["feeds"] = new(HealthStatus.Healthy, "Look here.", TimeSpan.Zero, null, null),
            ["storage"] = new(HealthStatus.Unhealthy, "Host=secret", TimeSpan.Zero, new InvalidOperationException("Host=secret"), null),
        }, TimeSpan.Zero));
        Assert.Equal("Unhealthy\nLook here.", System.Text.Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray()));
    }

    [Fact]
    public void Connections_that_bring_nothing_are_no_sign_of_life()
    {
        // A load balancer that looks whether the port is open does so every few seconds.
        var clock = new Clock();
        using var meters = Meters();
        var (monitor, feed) = Monitor(clock, meters);
        Probe();
        Assert.Equal("unheard", monitor.All[0].State);
        for (var i = 0; i < 200; i++) Probe();
        Assert.Equal("down", monitor.All[0].State);
        monitor.Connected(feed);
        monitor.Heard(feed, clock.Now);
        for (var i = 0; i < 200; i++) Probe();
        Assert.Equal("silent", monitor.All[0].State);
        for (var i = 0; i < 3; i++) monitor.Heard(feed, clock.Now);
        monitor.Disconnected(feed);
        for (var i = 0; i < 5; i++) Probe();
        Assert.Equal("down", monitor.All[0].State);

        void Probe()
        {
            clock.Now += TimeSpan.FromSeconds(5);
            monitor.Connected(feed);
            monitor.Disconnected(feed);
        }
    }

    [Fact]
    public void A_feed_that_connects_for_each_message_stays_live_between_looks_at_the_port()
    {
        var clock = new Clock();
        using var meters = Meters();
        var (monitor, feed) = Monitor(clock, meters);
        for (var i = 0; i < 20; i++)
        {
            monitor.Connected(feed);
            monitor.Heard(feed, clock.Now);
            monitor.Disconnected(feed);
            clock.Now += TimeSpan.FromSeconds(5);
            monitor.Connected(feed);
            monitor.Disconnected(feed);
            clock.Now += TimeSpan.FromSeconds(i < 3 ? 5 : 60);
            Assert.Equal("live", monitor.All[0].State);
        }
    }

    private static ServiceProvider Meters() => new ServiceCollection().AddMetrics().BuildServiceProvider();

    private static (FeedMonitor, FeedProfile) Monitor(Clock clock, ServiceProvider services, string zone = "UTC")
    {
        var directory = Directory(new FeedOptions { Name = "ADT", TimeZone = zone });
        return (new FeedMonitor(directory, new FeedsOnScreens.Listener(new BoardSender(null!, Lines(), new BoardSignals())), clock,
            services.GetRequiredService<IMeterFactory>()), directory.All[0]);
    }

    [Fact]
    public async Task A_call_of_unknown_outcome_is_made_again_and_a_bug_is_not()
    {
        var calls = new CallPipeline(Options.Create(new GatewayOptions { CallAttempts = 3 }), TimeProvider.System);
        var made = 0;
        Assert.Equal(3, await calls.Attempts(() => ++made < 3 ? Task.FromException<int>(new OutcomeUnknownException()) : Task.FromResult(made),
            TestContext.Current.CancellationToken));
        made = 0;
        await Assert.ThrowsAsync<ClusterUnavailableException>(() =>
            calls.Attempts(() => { made++; return Task.FromException<int>(new TimeoutException()); }, TestContext.Current.CancellationToken));
        Assert.Equal(3, made);
        made = 0;
        await Assert.ThrowsAsync<InvalidOperationException>(() => calls
            .Attempts(() => { made++; return Task.FromException<int>(new InvalidOperationException()); }, TestContext.Current.CancellationToken));
        Assert.Equal(1, made);
    }

    [Fact]
    public void Messages_that_fail_are_counted_each_and_the_oldest_is_forgotten_first()
    {
        var failed = new FailedMessages();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        for (var n = 1; n < FailedMessages.Tries; n++) Assert.Equal((false, false), (failed.Failed(first), failed.Failed(second)));
        Assert.True(failed.Failed(first));
        Assert.Equal(1, failed.Parked);
        Assert.True(failed.Failed(second));
        failed.CarriedOut(second);
        Assert.Equal(1, failed.Parked);
        for (var n = 0; n < 1_000; n++) failed.Failed(Guid.NewGuid());
        Assert.Equal(0, failed.Parked);
        Assert.False(failed.Failed(first));
    }

    private static FeedDirectory Directory(params FeedOptions[] feeds)
    {
        var list = new FeedList();
        list.Feeds.AddRange(feeds);
        return new(Options.Create(list), Options.Create(new FeedDefaults()), Options.Create(new MllpOptions()));
    }

    private static WatcherLines Lines() =>
        new(NullLogger<DefaultHubLifetimeManager<BoardHub>>.Instance, NullLogger<WatcherLines>.Instance, Options.Create(new GatewayOptions()));

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

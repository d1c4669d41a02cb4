using System.Diagnostics.Metrics;
using Journey.Contracts;
using Journey.Gateway.Boards;
using Journey.Gateway.Feeds;
using Journey.Gateway.Hosting;
using Journey.Gateway.Problems;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Tests.Feeds;

public class FeedTests
{
    [Fact]
    public void Without_configuration_there_is_one_feed_for_everything()
    {
        var directory = Directory();
        Assert.Equal("ADT", directory.Of("ANY", "WHERE").Name);
        Assert.NotNull(directory.Only);
    }

    [Fact]
    public void The_first_feed_that_matches_is_a_messages_own_and_a_strangers_is_the_listener()
    {
        var directory = Directory(
            new FeedOptions { Name = "Emergency", SendingApplication = "EDIS", TimeZone = "Europe/Vienna", DefaultUnits = { ["inpatient"] = "WARD" } },
            new FeedOptions { Name = "Main", SendingFacility = "NORTH" });
        Assert.Equal("Emergency", directory.Of("edis", "NORTH").Name);
        Assert.Equal("Main", directory.Of("HIS", "NORTH").Name);
        Assert.Equal("127.0.0.1:2575", directory.Of("HIS", "SOUTH").Name);
        Assert.Equal("Europe/Vienna", directory.All[0].Zone.Id);
        Assert.Equal(("WARD", "ED"), (directory.All[0].DefaultUnit(Contracts.Visits.PatientClass.Inpatient), directory.All[0].DefaultUnit(Contracts.Visits.PatientClass.Emergency)));
        Assert.Equal("UNPLACED", directory.All[1].DefaultUnit(null));
    }

    [Fact]
    public void A_feed_is_down_without_a_connection_and_silent_when_nothing_is_heard()
    {
        var clock = new Clock();
        using var meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var directory = Directory();
        var monitor = new FeedMonitor(directory, new BoardSender(null!, Lines(), new BoardSignals()), clock, meters.GetRequiredService<IMeterFactory>());
        Assert.Equal("down", Assert.Single(monitor.All).State);
        monitor.Connected(directory.All[0]);
        Assert.Equal(("live", 1), (monitor.All[0].State, monitor.All[0].Connections));
        clock.Now += TimeSpan.FromMinutes(16);
        Assert.Equal("silent", monitor.All[0].State);
        Assert.Equal(new FeedMonitor.Sound("ADT", TimeSpan.FromMinutes(16), TimeSpan.FromMinutes(15), 1), Assert.Single(monitor.Sounds));
        monitor.Heard(directory.All[0], clock.Now);
        Assert.Equal(("live", clock.Now), (monitor.All[0].State, monitor.All[0].LastMessageAt));
        monitor.Disconnected(directory.All[0]);
        Assert.Equal("down", monitor.All[0].State);
    }

    [Fact]
    public async Task A_call_of_unknown_outcome_is_made_again_and_a_bug_is_not()
    {
        var calls = new GrainCalls(Options.Create(new GatewayOptions { CallAttempts = 3 }), TimeProvider.System);
        var made = 0;
        Assert.Equal(3, await calls.Run(() => ++made < 3 ? Task.FromException<int>(new OutcomeUnknownException()) : Task.FromResult(made), TestContext.Current.CancellationToken));
        made = 0;
        await Assert.ThrowsAsync<ClusterUnavailableException>(() => calls.Run(() => { made++; return Task.FromException<int>(new TimeoutException()); }, TestContext.Current.CancellationToken));
        Assert.Equal(3, made);
        made = 0;
        await Assert.ThrowsAsync<InvalidOperationException>(() => calls.Run(() => { made++; return Task.FromException<int>(new InvalidOperationException()); }, TestContext.Current.CancellationToken));
        Assert.Equal(1, made);
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

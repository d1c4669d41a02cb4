using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Journey.Contracts;
using Journey.Contracts.Intake;
using Journey.Gateway.Feeds.Monitoring;
using Journey.Hl7;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>A host in which carrying some messages out fails: by a bug, or for want of the store.</summary>
public sealed class PoisonedHost : StandaloneHostFixture
{
    /// <summary>Messages whose MSH-10 begins with it meet a bug, as long as <see cref="IsMended"/> does not say that it is gone.</summary>
    public const string Poison = "POISON";

    /// <summary>Messages whose MSH-10 begins with it meet a store that does not answer.</summary>
    public const string Away = "AWAY";

    public bool IsMended { get; set; }

    protected override string[] Settings => ["--Journey:Mllp:RetrySeconds=1"];

    /// <summary>What Journey logged.</summary>
    public ConcurrentQueue<string> Logged { get; } = [];

    protected override void With(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IIncomingGrainCallFilter>(new Failing(this));
        builder.Logging.AddProvider(new Listening(this));
    }

    private sealed class Listening(PoisonedHost host) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("Journey.", StringComparison.Ordinal) ? this : NullLogger.Instance;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            host.Logged.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Dispose() { }
    }

    private sealed class Failing(PoisonedHost host) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.InterfaceMethod?.Name != nameof(IIntakeGrain.Receive)
                || context.Request.GetArgument(0) is not FeedMessage { Log.ControlId: var id }) return context.Invoke();
            if (id.StartsWith(Poison, StringComparison.Ordinal) && !host.IsMended)
                throw new InvalidOperationException("What an exception says may be Geheimrat's.");
            if (id.StartsWith(Away, StringComparison.Ordinal)) throw new OutcomeUnknownException("The store is away.");
            return context.Invoke();
        }
    }
}

/// <summary>A message that cannot be carried out is seen at once, and does not hold up the line for ever.</summary>
public sealed class PoisonTests(PoisonedHost journey) : IClassFixture<PoisonedHost>
{
    [Fact]
    public async Task A_message_that_fails_is_logged_at_once_parked_after_some_tries_and_the_line_goes_on()
    {
        var id = StandaloneHostFixture.Fresh(PoisonedHost.Poison);
        var (poison, next) = (Someone(), Someone());
        var message = poison.Message("A04", id: id);
        for (var n = 1; n < FailedMessages.Tries; n++)
        {
            Assert.Equal("AE", await Send(message));
            Assert.Equal(Enumerable.Repeat("failed", n), await Results(id));
        }

        Assert.Equal("AR", await Send(message));
        Assert.Equal("AA", await Send(next.Message("A04")));
        var lines = (await Lines(id)).ToList();
        Assert.Equal("parked", lines[0].GetProperty("result").GetString());
        Assert.All(lines, line => Assert.Contains("InvalidOperationException", line.GetProperty("reason").GetString(), StringComparison.Ordinal));
        Assert.DoesNotContain("Geheimrat", JsonSerializer.Serialize(lines), StringComparison.Ordinal);

        Assert.Contains(journey.Logged, line => line.StartsWith("1322 ", StringComparison.Ordinal)
            && line.Contains("InvalidOperationException", StringComparison.Ordinal));
        Assert.DoesNotContain(journey.Logged, line => line.Contains("Geheimrat", StringComparison.Ordinal));

        // Said where the integration engineer looks, and to whoever asks whether all is well, who learns no more than that.
        var feed = (await journey.Get("/api/v1/feeds")).EnumerateArray().Single();
        Assert.Contains("Parked since the start: 1.", feed.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("Parked since the start: 1.", await Health(), StringComparison.Ordinal);
        // And on every board, how many: the pages of alerts and boards say so.
        Assert.Equal(1, await OnTheBoard(next.Unit));

        // Sent again it is tried again, and once the fault is gone it is carried out and nothing is left to look at.
        Assert.Equal("AR", await Send(message));
        journey.IsMended = true;
        Assert.Equal("AA", await Send(message));
        Assert.Equal("applied", (await Results(id))[0]);
        Assert.DoesNotContain("Parked", await Health(), StringComparison.Ordinal);
        Assert.Equal(0, await OnTheBoard(next.Unit));
    }

    [Fact]
    public async Task A_store_that_is_away_is_no_poison()
    {
        var id = StandaloneHostFixture.Fresh(PoisonedHost.Away);
        var message = Someone().Message("A04", id: id);
        for (var n = 0; n <= FailedMessages.Tries; n++) Assert.Equal("AE", await Send(message));
        Assert.Empty(await Lines(id));
    }

    private static Guest Someone() =>
        new(StandaloneHostFixture.Fresh("P"), StandaloneHostFixture.Fresh("V"), StandaloneHostFixture.Fresh("U"), "Geheimrat", "Theodora");

    private async Task<string> Send(string message)
    {
        await using var client = await journey.Mllp();
        return Hl7Message.Parse(await client.SendAsync(Encoding.UTF8.GetBytes(message)))["MSA", 1].Text;
    }

    private async Task<IEnumerable<JsonElement>> Lines(string id) =>
        (await journey.Get("/api/v1/messages?count=200")).EnumerateArray().Where(line => line.GetProperty("controlId").GetString() == id);

    private async Task<string?[]> Results(string id) => [.. (await Lines(id)).Select(line => line.GetProperty("result").GetString())];

    private async Task<int> OnTheBoard(string unit) =>
        (await journey.Get($"/api/v1/units/{unit}/board")).GetProperty("feeds")[0].GetProperty("parked").GetInt32();

    private Task<string> Health() => journey.Http.GetStringAsync("/health/ready", TestContext.Current.CancellationToken);
}

using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Journey.Api;
using Journey.Gateway.Tests.Hosts;
using Journey.Hl7;
using Journey.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Journey.Gateway.Tests.Alerts;

/// <summary>
/// The whole of Journey on a clock that a test turns, to which the spring week of the corpus is sent at its own times: every touchpoint that goes
/// stale is called when it does, though the week takes a minute.
/// </summary>
internal sealed class SpringWeek(DateTimeOffset begins) : StandaloneHostFixture
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    public FakeTimeProvider Clock { get; } = new(begins);

    protected override string[] Settings =>
        ["--Journey:Feed:TimeZone=Europe/London", "--Journey:Feed:ProcessingIds=P,T", "--Journey:Gateway:BoardHeartbeatSeconds=60"];

    public static (DateTimeOffset At, byte[] Message)[] Messages() =>
        [.. Corpus.Stream(Corpus.Spring).Select(message => (Sent(message), message)).OrderBy(m => m.Item1)];

    /// <param name="each">At the end of every five minutes.</param>
    public async Task Live((DateTimeOffset At, byte[] Message)[] messages, Func<DateTimeOffset, Task> each)
    {
        var next = 0;
        for (var end = begins + Step; next < messages.Length; end += Step)
        {
            for (; next < messages.Length && messages[next].At <= end; next++)
            {
                if (messages[next].At > Clock.GetUtcNow()) Clock.SetUtcNow(messages[next].At);
                // A clock that jumps would cut a line that stands for being idle.
                await using var line = await Mllp();
                var answer = Hl7Message.Parse(await line.SendAsync(messages[next].Message));
                Assert.True(answer["MSA", 1].Text is "AA" or "CA", $"{answer["MSA", 1].Text} for message {next}");
            }

            if (end > Clock.GetUtcNow()) Clock.SetUtcNow(end);
            await Settle();
            await each(end);
        }
    }

    public async Task<RuleBook> Rules(DateTimeOffset from) =>
        (await Http.GetFromJsonAsync<RuleBook>($"{Paths.Rules}?from={Uri.EscapeDataString(from.ToString("O"))}"))!;

    public async Task Post(string path, object body)
    {
        using var answer = await Http.PostAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Until nothing that is due has been passed over.</summary>
    private async Task Settle()
    {
        var file = Path.Combine(Services.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory!, "journey.db");
        await using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from visit_card where next_deadline <= $1";
        command.Parameters.AddWithValue("$1", (Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        for (var tries = 1; (long)(await command.ExecuteScalarAsync())! > 0; tries++)
        {
            Assert.True(tries < 10_000, $"At {Clock.GetUtcNow():O} something is overdue and nobody looks at it.");
            await Task.Delay(2);
            // What waits a moment before it looks again waits for the clock.
            if (tries % 100 == 0) Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    protected override void With(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
    }

    /// <summary>MSH-7.</summary>
    private static DateTimeOffset Sent(byte[] message)
    {
        var said = Encoding.Latin1.GetString(message).Split('|')[6];
        if (said.Length > 14) return DateTimeOffset.ParseExact(said, "yyyyMMddHHmmsszzz", CultureInfo.InvariantCulture).ToUniversalTime();
        var local = DateTime.ParseExact(said, "yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        return new DateTimeOffset(local, London.GetUtcOffset(local)).ToUniversalTime();
    }
}

namespace Journey.Simulator.Tests;

public class CommandLineTests
{
    [Fact]
    public void Every_argument_is_read()
    {
        var (line, error) = CommandLine.Parse(
        [
            "--mllp", "example.test:3575", "--http", "http://127.0.0.1:9", "--seed", "-3", "--speed", "60", "--hours", "2.5", "--for", "00:10:00",
            "--dump", "--state", "x.json", "--anyway", "--habits", "many", "--outages", "6", "--hang-up",
        ]);
        Assert.Null(error);
        Assert.Equal(("example.test", 3575), (line!.Options.MllpAddress, line.Options.MllpPort));
        Assert.Equal((-3L, 60.0, 2.5), (line.Options.Seed, line.Options.Speed, line.Options.HistoryHours));
        Assert.Equal(TimeSpan.FromMinutes(10), line.For);
        Assert.True(line.Options is { Habits: "many", OutageEveryHours: 6, ConnectPerMessage: true });
        Assert.True(line is { Dump: true, Options: { StartAnyway: true, StateFile: "x.json" } });
    }

    [Theory]
    [InlineData("--sped 3", "'--sped' is not understood")]
    [InlineData("--speed", "--speed needs a value")]
    [InlineData("--speed fast", "--speed must be between 0.1 and 600, not 'fast'")]
    [InlineData("--speed 0", "--speed must be between")]
    [InlineData("--mllp 2575", "--mllp must be HOST:PORT")]
    [InlineData("--mllp a:99999", "--mllp must be HOST:PORT")]
    [InlineData("--http ftp://x", "--http must be an http or https address")]
    [InlineData("--for never", "--for must be a time")]
    [InlineData("--habits bad", "--habits must be none, some or many")]
    [InlineData("--zone Nowhere", "--zone must be the name of a time zone")]
    public void A_wrong_argument_is_named(string arguments, string expected)
    {
        Assert.StartsWith(expected, CommandLine.Parse(arguments.Split(' ')).Error);
    }
}

using Journey.Reliability.Faults;
using Journey.Reliability.Machines;

namespace Journey.Reliability.Tests;

/// <summary>
/// A cluster of real processes on machines of their own while things go wrong in it, one round of each: the short form of <c>tests/Journey.Reliability</c>, whose long form makes the table of
/// docs/reliability.md.
/// </summary>
public sealed class ReliabilityTests
{
    /// <summary>What lasts half a minute there lasts a third of that here: long enough to be voted out, and to come back.</summary>
    private const double Long = 1.0 / 3;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_doubled_and_every_board_and_alert_is_right_whatever_goes_wrong()
    {
        await Needed();
        var wrong = new List<string>();
        foreach (var faults in AllFaults.List.Where(fault => !fault.IsLong && fault.Name is not "none").GroupBy(fault => fault.Plan))
        {
            await using var house = await House.Open(faults.Key);
            await using var rounds = await Rounds.On(house);
            foreach (var fault in faults)
            {
                var outcome = await rounds.Run(fault, new Random(20261126), Long);
                TestContext.Current.TestOutputHelper?.WriteLine(Table.Line(fault, [outcome]));
                Assert.True(outcome.Messages > 100, $"{fault.Name}: only {outcome.Messages} messages were acknowledged.");
                wrong.AddRange(outcome.Wrong.Select(what => $"{fault.Name}: {what}"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task Needed()
    {
        if ((await Network.Missing() ?? (FakeTime.IsInstalled ? null : "libfaketime is not installed")) is not { } missing) return;
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
        Assert.Skip(missing);
    }
}

using Journey.Reliability.Faults;

namespace Journey.Reliability.Tests;

/// <summary>
/// A cluster of real processes on machines of their own while things go wrong in it, one round of each: the short form of
/// <c>tests/Journey.Reliability</c>, whose long form makes the table of docs/reliability.md. The rolling restart is that of
/// <see cref="BrowserTests"/>.
/// </summary>
public sealed class ReliabilityTests(HouseFixture house)
{
    /// <summary>What lasts half a minute there lasts a third of that here: long enough to be voted out, and to come back.</summary>
    private const double Long = 1.0 / 3;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_doubled_and_every_board_and_alert_is_right_whatever_goes_wrong()
    {
        await HouseFixture.Needed();
        var wrong = new List<string>();
        foreach (var fault in new[] { AllFaults.KillBusiest, AllFaults.PauseSilo, AllFaults.NewCertificates })
        {
            var outcome = await house.Rounds.Run(fault, new Random(20261126), Long);
            TestContext.Current.TestOutputHelper?.WriteLine(Table.Line(fault, [outcome]));
            Assert.True(outcome.Messages > 100, $"{fault.Name}: only {outcome.Messages} messages were acknowledged.");
            wrong.AddRange(outcome.Wrong.Select(what => $"{fault.Name}: {what}"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}

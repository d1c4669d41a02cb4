namespace Journey.EndToEnd.Tests;

/// <summary>What holds after any run, however it went.</summary>
internal static class Proof
{
    public static async Task EveryMessageIsLoggedAndAppliedOnce(JourneyProcess journey, IReadOnlyList<byte[]> messages, params IReadOnlyList<FeedLine> lines)
    {
        var sent = messages.Select(message => new Plain(message).ControlId).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(sent, lines.SelectMany(line => line.Accepted).Order(StringComparer.Ordinal));
        var log = (await journey.Log()).ToLookup(entry => entry.ControlId);
        var missing = sent.Where(id => !log.Contains(id)).ToArray();
        Assert.True(missing.Length == 0, $"Acknowledged and not in the message log: {string.Join(' ', missing)}");
        var twice = log.Where(entries => entries.Count(entry => entry.Result == "applied") > 1).Select(entries => entries.Key).ToArray();
        Assert.True(twice.Length == 0, $"Applied more than once: {string.Join(' ', twice)}");
        Assert.DoesNotContain(log.SelectMany(entries => entries), entry => entry.Result == "rejected");
    }

    /// <summary>Boards are told after the commit and not with it: they are given a moment.</summary>
    public static async Task BoardsShow(JourneyProcess journey, NaiveCensus census, string when) => await Eventually.Holds(async () =>
    {
        var shown = (await journey.AllBoards()).SelectMany(board => board.Rows.Where(row => row.Status is "present" or "onleave")
            .Select(row => $"{row.Patient.Number} {board.Unit} {row.Bed ?? "-"}")).Order(StringComparer.Ordinal).ToArray();
        return (shown.SequenceEqual(census.Present),
            $"{census.Present.Length} expected, {shown.Length} shown; missing: {string.Join("; ", census.Present.Except(shown).Take(10))}; too many: {string.Join("; ", shown.Except(census.Present).Take(10))}");
    }, TimeSpan.FromSeconds(15), () => $"Boards and census differ {when}.\n{journey.Output}");
}

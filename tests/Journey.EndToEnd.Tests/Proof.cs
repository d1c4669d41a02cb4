using System.Diagnostics;

namespace Journey.EndToEnd.Tests;

/// <summary>What holds after any run, however it went.</summary>
internal static class Proof
{
    public static async Task EveryMessageIsLoggedAndAppliedOnce(JourneyProcess journey, IReadOnlyList<byte[]> messages,
        params IReadOnlyList<FeedLine> lines)
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

    /// <summary>
    /// Between what a message says of its sending and its receipt: who is about to be thought gone may be so a little sooner or later.
    /// </summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(65);

    /// <summary>No person is on two boards, and each unit counts whom it has.</summary>
    public static async Task BoardsShow(JourneyProcess journey, PersonCensus census, DateTimeOffset now, string when)
    {
        if (await Difference(journey, census, now) is { } difference) Assert.Fail($"Boards and census differ {when}: {difference}\n{journey.Output}");
    }

    /// <summary>
    /// What the boards show otherwise than the census; null when they agree. Boards are told after the commit and not with it: they are given a
    /// moment.
    /// </summary>
    public static async Task<string?> Difference(JourneyProcess journey, PersonCensus census, DateTimeOffset now)
    {
        var doubtful = census.At(now).Where(here => here.Left.Duration() < Tolerance).Select(here => here.Person).ToHashSet(StringComparer.Ordinal);
        var expected = census.At(now).Where(here => here.IsCounted && !doubtful.Contains(here.Person)).Select(here => here.ToString())
            .Order(StringComparer.Ordinal).ToArray();
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var rows = (await journey.AllBoards())
                .SelectMany(board => board.Rows.Where(row => row.Status is "present" or "onleave" && !row.ProbablyGone)
                .Select(row => (Person: row.Patient.Number is { } number
                    ? census.PersonOf(number)
                    : census.PersonOfVisit(row.VisitNumber ?? "?"), board.Unit, Bed: row.Bed ?? "-"))).ToArray();
            var twice = rows.GroupBy(row => row.Person).Where(person => person.Count() > 1)
                .Select(person => string.Join(" and ", person.Select(row => $"{row.Person} {row.Unit} {row.Bed}"))).ToArray();
            var shown = rows.Where(row => !doubtful.Contains(row.Person)).Select(row => $"{row.Person} {row.Unit} {row.Bed}")
                .Order(StringComparer.Ordinal).ToArray();
            if (twice.Length == 0 && shown.SequenceEqual(expected)) return null;
            if (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(8))
            {
                await Task.Delay(100);
                continue;
            }

            var (missing, surplus) = (expected.Except(shown).ToArray(), shown.Except(expected).ToArray());
            return $"{twice.Length} persons on two boards ({string.Join("; ", twice.Take(3))}); {expected.Length} expected, {shown.Length} counted; "
                + $"{missing.Length} missing: {string.Join("; ", missing.Take(8))}; {surplus.Length} too many: {string.Join("; ", surplus.Take(8))}";
        }
    }
}

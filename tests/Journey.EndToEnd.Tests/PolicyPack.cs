namespace Journey.EndToEnd.Tests;

/// <summary>The default pack with some words changed, as a site would: copied, edited and named.</summary>
internal static class PolicyPack
{
    /// <summary>The ladder's second rung and its last come after any run has ended.</summary>
    public static readonly (string From, string To)[] NobodyElseIsCalled =
        [("charge-nurse, after: 5 min", "charge-nurse, after: 1000 min"), ("house-supervisor, after: 15 min", "house-supervisor, after: 2000 min")];

    /// <summary>A feed of long ago is no feed that is behind: its touchpoints are called for at once.</summary>
    public static readonly (string From, string To) NoFeedIsBehind = ("feed.behind: 15 min", "feed.behind: 366 d");

    /// <summary>
    /// Usual times are read on waking and each hour: who is doubted by them would hang on when a run was interrupted, and the oracle knows none.
    /// </summary>
    public static readonly (string From, string To) NothingIsUsual = ("doubt.usual.from: 100", "doubt.usual.from: 1000000");

    /// <summary>
    /// What is reported is read on waking and each hour as well: a rule that nobody can stop would sleep where a run was interrupted, and the oracle
    /// knows no such rule.
    /// </summary>
    public static readonly (string From, string To) NothingIsKnownOfReports = ("evidence.visits: 20", "evidence.visits: 10000");

    public static JourneyProcess Prepare((string From, string To)[] changes, params (string Key, string Value)[] settings)
    {
        var pack = File.ReadAllText(Path.Combine(Repository.Root, "grains", "Journey.Domain", "Policies", "default.yaml"));
        foreach (var (from, to) in changes)
        {
            Assert.Contains(from, pack, StringComparison.Ordinal);
            pack = pack.Replace(from, to, StringComparison.Ordinal);
        }

        return JourneyProcess.Prepare(settings).WithFile("Journey:Policy:Path", "policy.yaml", pack);
    }

    /// <summary>
    /// What a run ends with must not hang on how long it took: an alert that stopped to apply does not stay for its dwell, and nobody is called out
    /// later than at once.
    /// </summary>
    public static JourneyProcess OffTheClock(params (string Key, string Value)[] settings) => Prepare(
        [("alert.dwell: 30 s", "alert.dwell: 0 s"), NoFeedIsBehind, NothingIsUsual, NothingIsKnownOfReports,
            ("timeZone: UTC  ", "timeZone: Europe/London  "), .. NobodyElseIsCalled], settings);
}

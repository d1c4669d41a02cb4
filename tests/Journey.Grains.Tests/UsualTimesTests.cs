using Journey.Contracts.Visits;

namespace Journey.Grains.Tests;

[Collection(nameof(ClusterTests))]
public sealed class UsualTimesTests(Cluster cluster)
{
    [Fact]
    public async Task How_long_others_stayed_is_read_from_the_cards_once_an_hour_and_others_are_judged_by_it()
    {
        var unit = new Feed(cluster).Unit;
        Assert.False((await Silent(unit)).IsProbablyGone);
        var ended = (cluster.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        await cluster.Execute($$"""
            with recursive n(i) as (select 1 union all select i + 1 from n where i < 100)
            insert into visit_card (visit, version, unit, status, on_board, search_text, occurred_at, closed_at, board_row)
            select printf('%08d-0000-5000-8000-%s', i, lower(hex(randomblob(6)))), 1, '{{unit}}', 'Departed', 0, '', {{ended}}, {{ended}},
                   '{"spent":[{"step":"arrived","unit":"{{unit}}","minutes":90}]}' from n
            """);
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        var row = await Eventually.See("a row that is longer in its step than others were", () => Silent(unit), r => r.IsProbablyGone);
        Assert.Equal("In this step longer than 99 % of last month's visits here, and nothing heard for 3 h.", Assert.Single(row.Doubts).Says);
    }

    /// <summary>Somebody of whom nothing was heard for three hours.</summary>
    private async Task<VisitRow> Silent(string unit)
    {
        var feed = new Feed(cluster) { Unit = unit };
        await cluster.Intake.Receive(feed.Arrive(feed.Now.AddHours(-3)));
        return (await cluster.Visit(await feed.Visit()).Read())!.Row;
    }
}

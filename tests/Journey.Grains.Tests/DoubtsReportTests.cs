using Journey.Domain.Policies;
using Journey.Grains.Storage;
using Journey.Grains.Visits;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Grains.Tests;

[Collection(nameof(ClusterTests))]
public sealed class DoubtsReportTests(Cluster cluster)
{
    [Fact]
    public async Task A_store_tells_what_the_rules_doubt_in_it_and_is_left_as_it_was()
    {
        var (one, other) = (new Feed(cluster), new Feed(cluster) { Unit = "ED" + Guid.NewGuid().ToString("N")[..6] });
        await cluster.Intake.Receive(one.Arrive(bed: "1"));
        var twin = new Feed(cluster) { Unit = one.Unit };
        await cluster.Intake.Receive(twin.Arrive(bed: "1"));
        await cluster.Intake.Receive(other.Arrive(bed: "1"));
        var services = cluster.Silos[0].ServiceProvider;
        var (journal, cards) = (services.GetRequiredService<IJournal>(), services.GetRequiredService<ICards>());
        var version = (await cluster.Visit(await one.Visit()).Read())!.Row.Version;
        var doubts = await DoubtsReport.Run(journal, cards, PolicyReader.Default, cluster.Clock.GetUtcNow());
        var (first, second, third) = (await one.Visit(), await twin.Visit(), await other.Visit());
        Assert.Equal(2, doubts.Count(d => (d.Visit == first || d.Visit == second) && d.Why.Contains("same bed", StringComparison.Ordinal)));
        Assert.DoesNotContain(doubts, d => d.Visit == third);
        var later = await DoubtsReport.Run(journal, cards, PolicyReader.Default, cluster.Clock.GetUtcNow().AddHours(13));
        Assert.Contains(later, d => d.Visit == third && d.Why.StartsWith("Nothing was heard", StringComparison.Ordinal));
        Assert.Equal(version, (await cluster.Visit(first).Read())!.Row.Version);
    }
}

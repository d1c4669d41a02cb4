using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Contracts.Intake;
using Journey.Contracts.Visits;
using Journey.Grains.Erasing;
using Journey.Grains.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Journey.Grains.Tests;

/// <summary>Who is past the retention is erased beside silos that run, by one of them.</summary>
[Collection(nameof(ClusterTests))]
public sealed class RetentionTests(Cluster cluster)
{
    [Fact]
    public async Task Who_left_long_ago_is_erased_also_for_who_is_just_looking_and_who_is_here_stays()
    {
        var (gone, here) = (new Feed(cluster), new Feed(cluster));
        var arrival = gone.Arrive();
        await cluster.Intake.Receive(arrival);
        await cluster.Intake.Receive(here.Arrive());
        await cluster.Intake.Receive(gone.Discharge(gone.Now.AddSeconds(1)));
        var (hers, his) = (await gone.Visit(), await here.Visit());
        Assert.NotNull(await cluster.Visit(hers).Read()); // It is awake, with all it knows.

        var clock = new FakeTimeProvider(cluster.Clock.GetUtcNow().AddDays(60));
        var silo = cluster.Silos[0].ServiceProvider;
        using var retention = new PersonRetention(silo.GetRequiredService<IErasures>(), cluster.Grains,
            Options.Create(new RetentionOptions { ClosedDays = 30 }), clock, NullLogger<PersonRetention>.Instance);
        await retention.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.See("the erasure", async () =>
        {
            clock.Advance(TimeSpan.FromHours(1));
            return (await Trail(silo)).Count(entry => entry.Found.Contains(hers.Value));
        }, entries => entries >= 2);
        await retention.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(VisitAccess.Erased.Code, (await Assert.ThrowsAsync<AccessRefusedException>(() => cluster.Visit(hers).Read())).Refusal.Code);
        Assert.NotNull(await cluster.Visit(his).Read());
        var entries = (await Trail(silo)).Where(entry => entry.Found.Contains(hers.Value)).OrderBy(entry => entry.At).ToArray();
        Assert.Equal([AuditOutcome.Sent, AuditOutcome.Done], entries.Select(entry => entry.Outcome));
        Assert.All(entries, entry => Assert.StartsWith("retention", entry.Detail, StringComparison.Ordinal));

        // What was sent then and is sent again is no news; what is said anew begins a new visit.
        Assert.Equal(IntakeResult.Repeated, (await cluster.Intake.Receive(arrival)).Result);
        await cluster.Intake.Receive(gone.Arrive());
        Assert.NotEqual(hers, await gone.Visit());
    }

    private static async Task<IReadOnlyList<AuditEntry>> Trail(IServiceProvider silo) =>
        [.. (await silo.GetRequiredService<IAuditLog>()
            .Find(new() { Action = AuditAction.Erase, Count = 1000 }, TestContext.Current.CancellationToken)).Select(row =>
            Domain.Audit.AuditChain.Read(row).Entry)];
}

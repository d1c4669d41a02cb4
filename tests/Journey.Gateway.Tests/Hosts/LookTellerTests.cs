using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Gateway.Trust.Audit;
using Journey.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>A host of its own, because its database refuses what the rules of snooping would write.</summary>
public sealed class LookTellerTests
{
    [Fact]
    public async Task While_looks_cannot_be_written_pages_open_as_ever_and_what_was_opened_is_weighed_later()
    {
        await using var journey = new StandaloneHostFixture();
        await journey.InitializeAsync();
        var guest = await journey.Arrived("Geheimrat", "Theodora");
        Execute(journey, "create trigger broken before insert on journal when new.stream like 'looks/%' begin select raise(abort, 'broken'); end");
        using (var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/visits/{guest.VisitId}"))
        {
            request.Headers.Add(Api.Paths.ActingAs, "Theodora Geheimrat");
            using var answer = await journey.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode);
        }

        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        Assert.Empty((await Findings(journey)).Entries);
        Execute(journey, "drop trigger broken");
        var list = await StandaloneHostFixture.Eventually(() => Findings(journey), list => list.Entries.Length > 0, "the finding", seconds: 30);
        Assert.Equal((FindingRule.OwnRecord, guest.VisitId, 0L), (list.Entries[0].Finding.Rule, list.Entries[0].Finding.Visit, list.Lost));
    }

    [Fact]
    public async Task More_than_can_wait_is_counted_on_the_list()
    {
        await using var journey = new StandaloneHostFixture();
        await journey.InitializeAsync();
        var (teller, http) = (journey.Services.GetRequiredService<LookTeller>(), new DefaultHttpContext { RequestServices = journey.Services });
        http.Items[typeof(Caller)] = new Caller("staff/nora", "staff/nora", "Nora", [Role.Nurse], ["ED"], Scope.Units);
        const int Told = 30_000;
        for (var n = 0; n < Told; n++)
            teller.Tell(http, new AuditEntry
            {
                Id = Guid.NewGuid(), At = DateTimeOffset.UtcNow, Who = new AuditParty("staff/nora"), Action = AuditAction.Change, Operation = "POST",
                Outcome = AuditOutcome.Sent, Visit = Guid.NewGuid(),
            }, null);
        var list = await StandaloneHostFixture.Eventually(() => Findings(journey), list => list.Lost > 0, "the loss", seconds: 30);
        Assert.InRange(list.Lost, 1, Told - 10_000);
        Assert.NotNull(list.LostAt);
    }

    private static Task<FindingList> Findings(StandaloneHostFixture journey) =>
        journey.Services.GetRequiredService<IGrainFactory>().GetGrain<IFindingsGrain>(FindingKeys.All).Read();

    private static void Execute(StandaloneHostFixture journey, string sql)
    {
        using var connection = journey.Services.GetRequiredService<StorageConnection>().DataSource.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

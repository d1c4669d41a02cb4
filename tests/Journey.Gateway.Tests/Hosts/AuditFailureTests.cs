using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Journey.Storage;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>A host of its own, because its database refuses entries of the trail.</summary>
public class AuditFailureTests
{
    [Fact]
    public async Task What_cannot_be_recorded_is_neither_shown_nor_done()
    {
        await using var journey = new StandaloneHostFixture();
        await journey.InitializeAsync();
        var guest = await journey.Arrived("Geheimrat", "Theodora");
        Execute(journey, "create trigger broken before insert on audit begin select raise(abort, 'broken'); end");
        var journal = Count(journey);
        await using var hub = journey.Hub();
        await hub.StartAsync(TestContext.Current.CancellationToken);

        foreach (var path in new[]
        {
            $"/api/v1/visits/{guest.VisitId}", $"/api/v1/visits/{guest.VisitId}/timeline", $"/api/v1/visits/{guest.VisitId}/handoffs/draft",
            $"/api/v1/visits?number={guest.Visit}",
            "/api/v1/patients?query=geheimrat", $"/api/v1/units/{guest.Unit}/board", $"/api/v1/units/{guest.Unit}/wall", "/api/v1/alerts",
            "/api/v1/lists", "/api/v1/hotline", "/api/v1/audit",
        }) await Refused(await journey.Http.GetAsync(path, TestContext.Current.CancellationToken), path);
        foreach (var path in new[] { $"/api/v1/visits/{guest.VisitId}/family/waiting", $"/api/v1/visits/{guest.VisitId}/rounds" })
            await Refused(await journey.Http.PostAsJsonAsync(path, new { }, TestContext.Current.CancellationToken), path);
        await Refused(await journey.Http
            .PostAsJsonAsync("/api/v1/hotline/calls", new { caller = "Sohn" }, TestContext.Current.CancellationToken), "a call");
        var watched =
            await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync<Api.Board>("WatchUnit", guest.Unit, TestContext.Current.CancellationToken));

        Assert.Contains("audit-unavailable", watched.Message, StringComparison.Ordinal);
        Assert.Equal(journal, Count(journey));

        Execute(journey, "drop trigger broken");
        await StandaloneHostFixture.Eventually(
            () => journey.Http.GetAsync($"/api/v1/visits/{guest.VisitId}", TestContext.Current.CancellationToken),
            response => response.IsSuccessStatusCode, "the trail takes entries again");
    }

    private static async Task Refused(HttpResponseMessage response, string what)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.ServiceUnavailable, $"{what}: {response.StatusCode} {body}");
        Assert.Equal("audit-unavailable", JsonDocument.Parse(body).RootElement.GetProperty("code").GetString());
        Assert.DoesNotContain("Geheimrat", body, StringComparison.OrdinalIgnoreCase);
    }

    private static void Execute(StandaloneHostFixture journey, string sql)
    {
        using var connection = journey.Services.GetRequiredService<StorageConnection>().DataSource.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Count(StandaloneHostFixture journey)
    {
        using var connection = journey.Services.GetRequiredService<StorageConnection>().DataSource.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from journal where actor like 'staff/%'";
        return (long)command.ExecuteScalar()!;
    }
}

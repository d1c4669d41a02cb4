using System.Text;
using Journey.Contracts.Alerts;
using Journey.Domain.Alerts;
using Journey.Domain.Facts;
using Journey.Grains.Storage;

namespace Journey.Storage.Tests;

public abstract partial class JournalContract
{
    [Fact]
    public async Task Alerts_are_written_with_the_commits_that_raise_change_and_end_them_and_outlive_a_restart()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        var (triage, room) = (Raised("ed.triage", 0), Raised("ed.room.max", 5) with { Shadow = true });
        await store.Journal.Append(Some.Commit("visit/1", 1, card: Some.Card(1, 1) with { Alerts = [triage, room] }));
        await store.Journal.Append(Some.Commit("visit/1", 2, card: Some.Card(1, 2)));
        var ended = triage with
        {
            Severity = Severity.Critical,
            TakenAt = Some.Noon.AddMinutes(3),
            EndedAt = Some.Noon.AddMinutes(9),
            EndedHow = Resolutions.Done
        };
        // Where the visit stands when it ends is another matter: it was raised where it was raised.
        await store.Journal.Append(Some.Commit("visit/1", 3, card: Some.Card(1, 3) with { Alerts = [ended with { Unit = "4W" }] }));
        await store.Journal.Append(Some.Commit("visit/2", 1, card: Some.Card(2, 1) with { Alerts = [Raised("ed.triage", 0) with { Unit = "OBS" }] }));

        AlertFact[] expected = [ended, Raised("ed.triage", 0) with { Unit = "OBS" }, room];
        Assert.Equal(expected, await store.Cards.Alerts(Some.Noon, Some.Noon.AddMinutes(6)));
        Assert.Equal(expected[..2], await store.Cards.Alerts(Some.Noon, Some.Noon.AddMinutes(5)));
        Assert.Empty(await store.Cards.Alerts(Some.Noon.AddMinutes(6), Some.Noon.AddHours(1)));
        await store.DisposeAsync();
        Assert.Equal(expected, await (await database.Open()).Cards.Alerts(Some.Noon, Some.Noon.AddMinutes(6)));
    }

    [Fact]
    public async Task A_commit_that_was_refused_raises_and_ends_no_alert()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        await store.Journal.Append(Some.Commit("visit/1", 1, card: Some.Card(1, 1) with { Alerts = [Raised("ed.triage", 0)] }));
        await Task.WhenAll(
            store.Journal.Append(Some.Commit("visit/2", 1, card: Some.Card(2, 1) with { Alerts = [Raised("ed.triage", 1)] })),
            store.Journal
                .Append(Some.Commit("visit/1", 1,
                    card: Some.Card(1, 2) with
                    {
                        Alerts = [Raised("ed.triage", 0) with { EndedAt = Some.Noon, EndedHow = Resolutions.Closed }, Raised("rounding", 2)]
                    })));
        Assert.Equal([Raised("ed.triage", 0), Raised("ed.triage", 1)], await store.Cards.Alerts(Some.Noon, Some.Noon.AddHours(1)));
    }

    [Fact]
    public async Task Of_the_visits_that_ended_on_a_unit_it_is_counted_what_was_reported_and_by_whom()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        for (var i = 1; i <= 5; i++)
            await Reported(store, i, Told("ED", "triaged", i == 1 ? "Feed" : i == 2 ? "Staff" : "Nobody"), Told("ED", "left", "Feed"));
        await Reported(store, 6, Told("4W", "nurse", "Staff"));
        // Before the time, of an earlier version, and with a character that no database's JSON can hold.
        await store.Journal
            .Append(Some.Commit("visit/7", 1,
                card: Some.Card(7, 1, closed: Some.Noon.AddSeconds(-1)) with
                {
                    Row = Encoding.UTF8.GetBytes($$"""{"reports":[{{Told("ED", "left", "Feed")}}]}""")
                }));
        await store.Journal.Append(Some.Commit("visit/8", 1, card: Some.Card(8, 1, closed: Some.Noon)));
        await store.Journal
            .Append(Some.Commit("visit/9", 1, card: Some.Card(9, 1, closed: Some.Noon) with { Row = """{"complaint":"\u0000"}"""u8.ToArray() }));

        Assert.Equal(
            [new ReportedFact("4W", "nurse", 1, 0, 1), new ReportedFact("ED", "left", 5, 5, 0), new ReportedFact("ED", "triaged", 5, 1, 1)],
            await store.Cards.Reported(Some.Noon));
    }

    private static AlertFact Raised(string rule, int minute) =>
        new(rule, "ED", Severity.Warning, false, Some.Noon.AddMinutes(minute), null, null, null);

    private static string Told(string unit, string fact, string by) => $$"""{"fact":"{{fact}}","unit":"{{unit}}","by":"{{by}}"}""";

    private static Task<AppendResult> Reported(Store store, int visit, params string[] reports) => store.Journal.Append(
        Some.Commit($"visit/{visit}", 1,
            card: Some.Card(visit, 1, closed: Some.Noon) with { Row = Encoding.UTF8.GetBytes($$"""{"reports":[{{string.Join(',', reports)}}]}""") }));
}

using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Grains.Storage;

namespace Journey.Storage.Tests;

public abstract partial class JournalContract
{
    [Fact]
    public async Task Beds_are_written_with_the_commit_that_changed_them_and_stay_when_one_changed_none()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        await store.Journal.Append(Some.Commit("visit/1", 1, card: Some.Card(1, 1) with { Beds = [In("ED", "1", 0, null)] }));
        await store.Journal.Append(Some.Commit("visit/1", 2, card: Some.Card(1, 2) with { Beds = [In("ED", "1", 0, 5), In("ICU", "2", 5, null)] }));
        await store.Journal.Append(Some.Commit("visit/1", 3, card: Some.Card(1, 3)));

        Assert.Equal([new BedStay(Some.Id(1), In("ED", "1", 0, 5))], await store.Cards.BedStays("ED", 8));
        Assert.Equal([new BedStay(Some.Id(1), In("ICU", "2", 5, null))], await store.Cards.BedStays("ICU", 8));
        await store.Journal.Append(Some.Commit("visit/1", 4, card: Some.Card(1, 4) with { Beds = [] }));
        Assert.Empty(await store.Cards.BedStays("ED", 8));
    }

    [Fact]
    public async Task A_commit_that_was_refused_changes_no_bed()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        var message = new MessageKey("ADT", "m1");
        await store.Journal.Append(Some.Commit("visit/1", 1, card: Some.Card(1, 1) with { Beds = [In("ED", "1", 0, null)] }, message: message));
        var left = Some.Card(1, 2) with { Beds = [In("ED", "1", 0, 5)] };

        // Beside others in one batch, so that one part of it lands.
        var results = await Task.WhenAll(
            store.Journal.Append(Some.Commit("visit/2", 1, card: Some.Card(2, 1) with { Beds = [In("ED", "2", 0, null)] })),
            store.Journal.Append(Some.Commit("visit/1", 1, card: left)),
            store.Journal.Append(Some.Commit("visit/3", 1, card: Some.Card(3, 1) with { Beds = [In("ED", "3", 0, null)] }, message: message)));

        Assert.Equal([AppendResult.Appended, AppendResult.VersionConflict, AppendResult.DuplicateMessage], results);
        Assert.Equal([In("ED", "1", 0, null), In("ED", "2", 0, null)], (await store.Cards.BedStays("ED", 8)).Select(stay => stay.Stay));
    }

    [Fact]
    public async Task Of_every_bed_the_last_stays_come_newest_first()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        for (var i = 1; i <= 4; i++)
            await store.Journal
                .Append(Some.Commit($"visit/{i}", 1, card: Some.Card(i, 1) with { Beds = [In("ED", "1", i, i + 1), In("ED", "2", i + 1, i + 2)] }));

        Assert.Equal([In("ED", "1", 4, 5), In("ED", "1", 3, 4), In("ED", "2", 5, 6), In("ED", "2", 4, 5)],
            (await store.Cards.BedStays("ED", 2)).Select(stay => stay.Stay));
    }

    private static Stay In(string unit, string bed, int since, int? until) =>
        new(new Location(unit, "R", bed), Some.Noon.AddMinutes(since), until is { } end ? Some.Noon.AddMinutes(end) : null);
}

using System.Diagnostics.Metrics;
using Journey.Grains.Storage;

namespace Journey.Storage.Tests;

public abstract partial class JournalContract
{
    [Fact]
    public async Task Producers_at_one_time_share_transactions()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        await store.Journal.Append(Some.Commit("visit/warm", 1));
        var batches = 0;
        using var listener =
            new MeterListener { InstrumentPublished = (i, l) => { if (i.Name == "journey.storage.batch.size") l.EnableMeasurementEvents(i); } };
        listener.SetMeasurementEventCallback<int>((_, size, _, _) => { if (size > 1) Interlocked.Increment(ref batches); });
        listener.Start();

        var results = await Task.WhenAll(Enumerable.Range(0, 512).Select(i => store.Journal.Append(Some.Commit($"visit/{i}", 1))));

        Assert.All(results, result => Assert.Equal(AppendResult.Appended, result));
        // Other tests' batches count too, so only that sharing happens can be said here; how much is for the benchmark.
        Assert.True(batches > 0, "no transaction was shared by two producers");
    }

    [Fact]
    public async Task A_full_queue_makes_producers_wait_and_drops_nothing()
    {
        await using var database = await NewDatabase();
        var store = await database.Open(o => o.QueueLimit = 2);

        var results = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => store.Journal.Append(Some.Commit($"visit/{i}", 1))));

        Assert.All(results, result => Assert.Equal(AppendResult.Appended, result));
        Assert.Equal(300, await database.Scalar("select count(*) from journal"));
    }

    [Fact]
    public async Task Stopping_writes_what_waits_and_refuses_what_comes_after()
    {
        await using var database = await NewDatabase();
        var store = await database.Open();
        var waiting = Enumerable.Range(0, 200).Select(i => store.Journal.Append(Some.Commit($"visit/{i}", 1))).ToList();
        var journal = store.Journal;

        await store.DisposeAsync();

        Assert.All(await Task.WhenAll(waiting), result => Assert.Equal(AppendResult.Appended, result));
        await Assert.ThrowsAsync<StorageException>(() => journal.Append(Some.Commit("visit/late", 1)));
    }
}

using System.Collections.Concurrent;
using Journey.Grains.Storage;

namespace Journey.Storage.Tests;

/// <summary>
/// Producers as grains are: each owns a stream, appends version after version, and after an unknown outcome sends the same commit again.
/// </summary>
public sealed class Producers(IJournal journal, int count, int commits)
{
    private readonly ConcurrentDictionary<(int Producer, long Version), byte> _acknowledged = new();
    private int _unknown;

    public int Acknowledged => _acknowledged.Count;

    public int Unknown => _unknown;

    public Task Run() => Task.WhenAll(Enumerable.Range(0, count).Select(producer => Task.Run(() => Run(producer))));

    /// <summary>What was acknowledged is there, nothing is there twice, and nothing half.</summary>
    public async Task Check(Database database)
    {
        Assert.Equal(count * commits, Acknowledged);
        for (var producer = 0; producer < count; producer++)
            Assert.Equal(Enumerable.Range(1, commits).Select(v => (long)v), (await journal.Read($"visit/{producer}", 0)).Select(e => e.Version));
        Assert.Equal(count * commits, await database.Scalar("select count(*) from journal"));
        Assert.Equal(count * commits, await database.Scalar("select count(*) from inbox"));
        Assert.Equal(count, await database.Scalar($"select count(*) from visit_card where version = {commits}"));
    }

    private async Task Run(int producer)
    {
        for (var version = 1; version <= commits; version++)
        {
            var commit = Some.Commit($"visit/{producer}", version, Guid.NewGuid(), card: Some.Card(producer, version),
                message: new("ADT", $"{producer}.{version}"));
            while (true)
            {
                try
                {
                    // A repeat says that the first attempt landed after all.
                    Assert.Contains(await journal.Append(commit), new[] { AppendResult.Appended, AppendResult.DuplicateCommand });
                    _acknowledged.TryAdd((producer, version), 0);
                    break;
                }
                catch (StorageException)
                {
                    Interlocked.Increment(ref _unknown);
                    await Task.Delay(20);
                }
            }
        }
    }
}

using System.Diagnostics;

namespace Journey.Benchmarks.Harness;

/// <summary>Closed loops: each worker does one thing after the other until the time is up.</summary>
internal static class Workers
{
    /// <summary>How many per second all workers did together.</summary>
    public static async Task<double> Run(int workers, TimeSpan time, Latencies latencies, Func<int, Task> once)
    {
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            var count = 0L;
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                var at = Stopwatch.GetTimestamp();
                await once(worker);
                latencies.AddSince(at);
                count++;
            }

            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Does <paramref name="once"/> for 0 … <paramref name="count"/> − 1, at most <paramref name="atOnce"/> at a time.</summary>
    public static Task Each(int count, int atOnce, Func<int, Task> once) =>
        Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, _) => await once(i));

    /// <summary>
    /// Starts <paramref name="perSecond"/> things a second, evenly and whether or not the earlier ones are done. Answers when all are.
    /// </summary>
    public static async Task Paced(double perSecond, TimeSpan time, Func<int, Task> once)
    {
        var started = Stopwatch.GetTimestamp();
        var under = new List<Task>();
        var next = 0;
        while (Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < time)
        {
            for (var due = (int)(elapsed.TotalSeconds * perSecond); next < due; next++) under.Add(once(next));
            await Task.Delay(2);
            if (under.Count > 4096) under.RemoveAll(task => task.IsCompletedSuccessfully);
        }

        await Task.WhenAll(under);
    }
}

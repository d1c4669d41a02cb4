using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Journey.Storage.Journal;

/// <summary>
/// The queue before the database and the writers behind it. A writer takes everything that waits, up to a limit, and writes it in one transaction;
/// it never lingers for more, since the time of the transaction under way gathers the next batch. A full queue makes producers wait.
/// </summary>
internal sealed partial class GroupCommit : IAsyncDisposable
{
    private readonly IEngine engine;
    private readonly StorageMetrics metrics;
    private readonly ILogger logger;
    private readonly Channel<Job> queue;
    private readonly Task[] writers;

    /// <summary>For each writer since when the oldest of what it writes has waited; 0 while it writes nothing.</summary>
    private readonly long[] writing;
    private int failing;

    public GroupCommit(IEngine engine, int queueLimit, StorageMetrics metrics, ILogger<GroupCommit> logger)
    {
        this.engine = engine;
        this.metrics = metrics;
        this.logger = logger;
        queue = Channel.CreateBounded<Job>(new BoundedChannelOptions(queueLimit)
        {
            FullMode = BoundedChannelFullMode.Wait,
            SingleReader = engine.Writers == 1,
            // A blocking writer only has an event set when work arrives, so waking it on the producer's thread costs nothing and needs no pool thread.
            AllowSynchronousContinuations = engine.Blocks,
        });
        writing = new long[engine.Writers];
        writers = [.. Enumerable.Range(0, engine.Writers).Select(n => engine.Blocks ? OwnThread(n) : Task.Run(() => Drain(n)))];
        metrics.Watch(engine.Name, () => queue.Reader.Count, Lag);
    }

    /// <summary>False from the first failed batch until one succeeds.</summary>
    public bool Working => Volatile.Read(ref failing) == 0;

    /// <summary>When the last batch failed: tries whether the next one can succeed. Throws when it cannot.</summary>
    public async Task Probe(CancellationToken cancellation)
    {
        if (Working) return;
        try
        {
            await engine.Probe(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw engine.Explain(e);
        }

        Interlocked.Exchange(ref failing, 0);
    }

    public async ValueTask Enqueue(Job job)
    {
        try
        {
            if (!queue.Writer.TryWrite(job)) await queue.Writer.WriteAsync(job);
        }
        catch (ChannelClosedException)
        {
            throw new StorageException("The store is shutting down; nothing was written. Retry elsewhere or after the restart.");
        }
    }

    /// <summary>Takes no more work, writes what waits, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.WhenAll(writers);
        metrics.Unwatch(engine.Name);
        await engine.DisposeAsync();
    }

    /// <summary>How long the oldest commit has waited that is not durable yet, in the queue or with a writer.</summary>
    private TimeSpan Lag()
    {
        var now = Stopwatch.GetTimestamp();
        var oldest = queue.Reader.TryPeek(out var next) ? next.Since : now;
        for (var n = 0; n < writing.Length; n++)
            if (Volatile.Read(ref writing[n]) is not 0 and var since && since < oldest) oldest = since;
        return Stopwatch.GetElapsedTime(oldest, now);
    }

    private async Task Drain(int number)
    {
        var batch = new List<Job>(engine.MaxBatch);
        while (await queue.Reader.WaitToReadAsync())
        {
            if (Take(batch)) await Settle(number, batch);
        }
    }

    private Task OwnThread(int number)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            var batch = new List<Job>(engine.MaxBatch);
            while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                if (Take(batch)) Settle(number, batch).GetAwaiter().GetResult();
            }

            ended.SetResult();
        }) { IsBackground = true, Name = $"journey-writer-{number + 1}" };
        thread.Start();
        return ended.Task;
    }

    private bool Take(List<Job> batch)
    {
        batch.Clear();
        while (batch.Count < engine.MaxBatch && queue.Reader.TryRead(out var job)) batch.Add(job);
        return batch.Count > 0;
    }

    /// <summary>Answers every producer of the batch, and never throws: the writer goes on whatever happened.</summary>
    private async Task Settle(int writer, List<Job> batch)
    {
        Volatile.Write(ref writing[writer], batch[0].Since);
        foreach (var wave in Waves.Of(batch)) await Write(wave);
        Volatile.Write(ref writing[writer], 0);
    }

    private async Task Write(ArraySegment<Job> jobs)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            if (jobs is [TurnJob turn]) turn.Run();
            else await engine.Write(jobs);
        }
        catch (Exception e) when (jobs.Count > 1 && engine.NothingLanded(e))
        {
            // Something in the batch was refused and took the rest down with it. Halving finds it in a few transactions and lets the others through.
            var half = jobs.Count / 2;
            await Write(jobs[..half]);
            await Write(jobs[half..]);
            return;
        }
        catch (Exception e)
        {
            var refused = engine.NothingLanded(e);
            if (!refused) Interlocked.Exchange(ref failing, 1);
            metrics.Failed(engine.Name, jobs.Count);
            var explained = engine.Explain(e);
            LogFailed(jobs.Count, explained.Message, e.GetType().Name);
            foreach (var job in jobs) job.Fail(explained);
            return;
        }

        Interlocked.Exchange(ref failing, 0);
        metrics.Committed(engine.Name, jobs, Stopwatch.GetElapsedTime(started));
        foreach (var job in jobs) job.Complete();
    }
}

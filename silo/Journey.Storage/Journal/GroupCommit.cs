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
    private readonly IEngine _engine;
    private readonly StorageMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Channel<Job> _queue;
    private readonly Task[] _writers;

    /// <summary>For each writer since when the oldest of what it writes has waited; 0 while it writes nothing.</summary>
    private readonly long[] _writing;
    private int _failing;

    public GroupCommit(IEngine engine, int queueLimit, StorageMetrics metrics, ILogger<GroupCommit> logger)
    {
        _engine = engine;
        _metrics = metrics;
        _logger = logger;
        _queue = Channel.CreateBounded<Job>(new BoundedChannelOptions(queueLimit)
        {
            FullMode = BoundedChannelFullMode.Wait,
            SingleReader = engine.Writers == 1,
            // A blocking writer only has an event set when work arrives, so waking it on the producer's thread costs nothing and needs no pool
            // thread.
            AllowSynchronousContinuations = engine.Blocks,
        });
        _writing = new long[engine.Writers];
        _writers = [.. Enumerable.Range(0, engine.Writers).Select(n => engine.Blocks ? OwnThread(n) : Task.Run(() => Drain(n)))];
        metrics.Watch(engine.Name, () => _queue.Reader.Count, Lag);
    }

    /// <summary>False from the first failed batch until one succeeds.</summary>
    public bool Working => Volatile.Read(ref _failing) == 0;

    /// <summary>When the last batch failed: tries whether the next one can succeed. Throws when it cannot.</summary>
    public async Task Probe(CancellationToken cancellation)
    {
        if (Working) return;
        try
        {
            await _engine.Probe(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw _engine.Explain(e);
        }

        Interlocked.Exchange(ref _failing, 0);
    }

    public async ValueTask Enqueue(Job job)
    {
        try
        {
            if (!_queue.Writer.TryWrite(job)) await _queue.Writer.WriteAsync(job);
        }
        catch (ChannelClosedException)
        {
            throw new StorageException("The store is shutting down; nothing was written. Retry elsewhere or after the restart.");
        }
    }

    /// <summary>Takes no more work, writes what waits, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.WhenAll(_writers);
        _metrics.Unwatch(_engine.Name);
        await _engine.DisposeAsync();
    }

    /// <summary>How long the oldest commit has waited that is not durable yet, in the queue or with a writer.</summary>
    private TimeSpan Lag()
    {
        var now = Stopwatch.GetTimestamp();
        var oldest = _queue.Reader.TryPeek(out var next) ? next.Since : now;
        for (var n = 0; n < _writing.Length; n++)
            if (Volatile.Read(ref _writing[n]) is not 0 and var since && since < oldest) oldest = since;
        return Stopwatch.GetElapsedTime(oldest, now);
    }

    private async Task Drain(int number)
    {
        var batch = new List<Job>(_engine.MaxBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            if (Take(batch)) await Settle(number, batch);
        }
    }

    private Task OwnThread(int number)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            var batch = new List<Job>(_engine.MaxBatch);
            while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                if (Take(batch)) Settle(number, batch).GetAwaiter().GetResult();
            }

            ended.SetResult();
        })
        { IsBackground = true, Name = $"journey-writer-{number + 1}" };
        thread.Start();
        return ended.Task;
    }

    private bool Take(List<Job> batch)
    {
        batch.Clear();
        while (batch.Count < _engine.MaxBatch && _queue.Reader.TryRead(out var job)) batch.Add(job);
        return batch.Count > 0;
    }

    /// <summary>Answers every producer of the batch, and never throws: the writer goes on whatever happened.</summary>
    private async Task Settle(int writer, List<Job> batch)
    {
        Volatile.Write(ref _writing[writer], batch[0].Since);
        foreach (var part in Batches.Split(batch)) await Write(part);
        Volatile.Write(ref _writing[writer], 0);
    }

    private async Task Write(ArraySegment<Job> jobs)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            if (jobs is [TurnJob turn]) turn.Run();
            else await _engine.Write(jobs);
        }
        catch (Exception e) when (jobs.Count > 1 && _engine.NothingLanded(e))
        {
            // Something in the batch was refused and took the rest down with it. Halving finds it in a few transactions and lets the others through.
            var half = jobs.Count / 2;
            await Write(jobs[..half]);
            await Write(jobs[half..]);
            return;
        }
        catch (Exception e)
        {
            var refused = _engine.NothingLanded(e);
            if (!refused) Interlocked.Exchange(ref _failing, 1);
            _metrics.Failed(_engine.Name, jobs.Count);
            var explained = _engine.Explain(e);
            LogFailed(jobs.Count, explained.Message, e.GetType().Name);
            foreach (var job in jobs) job.Fail(explained);
            return;
        }

        Interlocked.Exchange(ref _failing, 0);
        _metrics.Committed(_engine.Name, jobs, Stopwatch.GetElapsedTime(started));
        foreach (var job in jobs) job.Complete();
    }
}

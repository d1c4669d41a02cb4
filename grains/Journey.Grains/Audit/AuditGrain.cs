using System.Globalization;
using Journey.Contracts;
using Journey.Contracts.Audit;
using Journey.Domain.Audit;
using Journey.Grains.Storage;
using Journey.Grains.Telemetry;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Journey.Grains.Audit;

/// <summary>
/// One chain of the audit trail. What comes while a write is under way waits for the next and goes with it, so that many callers share a commit; each
/// is answered only when its entry is durable.
/// </summary>
/// <remarks>Reentrant, or callers could not wait together. The head is moved in one place only, by the one write that is under way.
/// It is no <c>EventStream</c>: the trail is no journal. A write has the entries of many callers and the head that seals them, entries are told apart
/// by their place in the chain and not by a command, and nothing is folded. How it fails is the same, and the same tests hold it.</remarks>
[Reentrant, GrainType("audit")]
internal sealed partial class AuditGrain(IAuditLog log, AuditKey key, TimeProvider clock, ILogger<AuditGrain> logger) : Grain, IAuditGrain
{
    private const int MaxBatch = 512;
    private const int MaxWaiting = 10_000;
    private const int MaxExpired = 5_000;

    private readonly Queue<Waiting> _waiting = [];
    private AuditHead _head = null!;
    private Task? _writing;

    /// <summary>
    /// A write that was done before it was waited for has left a completed task behind: whether one is under way only the task itself says.
    /// </summary>
    private bool IsWriting => _writing is { IsCompleted: false };

    private bool _outcomeUnknown;

    private readonly record struct Waiting(AuditEntry Entry, TaskCompletionSource Done);

    public override Task OnActivateAsync(CancellationToken cancellationToken) => Activation.Read(async () => _head = await Load(cancellationToken));

    public Task Record(AuditEntry entry)
    {
        if (_outcomeUnknown || _waiting.Count >= MaxWaiting)
        {
            JourneyMeter.AuditFailed(1);
            throw new OutcomeUnknownException();
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(new(entry, done));
        if (!IsWriting) _writing = Drain();
        return done.Task;
    }

    public async Task<int> Expire(DateTimeOffset before)
    {
        while (IsWriting) await _writing!;
        if (_outcomeUnknown) throw new OutcomeUnknownException();
        var expiring = Remove(before);
        _writing = expiring;
        try
        {
            return await expiring;
        }
        finally
        {
            _writing = null;
            if (_waiting.Count > 0) _writing = Drain();
        }
    }

    /// <summary>Never throws: whoever waits is told.</summary>
    private async Task Drain()
    {
        var batch = new List<Waiting>();
        while (_waiting.Count > 0)
        {
            batch.Clear();
            while (batch.Count < MaxBatch && _waiting.TryDequeue(out var next)) batch.Add(next);
            try
            {
                await Write(batch.ConvertAll(w => w.Entry));
            }
            catch (Exception e)
            {
                JourneyMeter.AuditFailed(batch.Count + _waiting.Count);
                foreach (var w in batch.Concat(_waiting)) w.Done.TrySetException((e as StoreFailure)?.ToOutcome() ?? e);
                _waiting.Clear();
                break;
            }

            foreach (var w in batch) w.Done.TrySetResult();
        }
    }

    private async Task Write(IReadOnlyList<AuditEntry> entries)
    {
        var (rows, next) = (new AuditRow[entries.Count], _head);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = AuditChain.Link(next, entries[i]);
            next = AuditChain.After(next, rows[i]);
        }

        await Append(rows, AuditChain.Sealed(next, key.Bytes));
    }

    private async Task Append(IReadOnlyList<AuditRow> rows, AuditHead next)
    {
        try
        {
            await log.Append(rows, next);
            _head = next;
        }
        catch (Exception)
        {
            // Only the store knows whether it was written: another activation reads the head.
            _outcomeUnknown = true;
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task<int> Remove(DateTimeOffset before)
    {
        var (gone, last, previous) = (0, (AuditRow?)null, _head.BaseHash);
        foreach (var row in await log.After(_head.Chain, _head.Base, MaxExpired))
        {
            if (AuditChain.Read(row).Entry.At >= before) break;
            if (!AuditChain.IsIntact(row, previous))
            {
                // To remove what was tampered with would destroy the evidence.
                JourneyMeter.AuditDamaged();
                NotRemoved(logger, _head.Chain, row.Sequence);
                return 0;
            }

            (gone, last, previous) = (gone + 1, row, row.Hash);
        }

        if (last is null) return 0;
        var shortened = _head with { Base = last.Sequence, BaseHash = last.Hash };
        var checkpoint = AuditChain.Link(shortened, new AuditEntry
        {
            Id = NameBasedGuid.Create(NameBasedGuid.Namespace, "audit-checkpoint", _head.Chain.ToString(CultureInfo.InvariantCulture),
                last.Sequence.ToString(CultureInfo.InvariantCulture)),
            At = clock.GetRecordedNow(),
            Who = new AuditParty(Actor.System.Id, Authority: "retention"),
            Action = AuditAction.Expire,
            Operation = "retention",
            Outcome = AuditOutcome.Done,
            Detail = AuditCheck.Checkpoint(last.Sequence, last.Hash),
        });
        await Append([checkpoint], AuditChain.Sealed(AuditChain.After(shortened, checkpoint), key.Bytes));
        return gone;
    }

    /// <summary>
    /// A chain that is not as it was left is not gone on with: new entries would cover up what was done to it. The caller tries another chain.
    /// </summary>
    private async Task<AuditHead> Load(CancellationToken cancellation)
    {
        var chain = int.Parse(this.GetPrimaryKeyString().AsSpan(AuditChains.Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture);
        var found = await Head(chain, cancellation);
        if (found is null)
        {
            var now = clock.GetRecordedNow();
            var starts = Enumerable.Range(0, AuditChains.Count).Select(n => AuditChain.Start(n, key.Bytes)).ToArray();
            var rows = Array.ConvertAll(starts, start => AuditChain.Link(start, AuditChain.Beginning(start.Chain, now)));
            await log.Begin(rows, [.. starts.Zip(rows, (start, row) => AuditChain.Sealed(AuditChain.After(start, row), key.Bytes))]);
            found = await Head(chain, cancellation);
        }

        if (found is not null && AuditChain.IsGenuine(found, key.Bytes))
        {
            var end = await log.After(chain, Math.Max(found.Base, found.Sequence - 1), 2, cancellation);
            if (found.Sequence == found.Base ? end.Count == 0 : end.Count == 1 && end[0].Hash.AsSpan().SequenceEqual(found.Hash))
                return found.Sequence > 0 ? found : await Begin(found);
        }

        JourneyMeter.AuditDamaged();
        Damaged(logger, chain);
        throw new OutcomeUnknownException($"Chain {chain} of the audit trail is not as it was left.");
    }

    /// <summary>A chain that a version before 2026-12 began, without an entry.</summary>
    private async Task<AuditHead> Begin(AuditHead empty)
    {
        var row = AuditChain.Link(empty, AuditChain.Beginning(empty.Chain, clock.GetRecordedNow()));
        var begun = AuditChain.Sealed(AuditChain.After(empty, row), key.Bytes);
        await log.Append([row], begun);
        return begun;
    }

    private async Task<AuditHead?> Head(int chain, CancellationToken cancellation) =>
        (await log.Heads(cancellation)).FirstOrDefault(h => h.Chain == chain);

    [LoggerMessage(2701, LogLevel.Critical,
        "Chain {Chain} of the audit trail is not as it was left: rows or head were changed, or the key (Journey:Audit:KeyFile) is another. Run "
            + "'audit verify'. Nothing is added to it; the other chains go on.")]
    private static partial void Damaged(ILogger logger, int chain);

    [LoggerMessage(2702, LogLevel.Critical,
        "Entry {Sequence} of chain {Chain} of the audit trail is past its retention and was not removed: it was changed. Run 'audit verify'.")]
    private static partial void NotRemoved(ILogger logger, int chain, long sequence);
}

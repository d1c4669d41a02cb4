using Journey.Grains.Audit;
using Journey.Grains.Storage;

namespace Journey.Storage.Erasing;

/// <summary>Erases with an entry in the trail before and one after, where no silo runs.</summary>
public sealed class ErasureDesk
{
    private readonly Eraser _eraser;
    private readonly IAuditLog _log;
    private readonly AuditKey _key;
    private readonly TimeProvider _clock;

    internal ErasureDesk(Eraser eraser, IAuditLog log, AuditKey key, TimeProvider clock) =>
        (_eraser, _log, _key, _clock) = (eraser, log, key, clock);

    /// <param name="asked">Whom somebody asked for.</param>
    public async Task<ErasureResult> Erase(Erasure erasure, Guid asked, CancellationToken cancellation = default)
    {
        await Record(erasure, asked, null, cancellation);
        var result = await _eraser.Erase(erasure, cancellation);
        await Record(erasure, asked, result, cancellation);
        return result;
    }

    /// <summary>
    /// Carries out what the list says and this database has not gone through: it is older, or somebody was interrupted. Returns how many.
    /// </summary>
    public async Task<int> Again(CancellationToken cancellation = default)
    {
        var missing = await _eraser.Missing(cancellation);
        foreach (var erasure in missing)
        {
            await Record(erasure, null, null, cancellation);
            await Record(erasure, null, await _eraser.CarryOut(erasure, cancellation), cancellation);
        }

        return missing.Count;
    }

    private async Task Record(Erasure erasure, Guid? asked, ErasureResult? result, CancellationToken cancellation)
    {
        if (!await AuditWriter.Record(_log, _key, erasure.Entry(asked, result, _clock.GetUtcNow()), cancellation))
            throw new StorageException(
                "The audit trail is not as it was left and takes no entry: run 'audit verify'. Without one nothing is erased.");
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Journey.Grains.Storage;

/// <summary>One grain's snapshot. Loading and saving never fail the grain: the journal is the truth.</summary>
internal sealed partial class SnapshotShelf(IServiceProvider services, string stateName, GrainId grain, ILogger logger)
{
    /// <summary>The name of the grain storage that holds snapshots.</summary>
    public const string StorageName = "snapshots";

    /// <summary>
    /// A snapshot is written once this many commits came since the last. A stream that has not as many has none, and nobody looks for one.
    /// </summary>
    public const int Every = 32;

    private readonly IGrainStorage _storage = services.GetRequiredKeyedService<IGrainStorage>(StorageName);
    private readonly GrainState<Snapshot> _held = new(new Snapshot());

    /// <summary>Whether the ETag in <see cref="_held"/> is the store's: without it nothing can be saved over an older snapshot.</summary>
    private bool _hasRead;

    /// <summary>The version of the snapshot in the store; 0 when there is none.</summary>
    public long Version { get; private set; }

    public async Task<Snapshot?> Load()
    {
        try
        {
            await Read();
            var loaded = _held.State ?? new Snapshot();
            _held.State = new Snapshot();
            Version = loaded.Version;
            return loaded.Version > 0 ? loaded : null;
        }
        catch (Exception e)
        {
            Unreadable(logger, stateName, e);
            return null;
        }
    }

    public async Task Save(long version, byte[] state)
    {
        try
        {
            if (!_hasRead) await Read();
            _held.State = new Snapshot { Version = version, State = state };
            await _storage.WriteStateAsync(stateName, grain, _held);
            Version = version;
        }
        catch (Exception e)
        {
            NotSaved(logger, stateName, e);
        }

        // Kept in the store, not in memory: only the ETag is needed for the next one.
        _held.State = new Snapshot();
    }

    private async Task Read()
    {
        await _storage.ReadStateAsync(stateName, grain, _held);
        _hasRead = true;
    }

    [LoggerMessage(2001, LogLevel.Warning, "A snapshot '{State}' could not be read; the journal is read from its start instead.")]
    private static partial void Unreadable(ILogger logger, string state, Exception exception);

    [LoggerMessage(2002, LogLevel.Warning, "A snapshot '{State}' could not be saved; activation will take longer until one is.")]
    private static partial void NotSaved(ILogger logger, string state, Exception exception);
}

using Journey.Storage.Journal;
using Journey.Storage.Sqlite;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Journey.Storage.Snapshots;

/// <summary>The grain storage <see cref="Name"/>: Orleans' ADO.NET provider with the Orleans serializer.</summary>
public static class SnapshotStorage
{
    /// <summary>
    /// The storage name for <c>[PersistentState(state, "snapshots")]</c>. State names must be unique: the grain's type is not part of the row's key.
    /// </summary>
    public const string Name = "snapshots";
}

/// <summary>Hands calls through, and the provider its start and stop.</summary>
internal class ProviderStorage(AdoNetGrainStorage provider) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) => provider.Participate(lifecycle);

    public virtual Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        provider.ReadStateAsync(stateName, grainId, grainState);

    public virtual Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        provider.WriteStateAsync(stateName, grainId, grainState);

    public virtual Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        provider.ClearStateAsync(stateName, grainId, grainState);
}

/// <summary>
/// SQLite's driver blocks, and under many writers at once it stalls for seconds. So what writes takes its turn on the journal's writer, what reads
/// goes to a few pool threads, and the grain's own scheduler only serializes: the state travels as bytes, so a grain may change it while the write
/// waits.
/// </summary>
internal sealed class TurnStorage(AdoNetGrainStorage provider, IGrainStorageSerializer serializer, IActivatorProvider activators, GroupCommit commits,
    SqliteReader reader) : ProviderStorage(provider)
{
    public override async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var bytes = From(new Bytes(), grainState);
        await reader.OffThread(() => Blocking(base.ReadStateAsync(stateName, grainId, bytes)), CancellationToken.None);
        grainState.State = bytes.State?.Content is { } content ? serializer.Deserialize<T>(content) : activators.GetActivator<T>().Create();
        Copy(bytes, grainState);
    }

    public override async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var bytes = From(new Bytes { Content = serializer.Serialize(grainState.State) }, grainState);
        await Turn(() => Blocking(base.WriteStateAsync(stateName, grainId, bytes)));
        Copy(bytes, grainState);
    }

    public override async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var bytes = From(new Bytes(), grainState);
        await Turn(() => Blocking(base.ClearStateAsync(stateName, grainId, bytes)));
        grainState.State = activators.GetActivator<T>().Create();
        Copy(bytes, grainState);
    }

    private static GrainState<Bytes> From<T>(Bytes bytes, IGrainState<T> state) =>
        new(bytes, state.ETag) { RecordExists = state.RecordExists };

    private static void Copy<T>(GrainState<Bytes> from, IGrainState<T> to) => (to.ETag, to.RecordExists) = (from.ETag, from.RecordExists);

    private static bool Blocking(Task task)
    {
        task.GetAwaiter().GetResult();
        return true;
    }

    private async Task Turn(Func<bool> work)
    {
        var turn = new TurnJob<bool>(work);
        await commits.Enqueue(turn);
        await turn.Done;
    }

    /// <summary>State that is serialized already.</summary>
    internal sealed class Bytes
    {
        public BinaryData? Content { get; set; }
    }

    /// <summary>What the provider serializes with: nothing is left to do.</summary>
    internal sealed class Verbatim : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => ((Bytes)(object)input!).Content!;

        public T Deserialize<T>(BinaryData input) => (T)(object)new Bytes { Content = input };
    }
}

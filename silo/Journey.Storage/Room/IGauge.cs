namespace Journey.Storage.Room;

/// <summary>How full the place is where the database lies.</summary>
/// <param name="Used">Bytes.</param>
/// <param name="Capacity">Bytes; null when nobody has said and it cannot be seen from here.</param>
internal readonly record struct Reading(long Used, long? Capacity);

/// <summary>What differs between the databases when asking how much room there is.</summary>
internal interface IGauge
{
    Task<Reading> Read(CancellationToken cancellation);
}

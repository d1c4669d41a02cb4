namespace Journey.Grains.Storage;

/// <summary>
/// A grain's state as of a version, so that activation reads one row and a short tail. Missing, old or unreadable it costs time, never data.
/// </summary>
[GenerateSerializer, Alias("journey.snapshot.v1")]
internal sealed class Snapshot
{
    /// <summary>The version it was taken at; 0 before the first.</summary>
    [Id(0)] public long Version { get; set; }

    /// <summary>JSON, UTF-8, by the domain's own writer.</summary>
    [Id(1)] public byte[] State { get; set; } = [];
}

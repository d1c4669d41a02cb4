namespace Journey.Storage.Schema;

/// <summary>
/// Brings the database to the schema this version knows; with <see cref="StorageOptions.Migrate"/> off it only refuses one that is behind.
/// </summary>
public interface IMigrator
{
    /// <summary>
    /// Safe to run twice and from several processes at once. Refuses a newer schema that this version cannot work with. Returns how many steps were
    /// applied.
    /// </summary>
    Task<int> Migrate(CancellationToken cancellation = default);

    /// <summary>How many steps <see cref="Migrate"/> would apply; changes nothing and needs no right to. Refuses as it does.</summary>
    Task<int> Missing(CancellationToken cancellation = default);
}

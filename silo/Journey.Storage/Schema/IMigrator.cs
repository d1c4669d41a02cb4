namespace Journey.Storage.Schema;

/// <summary>Brings the database to the schema this version knows.</summary>
public interface IMigrator
{
    /// <summary>Safe to run twice and from several processes at once. Refuses a newer schema. Returns how many steps were applied.</summary>
    Task<int> Migrate(CancellationToken cancellation = default);
}

using System.Data.Common;

namespace Journey.Storage;

/// <summary>The database, for Orleans' clustering and reminders, which share it on PostgreSQL.</summary>
public sealed class StorageConnection
{
    /// <summary>Orleans' name for PostgreSQL.</summary>
    public const string PostgreSqlInvariant = "Npgsql";

    /// <summary>Orleans' name for SQLite.</summary>
    public const string SqliteInvariant = "System.Data.SQLite";

    internal StorageConnection(string invariant, DbDataSource source)
    {
        Invariant = invariant;
        DataSource = source;
    }

    /// <summary>One of the two above.</summary>
    public string Invariant { get; }

    /// <summary>Set this, not a connection string, in Orleans' options: the pool is then shared. Owned by the store.</summary>
    public DbDataSource DataSource { get; }

    /// <summary>Whether membership and reminders can live here; false for SQLite.</summary>
    public bool CanCluster => Invariant == PostgreSqlInvariant;
}

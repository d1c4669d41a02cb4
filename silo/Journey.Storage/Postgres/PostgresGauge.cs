using Journey.Storage.Room;

namespace Journey.Storage.Postgres;

/// <summary>
/// The database's size. Its disk is another machine's, which shows it to nobody who is not its superuser: what it holds is a setting.
/// </summary>
internal sealed class PostgresGauge(PostgresReader reader, StorageOptions options) : IGauge
{
    public async Task<Reading> Read(CancellationToken cancellation) =>
        new((await reader.Query("select pg_database_size(current_database())", row => row.GetInt64(0), cancellation))[0], options.CapacityBytes);
}

using System.Data.Common;

namespace Journey.Storage.Sealing;

/// <summary>Whether the key ring is this database's: asked before anything is written, so that no two rings ever seal in one database.</summary>
public sealed class RingCheck
{
    private readonly StorageConnection store;
    private readonly KeyRing ring;

    internal RingCheck(StorageConnection store, KeyRing ring) => (this.store, this.ring) = (store, ring);

    private const string Name = "ring";

    /// <exception cref="StorageException">It is another's, or keys are missing.</exception>
    public async Task Check(CancellationToken cancellation = default)
    {
        await using var connection = await store.DataSource.OpenConnectionAsync(cancellation);
        if (await Word(connection, cancellation) is null)
        {
            await using var insert = connection.CreateCommand();
            insert.CommandText = "insert into sealing (name, sealed) values (@name, @sealed) on conflict (name) do nothing";
            Add(insert, "@name", Name);
            Add(insert, "@sealed", Convert.ToBase64String(ring.Seal("journey"u8.ToArray(), Name, "")));
            await insert.ExecuteNonQueryAsync(cancellation);
        }

        try
        {
            // Also when it was written just now: another silo may have been first.
            ring.Open(Convert.FromBase64String((await Word(connection, cancellation))!), Name, "");
        }
        catch (StorageException e)
        {
            throw new StorageException("The key ring of Journey:Storage:KeyRing is not the one that this database was sealed with, or keys of it are missing. Nothing was written.", e);
        }
    }

    private static async Task<string?> Word(DbConnection connection, CancellationToken cancellation)
    {
        await using var select = connection.CreateCommand();
        select.CommandText = "select sealed from sealing where name = @name";
        Add(select, "@name", Name);
        return await select.ExecuteScalarAsync(cancellation) as string;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}

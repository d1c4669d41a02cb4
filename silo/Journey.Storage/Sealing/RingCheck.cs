using System.Data.Common;
using System.Security.Cryptography;
using Journey.Domain;

namespace Journey.Storage.Sealing;

/// <summary>Whether the key ring is this database's: asked before anything is written, so that no two rings ever seal in one database.</summary>
public sealed class RingCheck
{
    private readonly StorageConnection _store;
    private readonly KeyRing _ring;

    private readonly HouseKey _key;

    internal RingCheck(StorageConnection store, KeyRing ring, HouseKey key) => (_store, _ring, _key) = (store, ring, key);

    private const string Ring = "ring", House = "house";

    /// <summary>Gives the silo the secret of the house, too: it lies beside, sealed, and the first silo makes it.</summary>
    /// <exception cref="StorageException">It is another's, or keys are missing.</exception>
    public async Task Check(CancellationToken cancellation = default)
    {
        await using var connection = await _store.DataSource.OpenConnectionAsync(cancellation);
        await EnsureStored(connection, Ring, () => "journey"u8.ToArray(), cancellation);
        try
        {
            // Also when it was written just now: another silo may have been first.
            _ring.Open(Convert.FromBase64String((await Word(connection, Ring, cancellation))!), Ring, "");
        }
        catch (StorageException e)
        {
            throw new StorageException(
                "The key ring of Journey:Storage:KeyRing is not the one that this database was sealed with, or keys of it are missing. Nothing was "
                    + "written.", e);
        }

        await EnsureStored(connection, House, () => RandomNumberGenerator.GetBytes(HouseKey.Length), cancellation);
        _key.Set(_ring.Open(Convert.FromBase64String((await Word(connection, House, cancellation))!), House, ""));
    }

    private async Task EnsureStored(DbConnection connection, string name, Func<byte[]> make, CancellationToken cancellation)
    {
        if (await Word(connection, name, cancellation) is not null) return;
        await using var insert = connection.CreateCommand();
        insert.CommandText = "insert into sealing (name, sealed) values (@name, @sealed) on conflict (name) do nothing";
        Add(insert, "@name", name);
        Add(insert, "@sealed", Convert.ToBase64String(_ring.Seal(make(), name, "")));
        await insert.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<string?> Word(DbConnection connection, string name, CancellationToken cancellation)
    {
        await using var select = connection.CreateCommand();
        select.CommandText = "select sealed from sealing where name = @name";
        Add(select, "@name", name);
        return await select.ExecuteScalarAsync(cancellation) as string;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}

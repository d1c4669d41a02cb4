using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Journey.EndToEnd.Tests;

/// <summary>Looks into the database behind Journey's back.</summary>
internal sealed class Store(Func<DbConnection> open)
{
    public static Store Sqlite(string directory) =>
        new(() => new SqliteConnection($"Data Source={Path.Combine(directory, "journey.db")};Mode=ReadOnly;Pooling=false"));

    public static Store PostgreSql(string connectionString) => new(() => new NpgsqlConnection(connectionString + ";Pooling=false"));

    public async Task<List<T>> Query<T>(string sql, Func<DbDataReader, T> row)
    {
        await using var connection = open();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(row(reader));
        return rows;
    }

    /// <summary>How many rows a table holds.</summary>
    public async Task<long> Count(string table) => (await Query($"select count(*) from {table}", row => row.GetInt64(0))).Single();
}

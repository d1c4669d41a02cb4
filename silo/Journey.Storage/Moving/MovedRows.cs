using System.Data.Common;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Journey.Storage.Moving;

/// <summary>Rows of either engine as the same values: times to the microsecond, JSON by its meaning.</summary>
internal static class MovedRows
{
    public static object? FromSqlite(DbDataReader row, int at, Holds holds) => row.IsDBNull(at) ? null : holds switch
    {
        Holds.Text or Holds.Json => row.GetString(at),
        Holds.Small => (short)row.GetInt64(at),
        Holds.Int => (int)row.GetInt64(at),
        Holds.Long => row.GetInt64(at),
        Holds.Bool => row.GetInt64(at) != 0,
        Holds.Uuid => Guid.Parse(row.GetString(at)),
        Holds.Time => Micros.To(row.GetInt64(at)).UtcDateTime,
        _ => (byte[])row.GetValue(at),
    };

    public static object? FromPostgres(NpgsqlDataReader row, int at, Holds holds) => row.IsDBNull(at) ? null : holds switch
    {
        Holds.Text or Holds.Json => row.GetString(at),
        Holds.Small => row.GetInt16(at),
        Holds.Int => row.GetInt32(at),
        Holds.Long => row.GetInt64(at),
        Holds.Bool => row.GetBoolean(at),
        Holds.Uuid => row.GetGuid(at),
        Holds.Time => row.GetFieldValue<DateTime>(at),
        _ => row.GetFieldValue<byte[]>(at),
    };

    public static NpgsqlDbType TypeOf(Holds holds) => holds switch
    {
        Holds.Text => NpgsqlDbType.Text,
        Holds.Small => NpgsqlDbType.Smallint,
        Holds.Int => NpgsqlDbType.Integer,
        Holds.Long => NpgsqlDbType.Bigint,
        Holds.Bool => NpgsqlDbType.Boolean,
        Holds.Uuid => NpgsqlDbType.Uuid,
        Holds.Time => NpgsqlDbType.TimestampTz,
        Holds.Json => NpgsqlDbType.Jsonb,
        _ => NpgsqlDbType.Bytea,
    };

    /// <summary>PostgreSQL keeps what JSON means and not how it was written.</summary>
    public static bool Same(object? one, object? other, Holds holds)
    {
        if (one is byte[] bytes) return other is byte[] others && bytes.AsSpan().SequenceEqual(others);
        if (holds != Holds.Json || one is not string text || other is not string theirs || text == theirs) return Equals(one, other);
        using var a = JsonDocument.Parse(text);
        using var b = JsonDocument.Parse(theirs);
        return JsonElement.DeepEquals(a.RootElement, b.RootElement);
    }
}

using Npgsql;
using NpgsqlTypes;

namespace Journey.Storage.Postgres;

/// <summary>A statement whose parameters are columns of rows: each of them is an array, so that one execution writes any number of rows.</summary>
internal sealed class Statement<TRows>(string sql)
{
    private readonly List<Column> _columns = [];

    /// <summary>Adds the next parameter: one column of a part of the rows.</summary>
    public Statement<TRows> With<TRow, T>(NpgsqlDbType type, Func<TRows, TRow[]> rows, Func<TRow, T> value)
    {
        _columns.Add(new Column<TRow, T>(type, rows, new Converter<TRow, T>(value)));
        return this;
    }

    public NpgsqlBatchCommand Make()
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in _columns) command.Parameters.Add(column.Make());
        return command;
    }

    /// <summary>Gives a command that was made here the rows to write next.</summary>
    public void Fill(NpgsqlBatchCommand command, TRows rows)
    {
        for (var i = 0; i < _columns.Count; i++) _columns[i].Fill(command.Parameters[i], rows);
    }

    private abstract class Column
    {
        public abstract NpgsqlParameter Make();

        public abstract void Fill(NpgsqlParameter parameter, TRows rows);
    }

    private sealed class Column<TRow, T>(NpgsqlDbType type, Func<TRows, TRow[]> rows, Converter<TRow, T> value) : Column
    {
        public override NpgsqlParameter Make() => new NpgsqlParameter<T[]> { NpgsqlDbType = NpgsqlDbType.Array | type };

        public override void Fill(NpgsqlParameter parameter, TRows from) =>
            ((NpgsqlParameter<T[]>)parameter).TypedValue = Array.ConvertAll(rows(from), value);
    }
}

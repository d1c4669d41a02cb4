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

    /// <summary>A command for these rows alone.</summary>
    public NpgsqlBatchCommand Make(TRows rows)
    {
        var command = Make();
        Fill(command, rows);
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

internal static class StatementOfRows
{
    /// <summary>Adds the next parameter where the rows are of one kind.</summary>
    public static Statement<TRow[]> With<TRow, T>(this Statement<TRow[]> statement, NpgsqlDbType type, Func<TRow, T> value) =>
        statement.With(type, static rows => rows, value);
}

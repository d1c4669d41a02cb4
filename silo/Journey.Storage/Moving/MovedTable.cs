namespace Journey.Storage.Moving;

/// <summary>What a column holds, where the two engines write it differently.</summary>
internal enum Holds { Text, Small, Int, Long, Bool, Uuid, Time, Json, Bytes }

internal sealed record MovedColumn(string Name, Holds Holds);

/// <summary>
/// A table that both engines have, and how its rows are told apart: the first <paramref name="Key"/> columns, in whose order both sides are read.
/// </summary>
internal sealed record MovedTable(string Name, int Key, params MovedColumn[] Columns)
{
    /// <summary>
    /// Everything but snapshots, which cost time and never data: they are made again; and Orleans' statements, which each engine has of its own.
    /// </summary>
    public static IReadOnlyList<MovedTable> All { get; } =
    [
        new("journal", 2, Text("stream"), Long("version"), Time("recorded_at"), Uuid("command_id"), Text("actor"), new("payload", Holds.Json)),
        new("inbox", 2, Text("source"), Text("message_id"), Time("received_at")),
        new("visit_card", 1, Uuid("visit"), Long("version"), Text("unit"), Text("status"), new("on_board", Holds.Bool), Text("number"),
            Text("search_text"), Time("occurred_at"), Time("closed_at"),
            Time("next_deadline"), Time("leased_until"), Text("board_row")),
        new("bed_stay", 2, Uuid("visit"), Int("position"), Text("unit"), Text("room"), Text("bed"), Time("since"), Time("until")),
        new("visit_alert", 3, Uuid("visit"), Text("rule"), Time("raised_at"), Text("unit"), new("severity", Holds.Small), new("shadow", Holds.Bool),
            Time("taken_at"), Time("ended_at"), Text("ended_how")),
        new("message_log", 1, Long("sequence"), Text("feed"), Text("source"), Text("control_id"), Text("message_type"), Time("received_at"),
            Bytes("raw"), new("result", Holds.Small), Text("reason")),
        new("audit", 2, Int("chain"), Long("sequence"), Int("form"), Uuid("id"), Long("at"), Text("who"), Text("name"), Text("roles"),
            Text("authority"), Text("address"), Text("device"),
            Text("action"), Text("operation"), Text("outcome"), Uuid("visit"), Uuid("patient"), Text("unit"), Uuid("command"), Text("found"),
            Text("detail"), Bytes("previous_hash"), Bytes("hash")),
        new("audit_head", 1, Int("chain"), Long("base"), Bytes("base_hash"), Long("sequence"), Bytes("hash"), Bytes("seal")),
        new("sealing", 1, Text("name"), Text("sealed")),
        new("erasure", 1, Uuid("id"), Time("erased_at"), Long("commits"), new("scrubbed", Holds.Bool)),
    ];

    public string Names => string.Join(", ", Columns.Select(column => column.Name));

    public string Select => $"select {Names} from {Name} order by {string.Join(", ", Columns.Take(Key).Select(column => column.Name))}";

    private static MovedColumn Text(string name) => new(name, Holds.Text);
    private static MovedColumn Int(string name) => new(name, Holds.Int);
    private static MovedColumn Long(string name) => new(name, Holds.Long);
    private static MovedColumn Uuid(string name) => new(name, Holds.Uuid);
    private static MovedColumn Time(string name) => new(name, Holds.Time);
    private static MovedColumn Bytes(string name) => new(name, Holds.Bytes);
}

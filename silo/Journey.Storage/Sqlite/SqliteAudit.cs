using Journey.Contracts.Audit;
using Journey.Domain.Audit;
using Journey.Storage.Journal;
using Microsoft.Data.Sqlite;

namespace Journey.Storage.Sqlite;

/// <summary>The audit trail in the embedded database.</summary>
internal sealed class SqliteAudit(SqliteReader reader) : IAuditReader
{
    public Task<IReadOnlyList<AuditHead>> Heads(CancellationToken cancellation) => reader.Query(AuditSql.Heads, row => new AuditHead(
        row.GetInt32(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2), row.GetInt64(3), row.GetFieldValue<byte[]>(4), row.GetFieldValue<byte[]>(5)),
        cancellation);

    public Task<IReadOnlyList<AuditRow>> After(int chain, long sequence, int count, CancellationToken cancellation) =>
        reader.Query(AuditSql.After, Row, cancellation, chain, sequence, count);

    public Task<IReadOnlyList<int>> Chains(CancellationToken cancellation) => reader.Query(AuditSql.Chains, row => row.GetInt32(0), cancellation);

    public Task<IReadOnlyList<AuditRow>> Find(AuditQuery query, CancellationToken cancellation)
    {
        var (sql, values) = AuditSql.Find(query, visit => visit.ToString("N"),
            digits => "(" + string.Join(" or ", digits.Select(d => $"instr(found, {d}) > 0")) + ")");
        return reader.Query(sql, Row, cancellation, values);
    }

    private static AuditRow Row(SqliteDataReader row)
    {
        string? Text(int i) => row.IsDBNull(i) ? null : row.GetString(i);
        return new AuditRow
        {
            Chain = row.GetInt32(0), Sequence = row.GetInt64(1), Form = row.GetInt32(2), Id = row.GetString(3), At = row.GetInt64(4),
            Who = row.GetString(5), Name = Text(6), Roles = row.GetString(7),
            Authority = Text(8), Address = Text(9), Device = Text(10), Action = row.GetString(11), Operation = row.GetString(12),
            Outcome = row.GetString(13), Visit = Text(14), Patient = Text(15),
            Unit = Text(16), Command = Text(17), Found = Text(18), Detail = Text(19), PreviousHash = row.GetFieldValue<byte[]>(20),
            Hash = row.GetFieldValue<byte[]>(21),
        };
    }
}

internal sealed partial class SqliteStatements
{
    private SqliteCommand? _record, _moveHead, _beginHead, _anyHead, _removeRows;

    /// <summary>A row whose place is taken throws: the batch is undone and tried in halves.</summary>
    public void Audit(AuditJob job)
    {
        if (job.Begins)
        {
            if ((long)Prepare(ref _anyHead, "select exists (select 1 from audit_head) or exists (select 1 from audit)", []).ExecuteScalar()! == 1)
                return;
            foreach (var head in job.Heads)
                Run(ref _beginHead, "insert into audit_head (chain, base, base_hash, sequence, hash, seal) values ($1, $2, $3, $4, $5, $6)",
                    Values(head));
            foreach (var row in job.Rows) Record(row);
            return;
        }

        foreach (var row in job.Rows) Record(row);
        foreach (var head in job.Heads)
        {
            Run(ref _moveHead,
                """
                insert into audit_head (chain, base, base_hash, sequence, hash, seal) values ($1, $2, $3, $4, $5, $6)
                on conflict (chain) do update
                   set base = excluded.base, base_hash = excluded.base_hash, sequence = excluded.sequence, hash = excluded.hash, seal = excluded.seal
                """, Values(head));
            if (job.Removes) Run(ref _removeRows, "delete from audit where chain = $1 and sequence <= $2", (long)head.Chain, head.Base);
        }
    }

    private void Record(AuditRow row) => Run(ref _record,
        $"insert into audit ({AuditSql.Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, "
            + $"$21, $22)",
        (long)row.Chain, row.Sequence, (long)row.Form, row.Id, row.At, row.Who, row.Name, row.Roles, row.Authority, row.Address, row.Device,
        row.Action, row.Operation, row.Outcome,
        row.Visit, row.Patient, row.Unit, row.Command, row.Found, row.Detail, row.PreviousHash, row.Hash);

    private static object?[] Values(AuditHead head) => [(long)head.Chain, head.Base, head.BaseHash, head.Sequence, head.Hash, head.Seal];
}

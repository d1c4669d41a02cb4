using Journey.Contracts.Audit;
using Journey.Domain.Audit;
using Journey.Storage.Journal;
using Npgsql;
using NpgsqlTypes;

namespace Journey.Storage.Postgres;

/// <summary>The audit trail on PostgreSQL.</summary>
internal sealed class PostgresAudit(PostgresReader reader) : IAuditReader
{
    private const string InsertRowsSql = $"""
        insert into audit ({AuditSql.Columns})
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
        """;

    // In the order of the chains, so that two writers cannot deadlock.
    private const string MoveHeadsSql = """
        insert into audit_head (chain, base, base_hash, sequence, hash, seal)
        select * from unnest($1, $2, $3, $4, $5, $6) as h(chain, base, base_hash, sequence, hash, seal) order by chain
        on conflict (chain) do update
           set base = excluded.base, base_hash = excluded.base_hash, sequence = excluded.sequence, hash = excluded.hash, seal = excluded.seal
        """;

    private const string BeginHeadsSql = """
        insert into audit_head (chain, base, base_hash, sequence, hash, seal)
        select * from unnest($1, $2, $3, $4, $5, $6)
         where not exists (select from audit_head) and not exists (select from audit)
        on conflict do nothing
        """;

    // Where another began it at the same time, or without a first row as versions before 2026-12 did, the head is not the one that these lead to.
    private const string BeginRowsSql = $"""
        insert into audit ({AuditSql.Columns})
        select r.* from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22) as r({AuditSql.Columns})
         where exists (select from audit_head h where h.chain = r.chain and h.sequence = r.sequence and h.hash = r.hash)
        on conflict do nothing
        """;

    /// <summary>The owner's function: the silos' own role may not delete.</summary>
    private const string RemoveSql = "select audit_expire($1)";

    private static readonly Statement<AuditRow[]> Insert = Rows(InsertRowsSql), BeginRows = Rows(BeginRowsSql);
    private static readonly Statement<AuditHead[]> MoveHeads = Heads(MoveHeadsSql), BeginHeads = Heads(BeginHeadsSql);
    private static readonly Statement<AuditHead[]> Remove = new Statement<AuditHead[]>(RemoveSql).With(NpgsqlDbType.Integer, h => h.Chain);

    public static IEnumerable<NpgsqlBatchCommand> Commands(AuditJob[] jobs)
    {
        AuditRow[] rows = [.. jobs.Where(job => !job.Begins).SelectMany(job => job.Rows)];
        if (rows.Length > 0) yield return Insert.Make(rows);
        AuditHead[] moved = [.. jobs.Where(job => !job.Begins).SelectMany(job => job.Heads)];
        if (moved.Length > 0) yield return MoveHeads.Make(moved);
        AuditHead[] begun = [.. jobs.Where(job => job.Begins).Take(1).SelectMany(job => job.Heads)];
        if (begun.Length > 0)
        {
            yield return BeginHeads.Make(begun);
            yield return BeginRows.Make([.. jobs.First(job => job.Begins).Rows]);
        }

        AuditHead[] removed = [.. jobs.Where(job => job.Removes).SelectMany(job => job.Heads)];
        if (removed.Length > 0) yield return Remove.Make(removed);
    }

    public Task<IReadOnlyList<AuditHead>> Heads(CancellationToken cancellation) => reader.Query(AuditSql.Heads, row => new AuditHead(
        row.GetInt32(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2), row.GetInt64(3), row.GetFieldValue<byte[]>(4), row.GetFieldValue<byte[]>(5)),
        cancellation);

    public Task<IReadOnlyList<AuditRow>> After(int chain, long sequence, int count, CancellationToken cancellation) =>
        reader.Query(AuditSql.After, Row, cancellation, chain, sequence, (long)count);

    public Task<IReadOnlyList<int>> Chains(CancellationToken cancellation) => reader.Query(AuditSql.Chains, row => row.GetInt32(0), cancellation);

    public Task<IReadOnlyList<AuditRow>> Find(AuditQuery query, CancellationToken cancellation)
    {
        var (sql, values) =
            AuditSql.Find(query, visit => visit, digits => $"string_to_array(found, ' ') && array[{string.Join(", ", digits)}]::text[]");
        return reader.Query(sql, Row, cancellation, values);
    }

    private static Statement<AuditRow[]> Rows(string sql)
    {
        var statement = new Statement<AuditRow[]>(sql)
            .With(NpgsqlDbType.Integer, r => r.Chain)
            .With(NpgsqlDbType.Bigint, r => r.Sequence)
            .With(NpgsqlDbType.Integer, r => r.Form)
            .With(NpgsqlDbType.Uuid, r => Guid.ParseExact(r.Id, "N"))
            .With(NpgsqlDbType.Bigint, r => r.At);
        foreach (var text in (Func<AuditRow, string?>[])[r => r.Who, r => r.Name, r => r.Roles, r => r.Authority, r => r.Address, r => r.Device,
            r => r.Action, r => r.Operation, r => r.Outcome])
            statement.With(NpgsqlDbType.Text, text);
        return statement
            .With(NpgsqlDbType.Uuid, r => Id(r.Visit))
            .With(NpgsqlDbType.Uuid, r => Id(r.Patient))
            .With(NpgsqlDbType.Text, r => r.Unit)
            .With(NpgsqlDbType.Uuid, r => Id(r.Command))
            .With(NpgsqlDbType.Text, r => r.Found)
            .With(NpgsqlDbType.Text, r => r.Detail)
            .With(NpgsqlDbType.Bytea, r => r.PreviousHash)
            .With(NpgsqlDbType.Bytea, r => r.Hash);
    }

    private static Statement<AuditHead[]> Heads(string sql) => new Statement<AuditHead[]>(sql)
        .With(NpgsqlDbType.Integer, h => h.Chain)
        .With(NpgsqlDbType.Bigint, h => h.Base)
        .With(NpgsqlDbType.Bytea, h => h.BaseHash)
        .With(NpgsqlDbType.Bigint, h => h.Sequence)
        .With(NpgsqlDbType.Bytea, h => h.Hash)
        .With(NpgsqlDbType.Bytea, h => h.Seal);

    private static Guid? Id(string? digits) => digits is null ? null : Guid.ParseExact(digits, "N");

    private static AuditRow Row(NpgsqlDataReader row)
    {
        string? Text(int i) => row.IsDBNull(i) ? null : row.GetString(i);
        string? Digits(int i) => row.IsDBNull(i) ? null : row.GetGuid(i).ToString("N");
        return new AuditRow
        {
            Chain = row.GetInt32(0), Sequence = row.GetInt64(1), Form = row.GetInt32(2), Id = Digits(3)!, At = row.GetInt64(4),
            Who = row.GetString(5), Name = Text(6), Roles = row.GetString(7),
            Authority = Text(8), Address = Text(9), Device = Text(10), Action = row.GetString(11), Operation = row.GetString(12),
            Outcome = row.GetString(13), Visit = Digits(14),
            Patient = Digits(15), Unit = Text(16), Command = Digits(17), Found = Text(18), Detail = Text(19),
            PreviousHash = row.GetFieldValue<byte[]>(20), Hash = row.GetFieldValue<byte[]>(21),
        };
    }
}

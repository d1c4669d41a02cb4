using System.Globalization;
using System.Text;
using Journey.Contracts.Audit;
using Journey.Domain.Audit;

namespace Journey.Storage.Journal;

/// <summary>What both databases are asked alike.</summary>
internal static class AuditSql
{
    public const string Columns = "chain, sequence, form, id, at, who, name, roles, authority, address, device, action, operation, outcome, "
        + "visit, patient, unit, command, found, detail, previous_hash, hash";

    public const string After = $"select {Columns} from audit where chain = $1 and sequence > $2 order by sequence limit $3";

    public const string Heads = "select chain, base, base_hash, sequence, hash, seal from audit_head order by chain";

    public const string Chains = "select distinct chain from audit order by chain";

    /// <summary>The query's text and its values; a value that is a list is one visit after the other.</summary>
    /// <param name="visit">How a visit is written as a value.</param>
    /// <param name="found">Whether the search of a row showed the visits whose parameters are named.</param>
    public static (string Sql, object[] Values) Find(AuditQuery query, Func<Guid, object> visit, Func<IReadOnlyList<string>, string> found)
    {
        var (sql, values) = (new StringBuilder($"select {Columns} from audit where true"), new List<object>());
        string Value(object value)
        {
            values.Add(value);
            return "$" + values.Count.ToString(CultureInfo.InvariantCulture);
        }

        if (!query.Visits.IsDefaultOrEmpty)
        {
            var visits = query.Visits.Select(v => Value(visit(v))).ToList();
            var digits = query.Visits.Select(v => Value(v.ToString("N"))).ToList();
            sql.Append(CultureInfo.InvariantCulture, $" and (visit in ({string.Join(", ", visits)}) or (found is not null and {found(digits)}))");
        }

        if (query.Person is { } person) sql.Append(" and who = ").Append(Value(person));
        if (query.From is { } from) sql.Append(" and at >= ").Append(Value(Micros.From(from)));
        if (query.To is { } to) sql.Append(" and at < ").Append(Value(Micros.From(to)));
        if (query.Action is { } action) sql.Append(" and action = ").Append(Value(AuditText<AuditAction>.ToWord(action)));
        if (query.Before is { } before)
            sql.Append(CultureInfo.InvariantCulture,
                $" and (at, chain, sequence) < ({Value(Micros.From(before.At))}, {Value(before.Chain)}, {Value(before.Sequence)})");
        sql.Append(" order by at desc, chain desc, sequence desc limit ").Append(Value((long)query.Count));
        return (sql.ToString(), [.. values]);
    }
}

using Journey.Reliability.Load;
using Npgsql;

namespace Journey.Reliability.Proofs;

/// <summary>Looks into the database behind Journey's back: is everything acknowledged in it, once, and every alert?</summary>
/// <param name="skew">By how much a silo's clock may be ahead, and its alerts early.</param>
internal sealed class Ledger(string connectionString, TimeSpan skew)
{
    /// <summary>
    /// An alert that comes this long after a departure was acknowledged is one too many; before it, the departure may have been on its way.
    /// </summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(1);

    /// <summary>
    /// With everything mended an alert may be late by the silos' skew and what the second net under deadlines needs; more is an alert that nobody
    /// looked after.
    /// </summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(9);

    /// <summary>What is wrong with the messages of some senders; empty when nothing is.</summary>
    public async Task<List<string>> Messages(IReadOnlyList<Sender> senders)
    {
        var wrong = new List<string>();
        var acknowledged = senders.SelectMany(sender => sender.Log).Select(message => message.ControlId).ToHashSet();
        // What earlier rounds sent is still there.
        var inbox = (await Query("select split_part(message_id, '/', 1) from inbox", row => row.GetString(0))).ToLookup(id => id);
        // A merge is told from its repetition by what it did to the person, not by the inbox: done by a try that was not answered, it is found done.
        var ofVisits = senders.SelectMany(sender => sender.Log).Where(message => message.Unit.Length > 0).Select(message => message.ControlId)
            .ToHashSet();
        Tell(wrong, "acknowledged, but not in the inbox", ofVisits.Where(id => !inbox.Contains(id)));
        var log = (await Query("select control_id, result from message_log", row => (Id: row.GetString(0), Result: row.GetInt16(1))))
            .ToLookup(row => row.Id, row => row.Result);
        Tell(wrong, "acknowledged, but not in the message log", acknowledged.Where(id => !log.Contains(id)));
        Tell(wrong, "not applied just once", ofVisits.Where(id => log[id].Count(result => result == Applied) != 1));
        Tell(wrong, "streams with a gap",
            await Query("select stream from journal group by stream having max(version) <> count(*)", row => row.GetString(0)));
        Tell(wrong, "cards that are not of the last commit", await Query(
            "select j.stream from (select stream, max(version) v from journal where stream like 'visit/%' group by stream) j left join visit_card c "
                + "on j.stream = 'visit/' || replace(c.visit::text, '-', '') where j.v is distinct from c.version",
            row => row.GetString(0)));
        return wrong;
    }

    /// <summary>What is wrong with the alerts, and by how much the latest one was late, where it was due after <paramref name="mended"/>.</summary>
    public async Task<(List<string> Wrong, TimeSpan Latest)> Alerts(IReadOnlyList<Sender> senders, DateTimeOffset mended)
    {
        var stays = senders.SelectMany(sender => sender.Stays).ToDictionary(stay => stay.Number);
        var raised = (await Query(
            $"""
            select c.number, j.recorded_at from journal j join visit_card c on j.stream = 'visit/' || replace(c.visit::text, '-', ''), jsonb_array_elements(j.payload -> 'events') e
            where e ->> 'event' = 'visit.alert-raised.v1' and e ->> 'rule' = '{Rules.Alert}'
            """,
            row => (Number: row.GetString(0), At: row.GetFieldValue<DateTimeOffset>(1))))
            .Where(row => stays.ContainsKey(row.Number)).ToLookup(row => row.Number);
        var wrong = new List<string>();
        Tell(wrong, "alerts raised more than once", stays.Keys.Where(number => raised[number].Count() > 1));
        Tell(wrong, "alerts lost", stays.Values.Where(stay => stay is { LeftAt: null, IsAdmission: false } && !raised.Contains(stay.Number))
            .Select(stay => stay.Number));
        Tell(wrong, "alerts of patients who had left", stays.Values
            .Where(stay => stay.LeftAt is { } left && left < stay.ArrivedAt + Rules.AlertAfter - Doubt - skew && raised.Contains(stay.Number))
            .Select(stay => stay.Number));
        var late = raised.Select(rows => (Due: stays[rows.Key].ArrivedAt + Rules.AlertAfter, rows.First().At)).Where(alert => alert.Due > mended)
            .Select(alert => alert.At - alert.Due).ToArray();
        if (late.Count(time => time > Late) is var count and > 0) wrong.Add($"{count} alerts later than {Late.TotalSeconds:0} s");
        return (wrong, late.DefaultIfEmpty().Max());
    }

    /// <summary>As the message log has it.</summary>
    private const short Applied = 0;

    private static void Tell(List<string> wrong, string what, IEnumerable<string> which)
    {
        var all = which.ToArray();
        if (all.Length > 0) wrong.Add($"{all.Length} {what}: {string.Join(' ', all.Take(5))}");
    }

    private async Task<List<T>> Query<T>(string sql, Func<NpgsqlDataReader, T> row)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Command Timeout=60");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(row(reader));
        return rows;
    }
}

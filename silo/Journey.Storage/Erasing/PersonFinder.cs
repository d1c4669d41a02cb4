using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Journey.Contracts.Hotline;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Patients;
using Journey.Domain.Visits;
using Journey.Grains.Storage;
using Journey.Storage.Sealing;

namespace Journey.Storage.Erasing;

/// <summary>
/// Finds all that a database holds of a person: under every identifier that a merge or a message made theirs, in every visit, and in what is kept for
/// the whole house.
/// </summary>
internal sealed class PersonFinder(IJournal journal, Seals seals, Rows rows)
{
    /// <param name="patients">One of their identifiers, or of each of several persons.</param>
    /// <param name="visits">Visits that are known to be theirs.</param>
    public async Task<FoundPerson> Find(IEnumerable<Guid> patients, IEnumerable<Guid> visits, CancellationToken cancellation)
    {
        var found = new FoundPerson();
        var mentioned = visits.ToHashSet();
        await Patients(found, patients, mentioned, cancellation);
        await Visits(found, mentioned, cancellation);
        await using var connection = await rows.Open(cancellation);
        await foreach (var (stream, payload) in rows
            .Read(connection, $"select stream, {Text("payload")} from journal where stream >= '{StreamKinds.Number}' and stream < 'number0'",
                row => (row.GetString(0), row.GetString(1)), cancellation))
        {
            var book = JsonNode.Parse(payload)!;
            if (found.Visits.Contains(book["visit"]!.GetValue<Guid>()) || found.Patients.Contains(book["patient"]!.GetValue<Guid>()))
                found.Books.Add(stream);
        }

        foreach (var (stream, line) in StreamKinds.Kinds.Where(kind => kind.Holds.Line is not null).Select(kind => (kind.Name, kind.Holds.Line!)))
            await Lines(found, stream, line, cancellation);
        await foreach (var (sequence, feed, raw) in rows.Read(connection, "select sequence, feed, raw from message_log",
            row => (row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2)), cancellation))
        {
            if (found.Words.AreIn(seals.Open(new MessageRecord(feed, "", "", "", default, raw)).Raw.Span)) found.Messages.Add(sequence);
        }

        return found;
    }

    /// <summary>Whether every visit of a person, under whatever identifier, ended before a time, and nothing was recorded of any since.</summary>
    public async Task<bool> IsOver(Guid patient, DateTimeOffset before, CancellationToken cancellation)
    {
        var (found, mentioned) = (new FoundPerson(), new HashSet<Guid>());
        await Patients(found, [patient], mentioned, cancellation);
        await Visits(found, mentioned, cancellation);
        await using var connection = await rows.Open(cancellation);
        foreach (var stream in found.Patients.Select(id => StreamKinds.Patient + id.ToString("N"))
            .Concat(found.Visits.Select(id => StreamKinds.Visit + id.ToString("N"))))
            await foreach (var _ in rows.Read(connection, "select 1 from journal where stream = @p0 and recorded_at >= @p1 limit 1", _ => true,
                cancellation, stream, before)) return false;
        foreach (var visit in found.Visits)
            await foreach (var _ in rows.Read(connection,
                "select 1 from visit_card where visit = @p0 and (closed_at >= @p1 or closed_at is null and status not in ('Cancelled', 'Deleted'))",
                _ => true, cancellation, visit, before)) return false;
        return found.IsKnown;
    }

    /// <summary>Events of calls before a time that have words yet, with what is left of each.</summary>
    public async Task<IReadOnlyList<(string Stream, long Version, string Left)>> Calls(DateTimeOffset before, CancellationToken cancellation)
    {
        var calls = new List<(string, long, string)>();
        await using var connection = await rows.Open(cancellation);
        await foreach (var (version, payload) in rows
            .Read(connection, $"select version, {Text("payload")} from journal where stream = @p0 and recorded_at < @p1",
                row => (row.GetInt64(0), row.GetString(1)), cancellation, HotlineKeys.All, before))
        {
            var left = JsonNode.Parse(payload)!;
            if (Unsay(left)) calls.Add((HotlineKeys.All, version, left.ToJsonString()));
        }

        return calls;
    }

    private async Task Patients(FoundPerson found, IEnumerable<Guid> seeds, HashSet<Guid> mentioned, CancellationToken cancellation)
    {
        var open = new Queue<Guid>(seeds);
        while (open.TryDequeue(out var id))
        {
            if (!found.Patients.Add(id)) continue;
            foreach (var entry in await journal.Read(StreamKinds.Patient + id.ToString("N"), 0, cancellation))
                foreach (var e in PatientJson.Read(entry.Version, entry.CommandId, entry.Payload.Span).Events)
                {
                    found.IsKnown |= e is not PatientErased;
                    switch (e)
                    {
                        case PatientDescribed { Patient: var patient }: Collect(found, patient); break;
                        case PatientTold { Facts: var facts }:
                            found.Words.Number(facts.Number);
                            found.Words.Name(facts.FamilyName, facts.GivenName);
                            break;
                        case VisitListed { Entry: var visit }:
                            mentioned.Add(visit.Visit.Value);
                            found.Words.Number(visit.Number);
                            found.Words.Number(visit.Account);
                            break;
                        case VisitRenumbered given:
                            found.Words.Number(given.From);
                            found.Words.Number(given.To);
                            break;
                        case PatientMerged { Into.Value: var into }: open.Enqueue(into); break;
                        case PatientAliased { Of.Value: var of }: open.Enqueue(of); break;
                        case NamesKnown { Names: var names }:
                            foreach (var name in names) open.Enqueue(name.Value);
                            break;
                    }
                }
        }
    }

    /// <summary>A visit is of whom it was last told to be of; what was recorded while it was of somebody else is theirs.</summary>
    private async Task Visits(FoundPerson found, IEnumerable<Guid> mentioned, CancellationToken cancellation)
    {
        var (open, seen) = (new Queue<(Guid Id, bool IsTheirs)>(mentioned.Select(id => (id, true))), new HashSet<Guid>());
        while (open.TryDequeue(out var visit))
        {
            if (!seen.Add(visit.Id)) continue;
            var (isTheirs, given, commits, linked) = (visit.IsTheirs, 0L, new List<VisitCommit>(), new List<Guid>());
            foreach (var entry in await journal.Read(StreamKinds.Visit + visit.Id.ToString("N"), 0, cancellation))
            {
                var commit = VisitJson.Read(entry.Version, entry.CommandId, entry.RecordedAt, entry.Payload.Span);
                commits.Add(commit);
                foreach (var e in commit.Events)
                {
                    if (e is Linked { Link.Other.Value: var other }) linked.Add(other);
                    if (e is not Identified { Patient.Id.Value: var now }) continue;
                    if (isTheirs && !found.Patients.Contains(now)) given = commit.Version;
                    isTheirs = found.Patients.Contains(now);
                }
            }

            if (isTheirs) found.Visits.Add(visit.Id);
            else if (given > 0) found.Given[visit.Id] = given;
            else continue;
            if (!isTheirs) await HandedOver(found, StreamKinds.Visit + visit.Id.ToString("N"), given, cancellation);
            foreach (var other in linked) open.Enqueue((other, false));
            foreach (var e in commits.Where(commit => isTheirs || commit.Version < given).SelectMany(commit => commit.Events)) Collect(found, e);
        }
    }

    /// <summary>The commit by which a visit became another person's sets the family of the one before aside, with their names.</summary>
    private async Task HandedOver(FoundPerson found, string stream, long version, CancellationToken cancellation)
    {
        await using var connection = await rows.Open(cancellation);
        await foreach (var payload in rows.Read(connection, $"select {Text("payload")} from journal where stream = @p0 and version = @p1",
            row => row.GetString(0), cancellation, stream, version))
        {
            var left = JsonNode.Parse(payload)!;
            var had = false;
            foreach (var e in left["events"]!.AsArray().OfType<JsonObject>())
                had |= e["event"]?.GetValue<string>() == "visit.hands-changed.v1" && e.Remove("contacts");
            if (had) found.Lines.Add((stream, version, left.ToJsonString()));
        }
    }

    private static void Collect(FoundPerson found, VisitEvent e)
    {
        found.IsKnown |= e is not Erased;
        switch (e)
        {
            case Identified { Patient: var patient }: Collect(found, patient); break;
            case Numbered numbered:
                found.Words.Number(numbered.Number);
                found.Words.Number(numbered.From);
                break;
            case FeedFact { Said: var said }:
                found.Words.Number(said.Number);
                found.Words.Number(said.Account);
                break;
            case ContactSet { Contact: var contact }:
                found.Words.Name(contact.Name);
                found.Words.Number(contact.Phone);
                found.Words.Number(contact.Email);
                break;
            case FamilyKnown { Contacts: var family }:
                foreach (var (name, _) in family) found.Words.Name(name);
                foreach (var contact in family) found.Words.Number(contact.Telephone);
                break;
        }
    }

    private static void Collect(FoundPerson found, PatientRef patient)
    {
        found.Words.Number(patient.Number);
        found.Words.Name(patient.FamilyName, patient.GivenName);
    }

    /// <summary>
    /// A line is about them when one of its events names a visit of theirs, or its words are theirs: a call of their family that nobody has put to a
    /// visit.
    /// </summary>
    private async Task Lines(FoundPerson found, string stream, string line, CancellationToken cancellation)
    {
        var theirs = new HashSet<Guid>();
        await foreach (var (_, _, e) in Events(stream, cancellation))
        {
            if (e[line] is not { } id) continue;
            if (e["visit"]?["value"] is { } visit && found.Visits.Contains(visit.GetValue<Guid>()) || found.Words.AreIn(Words(e)))
                theirs.Add(id.GetValue<Guid>());
        }

        var shape = StreamKinds.ShapeOf(stream)!;
        await foreach (var (version, payload, e) in Events(stream, cancellation))
        {
            if (e[line] is not { } id || !theirs.Contains(id.GetValue<Guid>())) continue;
            // What is sensitive, and nothing else, is sealed after this, whichever version wrote it: who took a call, and who broke the glass and
            // when, stays to be answered for.
            var left = JsonNode.Parse(seals.Anew(payload, shape, Seals.OfCommit, Seals.Row(stream, version)))!;
            if (Unsay(left)) found.Lines.Add((stream, version, left.ToJsonString()));
        }
    }

    private async IAsyncEnumerable<(long Version, string Payload, JsonObject Event)> Events(string stream,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await rows.Open(cancellation);
        await foreach (var (version, payload) in rows
            .Read(connection, $"select version, {Text("payload")} from journal where stream = @p0 order by version",
                row => (row.GetInt64(0), row.GetString(1)), cancellation, stream))
        {
            var opened = seals.Open(new JournalEntry(stream, version, default, default, "", Encoding.UTF8.GetBytes(payload)));
            if (JsonNode.Parse(opened.Payload.Span)?["event"] is JsonObject e) yield return (version, payload, e);
        }
    }

    private static string Words(JsonObject e) =>
        string.Join('\n', e.Select(property => property.Value is JsonValue value && value.TryGetValue<string>(out var text) ? text : ""));

    /// <summary>Takes out what is sealed. True when anything was.</summary>
    private static bool Unsay(JsonNode node)
    {
        if (node is JsonArray list) return list.OfType<JsonNode>().Aggregate(false, (any, one) => Unsay(one) | any);
        if (node is not JsonObject properties) return false;
        string[] gone = [.. properties.Where(property => property.Value is JsonObject { Count: 1 } value && value.ContainsKey("sealed"))
            .Select(property => property.Key)];
        foreach (var name in gone) properties.Remove(name);
        return properties.Select(property => property.Value).OfType<JsonNode>().Aggregate(gone.Length > 0, (any, one) => Unsay(one) | any);
    }

    private string Text(string column) => rows.IsPostgreSql ? $"cast({column} as text)" : column;
}

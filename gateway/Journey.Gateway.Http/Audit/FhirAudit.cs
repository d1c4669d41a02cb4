using System.Globalization;
using System.Text.Json.Nodes;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Trust.Problems;

namespace Journey.Gateway.Http.Audit;

/// <summary>
/// Entries as FHIR R4 AuditEvent, shaped after IHE BALP where it speaks of such an event: RESTful reads, searches and changes, by a user through this
/// server.
/// </summary>
internal static class FhirAudit
{
    private const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";
    private const string EventTypes = "http://terminology.hl7.org/CodeSystem/audit-event-type";
    private const string Interactions = "http://hl7.org/fhir/restful-interaction";
    private const string ParticipationTypes = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private const string EntityTypes = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private const string ObjectRoles = "http://terminology.hl7.org/CodeSystem/object-role";
    private const string SourceTypes = "http://terminology.hl7.org/CodeSystem/security-source-type";

    /// <summary>Journey's own words: what its actions, roles and grounds are called.</summary>
    private const string Ours = "urn:journey:audit";
    private const string Json = "application/fhir+json; charset=utf-8";

    public static async Task<IResult> Search(
        HttpContext http, AuditQueries queries, TimeProvider clock, CancellationToken cancellation,
        string? patient = null, string? entity = null, string? agent = null, string[]? date = null, int? _count = null, string? _page = null)
    {
        var fields = new Fields(clock.GetUtcNow());
        var asked = new AuditFilters { Person = agent, Before = _page, Count = _count };
        if (patient is not null) asked.Patient = IdOf("patient", patient, "Patient/", fields);
        if (entity is not null) asked.Visit = IdOf("entity", entity, "Encounter/", fields);
        foreach (var bound in date ?? []) Bound(asked, bound, fields);
        if (await queries.Build(asked, fields, http) is not { } query) return Problem.Invalid(fields.Errors);
        var page = await queries.Find(query, cancellation);
        var links = new JsonArray(Link("self", http, null));
        if (AuditQueries.Next(page, query.Count) is { } next) links.Add(Link("next", http, next));
        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "searchset",
            ["link"] = links,
            ["entry"] = page.IsEmpty ? null : new JsonArray([.. page.Select(recorded => new JsonObject
            {
                ["fullUrl"] = "urn:uuid:" + recorded.Entry.Id.ToString("D"),
                ["resource"] = Event(recorded.Entry, asked.Patient),
                ["search"] = new JsonObject { ["mode"] = "match" },
            })]),
        };
        if (page.IsEmpty) bundle.Remove("entry");
        return TypedResults.Text(bundle.ToJsonString(), Json);
    }

    /// <param name="patient">Whose events were asked for; an entry itself names the visit only.</param>
    public static JsonObject Event(AuditEntry entry, Guid? patient)
    {
        var (type, subtype, action) = Kind(entry);
        var resource = new JsonObject
        {
            ["resourceType"] = "AuditEvent",
            ["id"] = entry.Id.ToString("D"),
            ["type"] = type,
            ["subtype"] = new JsonArray(subtype, Coding(Ours, WireName<AuditAction>.Dashed(entry.Action), null)),
            ["action"] = action,
            ["recorded"] = entry.At.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["outcome"] = entry.Outcome switch { AuditOutcome.Done or AuditOutcome.Sent => "0", AuditOutcome.Failed => "8", _ => "4" },
            ["outcomeDesc"] = WireName<AuditOutcome>.Dashed(entry.Outcome),
            ["agent"] = new JsonArray(User(entry), Server()),
            ["source"] = new JsonObject
            {
                ["site"] = "journey",
                ["observer"] = new JsonObject { ["display"] = "Journey" },
                ["type"] = new JsonArray(Coding(SourceTypes, "4", "Application Server")),
            },
        };
        var entities = new JsonArray();
        if (entry.Visit is { } visit) entities.Add(Entity("Encounter", visit, "2", "4", "Domain Resource"));
        foreach (var found in entry.Found) entities.Add(Entity("Encounter", found, "2", "4", "Domain Resource"));
        if ((entry.Patient ?? patient) is { } who) entities.Add(Entity("Patient", who, "1", "1", "Patient"));
        if (entry.Command is { } command) entities.Add(new JsonObject
        {
            ["what"] = new JsonObject
            {
                ["identifier"] =
                new JsonObject { ["system"] = "urn:ietf:rfc:3986", ["value"] = "urn:uuid:" + command.ToString("D") }
            },
            ["type"] = Coding(EntityTypes, "2", "System Object"),
            ["role"] = Coding(ObjectRoles, "20", "Job"),
            ["description"] = entry.Operation,
        });
        if (entry.Unit is { } unit) entities.Add(new JsonObject
        {
            ["what"] = new JsonObject { ["identifier"] = new JsonObject { ["system"] = Ours + ":unit", ["value"] = unit } },
            ["type"] = Coding(EntityTypes, "2", "System Object"),
            ["role"] = Coding(ObjectRoles, "4", "Domain Resource"),
        });
        if (entry.Detail is { } detail && entities is [.., JsonObject last])
            last["detail"] = new JsonArray(new JsonObject { ["type"] = "about", ["valueString"] = detail });
        if (entities.Count > 0) resource["entity"] = entities;
        return resource;
    }

    private static (JsonObject Type, JsonObject Subtype, string Action) Kind(AuditEntry entry) => entry.Action switch
    {
        AuditAction.SignIn => (Coding(Dicom, "110114", "User Authentication"), Coding(Dicom, "110122", "Login"), "E"),
        AuditAction.SignOut => (Coding(Dicom, "110114", "User Authentication"), Coding(Dicom, "110123", "Logout"), "E"),
        AuditAction.BreakGlass => (Coding(Dicom, "110113", "Security Alert"), Coding(Dicom, "110127", "Emergency Override Started"), "E"),
        AuditAction.Export => (Coding(Dicom, "110106", "Export"), Coding(Interactions, "search", "search"), "R"),
        AuditAction.ReadAudit => (Coding(Dicom, "110101", "Audit Log Used"), Coding(Interactions, "search", "search"), "R"),
        AuditAction.Expire or AuditAction.Erase => (Coding(Dicom, "110100", "Application Activity"), Coding(Interactions, "delete", "delete"), "D"),
        AuditAction.Search => (Coding(EventTypes, "rest", "Restful Operation"), Coding(Interactions, "search", "search"), "E"),
        AuditAction.Change => (Coding(EventTypes, "rest", "Restful Operation"), Coding(Interactions, "update", "update"), "U"),
        AuditAction.Disclose when entry.Command is not null =>
            (Coding(EventTypes, "rest", "Restful Operation"), Coding(Interactions, "create", "create"), "C"),
        _ => (Coding(EventTypes, "rest", "Restful Operation"), Coding(Interactions, "read", "read"), "R"),
    };

    private static JsonObject User(AuditEntry entry)
    {
        var agent = new JsonObject
        {
            ["type"] = new JsonObject { ["coding"] = new JsonArray(Coding(ParticipationTypes, "IRCP", "information recipient")) },
            ["who"] = new JsonObject { ["identifier"] = new JsonObject { ["value"] = entry.Who.Id }, ["display"] = entry.Who.Name ?? entry.Who.Id },
            ["requestor"] = true,
        };
        if (!entry.Who.Roles.IsDefaultOrEmpty)
            agent["role"] =
                new JsonArray([.. entry.Who.Roles.Select(role => new JsonObject { ["coding"] = new JsonArray(Coding(Ours, role, null)) })]);
        if (entry.Who.Authority is { } authority) agent["policy"] = new JsonArray("urn:journey:authority:" + Uri.EscapeDataString(authority));
        if (entry.Who.Address is { } address) agent["network"] = new JsonObject { ["address"] = address, ["type"] = "2" };
        return agent;
    }

    /// <summary>BALP wants the system that gave the data beside who got it.</summary>
    private static JsonObject Server() => new()
    {
        ["type"] = new JsonObject { ["coding"] = new JsonArray(Coding(Dicom, "110153", "Source Role ID")) },
        ["who"] = new JsonObject { ["display"] = "Journey" },
        ["requestor"] = false,
    };

    private static JsonObject Entity(string type, Guid id, string kind, string role, string roleName) => new()
    {
        ["what"] = new JsonObject { ["reference"] = $"{type}/{id:D}" },
        ["type"] = Coding(EntityTypes, kind, kind == "1" ? "Person" : "System Object"),
        ["role"] = Coding(ObjectRoles, role, roleName),
    };

    private static JsonObject Coding(string system, string code, string? display)
    {
        var coding = new JsonObject { ["system"] = system, ["code"] = code };
        if (display is not null) coding["display"] = display;
        return coding;
    }

    private static JsonObject Link(string relation, HttpContext http, string? page)
    {
        var query = http.Request.Query.Where(pair => page is null || pair.Key != "_page")
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value)).ToList();
        if (page is not null) query.Add(KeyValuePair.Create("_page", (string?)page));
        return new JsonObject { ["relation"] = relation, ["url"] = Api.Paths.FhirAuditEvent + QueryString.Create(query) };
    }

    private static Guid? IdOf(string field, string text, string prefix, Fields fields)
    {
        if (Guid.TryParse(text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text, out var id)) return id;
        fields.Wrong(field, $"{prefix}<id>, by Journey's own id.");
        return null;
    }

    /// <summary>FHIR's date prefixes. A day, month or year without a time means all of it.</summary>
    private static void Bound(AuditFilters asked, string text, Fields fields)
    {
        var (prefix, value) = text.Length > 2 && char.IsLetter(text[0]) ? (text[..2], text[2..]) : ("eq", text);
        if (Period(value) is not var (start, end) || prefix is not ("eq" or "ge" or "gt" or "le" or "lt"))
        {
            fields.Wrong("date", "eq, ge, gt, le or lt and a date or time, such as ge2026-03-01.");
            return;
        }

        if (prefix is "eq" or "ge" or "gt") asked.From = prefix == "gt" ? end : start;
        if (prefix is "eq" or "le" or "lt") asked.To = prefix == "lt" ? start : end;
    }

    private static (DateTimeOffset Start, DateTimeOffset End)? Period(string text)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var culture = CultureInfo.InvariantCulture;
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", culture, Utc, out var day)) return (day, day.AddDays(1));
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM", culture, Utc, out var month)) return (month, month.AddMonths(1));
        if (DateTimeOffset.TryParseExact(text, "yyyy", culture, Utc, out var year)) return (year, year.AddYears(1));
        return DateTimeOffset.TryParse(text, culture, Utc, out var time) ? (time, time.AddMicroseconds(1)) : null;
    }
}

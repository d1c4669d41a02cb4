using System.Collections.Immutable;
using System.Globalization;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Trust.Audit;
using Microsoft.AspNetCore.Mvc;

namespace Journey.Gateway.Http.Audit;

/// <summary>What a reader of the trail asks for, by opaque ids and staff ids only: an address carries nothing of patients.</summary>
internal sealed class AuditFilters
{
    /// <summary>A visit.</summary>
    [FromQuery] public Guid? Visit { get; set; }

    /// <summary>All visits of the patient whose visit this is.</summary>
    [FromQuery] public Guid? PatientOf { get; set; }

    /// <summary>All visits of a patient, by Journey's own id.</summary>
    [FromQuery] public Guid? Patient { get; set; }

    /// <summary>Who did it: an id, as entries have it.</summary>
    [FromQuery] public string? Person { get; set; }

    [FromQuery] public DateTimeOffset? From { get; set; }
    [FromQuery] public DateTimeOffset? To { get; set; }
    [FromQuery] public string? Action { get; set; }

    /// <summary>Where the page before ended.</summary>
    [FromQuery] public string? Before { get; set; }

    [FromQuery] public int? Count { get; set; }
}

/// <summary>Asks the trail.</summary>
internal sealed class AuditQueries(JourneyCluster cluster)
{
    public const int MaxPage = Api.Limits.AuditPage;
    private const int MaxText = Api.Limits.AuditedPerson;
    private const int UsualPage = 100;

    /// <summary>The query, or null with what is wrong noted. A patient nobody knows gives a query that finds nothing.</summary>
    public async Task<AuditQuery?> Build(AuditFilters asked, Fields fields, HttpContext http)
    {
        var (action, before) = (WireName<AuditAction>.Read(asked.Action), Place(asked.Before));
        if (asked.Action is { Length: > 0 } && action is null) fields.Wrong("action", $"One of {WireName<AuditAction>.Choices}.");
        if (asked.Before is { Length: > 0 } && before is null) fields.Wrong("before", "As the page before gave it.");
        if (asked.Count is < 1 or > MaxPage) fields.Wrong("count", $"1 to {MaxPage}.");
        if (asked.Person is { Length: > MaxText }) fields.Wrong("person", $"At most {MaxText} characters.");
        if (fields.Errors.Count > 0) return null;
        var note = AuditNote.For(http);
        note.Visit = asked.Visit ?? asked.PatientOf;
        note.Patient = asked.Patient;
        note.Detail = asked.Person is { Length: > 0 } person ? "of " + person : null;
        var patient = asked.Patient;
        if (asked.PatientOf is { } one)
            patient = (await cluster.Call(() => cluster.Visit(one).Read(), http.RequestAborted))?.Row.Patient.Id.Value ?? Guid.Empty;
        var visits = asked.Visit is { } visit ? [visit] : patient is { } whose
            ? await VisitsOf(whose, http.RequestAborted)
            : ImmutableArray<Guid>.Empty;
        return new AuditQuery
        {
            Visits = visits, Person = asked.Person is { Length: > 0 } ? asked.Person : null, From = asked.From, To = asked.To, Action = action,
            Before = before, Count = asked.Count ?? UsualPage,
        };
    }

    public Task<ImmutableArray<RecordedEntry>> Find(AuditQuery query, CancellationToken cancellation) =>
        cluster.Call(() => cluster.AuditReader.Find(query), cancellation);

    public Task<int> RetentionDays(CancellationToken cancellation) => cluster.Call(() => cluster.AuditReader.RetentionDays(), cancellation);

    /// <summary>The place of the last entry as the outside hands it back; null when there is no further page.</summary>
    public static string? Next(ImmutableArray<RecordedEntry> page, int count) =>
        page.Length < count || page.Length == 0 ? null : string.Create(CultureInfo.InvariantCulture,
        $"{(page[^1].Entry.At - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond}.{page[^1].Chain}.{page[^1].Sequence}");

    private static AuditPlace? Place(string? text) =>
        text?.Split('.') is [var at, var chain, var sequence] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var micros)
        && micros <= (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
        && int.TryParse(chain, NumberStyles.None, CultureInfo.InvariantCulture, out var which)
        && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? new AuditPlace(DateTimeOffset.UnixEpoch.AddMicroseconds(micros), which, place)
            : null;

    private async Task<ImmutableArray<Guid>> VisitsOf(Guid patient, CancellationToken cancellation)
    {
        for (var hop = 0; hop < 16; hop++)
        {
            if (await cluster.Call(() => cluster.Patient(patient).Read(), cancellation) is not { } view) break;
            if (view.MergedInto is not { } next) return view.Visits.IsDefaultOrEmpty ? [Guid.Empty] : [.. view.Visits.Select(v => v.Visit.Value)];
            patient = next.Value;
        }

        // An empty list would mean every visit. This id is no visit's, so nothing is found.
        return [Guid.Empty];
    }
}

using System.Globalization;
using System.Text;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Units;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Audit;

/// <summary>The trail, for the privacy officer: who looked at whom, and what somebody did. Reading it is itself recorded.</summary>
internal static class AuditEndpoints
{
    private const int MaxExport = Api.Limits.AuditExport;
    private const int ExportPage = 1000;

    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        var audit = app.MapGroup(Api.Paths.Audit).WithTags("Audit").Needs(Operation.ReadAudit);
        audit.MapGet("", Read).Audited(AuditAction.ReadAudit).WithSummary("The audit trail, newest first; before= gives the next page.");
        audit.MapGet("export.csv", Export).Audited(AuditAction.Export).WithSummary("The same as CSV.");
        app.MapPost(Api.Paths.Prints, Print).Needs(Operation.ReportPrint).WithTags("Audit").Audited(AuditAction.Print)
            .WithSummary("Something is printed.");
        app.MapGet(Api.Paths.FhirAuditEvent, FhirAudit.Search).Needs(Operation.ReadAudit).WithTags("Audit").Audited(AuditAction.Export)
            .WithSummary("The same as FHIR R4 AuditEvent, a searchset with pages.");
    }

    private static async Task<Results<Ok<Api.AuditPage>, ProblemHttpResult>> Read(
        [AsParameters] AuditFilters asked, HttpContext http, AuditQueries queries, TimeProvider clock, CancellationToken cancellation)
    {
        var fields = new Fields(clock.GetUtcNow());
        if (await queries.Build(asked, fields, http) is not { } query) return Problem.Invalid(fields.Errors);
        var page = await queries.Find(query, cancellation);
        return TypedResults.Ok(new Api.AuditPage([.. page.Select(View)], AuditQueries.Next(page, query.Count),
            await queries.RetentionDays(cancellation)));
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Export(
        [AsParameters] AuditFilters asked, HttpContext http, AuditQueries queries, TimeProvider clock, CancellationToken cancellation,
        string? separator = null)
    {
        var fields = new Fields(clock.GetUtcNow());
        if (separator is not (null or "comma" or "semicolon")) fields.Wrong("separator", "comma or semicolon.");
        if (await queries.Build(asked, fields, http) is not { } query) return Problem.Invalid(fields.Errors);
        var csv = new Csv(separator == "semicolon" ? ';' : ',');
        query = query with { Count = ExportPage };
        return TypedResults.Stream(async stream =>
        {
            await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
            await text.WriteAsync(csv.Line("at", "who", "name", "roles", "authority", "address", "action", "operation", "outcome", "visit", "unit",
                "command", "says"));
            for (var written = 0; written < MaxExport;)
            {
                var page = await queries.Find(query, cancellation);
                foreach (var recorded in page) await text.WriteAsync(Line(csv, recorded.Entry));
                if (page.Length < ExportPage) return;
                written += page.Length;
                query = query with { Before = new AuditPlace(page[^1].Entry.At, page[^1].Chain, page[^1].Sequence) };
            }
        }, "text/csv; charset=utf-8", "journey-audit.csv");
    }

    private static Results<Ok<Api.PrintNote>, ProblemHttpResult> Print(Body<Api.PrintNote> body, HttpContext http)
    {
        var note = body.Request;
        if (note.Sheet is not (Api.PrintedSheets.Board or Api.PrintedSheets.Handoffs or Api.PrintedSheets.Audit))
            return Problem.Invalid("sheet", $"One of {Api.PrintedSheets.Board}, {Api.PrintedSheets.Handoffs}, {Api.PrintedSheets.Audit}.");
        if (note.Unit is not null && !UnitCode.TryRead(note.Unit, out _)) return Problem.Invalid("unit", "A unit's code.");
        (AuditNote.For(http).Unit, AuditNote.For(http).Detail) = (note.Unit, note.Sheet);
        return TypedResults.Ok(note);
    }

    private static string Line(Csv csv, AuditEntry e) => csv.Line(
        e.At.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), e.Who.Id, e.Who.Name, string.Join(' ', e.Who.Roles),
        e.Who.Authority, e.Who.Address,
        WireName<AuditAction>.Dashed(e.Action), e.Operation, WireName<AuditOutcome>.Dashed(e.Outcome), e.Visit?.ToString("D"), e.Unit,
        e.Command?.ToString("D"), AuditSentence.Write(e));

    private static Api.AuditEntry View(RecordedEntry recorded)
    {
        var e = recorded.Entry;
        return new Api.AuditEntry(
            e.Id, e.At, AuditSentence.Write(e), e.Who.Id, e.Who.Name, [.. e.Who.Roles], e.Who.Authority, e.Who.Address, e.Who.Device,
            WireName<AuditAction>.Dashed(e.Action), e.Operation,
            WireName<AuditOutcome>.Dashed(e.Outcome), e.Visit, e.Patient, e.Unit, e.Command, [.. e.Found], e.Detail);
    }
}

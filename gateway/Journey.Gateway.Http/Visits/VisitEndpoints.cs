using Journey.Contracts;
using Journey.Contracts.Audit;
using Journey.Contracts.Visits;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Http.Alerts;
using Journey.Gateway.Http.Care;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Http.Families;
using Journey.Gateway.Http.Json;
using Journey.Gateway.Live.Hub;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Visits;

/// <summary>Visits: reading them and what staff may say of them.</summary>
internal static class VisitEndpoints
{
    private const int Who = Api.Limits.Name;
    private const int Longest = Api.Limits.VisitNumber;
    private const int StepName = Api.Limits.Step;

    public static void MapVisits(this IEndpointRouteBuilder app)
    {
        var visits = app.MapGroup(Api.Paths.Visits).WithTags("Visits");
        visits.MapGet("", ByNumber).Needs(Operation.FindVisits).Audited(AuditAction.Search).WithSummary("Visits with a number, newest first.");
        visits.MapGet("{id}", Read).Needs(Operation.ReadVisit).Audited(AuditAction.ReadVisit).WithSummary("A visit as its page shows it.");
        visits.MapGet("{id}/timeline", Timeline).Needs(Operation.ReadVisit).Audited(AuditAction.ReadTimeline)
            .WithSummary("A visit's history, oldest first.");

        var json = GatewayJson.Default;
        visits.MapCommand(Operation.RecordCare, "{id}/touchpoints", json.TouchpointRequest, Touchpoint);
        visits.MapCommand(Operation.RecordCare, "{id}/note", json.NoteRequest, Note);
        visits.MapCommand(Operation.RecordCare, "{id}/verify", json.VerifyRequest, Seen);
        visits.MapCommand(Operation.Assign, "{id}/assignments", json.AssignmentRequest, Assignment);
        FamilyCommands.MapTelling(visits);
        AlertCommands.Map(visits);
        visits.MapCommand(Operation.TakeBack, "{id}/undo", json.UndoRequest, TakeBack);
        CareCommands.Map(visits);
        HandoffCommands.Map(visits);
        FamilyCommands.Map(visits);
    }

    private static async Task<Results<Ok<IReadOnlyList<Api.FoundVisit>>, ProblemHttpResult>> ByNumber(
        string? number, HttpContext http, JourneyCluster cluster, TimeProvider clock, CancellationToken cancellation)
    {
        var wanted = number?.Trim() ?? "";
        if (wanted.Length is 0 or > Longest) return Problem.Invalid("number", $"1 to {Longest} characters.");
        var rows = await cluster.Call(() => cluster.Search.ByNumber(wanted), cancellation);
        return TypedResults.Ok<IReadOnlyList<Api.FoundVisit>>([.. rows.Where(http.MayOpen(clock)).Select(VisitViews.Found)]);
    }

    private static async Task<Results<Ok<Api.Visit>, ProblemHttpResult>> Read(
        string id, HttpContext http, Callers callers, JourneyCluster cluster, BoardRelay boards, TimeProvider clock, CancellationToken cancellation)
    {
        if (!Guid.TryParse(id, out var visit)) return Problem.VisitUnknown();
        var view = await cluster.Call(() => cluster.Visit(visit).Read(), cancellation);
        if (view is null) return Problem.VisitUnknown();
        var now = clock.GetUtcNow();
        AuditNote.Saw(http, view.Row, now);
        var board = IsOnBoard(view.Row) ? await cluster.Call(() => boards.Watch(view.Row.Unit, cancellation), cancellation) : null;
        return TypedResults.Ok(VisitViews.Visit(view, board, callers.AudienceOf(http.Caller()),
            Contracts.Visits.VisitAccess.Grant(http.Caller(), view.Row, now)));
    }

    /// <summary>Of whoever is gone no board has anything to add.</summary>
    private static bool IsOnBoard(VisitRow row) =>
        row is { Unit.Length: > 0, Status: VisitStatus.Expected or VisitStatus.Present or VisitStatus.OnLeave };

    private static async Task<Results<Ok<IReadOnlyList<Api.TimelineEntry>>, ProblemHttpResult>> Timeline(
        string id, HttpContext http, Callers callers, JourneyCluster cluster, TimeProvider clock, CancellationToken cancellation)
    {
        if (!Guid.TryParse(id, out var visit)) return Problem.VisitUnknown();
        var (entries, view) = await cluster.CallBoth(() => cluster.Visit(visit).Timeline(), () => cluster.Visit(visit).Read(), cancellation);
        if (view is null || entries.IsDefaultOrEmpty) return Problem.VisitUnknown();
        AuditNote.Saw(http, view.Row, clock.GetUtcNow());
        return TypedResults.Ok(VisitViews.Timeline(entries, callers.AudienceOf(http.Caller())));
    }

    private static Func<IVisitGrain, Task<Contracts.Outcome>> Touchpoint(Api.TouchpointRequest request, Sender sender)
    {
        var (fields, at) = (sender.Fields, sender.Fields.Occurred(request.OccurredAt));
        var how = How(request, fields);
        // A step is named as the policy has it; of what else somebody may have typed nothing goes into the trail.
        sender.Note.Detail = how is { } left ? $"departed, {WireName<DepartureKind>.Dashed(left)}"
            : request.Kind is Api.TouchpointKinds.Step or Api.TouchpointKinds.Contact or Api.TouchpointKinds.Acuity ? request.Kind
            : null;
        switch (request.Kind)
        {
            case Api.TouchpointKinds.Step:
                var step = fields.Required("step", request.Step, StepName);
                return visit => visit.ReachStep(new(sender.Id, sender.By, at, step, how));
            case Api.TouchpointKinds.Contact:
                return visit => visit.Contact(new(sender.Id, sender.By, at));
            case Api.TouchpointKinds.Acuity:
                if (request.Acuity is not (>= Api.Limits.MostUrgent and <= Api.Limits.LeastUrgent)) fields.Wrong("acuity", "1 (most urgent) to 5.");
                return visit => visit.SetAcuity(new(sender.Id, sender.By, at, request.Acuity.GetValueOrDefault()));
            default:
                fields.Wrong("kind",
                    $"One of {Api.TouchpointKinds.Step}, {Api.TouchpointKinds.Contact}, {Api.TouchpointKinds.Acuity}.");
                return None;
        }
    }

    private static Func<IVisitGrain, Task<Contracts.Outcome>> Note(Api.NoteRequest request, Sender sender)
    {
        var text = sender.Fields.Text("text", request.Text, Api.Limits.RowNote);
        return visit => visit.SetNote(new(sender.Id, sender.By, sender.Fields.Now, text));
    }

    /// <summary>How a visit ended, which whoever ends it has to say; nobody says <c>unknown</c>.</summary>
    private static DepartureKind? How(Api.TouchpointRequest request, Fields fields)
    {
        if (request.Kind != Api.TouchpointKinds.Step || request.Step?.Trim() != Steps.Departed)
        {
            if (request.How is not null) fields.Wrong("how", "Only with the step departed.");
            return null;
        }

        var how = WireName<DepartureKind>.Read(request.How);
        if (how is null or DepartureKind.Unknown)
            fields.Wrong("how",
                $"One of {string.Join(", ", Enum.GetValues<DepartureKind>().Where(kind => kind != DepartureKind.Unknown).Select(WireName<DepartureKind>.Dashed))}.");
        return how;
    }

    private static Func<IVisitGrain, Task<Contracts.Outcome>> Seen(Api.VerifyRequest request, Sender sender)
    {
        var (fields, at) = (sender.Fields, sender.Fields.Occurred(request.OccurredAt));
        var what = WireName<Verified>.Read(request.What);
        if (what is null) fields.Wrong("what", $"One of {WireName<Verified>.Choices}.");
        sender.Note.Detail = what is { } seen ? WireName<Verified>.Dashed(seen) : null;
        return visit => visit.Verify(new(sender.Id, sender.By, at, what.GetValueOrDefault()));
    }

    private static Func<IVisitGrain, Task<Contracts.Outcome>> Assignment(Api.AssignmentRequest request, Sender sender)
    {
        var fields = sender.Fields;
        var name = fields.Text("name", request.Name, Who);
        var role = WireName<CareRole>.Read(request.Role);
        if (role is null) fields.Wrong("role", $"One of {WireName<CareRole>.Choices}.");
        sender.Note.Detail = role is { } given ? WireName<CareRole>.Dashed(given) + (name is null ? ", nobody" : "") : null;
        var person = name is null ? null : ActingStaff.Named(name);
        return visit => visit.Assign(new(sender.Id, sender.By, fields.Now, role.GetValueOrDefault(), person));
    }

    private static Func<IVisitGrain, Task<Contracts.Outcome>> TakeBack(Api.UndoRequest request, Sender sender)
    {
        if (request.CommandId == Guid.Empty) sender.Fields.Wrong("commandId", "Required.");
        sender.Note.Detail = $"command {request.CommandId:D}";
        return visit => visit.Undo(new(sender.Id, sender.By, sender.Fields.Now, new(request.CommandId)));
    }

    /// <summary>Stands where a request is wrong; it is answered with 400 and nothing is called.</summary>
    private static Task<Contracts.Outcome> None(IVisitGrain visit) =>
        throw new InvalidOperationException("A wrong request was about to be carried out.");
}

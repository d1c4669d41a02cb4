using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Alerts;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Units;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Http.Units;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Alerts;

/// <summary>Which rules call whom, how they do, and the switches of those who decide it.</summary>
internal static class RuleEndpoints
{
    private const int Key = Api.Limits.Name;
    private const int Reason = Api.Limits.Line;
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(Api.Limits.CountedDays);

    public static void MapRules(this IEndpointRouteBuilder app)
    {
        app.MapGet(Api.Paths.Rules, Read).Needs(Operation.WatchRules).WithTags("Alerts")
            .WithSummary(
                "Every rule on one unit or on all: whether it calls anybody there, whether what it waits for is reported, and how its alerts did in "
                    + "the last week or between two times, at most 92 days.");
        app.MapPost(Api.Paths.Rules + "/{key}", Switch).Needs(Operation.KeepRules).AuditedBeforehand().WithTags("Alerts")
            .WithSummary("Turns a rule on, into shadow, or says that what it waits for is not reported on a unit.");
    }

    private static async Task<Results<Ok<Api.RuleBook>, ProblemHttpResult>> Read(
        string? unit, DateTimeOffset? from, DateTimeOffset? until, HttpContext http, Callers callers, JourneyCluster cluster, TimeProvider clock,
        CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var end = until is { } at && at < now ? at : now;
        var begin = from ?? (end - DateTimeOffset.MinValue > Usual ? end - Usual : DateTimeOffset.MinValue);
        if (begin >= end || end - begin > Longest) return Problem.Invalid("from", $"Must be before until, and at most {Longest.TotalDays:0} days.");
        if (unit is not null)
        {
            var fields = new Fields(now);
            unit = await NamedUnit.Read(fields, "unit", unit, http);
            if (fields.Errors.Count > 0) return Problem.Invalid(fields.Errors);
        }

        var caller = http.Caller();
        ImmutableArray<string> units =
            [.. (await KnownUnits.All(cluster, cancellation)).Select(u => u.Unit)
                .Where(u => (unit is null || u == unit) && callers.AudienceOf(Operation.WatchRules, caller, u) is not null)];
        if (unit is not null && units.IsEmpty) return Problem.Refused(Caller.Denied);
        var rules = await cluster.Call(() => cluster.Rules.Read(units, begin, end), cancellation);
        return TypedResults.Ok(new Api.RuleBook([.. rules.Select(View)], begin, end, now));
    }

    private static async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Switch(
        string key, Body<Api.SwitchRuleRequest> body, HttpContext http, DeskCommand command)
    {
        var request = body.Request;
        var fields = command.Fields;
        // Left out, it is for the house.
        var unit = request.Unit is null ? null : await NamedUnit.Read(fields, "unit", request.Unit, http);
        var (caller, note) = (http.Caller(), command.Note);
        note.Unit = unit;
        if (!caller.Scope.HasFlag(Scope.House) && (unit is null || !caller.Covers(unit))) return Problem.Refused(Caller.Denied);
        fields.Text("key", key, Key);
        var to = fields.Choice<RuleSwitch>("to", request.To);
        var reason = fields.Text("reason", request.Reason, Reason);
        note.Detail = $"{key} to {WireName<RuleSwitch>.Dashed(to)}{(unit is null ? " for the house" : "")}";
        return await command.Send((cluster, id) => cluster.Rules.Switch(id, command.By, key, unit ?? "", to, reason));
    }

    private static Api.Rule View(RuleView rule) => new(
        rule.Rule, rule.Kind, rule.Says, rule.Safety, rule.Unit, WireName<RuleStanding>.Dashed(rule.Standing),
        rule.Decided is { } decided ? new(WireName<RuleSwitch>.Dashed(decided.To), decided.Unit.Length == 0 ? null : decided.Unit, decided.At,
            decided.By == Actor.System ? "Reported again" : decided.By.Name ?? decided.By.Id)
        { Reason = decided.Reason } : null,
        rule.Reporting is { } r ? new(r.Fact, r.Visits, r.ByFeed, r.ByStaff, r.Days) { IsReported = r.IsReported } : null,
        new(rule.Quality.Raised, rule.Quality.InShadow, rule.Quality.ActedOn, rule.Quality.ByThemselves, rule.Quality.MedianSecondsToTake,
            rule.Quality.PerShift, rule.Quality.PerNurseHour,
            rule.Quality.ByHour, rule.Quality.OverBudget)
        { Shifts = rule.Quality.Shifts });
}

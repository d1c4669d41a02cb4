using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Contracts.Staff;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Units;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Http.Units;
using Journey.Gateway.Live.Views;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Staff;

/// <summary>Who works where, what each owes, and every open alert.</summary>
internal static class StaffEndpoints
{
    private const int Name = Api.Limits.Name;
    private static readonly TimeSpan UsualShift = TimeSpan.FromHours(12);

    public static void MapStaff(this IEndpointRouteBuilder app)
    {
        app.MapGet(Api.Paths.Staff, Members).Needs(Operation.ReadStaff).WithTags("Staff").WithSummary("Everybody, by name.");
        app.MapPost(Api.Paths.Staff, Enrol).Needs(Operation.KeepPeople).AuditedBeforehand().WithTags("Staff")
            .WithSummary("Adds somebody, or changes what is known of them.");
        app.MapGet(Api.Paths.Shifts, OnDuty).Needs(Operation.ReadStaff).WithTags("Staff")
            .WithSummary("Who is on duty now, everywhere or on one unit.");
        app.MapPost(Api.Paths.Shifts, Begin).Needs(Operation.KeepShifts).AuditedBeforehand().WithTags("Staff")
            .WithSummary(
                "Somebody starts a shift, or the one they have lasts until another time. Cutting one with patients short is refused, unless "
                    + "leavePatients says that they shall have no nurse.").ProducesProblem(409);
        app.MapPost(Api.Paths.Shifts + "/end", End).Needs(Operation.KeepShifts).AuditedBeforehand().WithTags("Staff")
            .WithSummary("A shift ends. With patients it is refused, unless leavePatients says that they shall have no nurse.").ProducesProblem(409);
        app.MapGet(Api.Paths.Lists, List).Needs(Operation.WatchList).Audited(AuditAction.ReadList).WithTags("Staff")
            .WithSummary("What a person owes across units, or a role (role/charge-nurse@ED), the one due first in front.");
        app.MapGet(Api.Paths.Alerts, Alerts).Needs(Operation.WatchAlerts).Audited(AuditAction.ReadAlerts).WithTags("Alerts")
            .WithSummary("Every open alert, who owns it and for how long.");
    }

    private static async Task<Ok<IReadOnlyList<Api.StaffMember>>> Members(JourneyCluster cluster, CancellationToken cancellation)
    {
        var members = await cluster.Call(() => cluster.Staff.Members(), cancellation);
        return TypedResults.Ok(CareViews.Each(members, m =>
                new Api.StaffMember(m.Name, CareViews.Each(m.Roles, r => r), CareViews.Each(m.Units, u => u))
                {
                    Employee = StaffIds.IsEmployee(m.Id)
                    ? m.Id[StaffIds.Employees.Length..]
                    : null
                }));
    }

    private static async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Enrol(Body<Api.StaffMember> body, HttpContext http, Callers callers,
        DeskCommand command)
    {
        var request = body.Request;
        var fields = command.Fields;
        var person = ActingStaff.Named(fields.Required("name", request.Name, Name));
        if (fields.Text("employee", request.Employee, Name) is { } employee)
        {
            if (callers.TellsEmployeesApart) person = person with { Id = StaffIds.Employee(employee) };
            else fields.Wrong("employee", "Only where people sign in at a provider of the site's: here a name is somebody.");
        }

        command.Note.Detail = person.Id;
        if (request.Roles is not { Count: > 0 and <= Api.Limits.Roles }) fields.Wrong("roles", $"1 to {Api.Limits.Roles}.");
        if (request.Units is { Count: > Api.Limits.UnitsOfOne }) fields.Wrong("units", $"At most {Api.Limits.UnitsOfOne}.");
        var units = new List<string>();
        foreach (var unit in (request.Units ?? []).Take(Api.Limits.UnitsOfOne)) units.Add(await NamedUnit.Read(fields, "units", unit, http));
        var member = new StaffMember(person.Id, person.Name, [.. (request.Roles ?? []).Take(Api.Limits.Roles).Select(r => fields.Required("roles", r, Name))],
            [.. units]);
        return await command.Send((cluster, id) => cluster.Staff.Enrol(id, command.By, member));
    }

    private static async Task<Ok<IReadOnlyList<Api.Shift>>> OnDuty(
        string? unit, bool? coming, JourneyCluster cluster, CancellationToken cancellation) =>
        TypedResults.Ok(CareViews.Each(
            await cluster.Call(() => coming == true ? cluster.Staff.OnDutyOrComing(unit) : cluster.Staff.OnDuty(unit), cancellation),
            StaffViews.Shift));

    private static async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Begin(
        Body<Api.ShiftRequest> body, HttpContext http, DeskCommand command, JourneyCluster cluster, CancellationToken cancellation)
    {
        var request = body.Request;
        var fields = command.Fields;
        var (who, role, unit) = await Named(command, request.Name, request.Role, request.Unit, http, cluster, cancellation);
        if (fields.Errors.Count > 0) return Problem.Invalid(fields.Errors);
        if (!OfTheirs(http, unit)) return Problem.Refused(Caller.Denied);
        // Said again it is the same shift, and not another one that begins now.
        var runs = (await ShiftsOf(who, cluster, cancellation)).FirstOrDefault(s => IsThat(s, role, unit));
        var from = request.From ?? runs?.From ?? fields.Now;
        var until = request.Until ?? (request.From is null ? runs?.Until : null) ?? from + UsualShift;
        fields.Expected("from", from);
        fields.Expected("until", until);
        if (runs is not null && until < runs.Until && !request.LeavePatients
            && await LeftBy(who, role, unit, cluster, cancellation) is > 0 and var patients) return HasPatients(who, patients);
        var shift = new Shift(who, role, unit, from, until);
        return await command.Send((cluster, id) => cluster.Staff.BeginShift(id, command.By, shift));
    }

    private static async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> End(
        Body<Api.EndShiftRequest> body, HttpContext http, DeskCommand command, JourneyCluster cluster, CancellationToken cancellation)
    {
        var request = body.Request;
        var fields = command.Fields;
        var (who, role, unit) = await Named(command, request.Name, request.Role, request.Unit, http, cluster, cancellation);
        if (!OfTheirs(http, unit)) return Problem.Refused(Caller.Denied);
        var patients = fields.Errors.Count == 0 ? await LeftBy(who, role, unit, cluster, cancellation) : 0;
        if (patients > 0 && !request.LeavePatients) return HasPatients(who, patients);
        var answer = await command.Send((cluster, id) => cluster.Staff.EndShift(id, command.By, who.Id, unit, role));
        return answer.Result is Ok<Api.CommandResult> { Value: { } done } ? TypedResults.Ok(done with { Says = Ended(who, done, patients) }) : answer;
    }

    private static string Ended(Person who, Api.CommandResult done, int patients) => (done.Outcome, patients) switch
    {
        (not Api.Outcomes.Accepted, _) => $"The shift of {who.Name} had already ended; nothing was changed now.",
        (_, 0) => $"The shift of {who.Name} has ended. It leaves no patient without a nurse.",
        _ => $"The shift of {who.Name} has ended. {(patients == 1 ? "1 patient has" : $"{patients} patients have")} no nurse from now on.",
    };

    /// <summary>Whose shift, as what, where; the trail says so whatever becomes of it.</summary>
    private static async Task<(Person Who, string Role, string Unit)> Named(
        DeskCommand command, string? name, string? role, string? unit, HttpContext http, JourneyCluster cluster, CancellationToken cancellation)
    {
        var fields = command.Fields;
        var named = (Who: ActingStaff.Named(fields.Required("name", name, Name)), Role: fields
            .Required("role", role, Name), Unit: await NamedUnit.Read(fields, "unit", unit, http));
        (command.Note.Unit, command.Note.Detail) = (named.Unit, $"{named.Who.Id} as {named.Role}");
        if (fields.Errors.Count > 0) return named;
        // Whom the name does not tell the directory refuses, and says why.
        return named with { Who = await cluster.Call(() => cluster.Staff.Meant(named.Who, named.Unit), cancellation) ?? named.Who };
    }

    /// <summary>Of how many patients somebody is the nurse who is on duty nowhere once this shift has ended.</summary>
    private static async Task<int> LeftBy(Person who, string role, string unit, JourneyCluster cluster, CancellationToken cancellation)
    {
        if (await ShiftsOf(who, cluster, cancellation) is not [var last] || !IsThat(last, role, unit)) return 0;
        var units = await KnownUnits.All(cluster, cancellation);
        var boards = await Task.WhenAll(units.Select(u => cluster.Call(() => cluster.Board(u.Unit).Read(), cancellation)));
        return boards.SelectMany(b => b.Rows)
            .Count(r => r is { Status: VisitStatus.Present or VisitStatus.OnLeave, IsProbablyGone: false } && r.Nurse is { } nurse
                && IsThem(nurse, who));
    }

    private static async Task<List<Shift>> ShiftsOf(Person who, JourneyCluster cluster, CancellationToken cancellation) =>
        [.. (await cluster.Call(() => cluster.Staff.OnDuty(null), cancellation)).Where(s => IsThem(s.Who, who))];

    /// <summary>An employee may have been only a name when the shift began, or the patient was given to them.</summary>
    private static bool IsThem(Person one, Person who) => one.Id == who.Id || one.Id == StaffIds.Named(who.Name);

    private static bool IsThat(Shift shift, string role, string unit) =>
        shift.Unit == unit && string.Equals(shift.Role, role, StringComparison.OrdinalIgnoreCase);

    private static ProblemHttpResult HasPatients(Person who, int patients)
    {
        var problem = Problem.Create(StatusCodes.Status409Conflict, Api.ProblemCodes.ShiftHasPatients,
            $"{who.Name} is the nurse of {patients} {(patients == 1 ? "patient" : "patients")}. Hand them over first, or send leavePatients: they "
                + $"have no nurse from then on.");
        problem.ProblemDetails.Extensions["patients"] = patients;
        return problem;
    }

    private static async Task<Results<Ok<Api.OwedList>, ProblemHttpResult>> List(string? addressee, HttpContext http, JourneyCluster cluster,
        CancellationToken cancellation)
    {
        var whose = addressee ?? ActingStaff.From(http).Name!;
        if (StaffNames.Addressee(whose, http.Caller()) is not { } key)
            return Problem.Invalid("addressee", "A name, or a role as role/charge-nurse@ED.");
        if (!http.Caller().Reads(key)) return Problem.Refused(Caller.Denied);
        return TypedResults.Ok(StaffViews.List(whose, await cluster.Call(() => cluster.List(key).Read(), cancellation)));
    }

    private static async Task<Ok<Api.AlertBoard>> Alerts(HttpContext http, Callers callers, JourneyCluster cluster, TimeProvider clock,
        CancellationToken cancellation)
    {
        var caller = http.Caller();
        var seen = (await KnownUnits.All(cluster, cancellation))
            .Select(u => (u.Unit, Audience: callers.AudienceOf(Operation.WatchAlerts, caller, u.Unit)))
            .Where(u => u.Audience is not null).ToDictionary(u => u.Unit, u => u.Audience.GetValueOrDefault());
        var units = seen.Keys;
        var boards = await Task.WhenAll(units.Select(u => cluster.Call(() => cluster.Board(u).Read(), cancellation)));
        return TypedResults.Ok(new Api.AlertBoard(
            [.. boards.SelectMany(b => b.Rows, (board, row) => (board, row)).Where(x => !RowViews.Withholds(x.row, seen[x.board.Unit]))
                .SelectMany(x => x.row.Alerts.Where(alert => RowViews.Tells(alert.Kind, seen[x.board.Unit])), (x, alert) => new Api.OpenAlert(
                x.row.Visit.Value, x.board.Unit, x.row.Location?.Room, x.row.Location?.Bed, PatientNames.For(x.row.Patient, seen[x.board.Unit]),
                RowViews.Alert(alert, seen[x.board.Unit])))
                .OrderBy(a => a.Alert.RaisedAt)], clock.GetUtcNow()));
    }

    private static bool OfTheirs(HttpContext http, string? unit) =>
        http.Caller() is var caller && (caller.Scope.HasFlag(Scope.House) || caller.Covers(unit));
}

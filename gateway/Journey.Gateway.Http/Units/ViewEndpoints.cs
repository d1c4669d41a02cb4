using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Units;

/// <summary>How people have boards: their own views, and those that a link names. No view says anything of a patient.</summary>
internal static class ViewEndpoints
{
    public static void MapViews(this IEndpointRouteBuilder app)
    {
        var views = app.MapGroup(Api.Paths.Views).WithTags("Views");
        views.MapGet("", Read).Needs(Operation.KeepViews).WithSummary("The caller's views, and how they have each unit's board.");
        views.MapGet("{view}", ReadOne).Needs(Operation.ReadViews).WithSummary("A view that a link names, whoever keeps it.");
        views.MapPost("", Save).Needs(Operation.KeepViews).AuditedBeforehand().WithSummary("Keeps a layout of a board under a name.");
        views.MapPost("{view}/delete", Delete).Needs(Operation.KeepViews).AuditedBeforehand().WithSummary("Deletes a view of the caller's.");
        views.MapPost("choice", Choose).Needs(Operation.KeepViews).AuditedBeforehand()
            .WithSummary("Says how the caller has a unit's board from now on.");
    }

    private static async Task<Ok<Api.ViewBook>> Read(HttpContext http, JourneyCluster cluster, CancellationToken cancellation)
    {
        var key = BookOf(http);
        var book = await cluster.Call(() => cluster.Views(key).Read(), cancellation);
        var (choices, defaults) = (book.Choices.ToDictionary(choice => choice.Unit), book.Defaults.ToDictionary(choice => choice.Unit));
        return TypedResults.Ok(new Api.ViewBook(
            [.. book.Views.Select(view => Layouts.View(key, view))],
            [
                .. choices.Keys.Union(defaults.Keys).Order(StringComparer.Ordinal).Select(unit => new Api.UnitView(
                    unit, choices.GetValueOrDefault(unit)?.View is { } number ? ViewKeys.Id(key, number) : null,
                    Layouts.Layout(choices.GetValueOrDefault(unit)?.Layout), Layouts.Layout(defaults.GetValueOrDefault(unit)?.Layout))),
            ]));
    }

    private static async Task<Results<Ok<Api.SavedView>, ProblemHttpResult>> ReadOne(string view, JourneyCluster cluster,
        CancellationToken cancellation)
    {
        if (ViewKeys.Read(view) is not var (key, number)) return Unknown();
        var book = await cluster.Call(() => cluster.Views(key).Read(), cancellation);
        return book.Views.FirstOrDefault(known => known.Number == number) is { } found
            ? TypedResults.Ok(Layouts.View(key, found))
            : Unknown();
    }

    private static Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Save(Body<Api.SaveViewRequest> body, HttpContext http, DeskCommand command)
    {
        var request = body.Request;
        var name = command.Fields.Required("name", request.Name, Api.Limits.ViewName);
        if (request.Layout is null) command.Fields.Wrong("layout", "Required.");
        var layout = Layouts.Read(command.Fields, request.Layout);
        return command.Send((cluster, id) => cluster.Views(BookOf(http)).Keep(id, command.By, name, layout));
    }

    private static async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Delete(string view, HttpContext http, DeskCommand command)
    {
        if (ViewKeys.Read(view) is not var (key, number) || key != BookOf(http)) return Unknown();
        command.Note.Detail = view;
        return await command.Send((cluster, id) => cluster.Views(key).Delete(id, command.By, number));
    }

    private static async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Choose(Body<Api.ChooseViewRequest> body, HttpContext http,
        DeskCommand command)
    {
        var request = body.Request;
        var unit = await NamedUnit.Read(command.Fields, "unit", request.Unit, http);
        command.Note.Unit = unit;
        var (book, number) = (BookOf(http), (int?)null);
        if (command.Fields.Text("view", request.View, Api.Limits.ViewId) is { } view)
        {
            if (request.Layout is not null) command.Fields.Wrong("layout", "Not together with a view: it has one.");
            if (command.Fields.Errors.Count > 0) return Problem.Invalid(command.Fields.Errors);
            if (ViewKeys.Read(view) is not var (key, known) || key != book) return Unknown();
            number = known;
        }

        var layout = request.Layout is null ? null : Layouts.Read(command.Fields, request.Layout);
        return await command.Send((cluster, id) => cluster.Views(book).Choose(id, command.By, new(unit, number, layout)));
    }

    /// <summary>Of whoever acts: what a name is where nobody signs in.</summary>
    private static string BookOf(HttpContext http) => ViewKeys.BookOf(ActingStaff.From(http).Id);

    private static ProblemHttpResult Unknown() => Problem.Refused(new(RefusalCodes.ViewUnknown, "No such view is known, or not any more."));
}

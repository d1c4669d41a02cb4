using Journey.Contracts;
using Journey.Gateway.Audit;
using Journey.Gateway.Problems;
using Journey.Gateway.Staff;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Visits;

/// <summary>A command of staff that is not about one visit: who sends it, with which key.</summary>
internal sealed class DeskCommand(HttpContext http)
{
    public Fields Fields { get; } = new(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
    public Actor By { get; } = ActingStaff.Of(http);

    /// <param name="scope">What the key counts within; empty when nothing narrows it.</param>
    public async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Send(Guid scope, string route, Func<IGrainFactory, CommandId, Task<Outcome>> call)
    {
        var key = Idempotency.KeyOf(http, Fields);
        if (Fields.Errors.Count > 0) return Problem.Invalid(Fields.Errors);
        var id = Idempotency.IdOf(scope, route, key);
        var grains = http.RequestServices.GetRequiredService<IGrainFactory>();
        await AuditNote.Change(http, null, id);
        var outcome = await http.RequestServices.GetRequiredService<GrainCalls>().Run(() => call(grains, id), http.RequestAborted);
        return CommandAnswer.Of(outcome, id);
    }

    public static ValueTask<DeskCommand> BindAsync(HttpContext http) => ValueTask.FromResult(new DeskCommand(http));
}

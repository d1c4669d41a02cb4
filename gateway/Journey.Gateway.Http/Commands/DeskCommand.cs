using Journey.Contracts;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Commands;

/// <summary>A command of staff that is not about one visit: who sends it, with which key.</summary>
internal sealed class DeskCommand(HttpContext http)
{
    public Fields Fields { get; } = new(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
    public Actor By { get; } = ActingStaff.From(http);

    /// <summary>What its entry in the trail says beside: the unit and whatever else it is about, noted before anything is refused.</summary>
    public AuditNote Note => AuditNote.For(http);

    public async Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Send(Func<JourneyCluster, CommandId, Task<Outcome>> call)
    {
        if (Idempotency.Unusable(http) is { } unusable) return unusable;
        if (Fields.Errors.Count > 0) return Problem.Invalid(Fields.Errors);
        var key = Idempotency.KeyOf(http);
        var id = Idempotency.IdOf(http, key);
        return await CommandPipeline.Send(http, null, id, key, cluster => call(cluster, id));
    }

    /// <summary>How a handler gets one; before the body is read.</summary>
    public static ValueTask<DeskCommand> BindAsync(HttpContext http)
    {
        Idempotency.KeepBody(http);
        return ValueTask.FromResult(new DeskCommand(http));
    }
}

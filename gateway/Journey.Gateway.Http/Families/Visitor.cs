using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Telemetry;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Guards;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Families;

/// <summary>Who stands at the door: what the request brings.</summary>
internal sealed class Visitor
{
    private const int LongestSession = 128;

    /// <summary>From an emergency visit to an observation to an admission, and one to spare.</summary>
    private const int MostVisits = 4;
    private readonly HttpContext _http;
    private Guid _entered;

    private Visitor(HttpContext http)
    {
        _http = http;
        Link = FamilyLink.Read(Header(Api.Paths.FamilyLink));
        Session = Header(Api.Paths.FamilySession) is { Length: <= LongestSession } session ? session : null;
        Fields = new(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        Key = Idempotency.KeyOf(http);
        Cluster = http.RequestServices.GetRequiredService<JourneyCluster>();
    }

    public FamilyLink? Link { get; }
    public string? Session { get; }
    private string? Key { get; }
    public Fields Fields { get; }

    /// <summary>Why what was sent cannot be done; null where it can.</summary>
    public ProblemHttpResult? Refused => Idempotency.Unusable(_http) ?? (Fields.Errors.Count > 0 ? Problem.Invalid(Fields.Errors) : null);


    /// <summary>The visit that was entered: the link's, or the one under which the person was admitted since.</summary>
    private IVisitGrain Visit => Cluster.Visit(_entered);

    /// <summary>The link's own visit, once it was entered.</summary>
    private Guid Through { get; set; }

    private JourneyCluster Cluster { get; }
    private CancellationToken Cancellation => _http.RequestAborted;

    public async Task<FamilyAnswer> Enter(FamilyLink through, string? codeWord, string? opened)
    {
        var id = Idempotency.Fresh;
        var answer = await Whose(through) is { } visit ? await Ask(Through = visit) : new FamilyAnswer(FamilyDoor.NoSuchLink, null);
        for (var hops = 0; answer.ContinuedAs is { } next && hops < MostVisits; hops++)
        {
            answer = await Ask(next.Value);
        }

        if (answer.Door == FamilyDoor.Wrong) GatewayMetrics.DoorMisses.Add(1);
        if (answer.Door == FamilyDoor.NoSuchLink) await _http.RequestServices.GetRequiredService<DoorGuard>().Missed(_http);
        AuditNote.Family(_http, _entered, answer);
        return answer;

        Task<FamilyAnswer> Ask(Guid of)
        {
            _entered = of;
            return Cluster.Call(() => Visit.FamilyPage(id, new FamilyKey(through.SecretHash), codeWord, opened), Cancellation);
        }
    }

    /// <summary>Asked of the silos: only they can open what they sealed. Null when it was made up.</summary>
    private async Task<Guid?> Whose(FamilyLink link) =>
        link.Place.IsEmpty ? link.Named : (await Cluster.Call(() => Cluster.FamilyLinks.Open(link.Place, link.SecretHash), Cancellation))?.Value;

    /// <summary>A contact says something to the visit that was entered.</summary>
    public Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Send(Guid? contact, Func<IVisitGrain, CommandId, Task<Outcome>> call)
    {
        var id = Idempotency.IdOf(_http, $"family/{Through:N}/{contact:N}", Key);
        return CommandPipeline.Send(_http, null, id, Key, _ => call(Visit, id));
    }

    /// <summary>How a handler gets one; before the body is read.</summary>
    public static ValueTask<Visitor> BindAsync(HttpContext http)
    {
        Idempotency.KeepBody(http);
        return ValueTask.FromResult(new Visitor(http));
    }

    private string? Header(string name) => _http.Request.Headers[name] is [{ } value] ? value : null;
}

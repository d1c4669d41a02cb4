using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Telemetry;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Guards;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Journey.Gateway.Http.Families;

/// <summary>Who stands at the door: what the request brings.</summary>
internal sealed class Visitor
{
    private const int LongestSession = 128;

    /// <summary>From an emergency visit to an observation to an admission, and one to spare.</summary>
    private const int MostVisits = 4;
    private readonly HttpContext http;
    private Guid _entered;

    private Visitor(HttpContext http)
    {
        this.http = http;
        Link = FamilyLink.Read(Header(Api.Paths.FamilyLink));
        Session = Header(Api.Paths.FamilySession) is { Length: <= LongestSession } session ? session : null;
        Fields = new(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        Key = Idempotency.KeyOf(http, Fields);
        Calls = http.RequestServices.GetRequiredService<GrainCalls>();
    }

    public FamilyLink? Link { get; }
    public string? Session { get; }
    public string? Key { get; }
    public Fields Fields { get; }
    public GrainCalls Calls { get; }
    public CancellationToken Cancellation => http.RequestAborted;

    /// <summary>The visit that was entered: the link's, or the one under which the person was admitted since.</summary>
    public IVisitGrain Visit => Grains.GetGrain<IVisitGrain>(_entered);

    /// <summary>The link's own visit, once it was entered.</summary>
    public Guid Through { get; private set; }

    private IGrainFactory Grains => http.RequestServices.GetRequiredService<IGrainFactory>();

    public async Task<FamilyAnswer> Enter(FamilyLink through, string? codeWord, string? opened)
    {
        var id = Idempotency.Fresh;
        var answer = await Whose(through) is { } visit ? await Ask(Through = visit) : new FamilyAnswer(FamilyDoor.NoSuchLink, null);
        for (var hops = 0; answer.ContinuedAs is { } next && hops < MostVisits; hops++)
        {
            answer = await Ask(next.Value);
        }

        if (answer.Door == FamilyDoor.Wrong) GatewayMetrics.DoorMisses.Add(1);
        if (answer.Door == FamilyDoor.NoSuchLink) await http.RequestServices.GetRequiredService<DoorGuard>().Missed(http);
        AuditNote.Family(http, _entered, answer);
        return answer;

        Task<FamilyAnswer> Ask(Guid of)
        {
            _entered = of;
            return Calls.Run(() => Visit.FamilyPage(id, new FamilyKey(through.SecretHash), codeWord, opened), Cancellation);
        }
    }

    /// <summary>Asked of the silos: only they can open what they sealed. Null when it was made up.</summary>
    private async Task<Guid?> Whose(FamilyLink link) =>
        link.Place.IsEmpty ? link.Named : (await Calls.Run(() => Grains.GetGrain<IFamilyLinksGrain>(0).Open(link.Place, link.SecretHash), Cancellation))?.Value;

    /// <summary>Before it says something.</summary>
    public Task Record(CommandId command) => AuditNote.Change(http, null, command);

    /// <summary>The id of what a contact says, and the refusal when its key came with something else before.</summary>
    public async Task<(CommandId Id, ProblemHttpResult? Reused)> Identify(Guid visit, Guid? contact)
    {
        var id = Idempotency.IdOf(http, $"family/{visit:N}/{contact:N}", Key);
        return (id, await http.RequestServices.GetRequiredService<Idempotency>().Reused(http, id, Key));
    }

    public Task<Results<Ok<Api.CommandResult>, ProblemHttpResult>> Answer(Outcome outcome, CommandId id) => CommandAnswer.Of(http, outcome, id);

    /// <summary>How a handler gets one; before the body is read.</summary>
    public static ValueTask<Visitor> BindAsync(HttpContext http)
    {
        Idempotency.KeepBody(http);
        return ValueTask.FromResult(new Visitor(http));
    }

    private string? Header(string name) => http.Request.Headers[name] is [{ } value] ? value : null;
}

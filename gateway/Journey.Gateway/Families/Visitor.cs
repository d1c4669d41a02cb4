using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Visits;
using Journey.Gateway.Audit;
using Journey.Gateway.Problems;
using Journey.Gateway.Visits;

namespace Journey.Gateway.Families;

/// <summary>Who stands at the door: what the request brings.</summary>
internal sealed class Visitor(HttpContext http)
{
    private const int LongestSession = 128;

    public FamilyLink? Link { get; } = FamilyLink.Read(Header(http, Api.Paths.FamilyLink));
    public string? Session { get; } = Header(http, Api.Paths.FamilySession) is { Length: <= LongestSession } session ? session : null;
    public string? Key { get; } = Idempotency.KeyOf(http);
    public Fields Fields { get; } = new(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
    public GrainCalls Calls { get; } = http.RequestServices.GetRequiredService<GrainCalls>();
    public CancellationToken Cancellation => http.RequestAborted;

    public IVisitGrain Visit(FamilyLink of) => http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IVisitGrain>(of.Visit);

    public async Task<FamilyAnswer> Enter(FamilyLink through, string? codeWord, string? opened)
    {
        var id = Idempotency.IdOf(through.Visit, "door", null);
        var answer = await Calls.Run(() => Visit(through).FamilyPage(id, new FamilyKey(through.SecretHash), codeWord, opened), Cancellation);
        AuditNote.Family(http, through.Visit, answer);
        return answer;
    }

    /// <summary>Before it says something.</summary>
    public Task Record(CommandId command) => AuditNote.Change(http, null, command);

    /// <summary>How a handler gets one.</summary>
    public static ValueTask<Visitor> BindAsync(HttpContext http) => ValueTask.FromResult(new Visitor(http));

    private static string? Header(HttpContext http, string name) => http.Request.Headers[name] is [{ } value] ? value : null;
}

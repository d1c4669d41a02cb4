using Journey.Contracts.Care;
using Journey.Contracts.Visits;
using Journey.Gateway.Problems;
using Journey.Gateway.Visits;

namespace Journey.Gateway.Families;

/// <summary>Who stands at the door: what the request's headers bring.</summary>
internal sealed class Visitor(string? link, string? session, string? key, IGrainFactory grains, GrainCalls calls, TimeProvider clock, CancellationToken cancellation)
{
    public FamilyLink? Link { get; } = FamilyLink.Read(link);
    public string? Session { get; } = session is { Length: > 128 } ? null : session;
    public string? Key { get; } = key is { Length: 0 or > Idempotency.MaxKeyLength } ? null : key;
    public GrainCalls Calls => calls;
    public CancellationToken Cancellation => cancellation;
    public DateTimeOffset Now => clock.GetUtcNow();

    public IVisitGrain Visit(FamilyLink of) => grains.GetGrain<IVisitGrain>(of.Visit);

    public Task<FamilyAnswer> Enter(FamilyLink through, string? codeWord, string? opened)
    {
        var id = Idempotency.IdOf(through.Visit, "door", null);
        return calls.Run(() => Visit(through).FamilyPage(id, new FamilyKey(through.SecretHash), codeWord, opened), cancellation);
    }

    /// <summary>How a handler gets one.</summary>
    public static ValueTask<Visitor> BindAsync(HttpContext http) => ValueTask.FromResult(new Visitor(
        Header(http, Api.Paths.FamilyLink), Header(http, Api.Paths.FamilySession), Header(http, Api.Paths.IdempotencyKey),
        http.RequestServices.GetRequiredService<IGrainFactory>(), http.RequestServices.GetRequiredService<GrainCalls>(), http.RequestServices.GetRequiredService<TimeProvider>(), http.RequestAborted));

    private static string? Header(HttpContext http, string name) => http.Request.Headers[name] is [{ } value] ? value : null;
}

using System.Text.Json;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Journey.Gateway.Trust.Sessions;

/// <summary>
/// The provider says that somebody's session has ended there, or that the account was closed (OpenID Connect Back-Channel Logout 1.0): it ends here
/// too, at once.
/// </summary>
internal static class BackChannel
{
    /// <summary>The provider's claim for its own session.</summary>
    public const string Session = "sid";

    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private static readonly Actor Provider = new("provider", "The sign-in provider");

    public static async Task<IResult> End(HttpContext http, IOptionsMonitor<OpenIdConnectOptions> provider, IOptions<IdentityOptions> identity,
        SessionDesk desk)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (identity.Value is { IsServedHere: false, Authority: "" } || !http.Request.HasFormContentType) return Refused("Nothing to end here.");
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (await Read(form["logout_token"].ToString(), provider.Get(IdentitySetup.Provider), http.RequestAborted) is not { } token)
            return Refused("No logout token of the provider's.");
        token.TryGetPayloadValue<string>(Session, out var session);
        // Sent again later it ends nothing that began since.
        var said = new DateTimeOffset(token.IssuedAt, TimeSpan.Zero) + IdentitySetup.ClockSkew;
        var over = (await desk.Open(http.RequestAborted)).Where(s => (token.Subject is not { Length: > 0 } who || s.Who == who)
            && (session is null || s.ProviderSession == session) && s.Since <= said).ToList();
        var note = AuditNote.For(http);
        foreach (var each in over)
        {
            note.Detail = each.Id;
            await note.Record(http, AuditAction.SignOut, AuditOutcome.Done, null, []);
            await desk.End(new EndSession(new CommandId(Guid.NewGuid()), Provider, each.Id, "The provider has ended it."), http.RequestAborted);
        }

        return TypedResults.Ok();
    }

    /// <summary>Null when it is not what it should be.</summary>
    private static async Task<JsonWebToken?> Read(string text, OpenIdConnectOptions provider, CancellationToken cancellation)
    {
        var valid = await ProviderToken.Read(text, provider, cancellation);
        if (!valid.IsValid || valid.SecurityToken is not JsonWebToken token || token.TryGetPayloadValue<string>("nonce", out _)) return null;
        var says = token.TryGetPayloadValue<JsonElement>("events", out var events) && events.ValueKind == JsonValueKind.Object
            && events.TryGetProperty(Event, out _);
        return says && (token.Subject is { Length: > 0 } || token.TryGetPayloadValue<string>(Session, out _)) ? token : null;
    }

    private static IResult Refused(string why) => Problem.Create(StatusCodes.Status400BadRequest, Api.ProblemCodes.InvalidRequest, why);
}

using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Http.Sessions;

/// <summary>In, out, and who one is.</summary>
internal static class SignInEndpoints
{
    private const string Enrol = "/enrol/index.html";

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet(Api.Paths.SignIn, SignIn).Needs(Operation.SignIn).WithTags("Identity")
            .WithSummary("Signs in at the provider and comes back to returnUrl, a path of this site.");
        app.MapPost(Api.Paths.SignOut, SignOut).Needs(Operation.SignIn).WithTags("Identity").WithSummary("Ends the session.");
        app.MapPost(Api.Paths.SignOut + "/backchannel", BackChannel.End).Needs(Operation.SignIn).WithTags("Identity").DisableAntiforgery()
            .ExcludeFromDescription();
        app.MapGet(Api.Paths.Me, Me).Needs(Operation.ReadSelf).WithTags("Identity").WithSummary("Who is signed in.");
    }

    private static async Task<IResult> SignIn(string? returnUrl, HttpContext http, IAuthenticationSchemeProvider schemes)
    {
        var back = IsOurs(returnUrl) ? returnUrl! : "/";
        // A wall that was removed: nobody sits before it who could sign in.
        if (http.Request.Cookies.ContainsKey(WallEndpoints.ScreenCookie) && back.StartsWith("/wall/", StringComparison.Ordinal))
            return TypedResults.Redirect(Enrol);
        return await HasPeople(schemes)
            ? TypedResults.Challenge(new AuthenticationProperties { RedirectUri = back }, [IdentitySetup.Provider])
            : TypedResults.Redirect(back);
    }

    /// <param name="everywhere">Ends one's other sessions too.</param>
    private static async Task<IResult> SignOut(HttpContext http, IAuthenticationSchemeProvider schemes, IOptions<IdentityOptions> identity,
        Callers callers, bool everywhere = false)
    {
        if (!await HasPeople(schemes)) return TypedResults.Redirect("/");
        if (http.User.FindFirst(Account.Session)?.Value is { } session)
        {
            await AuditNote.For(http).Record(http, AuditAction.SignOut, AuditOutcome.Done, null, []);
            var desk = http.RequestServices.GetRequiredService<SessionDesk>();
            var who = callers.Identify(http, Operation.SignIn);
            var ends = everywhere ? (await desk.Open(http.RequestAborted)).Where(s => s.Who == who.Id).Select(s => s.Id).Append(session)
                .Distinct() : [session];
            foreach (var each in ends)
                await desk.End(new EndSession(new CommandId(Guid.NewGuid()), new Actor(who.Id, who.Name), each, null), http.RequestAborted);
        }

        return TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/" }, identity.Value.IsServedHere
            ? [IdentitySetup.People]
            : [IdentitySetup.People, IdentitySetup.Provider]);
    }

    private static Ok<Api.Me> Me(HttpContext http, Callers callers, IOptions<IdentityOptions> identity)
    {
        var caller = http.Caller();
        return TypedResults.Ok(new Api.Me(callers.SignIn, caller.Id, caller.Name, [.. caller.Roles.Select(WireName<Role>.Dashed)], caller.Units,
                identity.Value.IdleMinutes * 60));
    }

    private static async Task<bool> HasPeople(IAuthenticationSchemeProvider schemes) =>
        await schemes.GetSchemeAsync(IdentitySetup.Provider) is not null;

    /// <summary>
    /// A path of this site: neither another one nor something a browser would read as one. It leaves out what it cannot show: a slash, a tab and a
    /// slash are two slashes. Other letters no header can hold; in an address they are escaped.
    /// </summary>
    private static bool IsOurs(string? url) => url is ['/', ..] and not ['/', '/' or '\\', ..] && url.All(c => char.IsAscii(c) && !char.IsControl(c));
}

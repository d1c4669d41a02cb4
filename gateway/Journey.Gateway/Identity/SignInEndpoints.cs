using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Gateway.Access;
using Journey.Gateway.Audit;
using Journey.Gateway.Boards;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Identity;

/// <summary>In, out, and who one is.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet(Api.Paths.SignIn, SignIn).Needs(Operation.SignIn).WithTags("Identity").WithSummary("Signs in at the provider and comes back to returnUrl, a path of this site.");
        app.MapPost(Api.Paths.SignOut, SignOut).Needs(Operation.SignIn).WithTags("Identity").WithSummary("Ends the session.");
        app.MapGet(Api.Paths.Me, Me).Needs(Operation.ReadSelf).WithTags("Identity").WithSummary("Who is signed in.");
    }

    private static async Task<IResult> SignIn(string? returnUrl, IAuthenticationSchemeProvider schemes)
    {
        var back = IsOurs(returnUrl) ? returnUrl! : "/";
        return await HasPeople(schemes) ? TypedResults.Challenge(new AuthenticationProperties { RedirectUri = back }, [IdentitySetup.Provider]) : TypedResults.Redirect(back);
    }

    private static async Task<IResult> SignOut(HttpContext http, IAuthenticationSchemeProvider schemes, IOptions<IdentityOptions> identity)
    {
        if (!await HasPeople(schemes)) return TypedResults.Redirect("/");
        if (http.User.Identity?.IsAuthenticated == true) await AuditNote.Of(http).Record(http, AuditAction.SignOut, AuditOutcome.Done, null, []);
        return TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/" }, identity.Value.IsServedHere ? [IdentitySetup.People] : [IdentitySetup.People, IdentitySetup.Provider]);
    }

    private static Ok<Api.Me> Me(HttpContext http, Callers callers, IOptions<IdentityOptions> identity)
    {
        var caller = http.Caller();
        return TypedResults.Ok(new Api.Me(callers.SignIn, caller.Id, caller.Name, [.. caller.Roles.Select(Words<Role>.Dashed)], caller.Units, identity.Value.IdleMinutes * 60));
    }

    private static async Task<bool> HasPeople(IAuthenticationSchemeProvider schemes) => await schemes.GetSchemeAsync(IdentitySetup.Provider) is not null;

    /// <summary>A path of this site: neither another one nor something a browser would read as one.</summary>
    private static bool IsOurs(string? url) => url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Contains('\n', StringComparison.Ordinal) && !url.Contains('\r', StringComparison.Ordinal);
}

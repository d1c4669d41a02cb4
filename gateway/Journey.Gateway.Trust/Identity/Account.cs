using System.Security.Claims;
using Journey.Contracts.Access;
using Journey.Gateway.Cluster.Wire;

namespace Journey.Gateway.Trust.Identity;

/// <summary>What is kept of what a provider says about somebody: who they are, what they are, and where. Nothing else goes into a session.</summary>
internal static class Account
{
    /// <summary>The session's id, which the books and the trail know it by.</summary>
    public const string Session = "sid";

    public static ClaimsPrincipal From(ClaimsPrincipal signedIn, IdentityOptions options)
    {
        var identity = new ClaimsIdentity(signedIn.Identity?.AuthenticationType ?? "Journey", Callers.Name, Callers.RoleClaim);
        foreach (var kept in (string[])[Callers.Subject, Callers.Name, Callers.Client])
            if (signedIn.FindFirst(kept) is { } claim) identity.AddClaim(new Claim(kept, claim.Value));
        if (signedIn.FindFirst(options.EmployeeClaim) is { } employee) identity.AddClaim(new Claim(Callers.Employee, employee.Value));
        if (options.BirthDateClaim.Length > 0 && signedIn.FindFirst(options.BirthDateClaim) is { } born)
            identity.AddClaim(new Claim(Callers.BirthDate, born.Value));
        if (!identity.HasClaim(c => c.Type == Callers.Name) && signedIn.FindFirst("preferred_username") is { } user)
            identity.AddClaim(new Claim(Callers.Name, user.Value));
        foreach (var role in signedIn.FindAll(options.RoleClaim))
            identity.AddClaim(new Claim(Callers.RoleClaim, options.Roles.GetValueOrDefault(role.Value, role.Value)));
        foreach (var unit in signedIn.FindAll(options.UnitClaim)) identity.AddClaim(new Claim(Callers.UnitClaim, unit.Value));
        if (options.IsServedHere && signedIn.HasClaim(IdentityOptions.ActsFor, "true")) identity.AddClaim(new Claim(IdentityOptions.ActsFor, "true"));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>A screen that shows a wall and nothing else: nobody sits before it who could be idle.</summary>
    public static bool IsWall(ClaimsPrincipal who) =>
        who.FindAll(Callers.RoleClaim).Select(c => c.Value).ToArray() is [var only] && only == WireName<Role>.Dashed(Role.WallDisplay);
}

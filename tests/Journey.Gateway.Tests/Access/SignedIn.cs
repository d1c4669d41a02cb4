using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Journey.Gateway.Tests.Access;

/// <summary>
/// How the tests of this folder sign in: tokens really signed with a key of their own, really validated. The one file to replace when the
/// host brings its own way to sign in.
/// </summary>
public static class SignedIn
{
    private const string Us = "https://journey.test";
    private static readonly ECDsaSecurityKey Key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "test" };

    public static void Use(WebApplicationBuilder builder) =>
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
    {
        options.MapInboundClaims = false;
        options.TokenValidationParameters =
            new TokenValidationParameters
            {
                ValidIssuer = Us, ValidAudience = Us, IssuerSigningKey = Key, NameClaimType = "name",
                RoleClaimType = "role"
            };
    });

    public static string Token(Somebody who) => Token(who, Key);

    public static string Token(Somebody who, ECDsaSecurityKey key) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Us, Audience = Us, SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
        Expires = DateTime.UtcNow.AddHours(1),
        Claims = new Dictionary<string, object>
        {
            ["sub"] = who.Sub, ["employee"] = who.Employee, ["name"] = who.Name, ["role"] = who.Roles,
            ["unit"] = who.Units
        }
            .Concat(who.Also.Select(claim => KeyValuePair.Create(claim.Key, (object)claim.Value))).ToDictionary(),
    });

    public static HttpRequestMessage By(this HttpRequestMessage request, Somebody? who)
    {
        if (who is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(who));
        return request;
    }
}

/// <summary>An invented person with an account.</summary>
public sealed record Somebody(string Name, string[] Roles, string[] Units)
{
    private static int _last;

    public string Sub { get; init; } = "sub-" + Interlocked.Increment(ref _last);

    /// <summary>What the hospital tells its employees apart by.</summary>
    public string Employee { get; init; } = "E" + Interlocked.Increment(ref _last);

    /// <summary>What else is said of them.</summary>
    public IReadOnlyDictionary<string, string> Also { get; init; } = new Dictionary<string, string>();

    /// <summary>With a session, as people have and systems have not.</summary>
    public Somebody InSession(string? birthDate = null) =>
        this with
        {
            Also = new[] { ("sid", "session-" + Sub), ("birthdate", birthDate) }.Where(claim => claim.Item2 is not null)
            .ToDictionary(claim => claim.Item1, claim => claim.Item2!)
        };

    public static Somebody As(string role, params string[] units) => new($"Invented {role} {Interlocked.Increment(ref _last)}", [role], units);
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Journey.Gateway.Tests.Identity;

/// <summary>An OpenID Connect provider as a hospital has one, on this machine: whoever is sent to it is whom it is told to take them for.</summary>
public sealed class HospitalProvider : IAsyncDisposable
{
    private readonly ECDsaSecurityKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "hospital" };
    private readonly ConcurrentDictionary<string, (Dictionary<string, object> Claims, string? Nonce)> _codes = new();
    private readonly ConcurrentDictionary<string, string> _refreshable = new();
    private readonly WebApplication _app;
    private int _refreshed;

    public HospitalProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, object>
        {
            ["issuer"] = Issuer, ["authorization_endpoint"] = Issuer + "/authorize", ["token_endpoint"] = Issuer + "/token",
            ["userinfo_endpoint"] = Issuer + "/userinfo", ["jwks_uri"] = Issuer + "/keys",
            ["response_types_supported"] = (string[])["code"], ["subject_types_supported"] = (string[])["public"],
            ["id_token_signing_alg_values_supported"] = (string[])["ES256"],
        });
        _app.MapGet("/keys", () => new Dictionary<string, object> { ["keys"] = (object[])[Published()] });
        _app.MapGet("/authorize", (HttpRequest request) =>
        {
            var code = Guid.NewGuid().ToString("N");
            _codes[code] = (Next, request.Query["nonce"]);
            return Results.Redirect($"{request.Query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(request.Query["state"]!)}");
        });
        _app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            if (form["grant_type"] == "refresh_token")
            {
                Interlocked.Increment(ref _refreshed);
                if (IsDown) return Results.StatusCode(503);
                // Each is good once, as most providers have it.
                if (!_refreshable.TryRemove(form["refresh_token"]!, out var subject) || !Known.TryGetValue(subject, out var now))
                    return Results.BadRequest(new { error = "invalid_grant" });
                return Results.Json(Tokens(now, new(now), subject));
            }

            var (claims, nonce) = _codes[form["code"]!];
            return Results.Json(Tokens(claims, new(claims) { ["nonce"] = nonce! }, (string)claims["sub"]));
        });
        _app.MapGet("/userinfo", (HttpRequest request) =>
            new Dictionary<string, object> { ["sub"] = request.Headers.Authorization.ToString()["Bearer ".Length..] });
        _app.StartAsync().GetAwaiter().GetResult();
    }

    public string Issuer => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Who is still known, by <c>sub</c>, and as what: whoever signed in and stands here gets a refresh token.</summary>
    public ConcurrentDictionary<string, Dictionary<string, object>> Known { get; } = new();

    /// <summary>Answers no more refresh token.</summary>
    public bool IsDown { get; set; }

    /// <summary>How often a refresh token came.</summary>
    public int Refreshed => _refreshed;

    /// <summary>What whoever signs in next is said to be.</summary>
    public Dictionary<string, object> Next { get; set; } = [];

    public string Sign(string audience, Dictionary<string, object> claims, string type = "JWT", TimeSpan? lasts = null, TimeSpan ago = default) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer, Audience = audience, TokenType = type, Claims = claims,
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.EcdsaSha256),
            IssuedAt = DateTime.UtcNow - ago, Expires = DateTime.UtcNow - ago + (lasts ?? TimeSpan.FromMinutes(5)),
            NotBefore = DateTime.UtcNow.AddHours(-1),
        });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Dictionary<string, object> Tokens(Dictionary<string, object> claims, Dictionary<string, object> identity, string subject)
    {
        var answer = new Dictionary<string, object>
        {
            ["access_token"] = (string)claims["sub"], ["token_type"] = "Bearer", ["expires_in"] = 300,
            ["id_token"] = Sign("journey-dashboard", identity)
        };
        if (!Known.ContainsKey(subject)) return answer;
        var token = Guid.NewGuid().ToString("N");
        _refreshable[token] = subject;
        answer["refresh_token"] = token;
        return answer;
    }

    private Dictionary<string, object> Published()
    {
        var point = _key.ECDsa.ExportParameters(false).Q;
        return new()
        {
            ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = _key.KeyId, ["use"] = "sig", ["alg"] = "ES256",
            ["x"] = Base64UrlEncoder.Encode(point.X), ["y"] = Base64UrlEncoder.Encode(point.Y)
        };
    }
}

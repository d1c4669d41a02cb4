using System.Globalization;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Journey.Gateway.Trust.Sessions;

/// <summary>
/// People sign in at the provider (authorization code with PKCE) and get a cookie: no token ever comes into a browser's script, or into an address.
/// Systems bring a bearer token of the same provider. Both become the same few claims, see <see cref="Account"/>.
/// </summary>
internal static class IdentitySetup
{
    public const string People = CookieAuthenticationDefaults.AuthenticationScheme;
    public const string Provider = OpenIdConnectDefaults.AuthenticationScheme;
    private const string Systems = JwtBearerDefaults.AuthenticationScheme;
    private const string Either = "Journey";
    private const string Began = "journey.began";
    private const string AccessToken = "at+jwt";
    /// <summary>By how much the provider's clock may differ.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(10);
    private static readonly PathString[] Fetched = ["/api", "/hubs", "/fhir"];
    public static readonly TimeSpan WallsStay = TimeSpan.FromDays(90);

    /// <param name="servedHere">The provider is part of this host.</param>
    public static void AddIdentity(this WebApplicationBuilder builder, bool servedHere)
    {
        var services = builder.Services;
        services.AddOptions<IdentityOptions>().BindConfiguration(IdentityOptions.Section).Configure(o => o.IsServedHere = servedHere)
            .ValidateDataAnnotations()
            .Validate(o => o.Authority.Length == 0
                || IsSafe(o.Authority), "Journey:Identity:Authority must be an https address, or http on this machine.")
            .Validate(o => o.ClientSecretFile is null
                || File.Exists(o.ClientSecretFile), "Journey:Identity:ClientSecretFile names a file that is not there.")
            .Validate(o => o.IsWallAt(null) is not null, "Journey:Identity:WallNetworks must be networks such as 10.20.0.0/16, several with commas.")
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<IdentityOptions>, SessionRing>();
        services.AddSingleton<SessionDesk>();
        services.AddSingleton<SessionBook>();
        if (!servedHere && string.IsNullOrWhiteSpace(builder.Configuration[IdentityOptions.Section + ":Authority"])) return;

        var keys = builder.Configuration[IdentityOptions.Section + ":KeyRing"]
            ?? Path.Combine(IdentityOptions.DataFolder(builder.Configuration), "keys");
        SessionRing.Seal(services.AddDataProtection().SetApplicationName("Journey").PersistKeysToFileSystem(Private(keys)), builder.Configuration);
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, o => o.ForwardDefaultSelector = http => http.Request.Headers.Authorization.Count > 0 ? Systems : People)
            .AddCookie(People)
            .AddOpenIdConnect(Provider, _ => { })
            .AddJwtBearer(Systems, _ => { });
        services.AddHostedService(s => s.GetRequiredService<SessionBook>());
        services.AddSingleton<Recheck>();
        services.AddOptions<CookieAuthenticationOptions>(People)
            .Configure<IOptions<IdentityOptions>, TimeProvider>((o, identity, clock) => Session(o, identity.Value, clock));
        services.AddOptions<OpenIdConnectOptions>(Provider)
            .Configure<IOptions<IdentityOptions>, IServer>((o, identity, server) => SignIn(o, identity.Value, Authority(identity.Value, server)));
        services.AddOptions<JwtBearerOptions>(Systems)
            .Configure<IOptions<IdentityOptions>, IServer>((o, identity, server) => Bearer(o, identity.Value, Authority(identity.Value, server)));
    }

    /// <summary>Whoever reads the keys can sign in as anybody: a folder that is made here is for this user alone.</summary>
    private static DirectoryInfo Private(string folder)
    {
        if (Directory.Exists(folder)) return new(folder);
        // The framework gives the mode to the last folder alone.
        if (Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))) is { } above) Private(above);
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(folder)
            : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void Session(CookieAuthenticationOptions o, IdentityOptions identity, TimeProvider clock)
    {
        // A browser takes a __Host- cookie over TLS only; the provider of Development is reached without.
        o.Cookie.Name = identity.IsServedHere ? "journey-session" : "__Host-journey-session";
        o.Cookie.SecurePolicy = identity.IsServedHere ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        o.Cookie.SameSite = SameSiteMode.Lax;
        o.Cookie.HttpOnly = true;
        o.ExpireTimeSpan = TimeSpan.FromMinutes(identity.IdleMinutes);
        o.SlidingExpiration = true;
        o.Events.OnSigningIn = context =>
        {
            var now = clock.GetUtcNow();
            context.Properties.Items[Began] = now.ToString("O", CultureInfo.InvariantCulture);
            Recheck.Began(context.Properties, now);
            if (!Account.IsWall(context.Principal!)) return Task.CompletedTask;
            context.Properties.IsPersistent = true;
            context.Properties.ExpiresUtc = now + WallsStay;
            return Task.CompletedTask;
        };
        o.Events.OnCheckSlidingExpiration = context =>
        {
            context.ShouldRenew = IsSomebodysDoing(context.Request) && context.ElapsedTime > RenewAfter && !Account.IsWall(context.Principal!);
            return Task.CompletedTask;
        };
        o.Events.OnValidatePrincipal = async context =>
        {
            await Ask(context);
            if (context.Principal is null) return;
            var isOver = !context.Properties.Items.TryGetValue(Began, out var text)
                || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var began)
                || (clock.GetUtcNow() - began > TimeSpan.FromHours(identity.SessionHours) && !Account.IsWall(context.Principal!));
            // A copy of a wall's cookie shows nothing to whoever took it along.
            var isElsewhere = Account.IsWall(context.Principal!) && identity.IsWallAt(context.HttpContext.Connection.RemoteIpAddress) != true;
            if (isOver || isElsewhere || context.Principal!.FindFirst(Account.Session)?.Value is not { } session
                || await IsEnded(context.HttpContext, session)) context.RejectPrincipal();
        };
    }

    /// <summary>What they may is not asked while it cannot be written down; the session's end is asked for right after, and says so.</summary>
    private static async Task Ask(CookieValidatePrincipalContext context)
    {
        try
        {
            await context.HttpContext.RequestServices.GetRequiredService<Recheck>().Apply(context, IsSomebodysDoing(context.Request));
        }
        catch (ClusterUnavailableException)
        {
        }
    }

    /// <summary>While nobody can say, what holds patients answers that it is unavailable; a page's own files need no session.</summary>
    private static async ValueTask<bool> IsEnded(HttpContext http, string session)
    {
        try
        {
            return await http.RequestServices.GetRequiredService<SessionBook>().IsEnded(session);
        }
        catch (ClusterUnavailableException)
            when (http.Operation() is null or Operation.OpenPages or Operation.SignIn or Operation.ReadHealth or Operation.ReadMetrics)
        {
            return true;
        }
    }

    /// <summary>
    /// What a page fetches by itself, keeping what it shows live, is nobody's doing. Opening a page is, and so is every change; a page on which
    /// somebody moves says so by asking who they are.
    /// </summary>
    private static bool IsSomebodysDoing(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) ? !request.Path.StartsWithSegments("/hubs") : request.Path == Api.Paths.Me
        || !Array.Exists(Fetched, path => request.Path.StartsWithSegments(path));

    private static void SignIn(OpenIdConnectOptions o, IdentityOptions identity, string authority)
    {
        o.SignInScheme = People;
        o.Authority = authority;
        o.RequireHttpsMetadata = !IsLoopback(authority);
        o.ClientId = identity.ClientId;
        o.ClientSecret = identity.ClientSecretFile is { } file ? File.ReadAllText(file).Trim() : null;
        o.ResponseType = OpenIdConnectResponseType.Code;
        // The code alone is in the address, good once and only with the verifier that this gateway keeps.
        o.ResponseMode = OpenIdConnectResponseMode.Query;
        o.UsePkce = true;
        o.SaveTokens = false;
        o.MapInboundClaims = false;
        o.GetClaimsFromUserInfoEndpoint = !identity.IsServedHere;
        o.DisableTelemetry = true;
        if (identity.OfflineAccess) o.Scope.Add(OpenIdConnectScope.OfflineAccess);
        o.Events.OnTokenResponseReceived = context =>
        {
            Recheck.StoreToken(context.Properties!, context.TokenEndpointResponse.RefreshToken);
            return Task.CompletedTask;
        };
        o.NonceCookie.SameSite = o.CorrelationCookie.SameSite = SameSiteMode.Lax;
        o.NonceCookie.SecurePolicy = o.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        o.Events.OnTicketReceived = async context =>
        {
            var http = context.HttpContext;
            var (who, theirs) = (Account.From(context.Principal!, identity), context.Principal!.FindFirst(BackChannel.Session)?.Value);
            try
            {
                context.Principal = http.User = await http.RequestServices.GetRequiredService<SessionDesk>().Begin(
                    who, Account.IsWall(who) ? WallsStay : TimeSpan.FromHours(identity.SessionHours), http, theirs);
            }
            catch (ClusterUnavailableException)
            {
                Again(context);
                return;
            }

            await AuditNote.For(http).Record(http, AuditAction.SignIn, AuditOutcome.Done, null, []);
        };
        // Whatever went wrong (a page left open too long, a second tab), the way out is the same: once more.
        o.Events.OnRemoteFailure = context =>
        {
            Again(context);
            return Task.CompletedTask;
        };
    }

    private static void Again(HandleRequestContext<RemoteAuthenticationOptions> context)
    {
        context.HandleResponse();
        context.Response.Redirect("/signin-again.html");
    }

    private static void Bearer(JwtBearerOptions o, IdentityOptions identity, string authority)
    {
        o.Authority = authority;
        o.RequireHttpsMetadata = !IsLoopback(authority);
        o.Audience = identity.Audience;
        o.MapInboundClaims = false;
        o.TokenValidationParameters.ValidTypes = identity.TokenTypes.Count > 0 ? identity.TokenTypes : [AccessToken];
        o.TokenValidationParameters.ClockSkew = ClockSkew;
        o.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                var (token, client) = (context.SecurityToken, context.Principal!.FindFirst(Callers.Client) ?? context.Principal.FindFirst("azp"));
                if (client is null || !identity.Systems.Contains(client.Value)) context.Fail("It is no system's that is known.");
                else if (token is not JsonWebToken { IssuedAt: var issued } || IsTooLong(token.ValidTo, issued, identity))
                    context.Fail("It is good for too long.");
                else context.Principal = Account.From(context.Principal, identity);
                return Task.CompletedTask;
            },
        };
    }

    /// <summary>Whenever it says that it was issued: from now on it is good for no longer either.</summary>
    private static bool IsTooLong(DateTime until, DateTime issued, IdentityOptions identity)
    {
        var longest = TimeSpan.FromMinutes(identity.TokenMinutes);
        return until - issued > longest || until - TimeProvider.System.GetUtcNow().UtcDateTime > longest + ClockSkew;
    }

    /// <summary>Asked for with the first request: by then the host knows where it listens.</summary>
    private static string Authority(IdentityOptions identity, IServer server) =>
        identity.IsServedHere ? server.Features.Get<IServerAddressesFeature>()!.Addresses
        .First(a => a.StartsWith("http://", StringComparison.Ordinal)) : identity.Authority;

    private static bool IsSafe(string authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri is { Scheme: "http", IsLoopback: true });

    private static bool IsLoopback(string authority) => new Uri(authority) is { Scheme: "http", IsLoopback: true };
}

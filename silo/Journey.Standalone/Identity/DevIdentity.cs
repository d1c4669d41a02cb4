using System.Security.Claims;
using Journey.Domain.Policies;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Identity;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Journey.Standalone.Identity;

/// <summary>
/// The provider of Development: a real one (OpenIddict), with invented people who are picked instead of proven, so that the flow in use is always the
/// real one. Served at the host's own address, on this machine only.
/// </summary>
internal static class DevIdentity
{
    public const string Scripts = "journey-dev";
    private const string Dashboard = "journey-dashboard";
    private const string Audience = "journey";
    private const string Root = "/identity";

    public static void AddDevIdentity(this WebApplicationBuilder builder, Policy policy)
    {
        var folder = IdentityOptions.DataFolder(builder.Configuration);
        var services = builder.Services;
        services.AddSingleton(new DevPeople(policy));
        services.PostConfigure<IdentityOptions>(o => o.Systems.Add(Scripts));
        services.AddDbContext<DevStore>(o => o.UseSqlite($"Data Source={Path.Combine(folder, "identity.db")}").UseOpenIddict());
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<DevStore>())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris("identity/authorize").SetTokenEndpointUris("identity/token");
                server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowClientCredentialsFlow();
                server.RegisterScopes(Scopes.Profile);
                // Of this process alone: after a restart scripts ask for a new token; sessions are cookies of the gateway's.
                server.AddEphemeralEncryptionKey().AddEphemeralSigningKey().DisableAccessTokenEncryption();
                server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough()
                    .DisableTransportSecurityRequirement();
            });
        services.AddSingleton<DevClients>();
        services.AddHostedService(provider => provider.GetRequiredService<DevClients>());
    }

    public static void UseDevIdentity(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            if (context.Request.Path.StartsWithSegments(Root))
                await context.RequestServices.GetRequiredService<DevClients>().Known.WaitAsync(context.RequestAborted);
            await next(context);
        });
    }

    public static void MapDevIdentity(this WebApplication app)
    {
        app.MapMethods(Root + "/authorize", [HttpMethods.Get, HttpMethods.Post], (Delegate)Authorize)
            .WithMetadata(new NeedsAttribute(Operation.SignIn)).ExcludeFromDescription();
        app.MapPost(Root + "/token", (Delegate)Token).WithMetadata(new NeedsAttribute(Operation.SignIn)).ExcludeFromDescription();
    }

    private static async Task<IResult> Authorize(HttpContext http, DevPeople people)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("This is no request to sign in.");
        var picked = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted))["person"].ToString() : null;
        return people.Find(picked) is { } person
            ? SignIn(person.Id, person.Name, person.Roles, person.Units, request.GetScopes())
            : Results.Content(SignInPage.Render(people, request.GetParameters().Where(p => p.Key != "person").Select(p => (p.Key, (string?)p.Value))),
                "text/html; charset=utf-8");
    }

    private static async Task<IResult> Token(HttpContext http)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("This is no request for a token.");
        if (request.IsClientCredentialsGrantType())
            return SignIn(Scripts, "Journey scripts", IdentityOptions.EveryRole, ["*"], [], new Claim(IdentityOptions.ActsFor, "true"));
        var code = await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        return Results.SignIn(code.Principal!, null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static IResult SignIn(string id, string name, IEnumerable<string> roles, IEnumerable<string> units, IEnumerable<string> scopes,
        params Claim[] more)
    {
        var identity = new ClaimsIdentity("Development", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, id).SetClaim(Claims.Name, name).SetClaims(Claims.Role, [.. roles]).SetClaims("unit", [.. units]);
        identity.AddClaims(more);
        identity.SetScopes(scopes).SetResources(Audience);
        identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    /// <summary>The two clients there are, registered once the host knows where it listens. Not before: nobody waits for it at the start.</summary>
    internal sealed class DevClients(IServiceProvider services, IHostApplicationLifetime lifetime, IServer server) : BackgroundService
    {
        private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Known => _known.Task;

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var whenStarted = lifetime.ApplicationStarted.Register(started.SetResult);
            // A start that failed is told by whoever failed.
            await started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            await using var scope = services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<DevStore>().Database.EnsureCreatedAsync(stoppingToken);
            var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
            foreach (var client in Clients(server.Features.Get<IServerAddressesFeature>()!.Addresses))
            {
                if (await applications.FindByClientIdAsync(client.ClientId!, stoppingToken) is { } before)
                    await applications.UpdateAsync(before, client, stoppingToken);
                else await applications.CreateAsync(client, stoppingToken);
            }

            _known.SetResult();
        }

        private static IEnumerable<OpenIddictApplicationDescriptor> Clients(ICollection<string> addresses)
        {
            var dashboard = new OpenIddictApplicationDescriptor { ClientId = Dashboard, ClientType = ClientTypes.Public, DisplayName = "Journey" };
            foreach (var address in addresses)
                foreach (var host in (string[])["127.0.0.1", "localhost"])
                    dashboard.RedirectUris.Add(new UriBuilder(address) { Host = host, Path = "/signin-oidc" }.Uri);
            dashboard.Permissions.UnionWith(
                [Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.GrantTypes.AuthorizationCode,
                    Permissions.ResponseTypes.Code, Permissions.Scopes.Profile]);
            dashboard.Requirements.Add(Requirements.Features.ProofKeyForCodeExchange);
            yield return dashboard;

            var scripts = new OpenIddictApplicationDescriptor
            {
                ClientId = Scripts, ClientSecret = Scripts, ClientType = ClientTypes.Confidential,
                DisplayName = "Scripts"
            };
            scripts.Permissions.UnionWith([Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials]);
            yield return scripts;
        }
    }
}

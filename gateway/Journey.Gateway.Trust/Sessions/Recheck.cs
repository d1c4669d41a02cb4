using System.Globalization;
using System.Net;
using System.Security.Claims;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Journey.Gateway.Trust.Sessions;

/// <summary>
/// Asks the provider every few minutes in which somebody does something whether they still are who they were there, by the refresh token that it gave
/// (OpenID Connect Core 1.0, 12). Whoever is no longer known is signed out; whose roles or units are others gets a new session with these, and the
/// old one ends, with its boards. A provider that does not answer changes nothing: a ward must not be signed out by an outage, and asks again.
/// </summary>
internal sealed partial class Recheck(
    IOptionsMonitor<OpenIdConnectOptions> provider, IOptions<IdentityOptions> identity, SessionDesk desk, SessionBook book, TimeProvider clock,
    ILogger<Recheck> log) : IDisposable
{
    private const string Refresh = "journey.refresh";
    private const string Checked = "journey.checked";

    /// <summary>A request waits no longer for the provider; what comes later counts for the next.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AsksAgainAfter = TimeSpan.FromSeconds(30);
    private static readonly Actor Provider = new("provider", "The sign-in provider");

    /// <summary>
    /// By the refresh token. One that was used is never sent again: a provider that gives a new one with each use takes that for theft and ends the
    /// session. A browser asks for several things at once, and all with the same cookie.
    /// </summary>
    private readonly MemoryCache _asked = new(new MemoryCacheOptions());

    /// <summary>Keeps what the provider gave at the sign-in, in the cookie: this gateway and its siblings can read it, nobody else.</summary>
    public static void StoreToken(AuthenticationProperties session, string? refreshToken)
    {
        if (!string.IsNullOrEmpty(refreshToken)) session.Items[Refresh] = refreshToken;
    }

    public static void Began(AuthenticationProperties session, DateTimeOffset now) =>
        session.Items[Checked] = now.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Before a session is looked up: it may be another one afterwards.</summary>
    /// <param name="isSomebodysDoing">What a page fetches by itself asks nobody, and keeps no session.</param>
    /// <exception cref="ClusterUnavailableException">The new session cannot be written down.</exception>
    public async Task Apply(CookieValidatePrincipalContext context, bool isSomebodysDoing)
    {
        if (!context.Properties.Items.TryGetValue(Refresh, out var token) || token is null || context.Principal is not { } who) return;
        if (Answer(token) is not { } answer)
        {
            if (!isSomebodysDoing || !IsDue(context.Properties)) return;
            answer = Ask(token, who);
        }

        await Task.WhenAny(answer.Said, Task.Delay(Patience, clock, context.HttpContext.RequestAborted));
        if (!answer.Said.IsCompletedSuccessfully) return;
        switch (await answer.Said)
        {
            case Said.Unknown:
                break;
            case Said.Gone:
                context.RejectPrincipal();
                await End(context.HttpContext, who, "The provider no longer knows them.");
                break;
            case Said.Still { Token: var next, Who: var now }:
                // A renewed cookie is good for as long again, so none is given for what nobody did; but whoever is somebody else now has no other.
                var isOther = now is not null && !IsSame(who, now);
                if (!isSomebodysDoing && !isOther) break;
                if (isOther)
                {
                    if (await answer.Begin(() => Change(context.HttpContext, who, now!)) is not { } changed) break;
                    context.ReplacePrincipal(changed);
                }

                context.Properties.Items[Refresh] = next ?? token;
                Began(context.Properties, clock.GetUtcNow());
                context.ShouldRenew = true;
                break;
        }
    }

    public void Dispose() => _asked.Dispose();

    private bool IsDue(AuthenticationProperties session) =>
        !session.Items.TryGetValue(Checked, out var text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at)
        || clock.GetUtcNow() - at >= TimeSpan.FromSeconds(identity.Value.RecheckSeconds);

    private Pending? Answer(string token) => _asked.Get<Pending>(token);

    private Pending Ask(string token, ClaimsPrincipal who)
    {
        lock (_asked)
        {
            if (Answer(token) is { } same) return same;
            var pending = new Pending(Exchange(token, who.FindFirst(Callers.Subject)?.Value));
            // For as long as a cookie with this token may be good.
            _asked.Set(token, pending, TimeSpan.FromMinutes(identity.Value.IdleMinutes));
            _ = Forget();
            return pending;

            async Task Forget()
            {
                if (await pending.Said is not Said.Unknown) return;
                await Task.Delay(AsksAgainAfter, clock);
                _asked.Remove(token);
            }
        }
    }

    /// <summary>Never fails: what went wrong is <see cref="Said.Unknown"/>.</summary>
    private async Task<Said> Exchange(string token, string? subject)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var options = provider.Get(IdentitySetup.Provider);
            var published = await options.ConfigurationManager!.GetConfigurationAsync(CancellationToken.None);
            var form = new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token", ["refresh_token"] = token,
                ["client_id"] = options.ClientId!
            };
            if (options.ClientSecret is { } secret) form["client_secret"] = secret;
            using var content = new FormUrlEncodedContent(form);
            using var answer = await options.Backchannel.PostAsync(published.TokenEndpoint, content);
            // A proxy before the provider answers in its own words.
            var message = await answer.Content.ReadAsStringAsync() is ['{', ..] json ? new OpenIdConnectMessage(json) : new OpenIdConnectMessage();
            if (answer.StatusCode == HttpStatusCode.BadRequest && message.Error == "invalid_grant") return new Said.Gone();
            if (!answer.IsSuccessStatusCode)
            {
                NotAnswered(log, (int)answer.StatusCode, message.Error);
                return new Said.Unknown();
            }

            // Without a token of who they are the provider has said that they still are, and no more.
            if (message.IdToken is not { Length: > 0 } text) return new Said.Still(message.RefreshToken, null);
            var read = await ProviderToken.Read(text, options, CancellationToken.None);
            if (!read.IsValid || read.SecurityToken is not JsonWebToken said)
            {
                NotAnswered(log, (int)answer.StatusCode, "id_token");
                return new Said.Unknown();
            }

            return said.Subject == subject
                ? new Said.Still(message.RefreshToken, Account.From(new ClaimsPrincipal(read.ClaimsIdentity), identity.Value))
                : new Said.Gone();
        }
        catch (Exception e)
            when (e is HttpRequestException or OperationCanceledException or InvalidOperationException or System.Text.Json.JsonException)
        {
            NotReached(log, e.GetType().Name);
            return new Said.Unknown();
        }
    }

    /// <summary>Null when the session was ended meanwhile: whoever was sent away gets no other.</summary>
    private async Task<ClaimsPrincipal?> Change(HttpContext http, ClaimsPrincipal before, ClaimsPrincipal now)
    {
        if (before.FindFirst(Account.Session)?.Value is not { } session || await book.IsEnded(session)) return null;
        var lasts = TimeSpan.FromHours(identity.Value.SessionHours);
        var begun = await desk.Begin(now, lasts, http);
        await End(http, before, "Their roles or units changed at the provider.");
        http.User = begun;
        await AuditNote.For(http).Record(http, AuditAction.SignIn, AuditOutcome.Done, null, []);
        return begun;
    }

    private async Task End(HttpContext http, ClaimsPrincipal who, string reason)
    {
        if (who.FindFirst(Account.Session)?.Value is not { } session || await book.IsEnded(session)) return;
        await desk.End(new EndSession(new CommandId(Guid.NewGuid()), Provider, session, reason), http.RequestAborted);
    }

    private static bool IsSame(ClaimsPrincipal before, ClaimsPrincipal now) => Kept(before).SetEquals(Kept(now));

    private static HashSet<(string, string)> Kept(ClaimsPrincipal who) =>
        [.. who.Claims.Where(c => c.Type != Account.Session).Select(c => (c.Type, c.Value))];

    [LoggerMessage(1020, LogLevel.Warning,
        "The sign-in provider answered {Status} ({Error}) when it was asked whether somebody still is who they were; they stay signed in, and it is "
            + "asked again")]
    private static partial void NotAnswered(ILogger log, int status, string? error);

    [LoggerMessage(1021, LogLevel.Warning,
        "The sign-in provider could not be asked whether somebody still is who they were ({Why}); they stay signed in, and it is asked again")]
    private static partial void NotReached(ILogger log, string why);

    private abstract record Said
    {
        /// <param name="Token">For the next time; null when the old one stays.</param>
        /// <param name="Who">As the provider says it now; null when it did not say.</param>
        public sealed record Still(string? Token, ClaimsPrincipal? Who) : Said;

        public sealed record Gone : Said;

        public sealed record Unknown : Said;
    }

    /// <summary>One question, and at most one session that comes of it.</summary>
    private sealed class Pending(Task<Said> said)
    {
        private readonly SemaphoreSlim _once = new(1);
        private ClaimsPrincipal? _begun;

        public Task<Said> Said => said;

        public async Task<ClaimsPrincipal?> Begin(Func<Task<ClaimsPrincipal?>> begin)
        {
            await _once.WaitAsync();
            try
            {
                return _begun ??= await begin();
            }
            finally
            {
                _once.Release();
            }
        }
    }
}

using Journey.Api;
using Journey.Client.Http;
using Microsoft.AspNetCore.Components;

namespace Journey.Dashboard.SignIn;

/// <summary>
/// Whether somebody is signed in. Nobody is: the page leaves for the sign-in, and comes back to where it was. Whoever does something stays signed in;
/// whoever does not is warned, and then logged off.
/// </summary>
public sealed class Session
{
    /// <summary>How often doing something is said to the server, at most.</summary>
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestWarning = TimeSpan.FromMinutes(1);

    /// <summary>A server that does not answer must not keep a patient on the screen.</summary>
    private static readonly TimeSpan SignsOutWithin = TimeSpan.FromSeconds(2);

    private readonly JourneyApi _api;
    private readonly Person _person;
    private readonly NavigationManager _navigation;
    private readonly TimeProvider _clock;
    private DateTimeOffset _renewedAt;
    private bool _isLeaving, _isRenewing;

    public Session(JourneyApi api, Person person, NavigationManager navigation, TimeProvider clock)
    {
        (_api, _person, _navigation, _clock) = (api, person, navigation, clock);
        api.SignedOut += Leave;
    }

    public event Action? Renewed;

    /// <summary>The warning comes so long before the log-off.</summary>
    public TimeSpan Warns => _person.Account is { } me
        ? TimeSpan.FromSeconds(Math.Min(LongestWarning.TotalSeconds, me.IdleSeconds / 2.0))
        : TimeSpan.Zero;

    /// <summary>False when the page is left. A server that does not answer is no reason: the boards say so themselves.</summary>
    public async Task<bool> Begin()
    {
        var sent = _clock.GetUtcNow();
        switch (await _api.Me(CancellationToken.None))
        {
            case Reply<Me>.Ok { Value: { SignIn: true } me }:
                // From before it was asked: the server's own count can only be later.
                _renewedAt = sent;
                _person.SignedIn(me);
                break;
            case Reply<Me>.Ok:
                _person.IsAnybody();
                break;
        }

        return !_isLeaving;
    }

    /// <summary>
    /// A WebSocket that is refused does not say why: asks whether it is because nobody is signed in any more, by what does not count as doing
    /// something.
    /// </summary>
    public Task Check(CancellationToken cancellation) => _api.Units(cancellation);

    /// <summary>How long until the log-off when nothing is done; null where there is none: nobody signs in, or it is a wall.</summary>
    public TimeSpan? EndsIn =>
        _person.Account is { } me && me.Roles is not [Roles.WallDisplay]
        ? _renewedAt + TimeSpan.FromSeconds(me.IdleSeconds) - _clock.GetUtcNow()
        : null;

    /// <summary>Somebody did something.</summary>
    public async Task Active()
    {
        if (_isRenewing || _isLeaving || _person.Account is null || _clock.GetUtcNow() - _renewedAt < RenewEvery) return;
        _isRenewing = true;
        await Begin();
        _isRenewing = false;
        Renewed?.Invoke();
    }

    /// <summary>
    /// Nothing was done for too long. The session is ended, so that nobody takes it up again; when that cannot be said the server's own count ends
    /// it.
    /// </summary>
    public async Task LogOff()
    {
        if (_isLeaving) return;
        _isLeaving = true;
        using var soon = new CancellationTokenSource(SignsOutWithin, _clock);
        await _api.SignOut(soon.Token);
        Go();
    }

    /// <summary>The session has ended: nothing of a patient stays on the screen.</summary>
    public void Leave()
    {
        if (_isLeaving) return;
        _isLeaving = true;
        Go();
    }

    private void Go() =>
        _navigation.NavigateTo($"signin?returnUrl={Uri.EscapeDataString("/" + _navigation.ToBaseRelativePath(_navigation.Uri))}", forceLoad: true);
}

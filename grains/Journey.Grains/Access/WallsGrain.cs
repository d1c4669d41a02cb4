using System.Collections.Immutable;
using System.Security.Cryptography;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Grains.Storage;

namespace Journey.Grains.Access;

/// <summary>Screens that wait to become walls.</summary>
[GrainType("walls")]
internal sealed class WallsGrain(TimeProvider clock) : Grain, IWallsGrain
{
    /// <summary>No letter that another looks like across a room. 29 of them, eight times, are 5 · 10¹¹ codes.</summary>
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTWXYZ";
    private const int CodeLength = 8;
    private const int MaxScreensOfOneAddress = 20;

    /// <summary>With the most codes and tries there can be, a guess comes to a screen once in millions of attempts.</summary>
    private const int MaxScreens = 2_000;
    private const int MaxMisses = 10;
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>Below the time-out of a call.</summary>
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, Screen> _screens = [];
    private readonly Dictionary<string, (int Count, DateTimeOffset Until)> _misses = [];

    public Task<WallCode?> Ask(string secretHash, string? address)
    {
        RemoveExpired();
        if (_screens.Count >= MaxScreens || _screens.Values.Count(s => s.Address == address) >= MaxScreensOfOneAddress)
            return Task.FromResult<WallCode?>(null);
        string code;
        do code = RandomNumberGenerator.GetString(Alphabet, CodeLength);
        while (_screens.Values.Any(s => s.Code == code));
        _screens[secretHash] = new Screen(code, clock.GetUtcNow() + CodeLifetime, address);
        return Task.FromResult<WallCode?>(new WallCode(code, _screens[secretHash].Until));
    }

    public async Task<WallAnswer> Await(string secretHash)
    {
        RemoveExpired();
        if (!_screens.TryGetValue(secretHash, out var screen)) return new WallAnswer(WallState.Unknown);
        try
        {
            return new WallAnswer(WallState.Admitted, await screen.Admitted.Task.WaitAsync(LongPoll, clock));
        }
        catch (TimeoutException)
        {
            return new WallAnswer(WallState.Waiting);
        }
    }

    public async Task<Outcome> Admit(AdmitWall command)
    {
        RemoveExpired();
        var tried = _misses.GetValueOrDefault(command.By.Id);
        if (tried.Count >= MaxMisses)
            return Outcome.Refused(0, new Refusal(RefusalCodes.WallCodeLocked, "Too many wrong codes. Try again in a quarter of an hour."));
        var code = string.Concat(command.Code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        // The wall's id is made from the command's, so that a retry finds the same wall. For any other command the code is used up.
        var id = SessionKeys.WallId(command.Id.Value);
        if (_screens.Values.FirstOrDefault(s => s.Code == code && (s.Session is null || s.Session == id)) is not { } screen)
        {
            _misses[command.By.Id] = (tried.Count + 1, clock.GetUtcNow() + LockedFor);
            return Outcome.Refused(0, new Refusal(RefusalCodes.WallCodeUnknown, "No screen shows this code, or not any more. Read it again."));
        }

        var session = new SessionInfo(id, "wall/" + id, command.Name, [Role.WallDisplay], [command.Unit], clock.GetRecordedNow(), command.Until,
            screen.Address);
        var outcome = await GrainFactory.GetGrain<ISessionsGrain>(SessionKeys.Walls).Begin(new BeginSession(command.Id, command.By, session));
        screen.Session = id;
        screen.Admitted.TrySetResult(session);
        return outcome;
    }

    private void RemoveExpired()
    {
        var now = clock.GetUtcNow();
        foreach (var (secret, screen) in _screens)
            if (screen.Until <= now) _screens.Remove(secret);
        foreach (var (who, tried) in _misses)
            if (tried.Until <= now) _misses.Remove(who);
    }

    private sealed record Screen(string Code, DateTimeOffset Until, string? Address)
    {
        /// <summary>Null until the screen is admitted.</summary>
        public string? Session { get; set; }

        public TaskCompletionSource<SessionInfo> Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

using System.Collections.Immutable;
using System.Globalization;

namespace Journey.Contracts.Access;

/// <summary>Somebody, or the screen of a wall, is signed in.</summary>
/// <param name="Id">See <see cref="SessionKeys"/>; never a secret: it opens nothing.</param>
/// <param name="Who">The account: see <see cref="Caller.Id"/>.</param>
/// <param name="Roles">In force since then; another role counts with the next sign-in.</param>
/// <param name="Until">It ends then, whatever is done. That somebody was logged off before because nothing was done is not known here.</param>
/// <param name="Address">Where from: an IP address.</param>
[GenerateSerializer, Immutable, Alias("session.v1")]
public sealed record SessionInfo(
    [property: Id(0)] string Id, [property: Id(1)] string Who, [property: Id(2)] string Name, [property: Id(3)] ImmutableArray<Role> Roles,
    [property: Id(4)] ImmutableArray<string> Units,
    [property: Id(5)] DateTimeOffset Since, [property: Id(6)] DateTimeOffset Until, [property: Id(7)] string? Address)
{
    /// <summary>The provider's own id of it, by which it says that it has ended there; null when it gave none.</summary>
    [Id(8)] public string? ProviderSession { get; init; }
}

[GenerateSerializer, Immutable, Alias("session.begin.v1")]
public sealed record BeginSession([property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] SessionInfo Session);

/// <param name="Reason">In their own words; null when it was the session's own sign-out.</param>
[GenerateSerializer, Immutable, Alias("session.end.v1")]
public sealed record EndSession([property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] string Session,
    [property: Id(3)] string? Reason);

/// <summary>The sessions of one book that ended before their time.</summary>
[GenerateSerializer, Immutable, Alias("session.ended.v1")]
public sealed record EndedSessions([property: Id(0)] long Version, [property: Id(1)] ImmutableArray<string> Sessions);

/// <summary>A gateway process: it lets nobody in whose session has ended.</summary>
[Alias("journey.session-observer")]
public interface ISessionObserver : IGrainObserver
{
    [Alias("session-ended")] Task SessionEnded(string session);
}

/// <summary>
/// The sessions that began on one day, or the walls': a book of its own for each day, so that none grows for ever. Key: see
/// <see cref="SessionKeys"/>.
/// </summary>
[Alias("journey.sessions"), Answers(Askers.Gateways)]
public interface ISessionsGrain : IGrainWithStringKey
{
    /// <summary>Durable when it returns: nobody is signed in who is not in the book.</summary>
    [Alias("begin")] Task<Outcome> Begin(BeginSession command);
    [Alias("end")] Task<Outcome> End(EndSession command);

    /// <summary>Those that are open, latest first.</summary>
    [Alias("open")] Task<ImmutableArray<SessionInfo>> Open();

    /// <summary>Subscribes for <see cref="Boards.BoardKeys.Lease"/>; renew before it ends.</summary>
    /// <param name="known">The version that the watcher has.</param>
    /// <returns>Null when that is the latest.</returns>
    [Alias("watch")] Task<EndedSessions?> Watch(ISessionObserver observer, long known);
}

/// <summary>A session's id begins with its book: the day it began on, UTC, or <c>wall</c>; a dash and 32 hexadecimal digits follow.</summary>
public static class SessionKeys
{
    public const string Walls = "sessions/wall";
    private const string Books = "sessions/";
    private const int IdLength = 32;

    /// <summary>The longest that a session which is no wall's may last.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public static string DayId(Guid id, DateTimeOffset began) => $"{Day(began)}-{id:N}";

    public static string WallId(Guid id) => $"wall-{id:N}";

    /// <summary>The key of the book that a session is in; null when it is no session's id.</summary>
    public static string? BookOf(string? session)
    {
        if (session?.IndexOf('-', StringComparison.Ordinal) is not { } dash || session.Length - dash - 1 != IdLength
            || !Guid.TryParseExact(session.AsSpan(dash + 1), "N", out _)) return null;
        var book = session[..dash];
        return book == "wall" || DateOnly.TryParseExact(book, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? Books + book
            : null;
    }

    /// <summary>Every book that may hold a session which is not over.</summary>
    public static ImmutableArray<string> Current(DateTimeOffset now) => [Books + Day(now), Books + Day(now - Longest), Walls];

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Access;

namespace Journey.Domain.Access;

/// <summary>What happened to a session. Persisted by the names given here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(SessionBegan), "session.began.v1")]
[JsonDerivedType(typeof(SessionEnded), "session.ended.v1")]
public abstract record SessionEvent
{
    public static readonly EventCodec<SessionEvent> Codec = new SingleEventCodec<SessionEvent>(AccessJsonContext.Default.SingleEventSessionEvent);

    private protected SessionEvent() { }
}

public sealed record SessionBegan(SessionInfo Session) : SessionEvent;
public sealed record SessionEnded(string Session, DateTimeOffset At, [property: Sensitive] string? Reason) : SessionEvent;

/// <summary>The sessions of one book: those that nobody has ended, and those that somebody has.</summary>
public sealed record SessionLog(ImmutableDictionary<string, SessionInfo> Begun, ImmutableHashSet<string> Ended)
{
    public static readonly SessionLog Empty = new(ImmutableDictionary<string, SessionInfo>.Empty, []);

    public SessionLog Fold(SessionEvent e) => e switch
    {
        SessionBegan b => this with { Begun = Begun.SetItem(b.Session.Id, b.Session) },
        SessionEnded x => new(Begun.Remove(x.Session), Ended.Add(x.Session)),
        _ => throw new InvalidOperationException($"No rule for the event {e.GetType().Name}."),
    };

    /// <summary>Over is over: whoever ended it first.</summary>
    public Decision<SessionEvent> Decide(EndSession command, DateTimeOffset now)
    {
        if (Ended.Contains(command.Session)) return default;
        if (!Begun.ContainsKey(command.Session)) return new Refusal(RefusalCodes.SessionUnknown, "No such session.");
        return new SessionEnded(command.Session, now, command.Reason);
    }

    /// <summary>What is not over yet, latest first.</summary>
    public ImmutableArray<SessionInfo> Open(DateTimeOffset now) =>
        [.. Begun.Values.Where(s => s.Until > now).OrderByDescending(s => s.Since).ThenBy(s => s.Id, StringComparer.Ordinal)];
}

using System.Collections.Immutable;
using System.Text.Json;
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

    /// <summary>Why the session cannot be ended; null when it can.</summary>
    public Refusal? Obstacle(EndSession command) =>
        Begun.ContainsKey(command.Session) || Ended.Contains(command.Session) ? null : new(RefusalCodes.SessionUnknown, "No such session.");

    /// <summary>What is not over yet, latest first.</summary>
    public ImmutableArray<SessionInfo> Open(DateTimeOffset now) => [.. Begun.Values.Where(s => s.Until > now).OrderByDescending(s => s.Since).ThenBy(s => s.Id, StringComparer.Ordinal)];
}

public static class SessionJson
{
    /// <summary>Where in a payload sensitive texts lie.</summary>
    public static readonly SensitiveShape Shape = SensitiveShape.Of<SessionPayload>();

    /// <summary>Every text that a payload can hold.</summary>
    public static IReadOnlyList<StoredText> Texts => SensitiveShape.TextsIn<SessionPayload>();

    public static byte[] Write(Actor by, SessionEvent e) => JsonSerializer.SerializeToUtf8Bytes(new SessionPayload(by, e), SessionJsonContext.Default.SessionPayload);

    public static SessionEvent Read(ReadOnlySpan<byte> payload) =>
        (JsonSerializer.Deserialize(payload, SessionJsonContext.Default.SessionPayload) ?? throw new JsonException("An empty payload.")).Event;
}

internal sealed record SessionPayload(Actor By, SessionEvent Event);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(SessionPayload))]
internal sealed partial class SessionJsonContext : JsonSerializerContext;

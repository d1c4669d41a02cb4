namespace Journey.Api;

/// <summary>A hospital system that sends messages.</summary>
/// <param name="Name">The feed's name in the configuration.</param>
/// <param name="State"><c>live</c>, <c>behind</c> (heard, but what it sends is old), <c>silent</c> (nothing heard for longer than expected),
/// <c>unheard</c> (nothing is known of it since the start, which is not long ago) or <c>down</c> (neither connected nor heard).</param>
/// <param name="LastMessageAt">When its last message came; null when none has since the start.</param>
/// <param name="Connections">Open connections from it now.</param>
public sealed record Feed(string Name, string State, DateTimeOffset? LastMessageAt, int Connections)
{
    /// <summary>How old the last messages were when they came, in seconds; 0 when they came as they were sent.</summary>
    public long BehindSeconds { get; init; }
    /// <summary>
    /// How many messages could not be carried out and were put aside since the gateway started: what they say is missing on every board.
    /// </summary>
    public int Parked { get; init; }
    /// <summary>Codes that no table knows, most frequent first: they changed nothing.</summary>
    public IReadOnlyList<UnknownCode> UnknownCodes { get; init; } = [];
    /// <summary>What an interface engineer should look at, in words; empty when nothing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>A code that no table knows.</summary>
/// <param name="Field">Such as <c>PV1-2</c>.</param>
/// <param name="Code">As it was sent.</param>
/// <param name="Count">How often it came since the gateway started.</param>
public sealed record UnknownCode(string Field, string Code, long Count);

/// <summary>One line of the message log: what came over a feed and what became of it. The raw text is not part of it.</summary>
/// <param name="Sequence">Grows with every message; names the next page.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Feed">The feed's name in the configuration.</param>
/// <param name="Source">The sending application and facility, as the message names them.</param>
/// <param name="ControlId">MSH-10, by which a repeat is recognised.</param>
/// <param name="Type">Such as <c>ADT^A04</c>.</param>
/// <param name="Result"><c>applied</c>, <c>unchanged</c>, <c>repeated</c>, <c>kept</c>, <c>rejected</c>.</param>
/// <param name="Reason">Why it did not do what it says; null when it did. Holds no patient data.</param>
/// <param name="Bytes">Its length in bytes.</param>
public sealed record LoggedMessage(
    long Sequence, DateTimeOffset ReceivedAt, string Feed, string Source, string ControlId, string Type, string Result, string? Reason, int Bytes);

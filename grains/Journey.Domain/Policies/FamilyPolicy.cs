using System.Collections.Immutable;
using Journey.Contracts.Families;

namespace Journey.Domain.Policies;

/// <summary><c>family</c>: how word reaches families.</summary>
public sealed record FamilyPolicy
{
    /// <summary><c>message.recall</c>, 0–20 min: how long an update waits before it leaves.</summary>
    public TimeSpan Recall { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary><c>link.lifetime</c>: how long a link to the family page opens it.</summary>
    public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromDays(14);

    /// <summary><c>codeWord.misses</c>: so many wrong ones lock the check.</summary>
    public int CodeWordMisses { get; init; } = 5;

    /// <summary><c>codeWord.lock</c>: for so long.</summary>
    public TimeSpan CodeWordLock { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How slow a new word's hash is to make: what OWASP asks for PBKDF2 with SHA-256 (2023). Each hash says with how many it was made, so older ones
    /// go on holding until the word is set anew. No pack says it.
    /// </summary>
    public int CodeWordIterations { get; init; } = 600_000;

    /// <summary><c>waitingRoom.code</c>: how often the codes of the waiting-room board change.</summary>
    public TimeSpan CodePeriod { get; init; } = TimeSpan.FromHours(4);

    /// <summary>
    /// <c>waitingRoom.units</c>: the units whose waiting room has a public board, <c>*</c> for any text; none unless they are named.
    /// </summary>
    public ImmutableArray<string> WaitingRooms { get; init; } = [];

    public bool ShowsWaitingRoom(string unit) =>
        WaitingRooms.Any(pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, unit, ignoreCase: true));

    /// <summary><c>delivery.attempts</c>.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary><c>delivery.retry</c>: before the second attempt; twice as long before each that follows.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>delivery.timeout</c>: a channel that has not answered by then is asked no more.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What may be sent, by key. Never a diagnosis, never anything of substance use, mental or reproductive health.</summary>
    public ImmutableArray<Template> Templates { get; init; } = [];

    /// <summary><c>notice</c>: what an SMS says, by language: that something stands on the family page. It holds nothing of the patient.</summary>
    public ImmutableDictionary<string, string> Notice { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>
    /// <c>subject</c>: the subject of a mail, by language. The mail holds the word itself, and may go to who has no page; it holds nothing of the
    /// patient.
    /// </summary>
    public ImmutableDictionary<string, string> Subject { get; init; } =
        ImmutableDictionary<string, string>.Empty.Add("en", "A message from the hospital");

    /// <summary>The channels that are set up, beside the family page; null: all. No pack says it.</summary>
    public ImmutableArray<string>? Ways { get; init; }

    /// <summary>Whether a channel is set up.</summary>
    public bool HasWay(string channel) => Ways is not { } ways || ways.Contains(channel);

    public Template? Template(string key) => Templates.FirstOrDefault(t => t.Key == key);
}

/// <summary>An update in several languages.</summary>
/// <param name="Says">What it is, for the staff who choose it.</param>
/// <param name="On">The step on which it is written by itself; null: by hand only.</param>
/// <param name="Texts">By language (BCP 47); <c>en</c> is always there.</param>
public sealed record Template(string Key, string Says, string? On, ImmutableDictionary<string, string> Texts)
{
    /// <summary>The same story in each language, always in the same order.</summary>
    public ImmutableArray<LocalText> Story => [.. Texts.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => new LocalText(t.Key, t.Value))];
}

namespace Journey.Gateway.Feeds.Profiles;

/// <summary>
/// How a feed is taken in. Under <c>Journey:Feed</c> for all of them, under <c>Journey:Feeds:n</c> for one; null takes the default.
/// </summary>
public abstract class FeedSettings
{
    /// <summary>
    /// Values of MSH-11 that are accepted, separated by commas; <c>P</c> by default. Empty is always accepted, others are refused with error 202.
    /// </summary>
    public string? ProcessingIds { get; set; }

    /// <summary>
    /// <c>AsAsked</c> (default): as MSH-15 and MSH-16 say. <c>Always</c>: AA, AE or AR to every message, for senders that ask for none and then wait.
    /// </summary>
    public string? Acknowledge { get; set; }

    /// <summary>
    /// What it may change beyond where patients are and how they are, separated by commas: <c>Rename</c>, <c>Renumber</c>, <c>Merge</c>,
    /// <c>Delete</c>, <c>Unlock</c>; empty for none of it. By default all, and <c>Rename, Renumber</c> for a listed feed that is bound to no address
    /// and no certificate.
    /// </summary>
    public string? May { get; set; }

    /// <summary>
    /// The character set of messages with an empty MSH-18 that are not UTF-8, such as <c>8859/2</c> or <c>WINDOWS-1251</c>; Windows-1252 by default.
    /// </summary>
    public string? CharacterSet { get; set; }

    /// <summary>From how many minutes between sending and receiving on a feed counts as behind, 1–1440; 15 by default.</summary>
    public int? BehindMinutes { get; set; }

    /// <summary>
    /// After how many seconds without a connection and without a message a feed counts as down, 0–86400; 20 by default. One that connects once for
    /// each message is down when nothing came for as long as it may be silent.
    /// </summary>
    public int? DownAfterSeconds { get; set; }
}

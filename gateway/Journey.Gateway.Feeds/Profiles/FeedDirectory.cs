using System.Net;
using Journey.Hl7.Mllp;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Feeds.Profiles;

/// <summary>Which feed a message belongs to. Once feeds are listed, a message that is none of theirs is nobody's.</summary>
internal sealed class FeedDirectory
{
    public FeedDirectory(IOptions<FeedList> listed, IOptions<FeedDefaults> defaults, IOptions<MllpOptions> mllp)
    {
        var feeds = listed.Value.Feeds;
        AreListed = feeds.Count > 0;
        All = AreListed ? [.. feeds.Select(feed => FeedProfile.From(feed, defaults.Value))] : [FeedProfile.From(defaults.Value)];
        Nobody = AreListed ? $"{mllp.Value.Address}:{mllp.Value.Port}" : All[0].Name;
    }

    /// <summary>The configured feeds; one when none is configured.</summary>
    public IReadOnlyList<FeedProfile> All { get; }

    /// <summary>Whether feeds are listed, so that others are refused.</summary>
    public bool AreListed { get; }

    /// <summary>As the message log names the sender of what is nobody's: the listener.</summary>
    public string Nobody { get; }

    /// <summary>The feed of a connection that has not said anything yet; null when it may be any of several, or nobody's.</summary>
    public FeedProfile? OnlyOf(MllpConnectionInfo connection) =>
        All is [{ SendingApplication: null, SendingFacility: null } only] && only.Binding.Holds(connection) ? only : null;

    /// <summary>Whether a feed is bound to this address: so it is known before it has said anything.</summary>
    public bool Reserves(IPAddress address) => All.Any(feed => feed.Binding.Reserves(address));

    /// <summary>Whether a connection is that of a feed which is bound.</summary>
    public bool Knows(MllpConnectionInfo connection) => All.Any(feed => feed.Binding.IsBound && feed.Binding.Holds(connection));

    /// <summary>
    /// The first feed that the names match and the connection is that of. A name that is bound is never left to a feed behind it that takes any
    /// connection: null then, as for a name that no feed has.
    /// </summary>
    public FeedProfile? Find(string application, string facility, MllpConnectionInfo connection)
    {
        var isBound = false;
        foreach (var feed in All.Where(feed => feed.Matches(application, facility)))
        {
            if (feed.Binding.Holds(connection) && (feed.Binding.IsBound || !isBound)) return feed;
            isBound = true;
        }

        return null;
    }

    /// <summary>Whether some feed has the names, wherever the message came from.</summary>
    public bool Names(string application, string facility) => All.Any(feed => feed.Matches(application, facility));
}

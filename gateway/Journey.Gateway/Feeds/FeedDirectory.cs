using Microsoft.Extensions.Options;

namespace Journey.Gateway.Feeds;

/// <summary>Which feed a message belongs to.</summary>
internal sealed class FeedDirectory
{
    private readonly FeedProfile? _other;

    public FeedDirectory(IOptions<FeedList> listed, IOptions<FeedDefaults> defaults, IOptions<MllpOptions> mllp)
    {
        var feeds = listed.Value.Feeds;
        All = feeds.Count == 0 ? [FeedProfile.From(defaults.Value)] : [.. feeds.Select(feed => FeedProfile.From(feed, defaults.Value))];
        _other = feeds.Count == 0 ? null : FeedProfile.From(new FeedOptions { Name = $"{mllp.Value.Address}:{mllp.Value.Port}" }, defaults.Value);
    }

    /// <summary>The configured feeds; one when none is configured.</summary>
    public IReadOnlyList<FeedProfile> All { get; }

    /// <summary>The feed of a connection that has not said anything yet; null when it may be any of several.</summary>
    public FeedProfile? Only => All is [{ SendingApplication: null, SendingFacility: null } only] ? only : null;

    /// <summary>The first feed that matches, else one named like the listener.</summary>
    public FeedProfile Of(string application, string facility) => All.FirstOrDefault(feed => feed.Matches(application, facility)) ?? _other ?? All[0];
}

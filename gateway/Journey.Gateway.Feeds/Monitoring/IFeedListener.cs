namespace Journey.Gateway.Feeds.Monitoring;

/// <summary>Hears how the feeds are. Whoever composes the gateway gives one: a feed knows nothing of browsers.</summary>
internal interface IFeedListener
{
    /// <summary>A feed's state, the number of its connections or the time of its last message has changed. Must not wait.</summary>
    void Changed(Api.Feed feed);
}

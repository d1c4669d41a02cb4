using Journey.Gateway.Feeds.Monitoring;
using Journey.Gateway.Live.Hub;

namespace Journey.Gateway.Hosting;

/// <summary>Joins the feeds with the screens that show how they are. Neither wing knows the other.</summary>
internal sealed class FeedsOnScreens(FeedMonitor feeds) : IFeedStates
{
    public IReadOnlyList<Api.Feed> All => feeds.All;

    public IReadOnlyList<Api.Feed> InFull => feeds.InFull;

    /// <summary>The other direction.</summary>
    public sealed class Listener(BoardSender screens) : IFeedListener
    {
        public void Changed(Api.Feed feed) => screens.Feed(feed);
    }
}

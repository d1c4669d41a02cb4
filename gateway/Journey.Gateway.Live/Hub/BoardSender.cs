using Journey.Contracts.Boards;
using Journey.Gateway.Live.Boards;
using Journey.Gateway.Trust.Access;
using Microsoft.AspNetCore.SignalR;

namespace Journey.Gateway.Live.Hub;

/// <summary>Makes each audience's view once and sends it to its group. Sending never waits; see <see cref="WatcherLines"/>.</summary>
internal sealed class BoardSender(IHubContext<BoardHub, Api.IBoardClient> hub, WatcherLines lines, BoardSignals signals)
{
    public void Changed(BoardStep step)
    {
        var unit = step.After.Unit;
        // A heartbeat changes no row, and nobody's page.
        if (step.Before.Rows != step.After.Rows) signals.Changed(unit);
        foreach (var (audience, group) in Audiences(unit))
        {
            var clients = hub.Clients.Group(group);
            _ = clients.BoardChanged(BoardViews.Change(step, audience));
            foreach (var alert in BoardViews.Alerts(step, audience)) _ = clients.AlertChanged(alert);
        }
    }

    public void Nothing(BoardState board)
    {
        foreach (var (_, group) in Audiences(board.Unit)) _ = hub.Clients.Group(group).BoardChanged(BoardViews.Nothing(board));
    }

    public void Units(IReadOnlyList<UnitSummary> changed)
    {
        if (lines.Any(BoardGroups.Units)) _ = hub.Clients.Group(BoardGroups.Units).UnitsChanged(changed.Select(BoardViews.Unit).ToArray());
    }

    public void List(string addressee, Api.OwedList list) => _ = hub.Clients.Group(BoardGroups.List(addressee)).ListChanged(list);

    public void Hotline(Api.Hotline hotline) => _ = hub.Clients.Group(BoardGroups.Hotline).HotlineChanged(hotline);

    public void Glass(Api.GlassList list) => _ = hub.Clients.Group(BoardGroups.Glass).GlassChanged(list);

    public void Findings(Api.FindingList list) => _ = hub.Clients.Group(BoardGroups.Findings).FindingsChanged(list);

    public void Feed(Api.Feed feed) => _ = hub.Clients.Group(BoardGroups.Feeds).FeedChanged(feed);

    private IEnumerable<(Audience Audience, string Group)> Audiences(string unit)
    {
        foreach (var audience in BoardGroups.Audiences)
            if (BoardGroups.Unit(unit, audience) is var group && lines.Any(group)) yield return (audience, group);
    }
}

namespace Journey.Api;

/// <summary>What the hub sends. Method names are the names on the wire.</summary>
public interface IBoardClient
{
    Task BoardChanged(BoardChange change);
    Task AlertChanged(AlertChange change);
    Task FeedChanged(Feed feed);
    Task UnitsChanged(IReadOnlyList<Unit> changed);
    Task ListChanged(OwedList list);
    Task HotlineChanged(Hotline hotline);
    Task GlassChanged(GlassList list);
    Task FindingsChanged(FindingList list);
}

/// <summary>What a client may ask of the hub at <see cref="Paths.BoardHub"/>.</summary>
public interface IBoardHub
{
    /// <summary>Watches one unit's board, made for the caller's role; answers with it as it stands, and every later change follows.</summary>
    Task<Board> WatchUnit(string unit);

    /// <summary>As <see cref="WatchUnit"/>, made for a wall: initials and no numbers, dates or family names.</summary>
    Task<Board> WatchWall(string unit);

    Task UnwatchUnit(string unit);

    /// <summary>Watches the totals of all units.</summary>
    Task<IReadOnlyList<Unit>> WatchUnits();

    /// <summary>Watches what a person owes, by name, or a role (<c>role/charge-nurse@ED</c>).</summary>
    Task<OwedList> WatchList(string addressee);

    Task UnwatchList(string addressee);

    Task<Hotline> WatchHotline();

    /// <summary>Watches who breaks the glass: the privacy officer.</summary>
    Task<GlassList> WatchGlass();

    /// <summary>Watches whose looking is worth a question: the privacy officer.</summary>
    Task<FindingList> WatchFindings();

    /// <summary>
    /// The server's time; a client measures its own clock's error against it and notices a dead connection. Fails while the boards cannot be heard.
    /// </summary>
    Task<DateTimeOffset> Now();
}

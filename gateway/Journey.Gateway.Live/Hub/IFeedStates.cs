namespace Journey.Gateway.Live.Hub;

/// <summary>How the feeds are, for the screens. Whoever composes the gateway gives it: a board knows nothing of HL7.</summary>
internal interface IFeedStates
{
    /// <summary>Every feed as any screen may show it.</summary>
    IReadOnlyList<Api.Feed> All { get; }

    /// <summary>The same with unknown codes and warnings, which hold what a sender wrote: for the integration engineer.</summary>
    IReadOnlyList<Api.Feed> InFull { get; }
}

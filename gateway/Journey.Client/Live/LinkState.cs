namespace Journey.Client.Live;

/// <summary>How far what a <see cref="BoardConnection"/> shows can be trusted.</summary>
public enum LinkState
{
    /// <summary>Not connected yet: nothing has been shown so far.</summary>
    Connecting,

    /// <summary>The server answers, and everything watched was fetched since it last did not.</summary>
    Live,

    /// <summary>
    /// The server answers, but has not confirmed for <see cref="BoardConnectionOptions.UnsureAfter"/> that a board shown here is still true.
    /// </summary>
    Unsure,

    /// <summary>The server does not answer. What is shown is from before; the connection is tried again for as long as it takes.</summary>
    Lost,
}

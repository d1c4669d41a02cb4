namespace Journey.Gateway.Feeds.Profiles;

/// <summary>
/// What of a patient's record a feed may change beyond where they are and how they are. Whatever it may not is refused, where it is the message's
/// purpose; left out with a word in the message log, where it is one field among others.
/// </summary>
[Flags]
internal enum FeedMay
{
    Nothing = 0,

    /// <summary>Another name, birth date or sex than is known, and another number to be shown with.</summary>
    Rename = 1,

    /// <summary>Another number for a visit (A49, A50, A51, and A06 or A07 with MRG).</summary>
    Renumber = 2,

    /// <summary>
    /// Two persons become one, or a visit another person's: by a merge or move, by two identifiers in one message, or by a visit number under
    /// somebody else's identifier.
    /// </summary>
    Merge = 4,

    /// <summary>A23 and A29.</summary>
    Delete = 8,

    /// <summary>That somebody is confidential no more.</summary>
    Unlock = 16,

    /// <summary>What can be set right again by the next message: all that a sender may of whom nothing shows that they are who they say.</summary>
    Unproven = Rename | Renumber,

    Everything = Rename | Renumber | Merge | Delete | Unlock,
}

namespace Journey.Gateway.Boards;

/// <summary>For whom a view is made, the fullest first. A view is made for its audience; it is never another's with parts left out later.</summary>
internal enum Audience
{
    /// <summary>Whom the visit itself has admitted: everything, the name too when it is confidential.</summary>
    Bedside,
    /// <summary>Who is responsible for the unit: as the desk, and confidential patients with all but their name.</summary>
    Charge,
    /// <summary>The unit's staff. A confidential patient is a bed that is taken, or not there at all.</summary>
    Desk,
    /// <summary>Who steers the house: rows without who it is.</summary>
    Operations,
    /// <summary>Whoever passes by: first name and initial.</summary>
    Wall,
}

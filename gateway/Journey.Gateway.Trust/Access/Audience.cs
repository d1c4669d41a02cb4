namespace Journey.Gateway.Trust.Access;

/// <summary>For whom a view is made, the fullest first. A view is made for its audience; it is never another's with parts left out later.</summary>
internal enum Audience
{
    /// <summary>Whom the visit itself has admitted: everything, the name too when it is confidential.</summary>
    Bedside,
    /// <summary>Whom of <see cref="Liaison"/> the visit itself has admitted: as those, the name of a confidential patient too.</summary>
    Companion,
    /// <summary>Who is responsible for the unit: as the desk, and confidential patients with all but their name.</summary>
    Charge,
    /// <summary>The unit's staff. A confidential patient is a bed that is taken, or not there at all.</summary>
    Desk,
    /// <summary>
    /// Who looks after the unit's families: who, where, how long, and what is between house and family. No acuity, service, complaint, clinical clock
    /// or alert, nothing that is handed over.
    /// </summary>
    Liaison,
    /// <summary>Who steers the house: rows without who it is.</summary>
    Operations,
    /// <summary>Whoever passes by: first name and initial.</summary>
    Wall,
}

internal static class Audiences
{
    /// <summary>Those who look after the patient: what is clinical is for them.</summary>
    public static bool IsClinical(this Audience audience) => audience is Audience.Bedside or Audience.Charge or Audience.Desk;

    /// <summary>Those who know the patients by name.</summary>
    public static bool IsOfUnit(this Audience audience) => audience <= Audience.Liaison;

    /// <summary>Whom the visit itself has admitted.</summary>
    public static bool IsAdmitted(this Audience audience) => audience <= Audience.Companion;
}

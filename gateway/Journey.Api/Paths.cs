namespace Journey.Api;

/// <summary>Where things are. Stable.</summary>
public static class Paths
{
    public const string BoardHub = "/hubs/board";
    public const string Units = "/api/v1/units";

    /// <summary>Below it are a unit's <c>board</c>, <c>wall</c> and <c>waiting-room</c>.</summary>
    public static string Unit(string code) => $"{Units}/{UnitSegment.Encode(code)}";

    public const string Visits = "/api/v1/visits";
    public const string Patients = "/api/v1/patients";
    public const string Messages = "/api/v1/messages";
    public const string Feeds = "/api/v1/feeds";
    public const string Staff = "/api/v1/staff";
    public const string Shifts = "/api/v1/shifts";
    public const string Lists = "/api/v1/lists";
    public const string Alerts = "/api/v1/alerts";
    public const string Rules = "/api/v1/rules";
    public const string Views = "/api/v1/views";
    public const string Templates = "/api/v1/templates";
    public const string Hotline = "/api/v1/hotline";
    public const string Glass = "/api/v1/glass";
    public const string Findings = "/api/v1/findings";
    public const string Family = "/api/v1/family";
    public const string Sessions = "/api/v1/sessions";
    public const string Walls = "/api/v1/walls";
    public const string Me = "/api/v1/me";
    public const string SignIn = "/signin";
    public const string SignOut = "/signout";
    public const string Audit = "/api/v1/audit";
    public const string Prints = "/api/v1/audit/prints";
    public const string FhirAuditEvent = "/fhir/r4/AuditEvent";

    /// <summary>The secret of a link to the family page.</summary>
    public const string FamilyLink = "Journey-Family-Link";
    public const string FamilySession = "Journey-Family-Session";

    /// <summary>
    /// With a command: one caller's key for one operation on one target. Sent again it changes nothing; with another body it is refused (422). 1 to
    /// 200 characters.
    /// </summary>
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>Who acts, by their display name: heard where nobody signs in, and of the scripts of Development.</summary>
    public const string ActingAs = "Journey-Acting-As";
}

namespace Journey.Api;

/// <summary>Where things are. Stable.</summary>
public static class Paths
{
    public const string BoardHub = "/hubs/board";
    public const string Units = "/api/v1/units";
    public const string Visits = "/api/v1/visits";
    public const string Patients = "/api/v1/patients";
    public const string Messages = "/api/v1/messages";
    public const string Feeds = "/api/v1/feeds";
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>In Development, who acts: the display name of the signed-in person (until sign-in is configured).</summary>
    public const string ActingAs = "Journey-Acting-As";
}

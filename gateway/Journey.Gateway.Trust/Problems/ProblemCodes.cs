namespace Journey.Gateway.Trust.Problems;

/// <summary>Stable codes of the gateway's own problems; a grain's refusal brings its own (see <see cref="Contracts.RefusalCodes"/>).</summary>
public static class ProblemCodes
{
    public const string InvalidRequest = "invalid-request";
    public const string InvalidJson = "invalid-json";
    public const string UnitUnknown = "unit-unknown";
    public const string NoWaitingRoom = "no-waiting-room";
    public const string NoWallHere = "no-wall-here";
    public const string ItemUnknown = "item-unknown";
    public const string LinkUnknown = "link-unknown";
    public const string DoorClosed = "door-closed";
    public const string IdempotencyKeyReused = "idempotency-key-reused";
    public const string IdempotencyKeyInvalid = "idempotency-key-invalid";
    public const string ShiftHasPatients = "shift-has-patients";
    public const string SignInNeeded = "sign-in-needed";
    public const string CrossOrigin = "cross-origin";
    public const string Unavailable = "unavailable";
    public const string AuditUnavailable = "audit-unavailable";
    public const string TooManyRequests = "too-many-requests";
    public const string Internal = "internal-error";

    /// <summary>The code of a problem that only has a status.</summary>
    public static string ForStatus(int status) => status switch
    {
        400 => InvalidRequest,
        404 => "not-found",
        405 => "method-not-allowed",
        413 => "too-large",
        415 => "unsupported-media-type",
        503 => Unavailable,
        >= 500 => Internal,
        _ => "http-" + status.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}

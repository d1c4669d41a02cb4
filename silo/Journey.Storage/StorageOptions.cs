using System.ComponentModel.DataAnnotations;
using Journey.Grains.Audit;

namespace Journey.Storage;

/// <summary>Where and how Journey keeps its data: the section <c>Journey:Storage</c>, and <c>Journey:DataDirectory</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Journey:Storage";

    /// <summary><c>Sqlite</c> (one silo, embedded) or <c>PostgreSql</c>. Default <c>Sqlite</c>.</summary>
    public string Provider { get; set; } = StorageProviders.Sqlite;

    /// <summary>The database. Required for PostgreSQL; for SQLite it defaults to <c>journey.db</c> in <see cref="DataDirectory"/>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// Lets the store speak to a PostgreSQL on another machine although its connection string asks for no encryption (<c>SSL Mode</c> of
    /// <c>Require</c>, <c>VerifyCA</c> or <c>VerifyFull</c>); false by default. Set it only where something else encrypts what goes there.
    /// </summary>
    public bool AllowPlaintext { get; set; }

    /// <summary>The directory of the embedded database (<c>Journey:DataDirectory</c>), created when missing. Default <c>.journey</c>.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Journey:DataDirectory must name a directory.")]
    public string DataDirectory { get; set; } = ".journey";

    /// <summary>Transactions under way at a time, 1–16. Default 2 on PostgreSQL; a slow disk wants more. SQLite has one writer, always.</summary>
    [Range(1, 16, ErrorMessage = "Journey:Storage:Writers must be between 1 and 16.")]
    public int? Writers { get; set; }

    /// <summary>Commits that may wait for a writer, 1–1,000,000; when full, callers wait and nothing is dropped. Default 10,000.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Journey:Storage:QueueLimit must be between 1 and 1000000.")]
    public int QueueLimit { get; set; } = 10_000;

    /// <summary>
    /// A file with the key that seals the audit trail, 32 bytes or more (<c>Journey:Audit:KeyFile</c>). With SQLite it defaults to <c>audit.key</c>
    /// in
    /// <see cref="DataDirectory"/> and is made when missing; with PostgreSQL every silo needs the same file, and without one the trail is not sealed.
    /// </summary>
    public string? AuditKeyFile { get; set; }

    /// <summary>
    /// How long the audit trail is kept at least, in days (<c>Journey:Audit:RetentionDays</c>); 2192 by default. On PostgreSQL a migration tells it
    /// to the database, which lets nobody remove younger entries.
    /// </summary>
    public int AuditRetentionDays { get; set; } = AuditOptions.SixYears;

    /// <summary>
    /// The folder with the keys that seal what is sensitive; see <see cref="Sealing.KeyRing"/>. By default <c>storage-keys</c> in
    /// <see cref="DataDirectory"/>; several silos share one. Whoever loses it loses what it sealed.
    /// </summary>
    public string? KeyRing { get; set; }

    /// <summary>
    /// PKCS #12 files with RSA keys that seal the ring's own keys where they lie; none by default: then the folder's guard is their only one. The
    /// first seals each key that is made from now on, all open: put a new certificate in front and leave the old ones behind it.
    /// </summary>
    public List<string> KeyRingCertificates { get; } = [];

    /// <summary>A file with the password of all <see cref="KeyRingCertificates"/>; null when they have none.</summary>
    public string? KeyRingPasswordFile { get; set; }

    /// <summary>
    /// Whether a start brings the schema up to date; true by default. False where the silos' role may not change the schema: <c>migrate</c> does it
    /// before them, and a silo that finds it behind does not start.
    /// </summary>
    public bool Migrate { get; set; } = true;

    /// <summary>
    /// A PostgreSQL role that every migration grants what a silo needs: rows, but neither the schema nor Orleans' statements. None by default: silos
    /// come with the schema's owner.
    /// </summary>
    public string? SiloRole { get; set; }

    /// <summary>
    /// A PostgreSQL role that every migration grants what a gateway needs: to read where the silos are, and nothing of patients. None by default.
    /// </summary>
    public string? GatewayRole { get; set; }

    /// <summary>
    /// How large the database may become, in gigabytes (10⁹ bytes), 0.001–1,000,000. None by default: for SQLite the disk it lies on then counts; of
    /// PostgreSQL's disk nobody but its own machine knows, so name the size of its volume.
    /// </summary>
    [Range(0.001, 1_000_000, ErrorMessage = "Journey:Storage:CapacityGigabytes must be between 0.001 and 1000000.")]
    public double? CapacityGigabytes { get; set; }

    /// <summary>
    /// From how full on a warning is given, in percent, 1–99; 80 by default. One is given too when at the pace of the last hour the rest would last
    /// for less than four hours.
    /// </summary>
    [Range(1, 99, ErrorMessage = "Journey:Storage:WarnAtPercent must be between 1 and 99.")]
    public int WarnAtPercent { get; set; } = 80;

    public bool IsPostgreSql => string.Equals(Provider, StorageProviders.PostgreSql, StringComparison.OrdinalIgnoreCase);

    internal long? CapacityBytes => CapacityGigabytes is { } gigabytes ? (long)(gigabytes * 1e9) : null;

    internal bool IsSqlite => string.Equals(Provider, StorageProviders.Sqlite, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The values of <see cref="StorageOptions.Provider"/>.</summary>
public static class StorageProviders
{
    public const string Sqlite = "Sqlite";
    public const string PostgreSql = "PostgreSql";
}

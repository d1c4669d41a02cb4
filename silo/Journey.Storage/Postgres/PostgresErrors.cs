using Npgsql;

namespace Journey.Storage.Postgres;

internal static class PostgresErrors
{
    /// <summary>Raised by our own function when a commit's inbox row went in and its journal row did not.</summary>
    public const string HalfCommit = "JT001";

    /// <summary>
    /// True when the server rolled the statement back for what was in it, or for a deadlock: bad data (22), a constraint (23), a serialization
    /// failure or deadlock (40), too much for an index (54), half a commit. Anything else may have landed or would fail again.
    /// </summary>
    public static bool NothingLanded(Exception exception) => exception switch
    {
        PostgresException { SqlState: HalfCommit } => true,
        PostgresException { SqlState: var state } => state[..2] is "22" or "23" or "40" or "54",
        // A value that cannot be encoded never left the process.
        InvalidCastException or System.Text.EncoderFallbackException => true,
        _ => false,
    };

    public static StorageException Explain(Exception exception) => exception switch
    {
        StorageException already => already,
        PostgresException { SqlState: var state } e => new(Advice(e, state), e),
        NpgsqlException { InnerException: TimeoutException } e => new("PostgreSQL did not answer in time: check its load, locks and disk. "
            + "The outcome is unknown.", e),
        NpgsqlException e => new("PostgreSQL cannot be reached or went away: check that it runs, host and port in Journey:Storage:ConnectionString, "
            + "the network and the firewall. The outcome is unknown.", e),
        ObjectDisposedException e => new("The store is shutting down. The outcome is unknown.", e),
        _ => new("The store failed unexpectedly. The outcome is unknown.", exception),
    };

    // The server's own text is in the inner exception; it may quote values, so it is not repeated here.
    private static string Advice(PostgresException e, string state) => state switch
    {
        "53100" => "PostgreSQL's disk is full: free or add space. Nothing acknowledged is lost; writing goes on by itself.",
        "53300" => "PostgreSQL has no connection left: raise max_connections or lower Maximum Pool Size in Journey:Storage:ConnectionString.",
        "25006" => "PostgreSQL is read-only (a standby, or default_transaction_read_only): point Journey:Storage:ConnectionString at the primary.",
        "28P01" or "28000" => "PostgreSQL refused the login: check user and password in Journey:Storage:ConnectionString and pg_hba.conf.",
        "3D000" => "The database does not exist: create it, or check Database in Journey:Storage:ConnectionString.",
        "42501" => "PostgreSQL denied access: grant the user of Journey:Storage:ConnectionString rights on the schema and its tables.",
        "42P01" or "42703" or "42883" => "The schema is missing or older than this version: run the migration.",
        "23J02" => "The heads of the audit trail only move forward, and only over entries that are past their retention: it was set with the last "
            + "migration (Journey:Audit:RetentionDays of migrate).",
        "57P01" or "57P02" or "57P03" => "PostgreSQL is stopping or starting; writing goes on by itself when it is up. The outcome is unknown.",
        "58030" => "PostgreSQL reports an I/O error: check its disk and log before anything else.",
        _ when state.StartsWith("22", StringComparison.Ordinal) => $"PostgreSQL refused a value ({state}); nothing was written. "
            + "A payload must be JSON in UTF-8 without \\u0000.",
        _ => $"PostgreSQL answered {state}{(e.ConstraintName is { } name ? $" on {name}" : "")}; see its log.",
    };
}

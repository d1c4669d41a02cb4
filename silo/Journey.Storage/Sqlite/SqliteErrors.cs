using Microsoft.Data.Sqlite;

namespace Journey.Storage.Sqlite;

internal static class SqliteErrors
{
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;

    // ENOSPC, and ERROR_DISK_FULL as an HRESULT: .NET has no exception of its own for it.
    private const int NoSpace = 28;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>True when the file refused what was in the batch; everything of it was rolled back.</summary>
    public static bool NothingLanded(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: Constraint or TooBig or Mismatch } => true,
        System.Text.DecoderFallbackException => true,
        _ => false,
    };

    public static StorageException Explain(Exception exception, string path) => exception switch
    {
        StorageException already => already,
        SqliteException e => new(Advice(e, path), e),
        IOException { HResult: NoSpace } or IOException { HResult: NoSpaceOnWindows } => new(Full(path), exception),
        UnauthorizedAccessException or IOException =>
            new($"'{path}' cannot be opened: check the directory and its permissions (Journey:DataDirectory).",
            exception),
        System.Text.DecoderFallbackException => new("A payload must be JSON in UTF-8; nothing was written.", exception),
        _ => new("The store failed unexpectedly. The outcome is unknown.", exception),
    };

    private static string Full(string path) =>
        $"The disk under '{path}' is full: free or add space. Nothing acknowledged is lost; writing goes on by itself.";

    // SQLite's own text is in the inner exception; it may quote values, so it is not repeated here.
    private static string Advice(SqliteException e, string path) => e.SqliteErrorCode switch
    {
        5 or 6 => $"'{path}' is locked by another process: only one Journey may run on it, and tools must not hold a write open.",
        8 => $"'{path}' is read-only: check the permissions of the file and its directory, and how the volume is mounted.",
        10 => $"The disk under '{path}' reports an I/O error: check the disk before anything else. The outcome is unknown.",
        11 or 26 => $"'{path}' is damaged or is no SQLite database: stop, keep the file, and restore the last backup.",
        13 => Full(path),
        14 => $"'{path}' cannot be opened: check that the directory exists and may be written (Journey:DataDirectory).",
        Constraint => "A value was refused; nothing was written. A payload must be JSON in UTF-8.",
        _ => $"SQLite answered {e.SqliteErrorCode} on '{path}'.",
    };
}

using System.Security.Cryptography;
using Journey.Grains.Storage;

namespace Journey.Storage;

/// <summary>The key that seals the audit trail, from its file.</summary>
internal static class AuditKeyFile
{
    private const int Shortest = 32;

    /// <summary>How long somebody else who has just created the file takes to write into it, and much more.</summary>
    private static readonly TimeSpan AnotherWrites = TimeSpan.FromSeconds(2);

    public static AuditKey Load(StorageOptions options)
    {
        var path = options.AuditKeyFile ?? (options.IsSqlite ? Path.Combine(options.DataDirectory, "audit.key") : null);
        if (path is null) return new AuditKey(null);
        try
        {
            if (options.AuditKeyFile is null && new FileInfo(path) is not { Exists: true, Length: >= Shortest }) Make(path);
            var key = ReadAll(path);
            return key.Length >= Shortest
                ? new AuditKey(key)
                : throw new StorageException($"The key in '{path}' must have {Shortest} bytes or more (Journey:Audit:KeyFile).");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"The key of the audit trail cannot be read from '{path}': check the file and its "
                    + $"permissions ({(options.AuditKeyFile is null ? "Journey:DataDirectory, or name one in Journey:Audit:KeyFile" : "Journey:Audit:KeyFile")}).", e);
        }
    }

    private static byte[] ReadAll(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var key = new byte[file.Length];
        file.ReadExactly(key);
        return key;
    }

    /// <summary>
    /// Whoever creates the file writes it, and only one can. (A move onto a name that is free looks first and renames then: two can do both.)
    /// </summary>
    private static void Make(string path)
    {
        OwnerOnly.Folder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var file = new FileStream(path, how);
            file.Write(RandomNumberGenerator.GetBytes(Shortest));
            file.Flush(flushToDisk: true);
        }
        catch (IOException) when (File.Exists(path))
        {
            SpinWait.SpinUntil(() => new FileInfo(path).Length >= Shortest, AnotherWrites);
        }
    }
}

using System.Security.Cryptography;
using Journey.Grains.Storage;

namespace Journey.Storage;

/// <summary>The key that seals the audit trail, from its file.</summary>
internal static class AuditKeyFile
{
    private const int Shortest = 32;

    public static AuditKey Load(StorageOptions options)
    {
        var path = options.AuditKeyFile ?? (options.IsSqlite ? Path.Combine(options.DataDirectory, "audit.key") : null);
        if (path is null) return new AuditKey(null);
        try
        {
            if (options.AuditKeyFile is null && !File.Exists(path)) Make(path);
            var key = File.ReadAllBytes(path);
            return key.Length >= Shortest ? new AuditKey(key) : throw new StorageException($"The key in '{path}' must have {Shortest} bytes or more (Journey:Audit:KeyFile).");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The key of the audit trail cannot be read from '{path}': check the file and its permissions (Journey:Audit:KeyFile).", e);
        }
    }

    /// <summary>Under another name first: who reads it meanwhile finds it whole or not at all. If somebody was faster, theirs stays.</summary>
    private static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var made = path + "." + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(made, how))
        {
            file.Write(RandomNumberGenerator.GetBytes(Shortest));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(made, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(made);
        }
    }
}

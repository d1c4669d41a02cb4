namespace Journey.Storage;

/// <summary>Folders and files with patients' data or keys: for the user that Journey runs as, and for nobody else on the machine.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode Use = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder that is not there yet, and those above it. One that is there is the operator's, and stays as it is.</summary>
    public static void Folder(string path)
    {
        if (Directory.Exists(path)) return;
        // The framework gives the mode to the last folder alone.
        if (Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) is { } above) Folder(above);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, Use | UnixFileMode.UserExecute);
    }

    /// <summary>Makes a file that is not there yet; one that others may read they may read no more.</summary>
    /// <remarks>One that is there is never opened: whoever closes a file gives up every lock that their process holds on it, SQLite's too.</remarks>
    public static void File(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        Narrow(path);
        if (System.IO.File.Exists(path)) return;
        try
        {
            using var made =
                new FileStream(path, new FileStreamOptions
                {
                    Mode = FileMode.CreateNew, Access = FileAccess.Write,
                    Share = FileShare.ReadWrite | FileShare.Delete, UnixCreateMode = Use
                });
        }
        catch (IOException) when (System.IO.File.Exists(path))
        {
            // Somebody else made it in that moment.
        }
    }

    /// <summary>As <see cref="File"/>, of a file that may not be there.</summary>
    public static void Narrow(string path)
    {
        if (!OperatingSystem.IsWindows() && System.IO.File.Exists(path) && System.IO.File.GetUnixFileMode(path) != Use)
            System.IO.File.SetUnixFileMode(path, Use);
    }
}

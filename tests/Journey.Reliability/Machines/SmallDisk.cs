namespace Journey.Reliability.Machines;

/// <summary>A file system of some megabytes, which can be filled and freed.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _filler;

    private SmallDisk(string path) => (Path, _filler) = (path, System.IO.Path.Combine(path, "filler"));

    public string Path { get; }

    public static async Task<SmallDisk> Mount(int megabytes)
    {
        var disk = new SmallDisk(Directory.CreateTempSubdirectory("journey-disk-").FullName);
        await Tool.Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0777", "tmpfs", disk.Path);
        return disk;
    }

    /// <summary>Takes all the space that is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(_filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in (int[])[1 << 20, 4096])
        {
            try
            {
                while (true) file.Write(new byte[size]);
            }
            catch (IOException)
            {
                // Full.
            }
        }
    }

    public void Free() => File.Delete(_filler);

    public async ValueTask DisposeAsync()
    {
        await Tool.Try("umount", "-l", Path);
        Directory.Delete(Path);
    }
}

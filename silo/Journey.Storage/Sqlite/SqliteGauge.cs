using Journey.Storage.Room;

namespace Journey.Storage.Sqlite;

/// <summary>The disk that the file lies on, whoever fills it; with a capacity of its own the database's files.</summary>
internal sealed class SqliteGauge(SqliteFile file, StorageOptions options) : IGauge
{
    public Task<Reading> Read(CancellationToken cancellation) =>
        Task.FromResult(options.CapacityBytes is { } capacity ? new Reading(Size(file.Path) + Size(file.Path + "-wal"), capacity) : OfDisk());

    private Reading OfDisk()
    {
        // Of a path Unix knows the disk; Windows wants the drive.
        var disk = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(file.Path)! : Path.GetDirectoryName(file.Path)!);
        var used = disk.TotalSize - disk.TotalFreeSpace;
        // What is kept back for root is nobody's.
        return new(used, used + disk.AvailableFreeSpace);
    }

    private static long Size(string path) => new FileInfo(path) is { Exists: true } found ? found.Length : 0;
}

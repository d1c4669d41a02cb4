using System.IO.MemoryMappedFiles;

namespace Journey.EndToEnd.Tests;

/// <summary>The clock of a standalone, set by a test: a week is lived in a minute, at its own times. See <c>tests/Journey.SteppedClock</c>.</summary>
internal sealed class SteppedTime : IDisposable
{
    private const string Assembly = "Journey.SteppedClock";
    private readonly string _file = Path.GetTempFileName();
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;

    public SteppedTime(DateTimeOffset now)
    {
        _map = MemoryMappedFile.CreateFromFile(new FileStream(_file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite), null, sizeof(long),
            MemoryMappedFileAccess.ReadWrite,
            HandleInheritability.None, leaveOpen: false);
        _view = _map.CreateViewAccessor(0, sizeof(long));
        Now = now;
    }

    /// <summary>What makes a standalone go by this clock.</summary>
    public (string Key, string Value)[] Settings => [
        ("DOTNET_STARTUP_HOOKS", Repository.Built(Assembly)),
        ("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", Assembly), ("STEPPED_CLOCK_FILE", _file),
        // At the desk, where nobody signs in: a token is held to the machine's clock, whatever the program's says.
        ("ASPNETCORE_ENVIRONMENT", "Production"),
        // Orleans' own timers find that an hour passed between two of their seconds, and say so every time.
        ("Logging:LogLevel:Orleans.Runtime", "Error"),
    ];

    /// <summary>Goes on at the machine's pace from when it was set; is never set back.</summary>
    public DateTimeOffset Now
    {
        get => TimeProvider.System.GetUtcNow().AddTicks(_view.ReadInt64(0));
        set
        {
            var offset = (value - TimeProvider.System.GetUtcNow()).Ticks;
            if (_view.ReadInt64(0) is var before && (before == 0 || offset > before)) _view.Write(0, offset);
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
        File.Delete(_file);
    }
}

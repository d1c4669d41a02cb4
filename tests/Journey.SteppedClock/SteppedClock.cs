using System.IO.MemoryMappedFiles;
using Journey.SteppedClock;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(SteppedClockStartup))]

namespace Journey.SteppedClock;

/// <summary>
/// A clock that a test sets, for a program of its own that knows nothing of it: the program takes a <see cref="TimeProvider"/> that is there before
/// its own. Only what time it is differs; how long something takes, and so every timer, stays the machine's.
/// </summary>
/// <param name="file">Eight bytes: by how many ticks of 100 ns it is later than the machine's clock. Whoever changes them sets the clock.</param>
internal sealed class SteppedClock(string file) : TimeProvider, IDisposable
{
    private readonly MemoryMappedFile _map = MemoryMappedFile.CreateFromFile(
        new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), null, sizeof(long), MemoryMappedFileAccess.Read,
        HandleInheritability.None, leaveOpen: false);
    private MemoryMappedViewAccessor? _view;

    public override DateTimeOffset GetUtcNow() =>
        System.GetUtcNow().AddTicks((_view ??= _map.CreateViewAccessor(0, sizeof(long), MemoryMappedFileAccess.Read)).ReadInt64(0));

    public void Dispose()
    {
        _view?.Dispose();
        _map.Dispose();
    }
}

/// <summary>Found by ASP.NET Core through <c>ASPNETCORE_HOSTINGSTARTUPASSEMBLIES</c>.</summary>
internal sealed class SteppedClockStartup : IHostingStartup
{
    /// <summary>The environment variable that names the file.</summary>
    private const string File = "STEPPED_CLOCK_FILE";

    public void Configure(IWebHostBuilder builder)
    {
        var file = Environment.GetEnvironmentVariable(File) ?? throw new InvalidOperationException($"{File} names no file.");
        builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(_ => new SteppedClock(file)));
    }
}

using System.Globalization;

namespace Journey.Reliability.Machines;

/// <summary>
/// A clock that is wrong, for one process: Debian's <c>libfaketime</c>. Elapsed time (the monotonic clock) stays true, as it does on a machine whose
/// clock is wrong.
/// </summary>
internal static class FakeTime
{
    private static readonly string? Library = Directory.Exists("/usr/lib")
        ? Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
        .FirstOrDefault(File.Exists)
        : null;

    public static bool IsInstalled => Library is not null;

    public static void Set(Dictionary<string, string> environment, TimeSpan offset)
    {
        environment["LD_PRELOAD"] = Library ?? throw new InvalidOperationException("libfaketime is not installed.");
        environment["FAKETIME"] = offset.TotalSeconds.ToString("+0.000;-0.000", CultureInfo.InvariantCulture);
        environment["FAKETIME_DONT_FAKE_MONOTONIC"] = environment["DONT_FAKE_MONOTONIC"] = "1";
        // Otherwise every timed wait is answered at once, and a process that has nothing to do keeps every core busy with asking again.
        environment["FAKETIME_FORCE_MONOTONIC_FIX"] = "0";
    }
}

using System.Diagnostics;

namespace Journey.EndToEnd.Tests;

/// <summary>Waits for a condition, and tells what was last seen when it does not come.</summary>
internal static class Eventually
{
    public static async Task Holds(Func<Task<(bool Holds, string Seen)>> look, TimeSpan patience, Func<string> otherwise, TimeSpan? pause = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var (holds, seen) = await look();
            if (holds) return;
            if (Stopwatch.GetElapsedTime(started) > patience)
                Assert.Fail($"Not within {patience.TotalSeconds:0} s; last seen: {seen}\n{otherwise()}");
            await Task.Delay(pause ?? TimeSpan.FromMilliseconds(200));
        }
    }
}

using System.Diagnostics;

namespace Journey.Benchmarks.Harness;

/// <summary>What a number of things cost this process and the database server; time says less when others use the machine too.</summary>
/// <param name="Done">How many things were done.</param>
/// <param name="Own">Processor time of this process.</param>
/// <param name="Allocated">Bytes this process allocated.</param>
/// <param name="Server">What the database server did.</param>
internal sealed record Cost(double Done, TimeSpan Own, long Allocated, Tally Server)
{
    public static readonly Cost None = new(0, TimeSpan.Zero, 0, Tally.None);

    /// <summary>Runs something that answers with how many a second it did.</summary>
    public static async Task<(double Rate, Cost Cost)> Of(Func<Task<Tally>> server, Func<Task<double>> run)
    {
        GC.Collect();
        var before = await server();
        var (own, allocated, started) = (Processor.Own, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        var rate = await run();
        var done = rate * Stopwatch.GetElapsedTime(started).TotalSeconds;
        (own, allocated) = (Processor.Own - own, GC.GetTotalAllocatedBytes() - allocated);
        return (rate, new(done, own, allocated, await server() - before));
    }

    public static Cost operator +(Cost one, Cost other) =>
        new(one.Done + other.Done, one.Own + other.Own, one.Allocated + other.Allocated, one.Server + other.Server);
}

using Journey.Reliability.Machines;

namespace Journey.Reliability.Faults;

/// <summary>Two versions side by side: a house of the older one is upgraded under load, process by process, and rolled back.</summary>
internal static class Upgrade
{
    /// <param name="old">The older build's <c>artifacts/bin</c>, in the configuration that runs here.</param>
    public static Fault[] Faults(string old)
    {
        var before = Programs.In(old, Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));
        var now = Programs.Beside;
        return
        [
            Fault.Of("upgrade", "rolling upgrade, from the older version to this one", async strike =>
            {
                if (strike.House.Silos[0].Program != before.Silo) await AllFaults.Roll(strike, before);
                await AllFaults.Roll(strike, now);
            }) with { Plan = new() { Programs = before }, IsLong = true },
            Fault.Of("roll-back", "rolled back from this version to the older one", async strike =>
            {
                if (strike.House.Silos[0].Program != now.Silo) await AllFaults.Roll(strike, now);
                await AllFaults.Roll(strike, before);
            }) with { Plan = new() { Programs = before }, IsLong = true },
        ];
    }
}

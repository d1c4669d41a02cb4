using Journey.Reliability.Machines;

namespace Journey.Reliability.Faults;

/// <summary>Two versions side by side: a house of the older one is upgraded under load, process by process, and rolled back.</summary>
internal static class Upgrade
{
    /// <param name="old">The older build's <c>artifacts/bin</c>, in the configuration that runs here.</param>
    public static Fault Fault(string old)
    {
        var before = Programs.In(old, Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));
        return Faults.Fault.Named("upgrade", "rolling upgrade, from an older version to this one and back again", async strike =>
        {
            // As docs/operations.md has it: whoever is asked is upgraded before who asks, and rolled back after.
            await AllFaults.Roll(strike.House.Silos, Programs.Beside.Silo);
            await AllFaults.Roll(strike.House.Gateways, Programs.Beside.Gateway);
            await AllFaults.Roll(strike.House.Gateways, before.Gateway);
            await AllFaults.Roll(strike.House.Silos, before.Silo);
        }) with
        { Plan = new() { Programs = before } };
    }
}

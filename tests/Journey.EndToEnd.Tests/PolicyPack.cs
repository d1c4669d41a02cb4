namespace Journey.EndToEnd.Tests;

/// <summary>The default pack with some words changed, as a site would: copied, edited and named.</summary>
internal static class PolicyPack
{
    public static JourneyProcess Prepare((string From, string To)[] changes, params (string Key, string Value)[] settings)
    {
        var pack = File.ReadAllText(Path.Combine(Repository.Root, "grains", "Journey.Domain", "Policies", "default.yaml"));
        foreach (var (from, to) in changes)
        {
            Assert.Contains(from, pack, StringComparison.Ordinal);
            pack = pack.Replace(from, to, StringComparison.Ordinal);
        }

        return JourneyProcess.Prepare(settings).WithFile("Journey:Policy:Path", "policy.yaml", pack);
    }
}

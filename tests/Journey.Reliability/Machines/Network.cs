using System.Net;

namespace Journey.Reliability.Machines;

/// <summary>
/// A network of machines on this one: a bridge, and for each machine a network namespace with an address of its own. Needs root on Linux and Debian's
/// <c>iproute2</c>. Nothing of it leaves this machine; all of it is gone with <see cref="DisposeAsync"/>.
/// </summary>
internal sealed class Network : IAsyncDisposable
{
    /// <summary>Another one for each process, so that two of these can run side by side.</summary>
    private static readonly string Prefix = $"10.88.{1 + Environment.ProcessId % 254}.";

    /// <summary>A frame to it reaches nobody: what is sent vanishes without an answer, as behind a broken switch.</summary>
    private const string Nobody = "02:00:00:00:00:ff";

    private readonly List<Machine> _machines = [];
    private readonly string _bridge = $"jrb{Environment.ProcessId % 100_000}";

    private Network()
    {
    }

    /// <summary>Where senders, browsers and the checks are.</summary>
    public IPAddress Outside { get; } = IPAddress.Parse(Prefix + "1");

    /// <summary>Where the database is.</summary>
    public IPAddress Database { get; } = IPAddress.Parse(Prefix + "2");

    /// <summary>All addresses of the network, as PostgreSQL's pg_hba.conf writes them.</summary>
    public string Range => Prefix + "0/24";

    /// <summary>Why no such network can be made here; null when it can.</summary>
    public static async Task<string?> Missing()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return "network namespaces need root on Linux";
        try
        {
            return (await Tool.Try("ip", "-V")).Code == 0 ? null : "ip does not run";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "ip is missing: install iproute2";
        }
    }

    public static async Task<Network> Create()
    {
        var network = new Network();
        try
        {
            await Ip("link", "add", network._bridge, "type", "bridge");
            await Ip("addr", "add", network.Outside + "/24", "dev", network._bridge);
            await Ip("addr", "add", network.Database + "/24", "dev", network._bridge);
            await Ip("link", "set", network._bridge, "up");
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <param name="host">The last number of its address, 3–254.</param>
    public async Task<Machine> Add(int host)
    {
        var machine = new Machine($"{_bridge}-{host}", IPAddress.Parse(Prefix + host));
        _machines.Add(machine);
        var outer = $"{_bridge}v{host}";
        await Ip("netns", "add", machine.Name);
        await Ip("link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", machine.Name);
        await Ip("link", "set", outer, "master", _bridge, "up");
        await Ip("-n", machine.Name, "addr", "add", machine.Address + "/24", "dev", "eth0");
        await Ip("-n", machine.Name, "link", "set", "eth0", "up");
        await Ip("-n", machine.Name, "link", "set", "lo", "up");
        return machine;
    }

    /// <summary>Nothing passes between the two any more, in either direction.</summary>
    public static async Task Cut(Machine one, Machine other)
    {
        await Cut(one, other.Address);
        await Cut(other, one.Address);
    }

    public static async Task Mend(Machine one, Machine other)
    {
        await Mend(one, other.Address);
        await Mend(other, one.Address);
    }

    /// <summary>What the machine sends to the address vanishes.</summary>
    public static Task Cut(Machine machine, IPAddress from) =>
        Ip("-n", machine.Name, "neigh", "replace", from.ToString(), "lladdr", Nobody, "dev", "eth0", "nud", "permanent");

    public static Task Mend(Machine machine, IPAddress to) => Ip("-n", machine.Name, "neigh", "del", to.ToString(), "dev", "eth0");

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in _machines) await Tool.Try("ip", "netns", "del", machine.Name);
        await Tool.Try("ip", "link", "del", _bridge);
    }

    private static Task Ip(params string[] arguments) => Tool.Run("ip", arguments);
}

/// <summary>A network namespace with one address.</summary>
internal sealed record Machine(string Name, IPAddress Address);

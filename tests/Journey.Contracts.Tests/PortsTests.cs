namespace Journey.Contracts.Tests;

public class PortsTests
{
    [Fact]
    public void A_port_for_later_is_none_that_an_outgoing_connection_may_take_meanwhile()
    {
        const string Range = "/proc/sys/net/ipv4/ip_local_port_range";
        var first = File.Exists(Range) ? int.Parse(File.ReadAllText(Range).Split('\t', ' ')[0]) : 32_768;
        int[] ports = [.. Enumerable.Range(0, 100).Select(_ => Ports.Free())];
        Assert.All(ports, port => Assert.InRange(port, 1_024, first - 1));
        Assert.Equal(ports.Length, ports.Distinct().Count());
    }

    [Fact]
    public void Two_test_processes_are_given_ports_of_their_own()
    {
        using var other = Ports.Block.Take();
        int[] ports = [.. Enumerable.Range(0, Ports.PerBlock - 1).Select(_ => Ports.Free())];
        Assert.All(ports, port => Assert.NotInRange(port, other.First, other.First + Ports.PerBlock - 1));
    }
}

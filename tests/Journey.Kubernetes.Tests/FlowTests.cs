using k8s.Models;

namespace Journey.Kubernetes.Tests;

/// <summary>Who may speak to whom. Everything else is refused by the policy that selects every pod and allows nothing.</summary>
public sealed class FlowTests
{
    /// <summary>Both ends are ours: what one may say the other must take.</summary>
    private static readonly string[] Inside =
    [
        "journey-gateway → journey-db:5432",
        "journey-gateway → journey-silo:clients",
        "journey-migrate → journey-db:5432",
        "journey-silo → journey-db:5432",
        "journey-silo → journey-silo:silo",
        "journey-db → journey-db:5432",
        "journey-db → journey-db:8000",
    ];

    private static readonly string[] FromOutside =
    [
        "ns/cnpg-system → journey-db:5432", "ns/cnpg-system → journey-db:8000", "ns/ingress → journey-gateway:http",
        "ns/monitoring → journey-db:9187", "ns/monitoring → journey-gateway:http", "ns/monitoring → journey-silo:http",
    ];

    private static readonly string[] ToOutside =
        ["* → ns/kube-system/kube-dns:53", "journey-db → anywhere:443", "journey-db → anywhere:6443", "journey-gateway → anywhere:443"];

    public static TheoryData<string, string[]> Overlays() => new()
    {
        { "trial", ["journey-feed → journey-gateway:mllp"] },
        { "production", ["10.20.0.0/16 → journey-gateway:mllp", "journey-silo → anywhere:443", "journey-silo → anywhere:587"] },
    };

    [Theory, MemberData(nameof(Overlays))]
    public void Nothing_flows_but_what_is_listed(string overlay, string[] own) =>
        Assert.Equal([.. Inside.Concat(FromOutside).Concat(ToOutside).Concat(own).Order(StringComparer.Ordinal)],
            Flows(Overlay.Named(overlay)).Distinct().Order(StringComparer.Ordinal).ToArray());

    [Theory, MemberData(nameof(Overlays))]
    public void What_one_pod_may_say_the_other_takes(string overlay, string[] own)
    {
        var inside = Inside.Concat(own.Where(f => f.StartsWith("journey-feed", StringComparison.Ordinal))).ToList();
        Assert.All(inside, flow => Assert.Equal(2, Flows(Overlay.Named(overlay)).Count(f => f == flow)));
    }

    [Fact]
    public void Every_overlay_says_what_flows_in_it() =>
        Assert.Equal(Overlay.Names(), Overlays().Select(row => row.Data.Item1).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Overlays))]
    public void Whoever_is_not_allowed_is_refused(string overlay, string[] own)
    {
        Assert.NotEmpty(own);
        var nothing = Assert.Single(Overlay.Named(overlay).All<V1NetworkPolicy>(), p => p.Spec.Ingress is null && p.Spec.Egress is null);
        Assert.Equal(["*"], Pods(nothing.Spec.PodSelector));
        Assert.Equal(["Egress", "Ingress"], nothing.Spec.PolicyTypes.Order());
    }

    private static IEnumerable<string> Flows(Overlay rendered)
    {
        foreach (var policy in rendered.All<V1NetworkPolicy>().Select(p => p.Spec))
        {
            var here = Pods(policy.PodSelector).ToList();
            foreach (var rule in policy.Ingress ?? [])
                foreach (var (from, to, port) in Combine(rule.FromProperty.SelectMany(Peers), here, rule.Ports)) yield return $"{from} → {to}:{port}";
            foreach (var rule in policy.Egress ?? [])
                foreach (var (from, to, port) in Combine(here, (rule.To?.SelectMany(Peers) ?? ["anywhere"]).ToList(), rule.Ports))
                    yield return $"{from} → {to}:{port}";
        }
    }

    private static IEnumerable<(string From, string To, string Port)> Combine(IEnumerable<string> from, List<string> to,
        IList<V1NetworkPolicyPort> ports) =>
        from sender in @from from receiver in to from port in ports.Select(p => p.Port.ToString()).Distinct() select (sender, receiver, port);

    private static IEnumerable<string> Peers(V1NetworkPolicyPeer peer)
    {
        if (peer.IpBlock is { } block) return [block.Cidr];
        if (peer.NamespaceSelector is not { } name) return Pods(peer.PodSelector);
        var space = "ns/" + name.MatchLabels["kubernetes.io/metadata.name"];
        return [peer.PodSelector is null ? space : $"{space}/{Assert.Single(peer.PodSelector.MatchLabels).Value}"];
    }

    /// <summary>The values of the labels that select them; <c>*</c> for all.</summary>
    private static IEnumerable<string> Pods(V1LabelSelector selector)
    {
        var some = (selector.MatchLabels?.Values ?? []).Concat((selector.MatchExpressions ?? []).SelectMany(e => e.Values)).ToList();
        return some.Count == 0 ? ["*"] : some;
    }
}

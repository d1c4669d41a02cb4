using k8s.Models;

namespace Journey.Kubernetes.Tests;

/// <summary>What every overlay keeps to, whatever else it is for.</summary>
public sealed class OverlayTests
{
    public static TheoryData<string> Overlays() => [.. Overlay.Names()];

    [Theory, MemberData(nameof(Overlays))]
    public void Every_object_reads_strictly_as_what_it_says_it_is_and_has_a_name_and_a_namespace(string overlay)
    {
        var all = Overlay.Named(overlay).Everything.ToList();
        Assert.NotEmpty(all);
        Assert.All(all, o => Assert.Equal("journey", o.Metadata.NamespaceProperty));
        Assert.Distinct(all.Select(o => (o.Kind, o.Metadata.Name)));
    }

    [Fact]
    public void A_field_that_a_kind_does_not_have_is_an_error()
    {
        Assert.ThrowsAny<Exception>(() =>
            Overlay.Read("apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  ports:\n    - port: 1\n      tagretPort: 2\n"));
        Assert.ThrowsAny<Exception>(() =>
            Overlay.Read("apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata:\n  name: a\nspec:\n  instanses: 1\n"));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Every_container_is_nobody_in_particular_and_writes_nowhere_but_where_it_is_told(string overlay)
    {
        foreach (var (name, pod, container) in Overlay.Named(overlay).Containers)
        {
            var context = container.SecurityContext;
            Assert.True(context is { ReadOnlyRootFilesystem: true, AllowPrivilegeEscalation: false, Privileged: null or false }, name);
            Assert.Equal(["ALL"], context.Capabilities.Drop);
            Assert.Null(context.Capabilities.Add);
            Assert.True(pod.SecurityContext is { RunAsNonRoot: true, RunAsUser: > 0, SeccompProfile.Type: "RuntimeDefault" }, name);
            Assert.True(pod is { AutomountServiceAccountToken: false, HostNetwork: null or false, HostPID: null or false, HostIPC: null or false },
                name);
            Assert.All(pod.Volumes, v => Assert.Null(v.HostPath));
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Memory_is_bounded_and_processor_time_is_not(string overlay) => Assert.All(Overlay.Named(overlay).Containers, c =>
    {
        Assert.Equal(["memory"], c.Container.Resources.Limits.Keys);
        Assert.Equal(["cpu", "memory"], c.Container.Resources.Requests.Keys.Order());
    });

    [Theory, MemberData(nameof(Overlays))]
    public void The_three_probes_mean_three_things(string overlay) => Assert.All(Overlay.Named(overlay).All<V1Deployment>(), d =>
    {
        var container = Assert.Single(d.Spec.Template.Spec.Containers);
        var (startup, ready, alive) = (container.StartupProbe, container.ReadinessProbe, container.LivenessProbe);
        Assert.Equal(("/health/ready", "/health/ready", "/health/live"), (startup.HttpGet.Path, ready.HttpGet.Path, alive.HttpGet.Path));
        Assert.True(startup.PeriodSeconds * startup.FailureThreshold >= 120, "A start may take two minutes.");
        Assert.True(alive.PeriodSeconds * alive.FailureThreshold >= 60, "A busy minute is no reason to end a process.");
    });

    [Theory, MemberData(nameof(Overlays))]
    public void A_rollout_takes_nothing_away_and_a_process_has_the_time_to_stop(string overlay)
    {
        var rendered = Overlay.Named(overlay);
        Assert.All(rendered.All<V1Deployment>(), d =>
        {
            Assert.Equal("0", d.Spec.Strategy.RollingUpdate.MaxUnavailable.ToString());
            var patience = int.Parse(rendered.Environment(d.Spec.Template.Spec.Containers[0])["shutdownTimeoutSeconds"]);
            Assert.True(d.Spec.Template.Spec.TerminationGracePeriodSeconds >= patience + 30, d.Metadata.Name);
        });
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Whoever_connects_to_the_database_knows_whom_it_speaks_to_and_holds_no_password_in_its_settings(string overlay)
    {
        var rendered = Overlay.Named(overlay);
        foreach (var (name, _, container) in rendered.Containers)
        {
            var connection = new Npgsql.NpgsqlConnectionStringBuilder(rendered.Environment(container)
                .Single(v => v.Key.EndsWith("__ConnectionString", StringComparison.Ordinal)).Value);
            Assert.Equal(Npgsql.SslMode.VerifyFull, connection.SslMode);
            Assert.Null(connection.Password);
            Assert.Equal(Assert.Single(rendered.All<PostgresCluster>()).Metadata.Name + "-rw", connection.Host);
            Assert.Equal(name.Replace("journey-migrate", "journey-owner").Replace('-', '_'), connection.Username);
            Assert.Contains(container.VolumeMounts, m => connection.RootCertificate!.StartsWith(m.MountPath + "/", StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Silos_and_gateways_know_each_other_by_certificates_of_an_authority_of_their_own(string overlay)
    {
        var rendered = Overlay.Named(overlay);
        var certificates = rendered.All<ManagedCertificate>().ToDictionary(c => c.Spec.SecretName, c => c.Spec);
        var authority = Assert.Single(certificates.Values, c => c.IsCA);
        var issuers = rendered.All<CertificateIssuer>().ToDictionary(i => i.Metadata.Name, i => i.Spec);
        foreach (var (name, pod, container) in rendered.Containers.Where(c => c.Name != "journey-migrate"))
        {
            var settings = rendered.Environment(container);
            var files = new[] { "CertificatePath", "KeyPath", "AuthoritiesPath", "CallerKeyFile" }
                .Select(key => settings["Journey__Cluster__Trust__" + key]).ToList();
            var secrets =
                files.Select(file => pod.Volumes
                    .Single(v => v.Name == container.VolumeMounts
                        .Single(m => file.StartsWith(m.MountPath + "/", StringComparison.Ordinal)).Name).Secret.SecretName).ToList();
            var own = certificates[secrets[0]];
            Assert.Equal([secrets[0], secrets[0], secrets[0], "journey-caller"], secrets);
            Assert.Equal([name], own.DnsNames);
            Assert.Equal(name == "journey-silo" ? ["client auth", "digital signature", "server auth"] : ["client auth", "digital signature"],
                own.Usages.Order());
            Assert.Equal(authority.SecretName, issuers[own.IssuerRef.Name].Ca!.SecretName);
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void A_gateway_believes_known_proxies_and_is_served_under_the_ingresss_names(string overlay)
    {
        var rendered = Overlay.Named(overlay);
        var settings = rendered.Environment(rendered.Containers.Single(c => c.Name == "journey-gateway").Container);
        Assert.True(System.Net.IPNetwork.TryParse(settings["Journey__Gateway__Proxies"], out var network) && network.PrefixLength >= 8);
        Assert.Equal(rendered.All<V1Ingress>().SelectMany(i => i.Spec.Rules).Select(r => r.Host), settings["AllowedHosts"].Split(';'));
        Assert.DoesNotContain(settings.Keys, key => key.EndsWith("FORWARDEDHEADERS_ENABLED", StringComparison.OrdinalIgnoreCase)
            || key.EndsWith("AllowPlaintext", StringComparison.Ordinal));
    }

    [Fact]
    public void In_production_no_part_is_alone_and_what_is_acknowledged_is_on_two_disks()
    {
        var production = Overlay.Named("production");
        Assert.All(production.All<V2HorizontalPodAutoscaler>(), h => Assert.True(h.Spec.MinReplicas >= 2, h.Metadata.Name));
        Assert.Equal(production.All<V1Deployment>().Select(d => d.Metadata.Name).Order(),
            production.All<V2HorizontalPodAutoscaler>().Select(h => h.Spec.ScaleTargetRef.Name).Order());
        // A number of its own would be set back with every apply.
        Assert.All(production.All<V1Deployment>(), d => Assert.Null(d.Spec.Replicas));
        var database = Assert.Single(production.All<PostgresCluster>()).Spec;
        Assert.True(database.Instances >= 3);
        Assert.Equal((1, "required"), (database.Postgresql.Synchronous!.Number, database.Postgresql.Synchronous.DataDurability));
        Assert.Contains(database.Plugins, p => p.IsWALArchiver);
    }
}

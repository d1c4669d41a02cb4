using k8s.Models;

namespace Journey.Kubernetes.Tests;

/// <summary>Every name that an object uses is another's here, or docs/kubernetes.md asks the operator for it.</summary>
public sealed class ReferenceTests
{
    private static readonly string[] Guide = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "kubernetes.md"));

    public static TheoryData<string> Overlays() => [.. Overlay.Names()];

    [Theory, MemberData(nameof(Overlays))]
    public void What_a_pod_mounts_and_reads_is_there_or_asked_for(string overlay)
    {
        var rendered = Overlay.Named(overlay);
        var maps = Names<V1ConfigMap>(rendered);
        var claims = Names<V1PersistentVolumeClaim>(rendered);
        Assert.All(rendered.Pods, p => Assert.Contains(p.Pod.Spec.ServiceAccountName, Names<V1ServiceAccount>(rendered)));
        foreach (var (_, pod, container) in rendered.Containers)
        {
            Assert.All((container.EnvFrom ?? []).Select(e => e.ConfigMapRef.Name), map => Assert.Contains(map, maps));
            Assert.All((container.Env ?? []).Select(e => e.ValueFrom?.SecretKeyRef).OfType<V1SecretKeySelector>(),
                key => AssertAsked(key.Name, key.Key));
            Assert.Equal(pod.Volumes.Select(v => v.Name).Order(), container.VolumeMounts.Select(m => m.Name).Order());
        }

        foreach (var volume in rendered.Pods.SelectMany(p => p.Pod.Spec.Volumes))
        {
            if (volume.PersistentVolumeClaim is { } claim) Assert.Contains(claim.ClaimName, claims);
            if (volume.ConfigMap is { } map) Assert.Contains(map.Name, maps);
            if (volume.Secret is { } secret) AssertAsked(secret.SecretName, [.. (secret.Items ?? []).Select(i => i.Key)]);
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Every_file_that_a_setting_names_lies_in_something_that_is_mounted(string overlay)
    {
        var rendered = Overlay.Named(overlay);
        foreach (var (_, _, container) in rendered.Containers)
            Assert.All(rendered.Environment(container).Values.Where(v => v.StartsWith('/')),
                path => Assert.Contains(container.VolumeMounts, m => path == m.MountPath
                    || path.StartsWith(m.MountPath + "/", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Every_port_with_a_name_is_a_containers(string overlay)
    {
        var rendered = Overlay.Named(overlay);
        foreach (var container in rendered.All<V1Deployment>().Select(d => d.Spec.Template.Spec.Containers.Single()))
            Assert.All(new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe },
                p => Assert.Contains(p.HttpGet.Port.ToString(), container.Ports.Select(q => q.Name)));
        foreach (var service in rendered.All<V1Service>().Where(s => s.Spec.Selector is not null))
            Assert.All(service.Spec.Ports,
                p => Assert.Contains(p.TargetPort.ToString(), Selected(rendered, service.Spec.Selector).SelectMany(Ports)));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Whatever_selects_pods_finds_some(string overlay)
    {
        var rendered = Overlay.Named(overlay);
        Assert.All(rendered.All<V1PodDisruptionBudget>(), b => Assert.Single(Selected(rendered, b.Spec.Selector.MatchLabels)));
        Assert.All(rendered.All<V1Deployment>(), d => Assert.Equal(d.Spec.Template, Assert.Single(Selected(rendered, d.Spec.Selector.MatchLabels))));
        Assert.All(rendered.All<V1Deployment>().SelectMany(d => d.Spec.Template.Spec.TopologySpreadConstraints),
            c => Assert.Single(Selected(rendered, c.LabelSelector.MatchLabels)));
        Assert.All(rendered.All<V2HorizontalPodAutoscaler>(), h => Assert.Contains(h.Spec.ScaleTargetRef.Name, Names<V1Deployment>(rendered)));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void The_ingress_leads_to_services_and_keeps_numbers_from_outsiders(string overlay)
    {
        var rendered = Overlay.Named(overlay);
        var ingress = Assert.Single(rendered.All<V1Ingress>());
        Assert.All(ingress.Spec.Tls, t => AssertAsked(t.SecretName));
        Assert.Equal(ingress.Spec.Tls.SelectMany(t => t.Hosts), ingress.Spec.Rules.Select(r => r.Host));
        var paths = ingress.Spec.Rules.SelectMany(r => r.Http.Paths).ToDictionary(p => p.Path, p => p.Backend.Service);
        var services = rendered.All<V1Service>().ToDictionary(s => s.Metadata.Name);
        Assert.All(paths.Values, s => Assert.Contains(s.Port.Name, services[s.Name].Spec.Ports.Select(p => p.Name)));
        Assert.All(new[] { "/metrics", "/openapi" }, path => Assert.Null(services[paths[path].Name].Spec.Selector));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void The_databases_secrets_and_backups_are_there_or_asked_for(string overlay)
    {
        var rendered = Overlay.Named(overlay);
        var database = Assert.Single(rendered.All<PostgresCluster>());
        AssertAsked(database.Spec.Bootstrap.Initdb.Secret.Name, "username", "password");
        Assert.All(database.Spec.Managed.Roles, r => AssertAsked(r.PasswordSecret.Name, "username", "password"));
        Assert.All(database.Spec.Plugins, p => Assert.Contains(p.Parameters["barmanObjectName"], Names<ObjectStore>(rendered)));
        Assert.All(rendered.All<ScheduledBackup>(), b =>
        {
            Assert.Equal(database.Metadata.Name, b.Spec.Cluster.Name);
            Assert.Contains(b.Spec.PluginConfiguration.Name, database.Spec.Plugins.Select(p => p.Name));
        });
        Assert.All(rendered.All<ObjectStore>().Select(o => o.Spec.Configuration),
            c => Assert.Equal(("AES256", "AES256"), (c.Wal.Encryption, c.Data.Encryption)));
        Assert.All(rendered.All<ObjectStore>().Select(o => o.Spec.Configuration.S3Credentials), c =>
        {
            AssertAsked(c.AccessKeyId.Name, c.AccessKeyId.Key);
            AssertAsked(c.SecretAccessKey.Name, c.SecretAccessKey.Key);
        });
    }

    /// <summary>A row of the guide's table begins with the name and says each key.</summary>
    private static void AssertAsked(string secret, params string[] keys)
    {
        var row = Guide.SingleOrDefault(line => line.StartsWith($"| `{secret}` |", StringComparison.Ordinal));
        Assert.True(row is not null, $"docs/kubernetes.md asks for no secret {secret}.");
        Assert.All(keys, key => Assert.Contains($"`{key}`", row));
    }

    private static IEnumerable<V1PodTemplateSpec> Selected(Overlay rendered, IDictionary<string, string> labels) =>
        rendered.Pods.Select(p => p.Pod).Where(p => labels.All(l => p.Metadata.Labels.Contains(l)));

    private static IEnumerable<string> Ports(V1PodTemplateSpec pod) => pod.Spec.Containers.SelectMany(c => c.Ports ?? []).Select(p => p.Name);

    private static List<string> Names<T>(Overlay rendered) where T : k8s.IKubernetesObject<V1ObjectMeta> =>
        [.. rendered.All<T>().Select(o => o.Metadata.Name)];
}

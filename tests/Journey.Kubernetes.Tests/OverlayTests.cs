using k8s.Models;

namespace Journey.Kubernetes.Tests;

/// <summary>What <c>k8s/</c> renders to.</summary>
public sealed class OverlayTests
{
    /// <summary>Made by whoever installs Journey; docs/kubernetes.md says how.</summary>
    private static readonly string[] ToBeProvided =
        ["journey-db-owner", "journey-db-silo", "journey-db-gateway", "journey-audit-key", "journey-identity", "journey-mllp-tls", "journey-tls", "journey-backup-store"];

    public static TheoryData<string> Overlays() => [.. Overlay.Names];

    [Theory, MemberData(nameof(Overlays))]
    public void Every_object_is_one_that_Kubernetes_knows_down_to_the_last_field(string name) => Assert.NotEmpty(Overlay.Render(name).Objects);

    [Fact]
    public void A_field_that_Kubernetes_does_not_know_is_found() =>
        Assert.ThrowsAny<Exception>(() => Overlay.Read("apiVersion: v1\nkind: Service\nmetadata:\n  name: x\nspec:\n  ports:\n  - port: 80\n    targetport: http\n"));

    [Theory, MemberData(nameof(Overlays))]
    public void Every_environment_variable_is_one_that_Journey_reads(string name)
    {
        var overlay = Overlay.Render(name);
        var unknown = new List<string>();
        foreach (var (of, container) in overlay.Containers)
        {
            var env = container.Env ?? [];
            var parts = env.SelectMany(variable => Settings.Parts(variable.Value)).ToHashSet();
            unknown.AddRange(env.Where(variable => !parts.Contains(variable.Name) && !Settings.Knows(variable.Name)).Select(variable => $"{of}: {variable.Name}"));
            unknown.AddRange(parts.Where(part => env.All(variable => variable.Name != part)).Select(part => $"{of}: $({part})"));
        }

        foreach (var map in overlay.All<V1ConfigMap>())
        {
            unknown.AddRange(map.Data.Keys.Where(key => !Settings.Knows(key)).Select(key => $"{map.Metadata.Name}: {key}"));
            unknown.AddRange(map.Data.Where(pair => !Settings.Takes(pair.Key, pair.Value)).Select(pair => $"{map.Metadata.Name}: {pair.Key}={pair.Value}"));
        }

        Assert.Empty(unknown);
    }

    [Fact]
    public void A_variable_that_no_options_class_has_is_found()
    {
        Assert.False(Settings.Knows("Journey__Gateway__DrainSecond"));
        Assert.False(Settings.Takes("Journey__Gateway__DrainSeconds", "ten"));
        Assert.True(Settings.Knows("Journey__Gateway__DrainSeconds"));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Every_container_runs_without_rights_on_a_disk_it_cannot_write(string name)
    {
        foreach (var (of, pod) in Overlay.Render(name).Pods)
        {
            Assert.True(pod.Spec.SecurityContext.RunAsNonRoot, of);
            Assert.Equal("RuntimeDefault", pod.Spec.SecurityContext.SeccompProfile.Type);
            Assert.False(pod.Spec.AutomountServiceAccountToken, of);
            Assert.All(pod.Spec.Containers, container =>
            {
                Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
                Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
                Assert.True(container.Resources.Limits.ContainsKey("memory"));
                // A throttled silo misses its probes and is voted out.
                Assert.False(container.Resources.Limits.ContainsKey("cpu"));
            });
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Whatever_is_named_is_there(string name)
    {
        var overlay = Overlay.Render(name);
        string[] maps = [.. overlay.All<V1ConfigMap>().Select(map => map.Metadata.Name)];
        string[] accounts = [.. overlay.All<V1ServiceAccount>().Select(account => account.Metadata.Name)];
        string[] claims = [.. overlay.All<V1PersistentVolumeClaim>().Select(claim => claim.Metadata.Name)];
        foreach (var (_, pod) in overlay.Pods)
        {
            Assert.Contains(pod.Spec.ServiceAccountName, accounts);
            Assert.All(pod.Spec.Volumes, volume => Assert.True(
                volume.EmptyDir is not null || (volume.Secret is { } secret && ToBeProvided.Contains(secret.SecretName)) || claims.Contains(volume.PersistentVolumeClaim?.ClaimName), volume.Name));
        }

        foreach (var (_, container) in overlay.Containers)
        {
            Assert.All(container.EnvFrom ?? [], source => Assert.Contains(source.ConfigMapRef.Name, maps));
            Assert.All((container.Env ?? []).Where(e => e.ValueFrom?.SecretKeyRef is not null), e => Assert.Contains(e.ValueFrom.SecretKeyRef.Name, ToBeProvided));
        }

        foreach (var service in overlay.All<V1Service>().Where(service => service.Spec.Selector is not null))
            Assert.All(service.Spec.Ports, port => Assert.Contains(Selected(overlay, service.Spec.Selector), pod => pod.Spec.Containers.Any(c => (c.Ports ?? []).Any(p => p.Name == port.TargetPort.Value))));
        Assert.All(overlay.All<V1PodDisruptionBudget>(), budget => Assert.NotEmpty(Selected(overlay, budget.Spec.Selector.MatchLabels)));
        string[] deployments = [.. overlay.All<V1Deployment>().Select(deployment => deployment.Metadata.Name)];
        Assert.All(overlay.All<V2HorizontalPodAutoscaler>(), scaler => Assert.Contains(scaler.Spec.ScaleTargetRef.Name, deployments));
        string[] services = [.. overlay.All<V1Service>().Select(service => service.Metadata.Name)];
        Assert.All(overlay.All<V1Ingress>().SelectMany(ingress => ingress.Spec.Rules).SelectMany(rule => rule.Http.Paths), path => Assert.Contains(path.Backend.Service.Name, services));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Every_pod_is_cut_off_from_all_that_no_policy_allows(string name)
    {
        var overlay = Overlay.Render(name);
        var nothing = overlay.All<V1NetworkPolicy>().Single(policy => policy.Metadata.Name == "journey-nothing");
        Assert.Equal(["Ingress", "Egress"], nothing.Spec.PolicyTypes);
        Assert.True((nothing.Spec.Ingress ?? []).Count == 0 && (nothing.Spec.Egress ?? []).Count == 0);
        Assert.All(overlay.Pods, pod => Assert.Contains(pod.Pod, Selected(overlay, nothing.Spec.PodSelector.MatchLabels)));
        // A policy that selects nobody allows nothing, and whoever wrote it thinks that it does. The database's pods are made by its operator.
        Assert.All(overlay.All<V1NetworkPolicy>().Where(policy => !policy.Spec.PodSelector.MatchLabels.ContainsKey("cnpg.io/cluster")), policy => Assert.NotEmpty(Selected(overlay, policy.Spec.PodSelector.MatchLabels)));
    }

    [Theory, MemberData(nameof(Overlays))]
    public void Stopping_has_time_and_liveness_asks_nobody(string name)
    {
        var overlay = Overlay.Render(name);
        foreach (var deployment in overlay.All<V1Deployment>())
        {
            var map = overlay.All<V1ConfigMap>().Single(map => map.Metadata.Name == deployment.Metadata.Name);
            Assert.True(deployment.Spec.Template.Spec.TerminationGracePeriodSeconds > int.Parse(map.Data["shutdownTimeoutSeconds"], System.Globalization.CultureInfo.InvariantCulture) + 10);
            Assert.Equal("0", deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value);
            Assert.All(deployment.Spec.Template.Spec.Containers, container =>
            {
                Assert.Equal("/health/live", container.LivenessProbe.HttpGet.Path);
                Assert.Equal("/health/ready", container.ReadinessProbe.HttpGet.Path);
                Assert.NotNull(container.StartupProbe);
            });
        }
    }

    private static V1PodTemplateSpec[] Selected(Overlay overlay, IDictionary<string, string> labels) =>
        [.. overlay.Pods.Select(pod => pod.Pod).Where(pod => labels.All(label => pod.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value))];
}

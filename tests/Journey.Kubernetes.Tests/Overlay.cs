using System.Collections.Concurrent;
using System.Diagnostics;
using k8s;
using k8s.Models;

namespace Journey.Kubernetes.Tests;

/// <summary>
/// What one overlay renders to, each object read strictly: a field that its kind does not have is an error. Without kubectl the calling test is
/// skipped with a message, or fails where <c>CI=true</c>.
/// </summary>
internal sealed class Overlay
{
    private const string Missing = "kubectl is not installed: it renders the overlays.";
    private static readonly ConcurrentDictionary<string, Lazy<Overlay>> Rendered = new();

    private static readonly Dictionary<string, Type> CustomKinds = new()
    {
        ["postgresql.cnpg.io/v1/Cluster"] = typeof(PostgresCluster),
        ["postgresql.cnpg.io/v1/ScheduledBackup"] = typeof(ScheduledBackup),
        ["barmancloud.cnpg.io/v1/ObjectStore"] = typeof(ObjectStore),
        ["cert-manager.io/v1/Issuer"] = typeof(CertificateIssuer),
        ["cert-manager.io/v1/Certificate"] = typeof(ManagedCertificate),
    };

    private readonly List<object> _objects;

    private Overlay(string yaml) => _objects = KubernetesYaml.LoadAllFromString(yaml, CustomKinds, strict: true);

    public static IEnumerable<string> Names() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "k8s", "overlays")).Select(d => Path.GetFileName(d)!)
        .Order(StringComparer.Ordinal);

    public static Overlay Named(string name) =>
        Rendered.GetOrAdd(name, _ => new(() => new(Render(Path.Combine(Repository.Root, "k8s", "overlays", name))))).Value;

    public static Overlay Read(string yaml) => new(yaml);

    public IEnumerable<T> All<T>() => _objects.OfType<T>();

    public IEnumerable<IKubernetesObject<V1ObjectMeta>> Everything => _objects.Cast<IKubernetesObject<V1ObjectMeta>>();

    /// <summary>Our pods: the templates of Deployments and Jobs, by their owner's name.</summary>
    public IEnumerable<(string Name, V1PodTemplateSpec Pod)> Pods =>
        All<V1Deployment>().Select(d => (d.Metadata.Name, d.Spec.Template)).Concat(All<V1Job>().Select(j => (j.Metadata.Name, j.Spec.Template)));

    public IEnumerable<(string Name, V1PodSpec Pod, V1Container Container)> Containers =>
        Pods.SelectMany(p => (p.Pod.Spec.InitContainers ?? []).Concat(p.Pod.Spec.Containers).Select(c => (p.Name, p.Pod.Spec, c)));

    /// <summary>All that a container finds in its environment. A value that comes from elsewhere is empty.</summary>
    public Dictionary<string, string> Environment(V1Container container)
    {
        var maps = All<V1ConfigMap>().ToDictionary(m => m.Metadata.Name);
        var all = (container.EnvFrom ?? []).SelectMany(from => maps[from.ConfigMapRef.Name].Data).ToDictionary();
        foreach (var variable in container.Env ?? []) all[variable.Name] = variable.Value ?? "";
        return all;
    }

    private static string Render(string folder)
    {
        if (!(System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, "kubectl"))))
        {
            if (System.Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Missing);
            Assert.Skip(Missing);
        }

        using var kubectl =
            Process.Start(new ProcessStartInfo("kubectl", ["kustomize", folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = kubectl.StandardError.ReadToEndAsync();
        var yaml = kubectl.StandardOutput.ReadToEnd();
        kubectl.WaitForExit();
        Assert.True(kubectl.ExitCode == 0, error.Result);
        return yaml;
    }
}

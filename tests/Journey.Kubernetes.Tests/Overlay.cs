using System.Diagnostics;
using k8s;
using k8s.Models;

namespace Journey.Kubernetes.Tests;

/// <summary>An overlay as <c>kubectl kustomize</c> renders it, each object read strictly: a field that its type does not know is an error.</summary>
public sealed class Overlay
{
    private static readonly string Root = FindRoot();

    /// <summary>By apiVersion and kind; CloudNativePG's have no models and are written down in <see cref="CloudNativePg"/>.</summary>
    private static readonly Dictionary<string, Type> Kinds = new()
    {
        ["v1/Namespace"] = typeof(V1Namespace), ["v1/ServiceAccount"] = typeof(V1ServiceAccount), ["v1/ConfigMap"] = typeof(V1ConfigMap), ["v1/Service"] = typeof(V1Service),
        ["v1/PersistentVolumeClaim"] = typeof(V1PersistentVolumeClaim), ["apps/v1/Deployment"] = typeof(V1Deployment), ["batch/v1/Job"] = typeof(V1Job),
        ["policy/v1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget), ["autoscaling/v2/HorizontalPodAutoscaler"] = typeof(V2HorizontalPodAutoscaler),
        ["networking.k8s.io/v1/NetworkPolicy"] = typeof(V1NetworkPolicy), ["networking.k8s.io/v1/Ingress"] = typeof(V1Ingress),
        ["postgresql.cnpg.io/v1/Cluster"] = typeof(CloudNativePg.Cluster), ["postgresql.cnpg.io/v1/ScheduledBackup"] = typeof(CloudNativePg.ScheduledBackup),
    };

    private Overlay(string name, IReadOnlyList<object> objects) => (Name, Objects) = (name, objects);

    public string Name { get; }

    public IReadOnlyList<object> Objects { get; }

    public static string[] Names => [.. Directory.EnumerateDirectories(Path.Combine(Root, "k8s", "overlays")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    public IEnumerable<T> All<T>() => Objects.OfType<T>();

    /// <summary>Every pod that is made, with the name of what makes it.</summary>
    public IEnumerable<(string Of, V1PodTemplateSpec Pod)> Pods =>
        All<V1Deployment>().Select(d => (d.Metadata.Name, d.Spec.Template)).Concat(All<V1Job>().Select(j => (j.Metadata.Name, j.Spec.Template)));

    public IEnumerable<(string Of, V1Container Container)> Containers => Pods.SelectMany(pod => pod.Pod.Spec.Containers.Select(container => ($"{pod.Of}/{container.Name}", container)));

    public static Overlay Render(string name)
    {
        var text = Kustomize(Path.Combine(Root, "k8s", "overlays", name));
        return new(name, [.. text.Split("\n---\n").Select(document => Read(document))]);
    }

    /// <exception cref="Exception">The kind is not known here, or has no such field.</exception>
    public static object Read(string document)
    {
        var lines = document.Split('\n');
        var kind = $"{Value(lines, "apiVersion")}/{Value(lines, "kind")}";
        if (!Kinds.TryGetValue(kind, out var type)) throw new InvalidOperationException($"{kind} is not known to this test.");
        return typeof(KubernetesYaml).GetMethods().Single(m => m.Name == nameof(KubernetesYaml.Deserialize) && m.IsGenericMethod && m.GetParameters() is [{ ParameterType: var first }, ..] && first == typeof(string))
            .MakeGenericMethod(type).Invoke(null, [document, true])!;
    }

    private static string Value(string[] lines, string key) => lines.First(line => line.StartsWith(key + ":", StringComparison.Ordinal))[(key.Length + 1)..].Trim();

    private static string Kustomize(string folder)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("kubectl", ["kustomize", folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors.Result);
            return text;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            const string Missing = "kubectl is not installed (1.27 or newer, for its kustomize).";
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Missing);
            Assert.Skip(Missing);
            throw new UnreachableException();
        }
    }

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "Journey.sln"))) return directory.FullName;
        throw new DirectoryNotFoundException("Journey.sln is not above the tests.");
    }
}
